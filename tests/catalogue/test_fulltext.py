"""What search finds: the same on every database."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.catalogue import fulltext
from impact.catalogue.fulltext import ranks, words
from impact.catalogue.selection import select
from impact.filters.gallery import GalleryFilter
from tests.factories import make_link, make_story


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("São Paulo", "sao paulo"),
        ("TIDE-gauge's", "tide gauge s"),
        ("ﬁne ½ ①", "fine 1 2"),
        ("İstanbul Straße", "istanbul strasse"),
        ("foo_bar 3D", "foo bar 3d"),
        ("हिन्दी", "हनद"),
        ("東京", "東京"),
        ("", ""),
    ],
)
def test_words_are_folded(text: str, found: str) -> None:
    assert words(text) == found.split()


@given(st.text())
def test_words_stay_the_same_when_folded_again(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found


def test_the_example_holds() -> None:
    assert doctest.testmod(fulltext).failed == 0


def titles(text: str, **more: object) -> list[str]:
    return [row.title for row in select(GalleryFilter(q=text, **more))]


@pytest.mark.django_db
def test_accents_and_case_mean_nothing_either_way() -> None:
    make_story("Café à Málaga")
    make_story("Cafe a Malaga", summary="Un resumé.")
    assert len(titles("CAFÉ malaga")) == 2
    assert titles("resume") == titles("RÉSUMÉ") == ["Cafe a Malaga"]


@pytest.mark.django_db
def test_words_in_any_script_are_found() -> None:
    make_story("Приливы в Архангельске")
    make_story("東京 の 潮")
    make_link("हिन्दी", publisher="Αθήνα Νέα")
    assert titles("приливы") == ["Приливы в Архангельске"]
    assert titles("東京") == ["東京 の 潮"]
    assert titles("हिन्दी") == titles("αθηνα") == ["हिन्दी"]
    assert titles("नई") == []


@pytest.mark.django_db
def test_the_title_counts_most_and_the_text_least_then_the_date() -> None:
    for title, summary, body in (
        ("In the text", "Nothing.", "About a lighthouse."),
        ("Older lighthouse", "Nothing.", "Nothing."),
        ("In the summary", "A lighthouse.", "Nothing."),
        ("Newer lighthouse", "Nothing.", "Nothing."),
    ):
        make_story(title, summary=summary, body=[("text", f"<p>{body}</p>")])
    assert titles("lighthouse") == [
        "Newer lighthouse",
        "Older lighthouse",
        "In the summary",
        "In the text",
    ]


@pytest.mark.django_db
def test_what_is_replaced_and_what_is_gone_is_not_found() -> None:
    story = make_story("Harbour", summary="Nothing.")
    assert titles("harbour") == ["Harbour"]
    story.title = "Estuary"
    story.save()
    assert titles("harbour") == []
    assert titles("estuary") == ["Estuary"]
    story.delete()
    assert titles("estuary") == []
    assert ranks(["estuary"]) == {}


@pytest.mark.django_db
def test_a_search_is_asked_for_once_a_version(django_assert_num_queries: object) -> None:
    make_story("Harbour")
    content = select(GalleryFilter()).content
    with django_assert_num_queries(1):  # type: ignore[operator]
        for text in ("harbour", "HARBOUR!", "Hárbour"):
            assert len(content.search(text).ranked) == 1
    for number in range(100):
        content.search(f"word{number}")
    assert len(content._searches) == 32
