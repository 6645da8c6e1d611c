"""The one normal form of a tag: pure text functions."""

import re
import unicodedata

SEPARATORS = re.compile(r"[\s_\-‐‑‒–—]+")
DROPPED = re.compile(r"[^\w\-]")


def tag_name(text: str) -> str:
    """Return how a tag is shown: spaces collapsed, compatibility characters folded, no `#`."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).strip("# ,")[:100]


def tag_slug(text: str) -> str:
    """Return the key that all spellings of one tag share; empty when nothing is left.

    >>> {tag_slug(t) for t in ["Open Source", "open-source", "open_source", " OPEN  source "]}
    {'open-source'}
    """
    folded = unicodedata.normalize("NFKC", tag_name(text)).casefold()
    return DROPPED.sub("", SEPARATORS.sub("-", folded)).strip("-")[:100]
