"""What is quoted of a text for a search: where the words stand, marked, and nothing as markup."""

import pytest

from impact.catalogue.excerpts import LENGTH, marked, passage, places

TIDE = (("tide", "tides"),)
LONG = "Nothing is said here yet. " * 40


def quoted(text: str, sought: tuple[tuple[str, ...], ...] = TIDE) -> str:
    return passage(text, sought)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("High tide.", "High <mark>tide</mark>."),
        ("TIDES & “Tide”", "<mark>TIDES</mark> &amp; “<mark>Tide</mark>”"),
        ("Tidal, tideless, ti-de", ""),
        ("<b>tide</b>", "&lt;b&gt;<mark>tide</mark>&lt;/b&gt;"),
        ("", ""),
        # Letters that are folded to none or to several leave the others in their places.
        ("Straße, ½, e\u0301: tide", "Straße, ½, e\u0301: <mark>tide</mark>"),
        ("Tíde and ti\u0301de", "<mark>Tíde</mark> and <mark>ti\u0301de</mark>"),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, found: str) -> None:
    assert quoted(text) == found


def test_a_word_that_is_folded_longer_is_marked_whole() -> None:
    text = "An der Straße."
    assert marked(text, places(text, (("strasse",),))) == "An der <mark>Straße</mark>."


def test_the_passage_with_most_of_the_words_is_quoted_from_the_beginning_of_its_sentence() -> None:
    text = f"A tide. {LONG}Here the tide lifts the gauge a little. {LONG}"
    found = quoted(text, (*TIDE, ("gauge",)))
    assert found.startswith("… Here the <mark>tide</mark> lifts the <mark>gauge</mark> a little.")
    assert found.endswith(" …")
    assert len(found) < LENGTH + 60


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    found = quoted("潮" * 500, (("潮" * 500,),))
    assert "<mark>" not in found
    assert len(quoted("x " * 300 + "潮" + "x" * 900, (("潮" + "x" * 900,),))) < 400
