"""Plain text, reading time and headings of a body."""

from impact.blocks.text import headings, plain_text, reading_minutes, rich_text_to_plain
from tests.blocks.bodies import body


def test_plain_text_is_what_readers_read() -> None:
    stream = body(
        ("heading", {"text": "What happened", "level": "2", "anchor": "own-id"}),
        (
            "text",
            '<p>Fish &amp; chips<a linktype="footnote" key="k">[k]</a> for <b>all</b>.</p><p>Second.</p>',
        ),
        ("callout", {"kind": "warning", "title": "Mind", "text": "<p>the gap</p>"}),
        ("footnotes", {"notes": [{"key": "k", "text": "<p>The note.</p>"}]}),
    )
    assert plain_text(stream).splitlines() == [
        "What happened",
        "Fish & chips for all.",
        "Second.",
        "Mind",
        "the gap",
        "The note.",
    ]


def test_paragraphs_and_items_do_not_run_together() -> None:
    assert rich_text_to_plain("<p>One</p><ul><li>two</li><li>three</li></ul>") == "One\ntwo\nthree"


def test_an_empty_body_says_nothing_and_takes_a_minute() -> None:
    assert plain_text(None) == plain_text(body()) == ""
    assert reading_minutes(None) == reading_minutes(body()) == 1
    assert headings(None) == headings(body()) == []


def test_reading_takes_a_minute_for_220_words() -> None:
    assert reading_minutes(body(("text", "<p>" + "word " * 100 + "</p>"))) == 1
    assert reading_minutes(body(("text", "<p>" + "word " * 1100 + "</p>"))) == 5


def test_scripts_without_spaces_are_read_by_the_character() -> None:
    assert reading_minutes(body(("text", "<p>" + "河" * 2500 + "</p>"))) == 5
    assert reading_minutes(body(("text", "<p>" + "かな" * 500 + "</p>"))) == 2


def test_no_two_headings_share_an_id() -> None:
    stream = body(
        ("heading", {"text": "Results", "level": "2", "anchor": ""}),
        ("heading", {"text": "Results", "level": "3", "anchor": ""}),
        ("heading", {"text": "Something else", "level": "2", "anchor": "results-2"}),
        ("heading", {"text": "Ärger & Öl", "level": "2", "anchor": ""}),
        ("heading", {"text": "!!!", "level": "2", "anchor": ""}),
        ("heading", {"text": "Content", "level": "2", "anchor": ""}),
        ("link_list", {"title": "Learn more", "links": []}),
        ("link_list", {"title": "", "links": []}),
    )
    found = headings(stream)
    assert [heading.anchor for heading in found] == [
        "results",
        "results-3",
        "results-2",
        "ärger-öl",
        "section",
        "content-2",
        "learn-more",
    ]
    assert [heading.level for heading in found] == [2, 3, 2, 2, 2, 2, 2]


def test_a_prefix_keeps_two_bodies_apart_but_not_ids_of_their_own() -> None:
    stream = body(
        ("heading", {"text": "Results", "level": "2", "anchor": ""}),
        ("heading", {"text": "Old", "level": "2", "anchor": "old-link"}),
    )
    assert [heading.anchor for heading in headings(stream, "closing")] == [
        "closing-results",
        "old-link",
    ]
