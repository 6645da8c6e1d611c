"""Addresses in exported pages: what the export writes for a link, and what the import reads in it."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from impact.portability.content import Link

_SUFFIX = re.compile(r"[?#].*", re.DOTALL)
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


def write_link(link: Link, path_of: Callable[[str], str]) -> str:
    """Return the address of a link; `path_of` gives the path of a page by its key."""
    if link.page:
        return f"{path_of(link.page)}{link.suffix}"
    return link.file or link.href


def read_link(
    href: str, page_at: Callable[[str], str], file_at: Callable[[str], str]
) -> Link | None:
    """Return where an address leads: to a page when it is the path of one, to a file beside the text.

    Both look-ups answer with nothing where there is none. None where no browser should follow it.
    """
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return None
    if scheme not in _SCHEMES:
        return None
    if href.startswith("/"):
        path, suffix = _SUFFIX.sub("", href), "".join(_SUFFIX.findall(href))
        if key := page_at(path):
            return Link(page=key, suffix=suffix)
    elif not scheme and not href.startswith(("#", "?")) and (file := file_at(href)):
        return Link(file=file)
    return Link(href=href)
