"""schema.org as far as this site speaks it: which properties a type has, what they hold, what is needed.

From https://schema.org/version/latest/schemaorg-current-https.jsonld, read in November 2026. What search
engines ask for besides stands in `NEEDED`: https://developers.google.com/search/docs/appearance/structured-data.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import html5lib

# A type, what it is a kind of, and its own properties with the kinds of their values.
THING = {
    "name": "Text",
    "description": "Text",
    "url": "URL",
    "image": "ImageObject",
    "sameAs": "URL",
    "mainEntityOfPage": "URL",
    "potentialAction": "Action",
}
TYPES: dict[str, tuple[str, dict[str, str]]] = {
    "Thing": ("", THING),
    "CreativeWork": (
        "Thing",
        {
            "headline": "Text",
            "author": "Person Organization",
            "publisher": "Organization",
            "sponsor": "Organization",
            "about": "Thing",
            "datePublished": "Date",
            "dateModified": "Date",
            "inLanguage": "Text",
            "isPartOf": "CreativeWork",
            "keywords": "Text",
            "mainEntity": "Thing",
            "temporalCoverage": "Text",
            "timeRequired": "Text",
            "creditText": "Text",
        },
    ),
    "Article": ("CreativeWork", {"articleSection": "Text"}),
    "Report": ("Article", {"reportNumber": "Text"}),
    "WebSite": ("CreativeWork", {}),
    "WebPage": ("CreativeWork", {"significantLink": "URL", "breadcrumb": "BreadcrumbList"}),
    "CollectionPage": ("WebPage", {}),
    "ProfilePage": ("WebPage", {}),
    "ImageObject": ("CreativeWork", {"width": "Number", "height": "Number", "caption": "Text"}),
    "Organization": ("Thing", {"logo": "ImageObject", "location": "Place"}),
    "Project": ("Organization", {}),
    "Person": ("Thing", {"jobTitle": "Text"}),
    "Place": ("Thing", {}),
    "ItemList": ("Thing", {"itemListElement": "ListItem", "numberOfItems": "Number"}),
    "BreadcrumbList": ("ItemList", {}),
    "ListItem": ("Thing", {"position": "Number", "item": "URL Thing"}),
    "Action": ("Thing", {"target": "EntryPoint"}),
    # The hyphen is schema.org's own: an annotation of an input, not a property of the action.
    "SearchAction": ("Action", {"query-input": "Text"}),
    "EntryPoint": ("Thing", {"urlTemplate": "Text"}),
}
NEEDED = {
    "Article": {"headline", "author", "datePublished", "publisher", "mainEntityOfPage"},
    "Report": {"headline", "author", "publisher", "temporalCoverage"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement", "numberOfItems"},
    "ListItem": {"position", "name"},
    "Organization": {"name"},
    "Person": {"name"},
    "ImageObject": {"url", "width", "height"},
    "WebSite": {"name", "url"},
    **{key: {"name", "url", "isPartOf"} for key in ("WebPage", "CollectionPage", "ProfilePage")},
}


def graph_of(html: str) -> list[dict[str, Any]]:
    """Return the things that a page says of itself; there is one element with them."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    [script] = [each for each in tree.iter("script") if each.get("type") == "application/ld+json"]
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


def ancestry(kind: str) -> list[str]:
    """Return a type and what it is a kind of."""
    return [kind, *ancestry(TYPES[kind][0])] if TYPES[kind][0] else [kind]


def faults(node: dict[str, Any]) -> Iterator[str]:
    """Yield what schema.org doesn't know, what has a wrong value, and what is missing, in all depth."""
    if set(node) == {"@id"}:
        return
    kind = node.get("@type", "")
    if kind not in TYPES:
        yield f"no type: {kind!r}"
        return
    known = {key: kinds for each in ancestry(kind) for key, kinds in TYPES[each][1].items()}
    if missing := NEEDED.get(kind, set()) - set(node):
        yield f"{kind} lacks {sorted(missing)}"
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in known:
            yield f"{kind} has no {key}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if not any(_is(each, wanted) for wanted in known[key].split()):
                yield f"{kind}.{key} can't be {each!r}"
            if isinstance(each, dict):
                yield from faults(each)


def _is(value: Any, wanted: str) -> bool:
    match wanted:
        case "Text":
            return isinstance(value, str) and bool(value.strip())
        case "Number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "URL":
            return isinstance(value, str) and urlsplit(value).scheme in ("http", "https")
        case "Date":
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        case _:
            if not isinstance(value, dict):
                return False
            return "@type" not in value or wanted in ancestry(value["@type"])
