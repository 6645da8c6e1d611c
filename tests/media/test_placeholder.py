"""The pattern that stands where a picture is missing."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from impact.media.placeholder import placeholder_svg


def test_the_same_title_always_gives_the_same_pattern() -> None:
    assert placeholder_svg("Reefs mapped") == placeholder_svg("Reefs mapped")


def test_titles_give_many_different_patterns() -> None:
    assert len({placeholder_svg(f"Story {number}") for number in range(200)}) > 195


def test_all_three_kinds_of_pattern_come_up() -> None:
    patterns = [placeholder_svg(f"Story {number}") for number in range(60)]
    assert any("<circle" in pattern for pattern in patterns)
    assert any("q" in pattern and "Z" not in pattern for pattern in patterns)
    assert any("Z" in pattern for pattern in patterns)


@given(st.text())
def test_any_title_gives_a_small_drawing_without_style_or_the_title_itself(title: str) -> None:
    drawing = placeholder_svg(title, standalone=True)
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
    assert root.tag.endswith("svg")
    assert len(drawing) < 2500
    assert not any("style" in element.attrib for element in root.iter())
    assert all(not (element.text or "").strip() for element in root.iter())


def test_in_a_page_the_pattern_takes_the_colour_around_it() -> None:
    assert "currentColor" in placeholder_svg("Reefs")
    assert "#" not in placeholder_svg("Reefs")


def test_a_reader_of_the_page_is_not_told_about_it() -> None:
    assert 'aria-hidden="true"' in placeholder_svg("Reefs")
