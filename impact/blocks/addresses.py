"""The part of an address that comes after the path: query and fragment of internal links."""

from collections.abc import Mapping
from urllib.parse import urlsplit


def with_suffix(url: str, attrs: Mapping[str, str]) -> str:
    """Return the address with the `query` and `fragment` of a rich-text link."""
    query, fragment = attrs.get("query", ""), attrs.get("fragment", "")
    return url + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def suffix_of(url: str | None) -> dict[str, str]:
    """Return `query` and `fragment` of an address, each only where it isn't empty."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return {}
    return {
        name: value
        for name, value in (("fragment", parts.fragment), ("query", parts.query))
        if value
    }
