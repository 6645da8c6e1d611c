"""The gallery's query string and its value object."""

from datetime import date
from urllib.parse import parse_qs, parse_qsl

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.filters.gallery import FACETS, MAX_VALUES, GalleryFilter, clean, parse_date


def read(query: str) -> GalleryFilter:
    """Read a query string as Django hands it over."""
    return GalleryFilter.from_query(QueryDict(query))


def canonical(query: str) -> str:
    """The canonical spelling of a query string."""
    return read(query).query()


def test_keys_and_values_are_sorted_and_repetitions_dropped() -> None:
    assert canonical("year=2024&tag=b&tag=a&tag=b&category=x") == "category=x&tag=a&tag=b&year=2024"


def test_unknown_keys_and_empty_values_are_ignored() -> None:
    assert canonical("utm_source=mail&tag=&q=&since=&until=&sort=&page=&fbclid=1&tag=+") == ""


def test_keys_are_case_sensitive() -> None:
    assert canonical("Tag=a&YEAR=2024") == ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("page=1", ""),
        ("sort=newest", ""),
        ("sort=relevance", ""),
        ("sort=shuffled", ""),
        ("sort=oldest", "sort=oldest"),
        ("q=reef&sort=relevance", "q=reef"),
        ("q=reef&sort=newest", "q=reef&sort=newest"),
        ("page=2&q=reef", "page=2&q=reef"),
    ],
)
def test_defaults_are_left_out(query: str, expected: str) -> None:
    assert canonical(query) == expected


def test_the_default_order_is_relevance_only_with_words() -> None:
    assert read("").order == "newest"
    assert read("q=reef").order == "relevance"
    assert read("q=reef&sort=oldest").order == "oldest"
    assert read("sort=relevance").order == "newest"


def test_a_single_key_takes_its_first_value() -> None:
    assert canonical("q=&q=first&q=second&page=2&page=3") == "page=2&q=first"


@pytest.mark.parametrize(
    "page", ["0", "-1", "01", "1.0", "1e3", "abc", "０", "２", "²", "9" * 5000, "+2", "2 3"]
)
def test_what_is_no_page_number_is_page_0(page: str) -> None:
    assert GalleryFilter.from_query({"page": [page]}).page == 0


def test_dates_are_iso_and_inclusive() -> None:
    wanted = read("since=2024-05-01&until=2024-05-31")
    assert (wanted.since, wanted.until) == (date(2024, 5, 1), date(2024, 5, 31))
    assert wanted.query() == "since=2024-05-01&until=2024-05-31"


@pytest.mark.parametrize(
    "text", ["2024-02-30", "20240501", "2024-W01-1", "1.5.2024", "yesterday", "２０２４-01-01"]
)
def test_what_is_no_date_is_kept_to_be_told(text: str) -> None:
    wanted = GalleryFilter.from_query({"since": text})
    assert parse_date(text) is None
    assert wanted.since is None
    assert wanted.unreadable == (("since", text),)
    assert GalleryFilter.from_query(parse_qs(wanted.query())) == wanted


def test_control_characters_and_surrogates_disappear() -> None:
    assert read("tag=open%00-source%07").tag == ("open-source",)
    assert clean("a\ud800b\x7f \u202ec") == "ab c"
    assert read("q=%00%01").q == ""


def test_invalid_utf8_is_read() -> None:
    assert read("q=caf%E9&tag=%ff%fe").q == "caf\ufffd"


def test_text_is_composed() -> None:
    assert read("tag=cafe%CC%81") == read("tag=caf%C3%A9")


def test_long_values_are_cut() -> None:
    wanted = read(f"q={'x' * 10_000}&tag={'y' * 10_000}")
    assert len(wanted.q) == 200
    assert len(wanted.tag[0]) == 256


def test_thousands_of_values_fit_into_an_address() -> None:
    wanted = read("&".join(f"tag=t{n}&community=c{n}" for n in range(5000)))
    assert len(wanted.chosen) == MAX_VALUES
    assert len(wanted.query()) < 4000
    assert read(wanted.query()) == wanted


def test_a_value_can_be_added_taken_away_and_toggled() -> None:
    wanted = read("tag=a&page=3")
    assert wanted.with_value("tag", "b").query() == "tag=a&tag=b"
    assert wanted.without("tag", "a").query() == ""
    assert wanted.toggled("tag", "a") == GalleryFilter()
    assert wanted.toggled("year", "2024").query() == "tag=a&year=2024"
    assert wanted.with_value("q", "reef").without("tag").query() == "q=reef"
    assert wanted.with_page(4).query() == "page=4&tag=a"


def test_dates_can_be_taken_away() -> None:
    wanted = read("since=nonsense&until=2024-01-01&tag=a")
    assert wanted.without_dates().query() == "tag=a"
    assert wanted.without("since").query() == "tag=a&until=2024-01-01"
    assert (
        wanted.with_value("since", date(2023, 1, 1)).query()
        == "since=2023-01-01&tag=a&until=2024-01-01"
    )


def test_a_feed_takes_the_selection_without_order_and_page() -> None:
    assert read("q=reef&sort=oldest&page=3&year=2024").selection().query() == "q=reef&year=2024"


@pytest.mark.parametrize(
    ("query", "indexable"),
    [
        ("", True),
        ("tag=a", True),
        ("tag=a&page=2", True),
        ("sort=oldest", True),
        ("tag=a&tag=b", False),
        ("tag=a&year=2024", False),
        ("q=reef", False),
        ("since=2024-01-01", False),
        ("until=nonsense", False),
    ],
)
def test_search_engines_are_offered_one_value_at_most(query: str, indexable: bool) -> None:
    assert read(query).indexable is indexable


def test_plain_mappings_are_read_like_query_dicts() -> None:
    plain = GalleryFilter.from_query({"tag": ["b", "a"], "q": "reef", "year": ["2024"]})
    assert plain == read("tag=b&tag=a&q=reef&year=2024")


def test_numbers_may_name_years() -> None:
    assert GalleryFilter(year=(2024, 2023)).query() == "year=2023&year=2024"  # type: ignore[arg-type]


ANYTHING = st.text(st.characters(), max_size=40)
KEYS = st.sampled_from([*FACETS, "since", "until", "q", "sort", "page", "other"])
LIKELY = st.sampled_from(
    ["", "a", "b", "2024", "2024-05-31", "oldest", "newest", "relevance", "2", "é", "é"]
)


@settings(max_examples=400)
@given(st.lists(st.tuples(KEYS, LIKELY | ANYTHING), max_size=14))
def test_any_input_reads_its_own_canonical_spelling_back(pairs: list[tuple[str, str]]) -> None:
    lists: dict[str, list[str]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    wanted = GalleryFilter.from_query(lists)
    spelling = wanted.query()
    assert spelling.isascii()
    assert parse_qsl(spelling) == sorted(parse_qsl(spelling, strict_parsing=bool(spelling)))
    again = GalleryFilter.from_query(QueryDict(spelling))
    assert again == wanted
    assert again.query() == spelling


@settings(max_examples=200)
@given(st.text(st.characters(), max_size=600))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.binary(max_size=60))
def test_any_bytes_in_an_address_are_read(raw: bytes) -> None:
    query = "tag=" + "".join(f"%{byte:02x}" for byte in raw)
    assert read(canonical(query)) == read(query)


SLUGS = st.lists(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True), max_size=4).map(tuple)
FILTERS = st.builds(
    GalleryFilter,
    **dict.fromkeys(FACETS, SLUGS),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    q=ANYTHING,
    sort=st.sampled_from(["", "newest", "oldest", "relevance"]),
    page=st.integers(1, 999),
)


@given(FILTERS)
def test_every_filter_survives_its_query_string(wanted: GalleryFilter) -> None:
    assert read(wanted.query()) == wanted


@given(FILTERS, st.sampled_from(FACETS), st.from_regex(r"[a-z]{1,6}", fullmatch=True))
def test_toggling_twice_gives_the_first_page_back(
    wanted: GalleryFilter, key: str, value: str
) -> None:
    assert wanted.toggled(key, value).toggled(key, value) == wanted.with_page(1)


@given(FILTERS, st.sampled_from(FACETS), st.lists(LIKELY | ANYTHING, max_size=6))
def test_all_values_of_a_facet_are_toggled_as_each_one_is(
    wanted: GalleryFilter, key: str, values: list[str]
) -> None:
    values += getattr(wanted, key)
    each = [wanted.toggled(key, value).query() for value in values]
    assert list(wanted.toggled_queries(key, values)) == each


@pytest.mark.parametrize("number", [MAX_VALUES - 1, MAX_VALUES])
@pytest.mark.parametrize("length", [1, 45, 46, 47])
@pytest.mark.parametrize("key", ["year", "tag"])
def test_toggling_all_values_at_once_leaves_out_what_does_not_fit(
    number: int, length: int, key: str
) -> None:
    wanted = GalleryFilter(tag=tuple(f"{n:02}{'x' * (length - 2)}" for n in range(number)))
    values = ["0000", "y", "z" * 300, "é" * 30, wanted.tag[0], "  "]
    each = [wanted.toggled(key, value).query() for value in values]
    assert list(wanted.toggled_queries(key, values)) == each
