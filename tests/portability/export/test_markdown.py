"""Exported texts read as people write them; each form is what the import reads back."""

import pytest

from impact.portability.content import (
    Block,
    Line,
    LineKind,
    Link,
    Mark,
    PageRef,
    Picture,
    RichText,
    Run,
)
from impact.portability.export.bodies import BodyWriter, reading
from tests.portability.export.strategies import address, link_at


def line(*runs: Run | str, kind: LineKind = "p", depth: int = 0) -> Line:
    return Line(tuple(Run(run) if isinstance(run, str) else run for run in runs), kind, depth)


def text(*lines: Line) -> Block:
    return Block("text", RichText(lines))


def marked(words: str, *marks: Mark, to: Link | None = None) -> Run:
    return Run(words, marks, to)


def written(*blocks: Block) -> str:
    """The Markdown of a body, none of which is HTML or JSON; read again it is the body."""
    found = BodyWriter(address, link_at).write(blocks)
    assert (found.as_html, found.spelled_out) == (0, 0)
    again = reading(link_at).blocks(found.text)
    assert [(b.name, b.value) for b in again] == [(b.name, b.value) for b in blocks]
    return found.text


STORY = Link(page="impact/a-story", suffix="#part")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Block("heading", {"text": "What # now", "level": "2", "anchor": ""}), "## What # now"),
        (Block("heading", {"text": "C #", "level": "3", "anchor": "c"}), "### C \\# {#c}"),
        (Block("divider", None), "---"),
        (
            text(line("One ", marked("two", "bold"), " ", marked("three", "italic"), ".")),
            "One **two** *three*.",
        ),
        (
            text(line(marked("bold and ", "bold"), marked("both", "bold", "italic"))),
            "**bold and *both***",
        ),
        (text(line("a", marked("“b”", "bold"), "c")), "a<!-- -->**“b”**<!-- -->c"),
        (text(line("a", marked(" b", "bold"))), "a<!-- -->**&#32;b**"),
        (text(line("run ", marked("`x` | y", "code"))), "run `` `x` | y ``"),
        (text(line("see ", marked("this", to=STORY), "!")), "see [this](/impact/a-story/#part)!"),
        (text(line("stop!", marked("x", to=STORY))), "stop\\![x](/impact/a-story/#part)"),
        (
            text(line(marked("x", to=Link(href="https://x.example/a_(b)?c=d&e=f")))),
            "[x](https://x.example/a_\\(b\\)?c=d&e=f)",
        ),
        (text(line(marked("plan", to=Link(file="notes.pdf")))), "[plan](notes.pdf)"),
        (text(line("one\ntwo")), "one\\\ntwo"),
        (
            text(
                line("a", kind="ul"),
                line("b", kind="ol", depth=1),
                line("c", kind="ol", depth=1),
                line("d", kind="ul"),
            ),
            "- a\n  1. b\n  2. c\n- d",
        ),
        (
            text(line("Said.\n\nTwice.", kind="blockquote"), line("And on.")),
            "> Said.\n>\n> Twice.\n\nAnd on.",
        ),
        (
            text(line("1. no list"), line("# no heading"), line("- none"), line("snake_case 5 * 3")),
            "1\\. no list\n\n\\# no heading\n\n\\- none\n\nsnake_case 5 \\* 3",
        ),
        (text(line("no\xa0break \\ &amp; R&D <b> a < b")), "no&nbsp;break \\\\ \\&amp; R&D \\<b> a < b"),
        (
            Block("code", {"language": "python", "code": "a = `b`\n\n```", "caption": ""}),
            "````python\na = `b`\n\n```\n````",
        ),
        (
            Block("code", {"language": "", "code": "a < {{< b >}}", "caption": "Why"}),
            '{{< code caption="Why" >}}\na &lt; {&#123;&lt; b &gt;}}\n{{< /code >}}',
        ),
        (
            Block(
                "figure",
                {
                    "image": Picture("boat.jpg", 'The "boat"'),
                    "caption": RichText((line("By ", marked("Ana", to=STORY)),)),
                    "width": "wide",
                    "link": "",
                },
            ),
            (
                '{{< figure src="boat.jpg" alt="The &quot;boat&quot;" '
                'caption="By [Ana](/impact/a-story/#part)" class="wide" >}}'
            ),
        ),
        (
            Block(
                "task_list",
                {"tasks": [{"text": RichText((line("Build"),)), "done": True},
                           {"text": RichText((line("Read"),)), "done": False}]},
            ),
            "- [x] Build\n- [ ] Read",
        ),
        (
            Block(
                "definition_list",
                {"definitions": [{"term": "Gauge", "definition": RichText((line("A post."),))}]},
            ),
            "Gauge\n: A post.",
        ),
        (
            Block(
                "table",
                {
                    "caption": "",
                    "row_headers": False,
                    "table": {
                        "columns": [{"type": "text", "heading": "a|b"}, {"type": "number", "heading": "n"}],
                        "rows": [{"values": [RichText((line(marked("x|y", "code")),)), "1,204"]}],
                        "caption": "",
                    },
                },
            ),
            "| a\\|b | n |\n| --- | ---: |\n| `x\\|y` | 1,204 |",
        ),
        (
            Block(
                "link_card",
                {"page": PageRef("impact/a-story"), "url": "", "title": "", "description": "a\nb"},
            ),
            '{{< link-card page="/impact/a-story/" description="a&#10;b" >}}',
        ),
        (
            Block("callout", {"kind": "tip", "title": "", "text": RichText((line("Look."),))}),
            '{{< callout type="tip" >}}\nLook.\n{{< /callout >}}',
        ),
    ],
)  # fmt: skip
def test_blocks_as_markdown(block: Block, expected: str) -> None:
    assert written(block) == expected


def test_notes_stand_where_they_are_marked_or_as_text() -> None:
    notes = [{"key": key, "text": RichText((line(f"On {key}"),))} for key in ("a", "b")]
    body = [text(line("x", Run("[a]", note="a"), ": y")), Block("footnotes", {"notes": notes})]
    assert written(*body) == (
        'x[^a]\\: y\n\n[^a]: On a\n\n{{< footnote key="b" >}}\nOn b\n{{< /footnote >}}'
    )


def test_what_would_run_together_is_kept_apart() -> None:
    item = line("a", kind="ul")
    assert written(text(item), text(item)) == "- a\n\n<!-- next -->\n\n- a"
    task = Block("task_list", {"tasks": [{"text": RichText((line("b"),)), "done": False}]})
    assert written(text(item), task) == "- a\n\n<!-- next -->\n\n- [ ] b"


@pytest.mark.parametrize(
    ("found", "html"),
    [
        (line(""), "<p></p>"),
        (line("a\n"), "<p>a<br/></p>"),
        (line(marked("a\nb", "code")), "<p><code>a<br/>b</code></p>"),
    ],
)
def test_what_markdown_can_not_hold_is_html_and_the_rest_stays_markdown(
    found: Line, html: str
) -> None:
    block = text(line("Before."), found)
    result = BodyWriter(address, link_at).write([block])
    assert result.text == f"Before.\n\n{{{{< rich-text >}}}}\n{html}\n{{{{< /rich-text >}}}}"
    assert result.as_html == 1
    assert reading(link_at).blocks(result.text)[0].value == block.value


def test_what_somebody_adds_by_hand_is_read_as_usual() -> None:
    found = reading(link_at).blocks(
        "Hello ![A boat](boat.jpg)\n\n<b>Bold</b>\n\n{{< youtube abcdefghijk >}}"
    )
    assert [block.name for block in found] == ["text", "figure", "text", "video"]
