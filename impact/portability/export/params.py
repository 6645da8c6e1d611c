"""Shortcodes as the export writes them: a name, named parameters in quotation marks."""

import re
from html import unescape
from typing import Any

# Entities of HTML, which the layouts and the import take away: a backslash before a quotation mark would
# make Hugo drop every backslash of the value. Two braces could begin a shortcode.
_QUOTED = {"\\": "&#92;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "{": "&#123;"}
_SPECIAL = re.compile(r"&#?\w+;?|(?<=\{)\{|[\\\"\n\r]")


def text_param(text: str) -> str:
    """Return plain text as the value of a parameter, for layouts that call `htmlUnescape`."""
    return _SPECIAL.sub(_quoted, text)


def _quoted(match: re.Match[str]) -> str:
    text = match[0]
    if text.startswith("&"):
        return text if unescape(text) == text else f"&amp;{text[1:]}"
    return _QUOTED[text]


def markdown_param(text: str) -> str:
    """Return a line of Markdown as the value of a parameter, for layouts that render it.

    Hugo refuses a backslash before a backtick, and would drop the others if one stood before a quotation
    mark or at the end.
    """
    return text.replace("\\\\", "&#92;").replace("\\`", "&#96;").replace('"', "&quot;")


def params(**values: Any) -> str:
    """Return named parameters, those that are not empty; values are quoted already."""
    pairs = ((name.replace("_", "-"), value) for name, value in values.items())
    return " ".join(f'{name}="{value}"' for name, value in pairs if value)
