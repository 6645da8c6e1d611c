"""Whatever a writer wrote: no error, no word lost, no comment seen, nothing that the editor changes."""

import json
import re
import time
from collections.abc import Callable
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from impact.blocks.body import BodyBlock
from impact.portability import sections
from impact.portability.content import Block, Run, walk
from impact.portability.writer import Writer
from tests.portability.bodies import after_the_editor, rich_texts
from tests.portability.test_markdown import convert

BODY = BodyBlock()
WRITER = Writer(lambda _key: None, lambda _digest: None, lambda _digest: None)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# A shown and a hidden word, before they are told apart by numbers.
SHOWN, HIDDEN = "\ue000", "\ue001"


def shown(blocks: list[Block], *, code: bool = True) -> str:
    """What a reader sees of some blocks, with or without what is set as code."""
    parts = []
    for block in blocks:
        if block.name == "code" and not code:
            continue
        for value in walk(block.value["text"] if block.name == "heading" else block):
            if isinstance(value, Run):
                parts.append("" if "code" in value.marks and not code else value.text)
            elif isinstance(value, str):
                parts.append(f"\n{value}\n")
        parts.append("\n")
    return "".join(parts)


# Texts whose words are known

WORD = st.just(SHOWN)


def around(before: str, after: str) -> Callable[[st.SearchStrategy[str]], st.SearchStrategy[str]]:
    return lambda inner: inner.map(lambda text: f"{before}{text}{after}")


def marked(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    pairs = [
        ("*", "*"), ("**", "**"), ("[", "](https://a.example/)"), ("<b>", "</b>"), ("<u>", "</u>"),
        ("<a href='https://a.example/'>", "</a>"), (f"{SHOWN} ~~", "~~"), (f"<!-- {HIDDEN} -->", ""),
        (f"<!-- {HIDDEN}\n{HIDDEN} -->", ""), ("", "<br>"), ("", "  \n"), ("", "\n"),
    ]  # fmt: skip
    return st.sampled_from(pairs).flatmap(lambda pair: around(*pair)(several))


INLINE = st.recursive(WORD | st.just(f"`{SHOWN}`"), marked, max_leaves=5)
LINE = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)
ONE_LINE = LINE.map(lambda text: re.sub(r"\s*\n|<!--[^>]*-->", " ", text).strip() + SHOWN)
COMMENT = st.sampled_from(
    [f"<!-- {HIDDEN} -->", f"<!--\n{HIDDEN}\n\n- {HIDDEN}\n-->", f"<!-- {HIDDEN}\n\n{HIDDEN} -->"]
)


def indented(text: str, first: str) -> str:
    """A text as it stands in an item behind its bullet or number."""
    pad = " " * len(first)
    rest = [f"{pad}{line}" if line else "" for line in text.split("\n")[1:]]
    return "\n".join([first + text.split("\n")[0], *rest])


def items(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    item = st.tuples(ONE_LINE, st.lists(inner, max_size=2)).map(
        lambda parts: "\n\n".join([parts[0], *parts[1]])
    )
    several = st.lists(item, min_size=1, max_size=3)
    bullets = several.map(lambda texts: "\n".join(indented(text, "- ") for text in texts))
    tasks = several.map(lambda texts: "\n".join(indented(f"[x] {t}", "- ") for t in texts))
    numbers = several.map(
        lambda texts: "\n".join(indented(t, f"{number}. ") for number, t in enumerate(texts, 1))
    )
    return bullets | tasks | numbers


def containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    quotations = several.map(lambda text: "\n".join(f"> {line}" for line in text.split("\n")))
    callouts = several.map(lambda text: f"{{{{% callout %}}}}\n{text}\n{{{{% /callout %}}}}")
    return items(inner) | quotations | callouts


PLAIN = st.one_of(
    LINE,
    ONE_LINE.map(lambda text: f"## {text}"),
    st.just(f"```\n{SHOWN}\n\n<!-- {SHOWN}\n```"),
    st.just(f"<div><p>{SHOWN}</p>{SHOWN}<ul><li>{SHOWN}</li></ul></div>"),
    COMMENT,
)
TEXT = st.lists(st.recursive(PLAIN, containers, max_leaves=6), min_size=1, max_size=4).map(
    "\n\n".join
)


def numbered(text: str, sign: str, letter: str) -> str:
    numbers = count(1)
    return re.sub(sign, lambda _match: f"{letter}{next(numbers)}{letter}", text)


@settings(CALM, max_examples=40)
@given(TEXT)
def test_every_word_is_shown_in_its_order_and_no_hidden_one(text: str) -> None:
    source = numbered(numbered(text, SHOWN, "w"), HIDDEN, "h")
    seen = shown(convert(source))
    assert re.findall(r"w\d+w", seen) == re.findall(r"w\d+w", source)
    assert not re.search(r"h\d+h", seen)


# Any text at all

FRAGMENTS = [
    "word", "wörd ", " ", "  \n", "\n", "\n\n", "\n    ", "\n- ", "\n1. ", "\n> ", "\n# ", "\n| ", " | ",
    "\n|-|-|\n", "\n: ", "\n---\n", "\n```\n", "```", "`", "*", "**", "_", "~~", "[", "]", "(", ")", "![",
    "](a.png)", "](gone)", "[^1]", "\n[^1]: ", "\n[x]: /y\n", "<", ">", "<!--", "-->", "<div>", "</div>",
    "<p>", "</p>", "<b>", "</b>", "<sup>", "<table><tr><td>", "</table>", "<script>", "</script>",
    "<img src='a.png'>", "<iframe src='https://a.example/'>", "<figure>", "<figcaption>", "</figure>",
    "<ul><li>", "<ol>", "<video src='f.mp4'>", "<details>", "<summary>", "https://a.example/", "a@b.com",
    "{{<", ">}}", "{{%", "%}}", '{{< figure src="a.png" >}}', "{{% callout %}}", "{{% /callout %}}",
    "{{< odd >}}", "{{< /odd >}}", "{{</*", "*/>}}", "{{< youtube abcdefghijk >}}", "\n- [ ] ", "&amp;",
    ":tada:", "\\", "{#id}", "[!NOTE]", "\t", '"', "'", "=", "\u00a0", "\u200b", "\ue0000\ue001",
]  # fmt: skip


@settings(CALM, max_examples=150)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
@example("a `<!--` b <!-- c")
@example("<div>\ue0007\ue001</div>")
@example("\\<!-- --> a")
@example("<table><tr><td>\u00a0<div>\u00a0")
def test_any_text_becomes_values_that_the_editor_leaves_as_they_are(text: str) -> None:
    blocks, _repeated = sections.finish(convert(text), "A title")
    # What a writer escaped is to be seen.
    assert "<!--" not in shown(blocks, code=False) or "\\<!--" in text
    body = BODY.to_python(json.loads(WRITER.body(blocks, "")))
    for features, html in rich_texts(BODY, body):
        assert after_the_editor(html, features) == html


REPEATED = [
    "www.",
    "{{</*",
    "{{< odd >}}",
    "# a\n",
    "a <!-- b\n\nc --> d\n\n",
    "<a ",
    "` ",
    "[^1]: a\n\n",
]


def test_the_same_again_and_again_is_read_in_time() -> None:
    start = time.process_time()
    for text in REPEATED:
        convert(text * 1000)
    assert time.process_time() - start < 5
