"""Turns the demo's Markdown into rich text as the editor stores it.

Links name their target: `[the wells](story:eleven-wells)`, `community:`, `page:` or `roundup:`;
a footnote's mark is `[^key]`.
"""

import re
from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt

PageId = Callable[[str], int]
TARGET = re.compile(r'<a href="((?:story|link|community|page|roundup):[\w-]+)">')
MARK = re.compile(r"\[\^([\w.-]+)\]")
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False})


def rich_text(source: str, page_id: PageId) -> str:
    """Return rich text for one or more paragraphs, lists and quotations."""
    html = _markdown.render(source.strip())
    html = re.sub(r"<(/?)strong>", r"<\1b>", html)
    html = re.sub(r"<(/?)em>", r"<\1i>", html)
    # The editor keeps a quotation as plain lines, not as paragraphs.
    html = re.sub(
        r"<blockquote>\s*<p>(.*?)</p>\s*</blockquote>",
        r"<blockquote>\1</blockquote>",
        html,
        flags=re.S,
    )
    html = re.sub(r">\n+<", "><", html).replace("\n", " ").strip()
    html = TARGET.sub(lambda found: f'<a linktype="page" id="{page_id(found[1])}">', html)
    return MARK.sub(lambda found: _mark(found[1]), html)


def _mark(key: str) -> str:
    return f'<a linktype="footnote" key="{escape(key)}">[{escape(key)}]</a>'
