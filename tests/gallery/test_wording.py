"""The gallery in words."""

from datetime import date

import pytest

from impact.catalogue.terms import Term
from impact.filters.gallery import GalleryFilter
from impact.gallery.wording import either, heading, period, things

NAMES = {
    "reproducibility": "reproducibility",
    "openscapes": "Openscapes",
    "reef-watch": "Reef Watch",
    "ada": "Ada",
    "open-science": "Open Science",
}


def say(number: int = 17, **fields: object) -> str:
    """The heading of a selection of that many stories."""
    wanted = GalleryFilter(**fields)
    terms = [Term(key, slug, NAMES.get(slug, slug)) for key, slug in wanted.chosen]
    return heading(things({"story": number}, wanted.kind), wanted, terms)


def test_the_sentence_of_the_specification() -> None:
    sentence = say(tag=("reproducibility",), community=("openscapes",), year=("2024",))
    assert sentence == "17 stories about reproducibility with Openscapes, 2024"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "17 stories"),
        ({"category": ("open-science",)}, "17 stories in Open Science"),
        ({"author": ("ada",)}, "17 stories by Ada"),
        ({"year": ("2023", "2024")}, "17 stories, 2023 or 2024"),
        ({"community": ("openscapes", "reef-watch")}, "17 stories with Openscapes or Reef Watch"),
        ({"tag": ("a", "b", "c")}, "17 stories about a, b or c"),
        ({"q": "tide gauges"}, "17 stories matching “tide gauges”"),
        ({"q": "tide", "year": ("2024",)}, "17 stories matching “tide”, 2024"),
        ({"since": date(2024, 5, 1), "until": date(2024, 5, 31)}, "17 stories, May 2024"),
        ({"since": date(2024, 5, 2)}, "17 stories, since 2 May 2024"),
        ({"until": date(2024, 5, 2)}, "17 stories, until 2 May 2024"),
        (
            {"since": date(2024, 5, 2), "until": date(2024, 6, 1)},
            "17 stories, 2 May 2024 to 1 June 2024",
        ),
        (
            {"category": ("open-science",), "tag": ("a",), "author": ("ada",), "q": "x"},
            "17 stories in Open Science about a by Ada matching “x”",
        ),
    ],
)
def test_every_filter_has_its_place_in_the_sentence(
    fields: dict[str, object], expected: str
) -> None:
    assert say(**fields) == expected


@pytest.mark.parametrize(
    ("numbers", "kinds", "expected"),
    [
        ({"story": 1}, (), "1 story"),
        ({"story": 2}, (), "2 stories"),
        ({"link": 1}, (), "1 link"),
        ({"link": 2}, ("link",), "2 links"),
        ({"story": 1, "link": 1}, (), "2 entries"),
        ({}, (), "No stories"),
        ({}, ("link",), "No links"),
        ({}, ("link", "story"), "No stories"),
    ],
)
def test_the_noun_fits_what_is_counted(
    numbers: dict[str, int], kinds: tuple[str, ...], expected: str
) -> None:
    assert things(numbers, kinds) == expected


def test_long_lists_are_cut() -> None:
    assert either(list("abcdefgh")) == "a, b, c, d, e or others"


def test_a_whole_month_is_named_even_the_last_one() -> None:
    assert period(GalleryFilter(since=date(2024, 2, 1), until=date(2024, 2, 29))) == "February 2024"
    assert period(GalleryFilter(since=date(2023, 2, 1), until=date(2023, 2, 27))) == (
        "1 February 2023 to 27 February 2023"
    )
    assert period(GalleryFilter(since=date(9999, 12, 1), until=date.max)) == "December 9999"
