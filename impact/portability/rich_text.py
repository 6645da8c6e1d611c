"""Rich text as HTML: paragraphs, nested lists, quotations, marks and links of the database's own form."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby, takewhile

from impact.portability.content import Line, Link, RichText, Run

_TAGS = {"bold": "b", "code": "code", "italic": "i"}
# How Draft.js nests its styles.
_ORDER = ("bold", "code", "italic")

# Returns the attributes of an <a> for a link, or None to write its text alone.
LinkWriter = Callable[[Link], str | None]


def write(text: RichText, write_link: LinkWriter, features: Sequence[str]) -> str:
    """Return the HTML of a rich text, using no more than the features that its field offers."""
    lines = [fit(line, features) for line in text.lines]
    lines = [line for line in lines if line.runs]
    parts: list[str] = []
    open_lists: list[str] = []
    for line in lines:
        inner = _write_runs(line.runs, write_link)
        if line.kind not in {"ul", "ol"}:
            parts += _close_lists(open_lists, 0)
            parts.append(f"<{line.kind}>{inner}</{line.kind}>")
            continue
        parts += _open_item(open_lists, line)
        parts.append(f"<li>{inner}")
    parts += _close_lists(open_lists, 0)
    return "".join(parts)


def _open_item(open_lists: list[str], line: Line) -> list[str]:
    """Close and open lists so that an item of this kind and depth can follow."""
    parts: list[str] = []
    level = line.depth + 1
    if len(open_lists) > level:
        parts += _close_lists(open_lists, level)
    if len(open_lists) == level:
        if open_lists[-1] == line.kind:
            parts.append("</li>")
        else:
            parts += _close_lists(open_lists, level - 1)
    while len(open_lists) < level:
        open_lists.append(line.kind)
        parts.append(f"<{line.kind}>")
    return parts


def _close_lists(open_lists: list[str], level: int) -> list[str]:
    return [f"</li></{open_lists.pop()}>" for _ in range(len(open_lists) - level)]


def fit(line: Line, features: Sequence[str]) -> Line:
    """Return a line without what its field does not offer; its words stay."""
    kind = line.kind if line.kind == "p" or line.kind in features else "p"
    runs = tuple(
        Run(
            run.text,
            tuple(mark for mark in run.marks if mark in features),
            run.link if "link" in features else None,
            run.note if "footnote" in features else "",
        )
        for run in line.runs
    )
    return Line(runs, kind, line.depth if kind in {"ul", "ol"} else 0)


def _write_runs(runs: Sequence[Run], write_link: LinkWriter) -> str:
    parts: list[str] = []
    for link, group in groupby(runs, key=lambda run: None if run.note else run.link):
        html = _write_marked(list(group))
        attributes = write_link(link) if link else None
        parts.append(f"<a {attributes}>{html}</a>" if attributes else html)
    return "".join(parts)


def _write_marked(runs: Sequence[Run]) -> str:
    """Write runs of one link; a mark that goes on stays open, so that the space inside is its own."""
    parts: list[str] = []
    open_marks: list[str] = []
    for run in [*runs, Run("")]:
        wanted = [] if run.note else [mark for mark in _ORDER if mark in run.marks]
        same = len(
            list(takewhile(lambda pair: pair[0] == pair[1], zip(open_marks, wanted, strict=False)))
        )
        parts += [f"</{_TAGS[mark]}>" for mark in reversed(open_marks[same:])]
        parts += [f"<{_TAGS[mark]}>" for mark in wanted[same:]]
        open_marks = wanted
        text = escape(run.text, quote=False).replace("\n", "<br/>")
        if run.note:
            text = f'<a linktype="footnote" key="{escape(run.note)}">{escape(run.text)}</a>'
        parts.append(text)
    return "".join(parts)
