"""Rich text as Markdown: paragraphs, nested lists, quotations.

A stretch of it that Markdown can't hold is written as HTML between `{{< rich-text >}}` and its end,
which the shipped layout prints and the import reads back to the letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Protocol

from impact.blocks.richtext import TEXT_FEATURES
from impact.portability import rich_text
from impact.portability.content import Line, Link, RichText, Run
from impact.portability.export.inline import NotInMarkdownError, Page, line


class Proof(Protocol):
    """Says whether some Markdown is read back as these lines: a text of its own, or a caption."""

    def of_text(self, text: str, lines: Sequence[Line]) -> bool: ...

    def of_line(self, text: str, lines: Sequence[Line]) -> bool: ...


@dataclass
class Prose:
    """Writes the rich texts of one page.

    `proof`, where there is one, is asked about each stretch. `marked` has the footnotes that were marked
    in Markdown so far, `fallbacks` counts the stretches written as HTML.
    """

    page: Page
    proof: Proof | None = None
    marked: set[str] = field(default_factory=set)
    fallbacks: int = 0

    def text(self, text: RichText) -> str:
        """Return running text; what Markdown can't hold is set apart in it."""
        return "\n\n".join(
            self._markdown(stretch) or as_shortcode("rich-text", self.html(stretch))
            for stretch in stretches(text.lines)
        ) or as_shortcode("rich-text", "")

    def passage(self, text: RichText) -> str | None:
        """Return text inside of another block; None where Markdown can't hold all of it."""
        parts = [self._markdown(stretch) for stretch in stretches(text.lines)]
        return None if None in parts else "\n\n".join(part for part in parts if part)

    def html(self, lines: Sequence[Line]) -> str:
        """Return lines as HTML, because nothing else holds them."""
        self.fallbacks += 1
        return as_html(RichText(tuple(lines)), self.page)

    def _markdown(self, lines: Sequence[Line]) -> str | None:
        try:
            text = _stretch(lines, self.page)
        except NotInMarkdownError:
            return None
        if self.proof is not None and not self.proof.of_text(text, lines):
            return None
        self.marked |= {run.note for item in lines for run in item.runs if run.note}
        return text


def as_html(text: RichText, page: Page) -> str:
    """Return rich text as HTML, with addresses for links; no shortcode can begin in it."""

    def write_link(link: Link) -> str:
        return f'href="{escape(page.address(link))}"'

    return rich_text.write(text, write_link, TEXT_FEATURES).replace("{{", "{&#123;")


def as_shortcode(name: str, inner: str, params: str = "") -> str:
    """Return a shortcode with something between its tags, on lines of their own."""
    opening = f"{{{{< {name}{f' {params}' if params else ''} >}}}}"
    return f"{opening}\n{inner}\n{{{{< /{name} >}}}}" if inner else f"{opening}{{{{< /{name} >}}}}"


def stretches(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield paragraphs and quotations one by one, and lists whole."""
    for is_list, group in groupby(lines, key=lambda item: item.kind in {"ul", "ol"}):
        if is_list:
            yield tuple(group)
        else:
            yield from ((item,) for item in group)


def _stretch(lines: Sequence[Line], page: Page) -> str:
    first = lines[0]
    if first.kind in {"ul", "ol"}:
        return _list(lines, page)
    if first.kind == "blockquote":
        parts = [line(runs, page) for runs in _paragraphs(first.runs)]
        return "\n>\n".join(_indented(part, "> ", "> ") for part in parts)
    return line(first.runs, page)


def _paragraphs(runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """Yield what stands between two plain breaks: in a quotation they part paragraphs."""
    paragraph: list[Run] = []
    for run in runs:
        if run.marks or run.link or run.note or "\n\n" not in run.text:
            paragraph.append(run)
            continue
        first, *others = run.text.split("\n\n")
        paragraph += [Run(first)] if first else []
        for text in others:
            yield tuple(paragraph)
            paragraph = [Run(text)] if text else []
    yield tuple(paragraph)


@dataclass
class _Level:
    """An open list: its kind, where its items begin, how many there are and what they stand below."""

    kind: str
    indent: int
    number: int = field(default=0)
    width: int = field(default=0)


def _list(lines: Sequence[Line], page: Page) -> str:
    levels: list[_Level] = []
    parts: list[str] = []
    for item in lines:
        if item.depth > len(levels):
            raise NotInMarkdownError("an item below none")
        del levels[item.depth + 1 :]
        if len(levels) > item.depth and levels[-1].kind != item.kind:
            levels.pop()
            if not levels:
                parts.append("")
        if len(levels) == item.depth:
            above = levels[-1] if levels else None
            levels.append(_Level(item.kind, above.indent + above.width if above else 0))
        level = levels[-1]
        level.number += 1
        marker = f"{level.number}. " if item.kind == "ol" else "- "
        level.width = len(marker)
        text = line(item.runs, page) if any(run.text for run in item.runs) else ""
        parts.append(
            _indented(text, f"{' ' * level.indent}{marker}", " " * (level.indent + level.width))
        )
    return "\n".join(parts)


def _indented(text: str, first: str, others: str) -> str:
    return f"{first}{text}".replace("\n", f"\n{others}").rstrip(" ")
