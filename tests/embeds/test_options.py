"""How an embed is asked for."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from impact.embeds.options import EmbedOptions


def read(query: str) -> EmbedOptions:
    return EmbedOptions.from_query(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "spelling"),
    [
        ("", ""),
        ("show=entries&theme=auto&limit=4", ""),
        ("theme=dark&show=figures&limit=12", "limit=12&show=figures&theme=dark"),
        ("theme=DARK&show=&limit=&x=1", ""),
        ("show=everything&show=figures&show=entries", "show=figures"),
        ("limit=0&limit=13&limit=03&limit=3", "limit=3"),
        ("limit=-1&limit=1e1&limit=%D9%A3&limit=99999999999999999999", ""),
        ("theme=%00&theme=light", "theme=light"),
    ],
)
def test_unknown_values_are_ignored_and_there_is_one_spelling(query: str, spelling: str) -> None:
    assert read(query).query() == spelling


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["show", "theme", "limit", "x"]),
            st.sampled_from(["figures", "entries", "dark", "light", "1", "12"]) | st.text(),
        )
    )
)
def test_options_survive_their_own_query_string(pairs: list[tuple[str, str]]) -> None:
    query = QueryDict(mutable=True)
    for key, value in pairs:
        query.appendlist(key, value)
    options = EmbedOptions.from_query(query)
    assert read(options.query()) == options
