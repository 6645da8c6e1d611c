"""What is offered where a word is misspelt."""

import pytest

from impact.catalogue.spelling import meant
from impact.filters.gallery import GalleryFilter
from tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        *[
            ("guage", ("gauge", 2)),
            ("gaug", None),
            ("gauige", ("gauge", 2)),
            ("agauge", ("gauge", 2)),
        ],
        *[("gouge", ("gauge", 2)), ("agugue", None), ("aguge", ("gauge", 2))],
        ("tide guage", ("tide gauge", 1)),
        ("Sao Paoulo", ("sao paulo", 1)),
        # Nothing is wrong, or too much, or it is too short to say.
        *[
            ("gauge", None),
            ("tide", None),
            ("guage tdie paolo", None),
            ("tdi", None),
            ("???", None),
        ],
    ],
)
def test_one_wrong_letter_is_forgiven_with_an_exact_count(
    text: str, offered: tuple[str, int] | None
) -> None:
    make_story("A gauge for every harbour", summary="Tide by tide.")
    make_story("Gauges", summary="Nothing.")
    make_story("São Paulo", summary="Nothing.")
    found = meant(GalleryFilter(q=text))
    assert (found and (found[0].q, found[1])) == offered


def test_what_is_offered_keeps_the_other_filters() -> None:
    make_story("A gauge", category="Policy")
    assert meant(GalleryFilter(q="guage", category=("research",))) is None
    found = meant(GalleryFilter(q="guage", category=("policy",), sort="oldest", page=3))
    assert found == (GalleryFilter(q="gauge", category=("policy",), sort="oldest"), 1)


def test_a_word_that_is_gone_is_not_offered() -> None:
    story = make_story("A gauge")
    story.unpublish()
    assert meant(GalleryFilter(q="guage")) is None
