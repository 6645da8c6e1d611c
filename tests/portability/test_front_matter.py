"""Front matter in three languages, and where it ends."""

import pytest

from impact.portability.front_matter import FrontMatterError, parse


def test_yaml_closes_at_the_first_line_that_starts_with_the_delimiter() -> None:
    parsed = parse("---\ntitle: A\n---6---\nText\n---\n")
    assert parsed.data == {"title": "A"}
    assert (parsed.noise, parsed.body, parsed.body_line) == ("6---", "Text\n---\n", 4)


def test_an_indented_delimiter_does_not_close() -> None:
    assert parse("---\na: |\n  ---\n  b\n---\nText").data == {"a": "---\nb"}


def test_toml_and_json_are_read() -> None:
    assert parse('+++\ntitle = "A"\n+++\nText').data == {"title": "A"}
    parsed = parse('{"title": "A",\n "n": {"b": 1}}\nText')
    assert (parsed.data["n"], parsed.body, parsed.body_line) == ({"b": 1}, "Text", 3)


def test_a_file_without_front_matter_is_all_text() -> None:
    assert (parse("Just text").data, parse("Just text").body) == ({}, "Just text")


def test_windows_line_ends_and_byte_order_marks_do_not_matter() -> None:
    parsed = parse("\ufeff---\r\ntitle: A\r\n---\r\nText\r\n")
    assert (parsed.data, parsed.body) == ({"title": "A"}, "Text\n")


def test_dates_stay_as_written() -> None:
    assert parse("---\ndate: 2023-02-31\n---\n").data == {"date": "2023-02-31"}


def test_yaml_is_loaded_safely() -> None:
    with pytest.raises(FrontMatterError):
        parse("---\na: !!python/object/apply:os.getcwd []\n---\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: A\ntags: [one\ndate: x\n---\n", 4),
        ("+++\ntitle = \n+++\n", 2),
        ('{"title": \n', 2),
        ("---\ntitle: never closed\n", 1),
        ("---\n- a list\n---\n", 2),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, line: int) -> None:
    with pytest.raises(FrontMatterError) as caught:
        parse(text)
    assert caught.value.line == line


def test_the_line_of_a_key_is_known() -> None:
    assert parse("---\ntitle: A\n\ndate: x\n---\n").line_of("date") == 4
