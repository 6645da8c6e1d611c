"""Markdown as Hugo reads it: the parser with its extensions."""

import re
from typing import Any

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from impact.portability.comments import open_comment_plugin
from impact.portability.shortcodes import shortcode_plugin

# What follows `www.`: never backtracks, as a text may be nothing but dots.
_WWW = re.compile(r"[\w-]++(?:\.[\w-]++)++(?::\d++)?(?:[/?#][^\s<>\"]*+)?")
_CLOSING_MARKS = "?!.,:;*_~'"


class _Addresses(LinkifyIt):
    """Bare addresses: of the web, beginning with `www.`, or of mail."""

    def __init__(self) -> None:
        # What only looks like a host, as `README.md`, is none.
        super().__init__(options={"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
        self.add("www.", {"validate": self._length, "normalize": self._with_scheme})

    def match_at_start(self, text: str) -> Any:
        """Leave the marks that close emphasis around an address out of it."""
        match = super().match_at_start(text)
        if match:
            match.url = match.url.rstrip("*_~")
        return match

    def _length(self, text: str, position: int) -> int:
        """How far an address goes, without what closes a sentence or a bracket around it."""
        match = _WWW.match(text, position)
        found = match[0].rstrip(_CLOSING_MARKS) if match else ""
        while found.endswith(")") and found.count(")") > found.count("("):
            found = found[:-1].rstrip(_CLOSING_MARKS)
        return len(found)

    def _with_scheme(self, match: Any) -> None:
        match.url = f"https://{match.url}"


def make_parser() -> MarkdownIt:
    """Return a parser of CommonMark with what Hugo adds, and of shortcodes."""
    parser = MarkdownIt("commonmark", {"html": True, "linkify": True})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.linkify = _Addresses()
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    for plugin in (deflist_plugin, shortcode_plugin, open_comment_plugin):
        parser.use(plugin)
    return parser
