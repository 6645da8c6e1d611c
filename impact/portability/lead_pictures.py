"""The picture that leads a page: named in front matter, or `*featured*` by its own name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from impact.portability.context import PageContext
from impact.portability.drafts import Draft
from impact.portability.pictures import looks_like_picture
from impact.portability.values import read_text

_KEYS = ("image", "featured_image", "featuredImage", "cover", "images", "thumbnail")
_ADDRESSES = ("filename", "image", "src", "url")
_ALTS = ("alt", "alt_text")
_CAPTIONS = ("caption", "title")


@dataclass(frozen=True)
class Lead:
    """The picture of a page by its hash, and the caption that front matter gives it at a line."""

    file: str = ""
    caption: str = ""
    line: int = 0


@dataclass(frozen=True)
class _Named:
    """A picture in front matter; without an address it is the bundle's featured one."""

    src: str
    line: int
    alt: str = ""
    caption: str = ""


def lead_picture(context: PageContext, draft: Draft) -> Lead:
    """Return the picture that leads a page."""
    lead, alt = Lead(), ""
    for named in _in_front_matter(draft):
        lead = Lead("", lead.caption or named.caption, named.line)
        alt = alt or named.alt
        if named.src and (file := context.lead(named.src, named.line, alt)):
            return replace(lead, file=file)
    return replace(lead, file=named_like(context, "featured", alt))


def named_like(context: PageContext, word: str, alt: str = "") -> str:
    """Return the hash of the first picture of a bundle that has a word in its name, in any case."""
    if not context.file.is_bundle:
        return ""
    for path in sorted(context.file.folder.iterdir()):
        if word not in path.name.casefold() or not looks_like_picture(path):
            continue
        inside = context.site.source.resources.inside(path)
        if inside and (file := context.place(inside, path.name, 0, alt)):
            return file
    return ""


def _in_front_matter(draft: Draft) -> Iterator[_Named]:
    """Yield the pictures that front matter names, in the ways that themes know."""
    for key in _KEYS:
        value = draft.data(key)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict):
            yield _described(draft, key, first)
        elif (src := read_text(first)) and not isinstance(first, bool):
            alt = read_text(draft.data(f"{key}_alt", f"{key}Alt"))
            caption = read_text(draft.data(f"{key}_caption", f"{key}Caption"))
            yield _Named(src, draft.line(key), alt, caption)
    resources = draft.data("resources")
    for item in resources if isinstance(resources, list) else []:
        if isinstance(item, dict) and "featured" in read_text(item.get("name")).casefold():
            yield _described(draft, "resources", item)


def _described(draft: Draft, key: str, value: dict[str, Any]) -> _Named:
    """Return the picture of a mapping, whose words may stand beside its address or below `params`."""
    params = value.get("params")
    known = {**(params if isinstance(params, dict) else {}), **value}

    def first(names: tuple[str, ...]) -> str:
        return next((text for name in names if (text := read_text(known.get(name)))), "")

    return _Named(first(_ADDRESSES), draft.line(key), first(_ALTS), first(_CAPTIONS))
