"""What search finds: the same on every database."""

import doctest
from types import ModuleType

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from impact.catalogue import forms, fulltext
from impact.catalogue.fulltext import ranks, words
from impact.catalogue.selection import select
from impact.catalogue.upkeep import find_drift, repair
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


@pytest.mark.parametrize("module", [fulltext, forms])
def test_the_examples_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(
    ("one", "several"),
    [
        *[("map", "maps"), ("gauge", "gauges"), ("story", "stories"), ("box", "boxes")],
        *[("leaf", "leaves"), ("knife", "knives"), ("analysis", "analyses"), ("bus", "buses")],
        *[("ciudad", "ciudades"), ("voz", "voces"), ("cancion", "canciones")],
        *[("journal", "journaux"), ("bureau", "bureaux")],
        *[("animal", "animais"), ("cancao", "cancoes"), ("homem", "homens")],
    ],
)
def test_a_plural_and_its_singular_stand_for_each_other(one: str, several: str) -> None:
    assert several in forms.forms(one)
    assert one in forms.forms(several)
    assert forms.forms(one)[0] == one


@pytest.mark.parametrize(
    ("word", "other"),
    [("news", "new"), ("glass", "glas"), ("is", "i"), ("2024s", "2024"), ("gas", "ga")],
)
def test_what_only_looks_like_a_plural_is_none(word: str, other: str) -> None:
    assert other not in forms.forms(word)
    assert word not in forms.forms(other)


@given(st.text("abc", min_size=1, max_size=6), st.text("abc", min_size=1, max_size=6))
def test_one_letter_off_is_one_edit(one: str, other: str) -> None:
    """Compared with all that one edit makes of a word."""
    made = {
        one[:n] + letter + one[n + cut :] for n in range(7) for cut in (0, 1) for letter in "abc"
    }
    made |= {one[:n] + one[n + 1 :] for n in range(len(one))}
    made |= {one[:n] + one[n : n + 2][::-1] + one[n + 2 :] for n in range(len(one))}
    if one != other:
        assert forms.one_letter_off(one, other) == (other in made)


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
def test_the_form_that_was_asked_for_comes_first_and_the_title_before_all() -> None:
    for title, body in (
        ("Two gauges", "Nothing."),
        ("One gauge", "Nothing."),
        ("Long text", f"{'More and more words. ' * 9}A gauge."),
        ("Short text", "Gauges."),
        ("Notes", "Nothing of the kind."),
    ):
        make_story(title, summary="Nothing.", body=[("text", f"<p>{body}</p>")])
    assert titles("gauge") == ["One gauge", "Two gauges", "Long text", "Short text"]
    assert titles("gauges") == ["Two gauges", "One gauge", "Short text", "Long text"]
    # Whoever holds both words in the title comes before whoever holds one of them there.
    make_story("A text of one gauge")
    assert titles("text gauge")[0] == "A text of one gauge"


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
    assert ranks((("estuary",),)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "loss",
    ["DELETE FROM catalogue_word WHERE word = 'harbour'", "UPDATE catalogue_text SET source = ''"],
)
def test_a_word_or_a_text_that_is_lost_is_found_missing_and_repaired(loss: str) -> None:
    story = make_story("Harbour", body=[("text", "<p>Told at length.</p>")])
    assert titles("harbour") == ["Harbour"]
    assert find_drift() == []
    with connection.cursor() as cursor:
        cursor.execute(loss)
    assert find_drift() == [story.pk]
    repair([story.pk])
    assert titles("harbour") == ["Harbour"]
    assert find_drift() == []


@pytest.mark.django_db
def test_a_search_is_asked_for_once_a_version(django_assert_num_queries: object) -> None:
    make_story("Harbour")
    content = select(GalleryFilter()).content
    with django_assert_num_queries(2):  # type: ignore[operator]
        for text in ("harbour", "HARBOUR!", "Hárbour"):
            assert len(content.search(text).ranked) == 1
    for number in range(100):
        content.search(f"word{number}")
    assert len(content._searches) == 32
