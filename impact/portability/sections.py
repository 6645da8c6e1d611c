"""What is decided once a whole body is there: heading levels, thanks, repeated pictures, the summary."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from impact.portability.bodies import as_paragraphs, level_depths
from impact.portability.content import Block, Line, Link, RichText, Run, plain
from impact.portability.media_blocks import italic, readable

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]?[^\W\d_a-z])")
_THANKS_TITLE = re.compile(
    r"(?:references and |credits? and )?acknowledge?ments?|thanks?(?: to .+)?|thank you.*|credits?",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?:\b(?:\w\.)+|\b(?:Dr|Mr|Mrs|Ms|St|vs|etc|al|No|approx)\.)$")
SUMMARY_LENGTH = 280
_SHORT_SENTENCE = 60
_LABEL = 30


def finish(blocks: Sequence[Block], title: str) -> tuple[list[Block], bool]:
    """Return a body ready for the page, and whether its first heading repeated the title."""
    body, repeated = _without_title(list(blocks), title)
    return _gather_thanks(_levels(body)), repeated


def _without_title(blocks: list[Block], title: str) -> tuple[list[Block], bool]:
    if blocks and blocks[0].name == "heading" and _same(blocks[0].value["text"], title):
        return blocks[1:], True
    return blocks, False


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _levels(blocks: list[Block]) -> list[Block]:
    """The highest level that a text uses is our second; all below the next are our third."""
    used = sorted({b.value["level"] for b in blocks if b.name == "heading"})
    return [
        Block(b.name, {**b.value, "level": "2" if b.value["level"] == used[0] else "3"}, b.line)
        if b.name == "heading"
        else b
        for b in blocks
    ]


def _gather_thanks(blocks: list[Block]) -> list[Block]:
    """A heading of thanks with nothing but text below it becomes one block."""
    result: list[Block] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        after = blocks[position + 2] if position + 2 < len(blocks) else None
        ends = after is None or after.name in {"heading", "footnotes", "acknowledgements"}
        if (
            block.name == "heading"
            and _THANKS_TITLE.fullmatch(block.value["text"].strip(" :.!"))
            and following is not None
            and following.name == "text"
            and ends
            and not any(run.note for line in following.value.lines for run in line.runs)
        ):
            text = RichText(tuple(level_depths(as_paragraphs(following.value.lines))))
            title = block.value["text"][:160]
            result.append(Block("acknowledgements", {"title": title, "text": text}, block.line))
            position += 2
        else:
            result.append(block)
            position += 1
    return result


def without_lead(blocks: Sequence[Block], lead: str) -> tuple[list[Block], str | None]:
    """Return a body that does not show the lead picture again at its beginning.

    Its alt text there comes with it, None where it was not shown.

    The beginning is what stands before the first heading; or below headings, as long as nothing else
    came before: further down a picture illustrates what stands beside it. The caption stays, below the
    picture that now leads.
    """
    body = list(blocks)
    below_heading, below_text = False, False
    for position, block in enumerate(body):
        if block.name == "heading":
            below_heading = True
        elif below_heading and below_text:
            break
        elif block.name == "figure" and block.value["image"].file == lead:
            kept = RichText(tuple(_words_of(block.value)))
            body[position : position + 1] = [Block("text", kept, block.line)] if kept else []
            return _merge_texts(body), block.value["image"].alt
        else:
            below_text = True
    return body, None


def with_caption(blocks: Sequence[Block], runs: Sequence[Run], line: int) -> list[Block]:
    """Return a body that begins with the caption of the lead picture, unless it says it already."""
    words = plain(tuple(runs))
    first = blocks[0] if blocks else None
    if (
        first is not None
        and first.name == "text"
        and _same(plain(first.value.lines[0].runs), words)
    ):
        return list(blocks)
    caption = Block("text", italic(RichText((Line(tuple(runs)),))), line)
    return _merge_texts([caption, *blocks])


def _words_of(figure: dict[str, Any]) -> Iterator[Line]:
    """What stays of a figure without its picture: the caption, and where a click on it led."""
    caption: RichText = italic(figure["caption"])
    yield from caption.lines
    href = figure["link"]
    if href and not any(run.link for line in caption.lines for run in line.runs):
        yield Line((Run(readable(href), ("italic",), Link(href=href)),))


def _merge_texts(blocks: list[Block]) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        if result and block.name == "text" == result[-1].name:
            joined = RichText((*result[-1].value.lines, *block.value.lines))
            result[-1] = Block("text", joined, result[-1].line)
        else:
            result.append(block)
    return result


def first_words(blocks: Sequence[Block]) -> str:
    """Return the first sentences of the first paragraph that is the text's own, as plain text.

    A paragraph wholly in italics is the editor's note or a caption, and only taken when there is
    nothing else.
    """
    lines = [
        line
        for block in blocks
        if block.name in {"text", "callout"}
        for line in (block.value if block.name == "text" else block.value["text"]).lines
        if plain(line.runs)
    ]
    own = [line for line in lines if not all("italic" in run.marks for run in line.runs)]
    paragraphs = [line for line in own if line.kind in {"p", "blockquote"}] or own or lines
    parts = [part for line in paragraphs[:3] for part in _parts(line)]
    # A label above a quotation (“Abstract”) is no sentence.
    parts = [part for part in parts if len(part) > _LABEL or part[-1] in ".!?…"] or parts
    text = ""
    for part in parts:
        # A greeting says nothing yet.
        text = f"{text} {part}".strip()
        if len(text) >= _SHORT_SENTENCE:
            break
    return shorten(text)


def says_more(blocks: Sequence[Block], summary: str) -> bool:
    """Return whether a body shows anything that its summary does not say."""
    shown = [block for block in blocks if block.name != "divider"]
    lines = [line for block in shown if block.name == "text" for line in block.value.lines]
    others = any(block.name != "text" for block in shown)
    return others or not _same(
        " ".join(plain(line.runs) for line in lines), summary if lines else ""
    )


def _parts(line: Line) -> list[str]:
    """The paragraphs of a line: a quotation holds several."""
    texts = "".join(run.text for run in line.runs if not run.note).split("\n\n")
    return [" ".join(text.split()) for text in texts if text.strip()]


def shorten(text: str) -> str:
    """Return whole sentences as far as a card has room, at least one, cut at a word if need be."""
    result = ""
    for sentence in _sentences(text):
        if result and (
            len(result) >= _SHORT_SENTENCE or len(result) + len(sentence) >= SUMMARY_LENGTH
        ):
            break
        result = f"{result} {sentence}".strip()
    if len(result) > SUMMARY_LENGTH:
        return f"{result[:SUMMARY_LENGTH].rsplit(' ', 1)[0].rstrip('.,;:–-')}…"
    return f"{result[:-1]}." if result.endswith(":") else result


def _sentences(text: str) -> list[str]:
    """Split a text into sentences; the dots of “U.S.” and “e.g.” end none."""
    sentences: list[str] = []
    for part in _SENTENCE_END.split(text):
        if sentences and _ABBREVIATION.search(sentences[-1]):
            sentences[-1] = f"{sentences[-1]} {part}"
        else:
            sentences.append(part)
    return sentences
