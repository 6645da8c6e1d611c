"""What the community index is asked for."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from impact.communities.filters import CommunityFilter, fold


def read(query: str) -> CommunityFilter:
    return CommunityFilter.from_query(QueryDict(query))


def test_unknown_keys_empty_values_and_repetitions_disappear() -> None:
    wanted = read("kind=member&kind=&kind=member&page=3&utm_source=x&q=&q=Reef&q=Coast")
    assert wanted == CommunityFilter(kind=("member",), q="Reef")


def test_there_is_one_spelling() -> None:
    assert read("region=asia&q=+Reef++Watch&kind=member&kind=funder").query() == (
        "kind=funder&kind=member&q=Reef+Watch&region=asia"
    )


def test_control_characters_and_length_do_no_harm() -> None:
    wanted = read("q=a%00b%0A" + "c" * 10_000 + "&kind=" + "k" * 10_000)
    assert "\x00" not in wanted.q
    assert len(wanted.q) <= 100
    assert len(wanted.kind[0]) <= 20
    assert len(read("&".join(f"kind=k{n}" for n in range(500))).kind) <= 20


def test_a_value_toggles_on_and_off() -> None:
    wanted = read("kind=member")
    assert wanted.toggled("kind", "funder").query() == "kind=funder&kind=member"
    assert wanted.toggled("kind", "member").query() == ""


def test_only_one_chosen_value_without_a_search_may_be_indexed() -> None:
    assert read("").indexable
    assert read("kind=member").indexable
    assert not read("kind=member&region=asia").indexable
    assert not read("q=reef").indexable


def test_names_are_compared_without_accents_and_case() -> None:
    assert fold("São  PAULO") == fold("sao paulo")
    assert fold("Straße") == fold("STRASSE")
    assert read("q=alv+GOTA").admits("member", "europe", "Göta Älv Readers")
    assert not read("q=gota+river").admits("member", "europe", "Göta Älv Readers")


@given(st.lists(st.tuples(st.sampled_from(["kind", "region", "q", "x"]), st.text(max_size=30))))
def test_a_filter_survives_its_own_query_string(pairs: list[tuple[str, str]]) -> None:
    query = QueryDict(mutable=True)
    for key, value in pairs:
        query.appendlist(key, value)
    wanted = CommunityFilter.from_query(query)
    assert CommunityFilter.from_query(QueryDict(wanted.query())) == wanted
