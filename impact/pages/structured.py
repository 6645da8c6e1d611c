"""What a page is, in the words of schema.org, for search engines: JSON-LD, made of plain data.

A page type says what it is in `structured`; here are the words that they share. What is empty is left out.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from impact.pages.head import Head, Picture

Node = dict[str, Any]

# Characters that would end the element, or a line of script for those who read it as one.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Site:
    """Who publishes the page: `url` is that of the home page, the others are whole addresses too."""

    url: str
    organisation: str
    tagline: str = ""
    logo: Picture | None = None
    profiles: tuple[str, ...] = ()

    @property
    def publisher(self) -> Node:
        """The organisation, as every page names it."""
        return node(
            "Organization",
            **{"@id": f"{self.url}#organization"},
            name=self.organisation,
            url=self.url,
            logo=picture(self.logo),
        )

    @property
    def website(self) -> Node:
        """The site that a page is part of."""
        return node(
            "WebSite", **{"@id": f"{self.url}#website"}, name=self.organisation, url=self.url
        )


@dataclass(frozen=True)
class Subject:
    """A page that is described; `origin` is scheme and host, `modified` the day of its last change."""

    head: Head
    site: Site
    name: str
    language: str
    origin: str
    image: Picture | None = None
    modified: date | None = None

    def page(self, kind: str = "WebPage", **more: Any) -> Node:
        """Return what is true of every page, and what is known besides."""
        return node(
            kind,
            url=self.head.canonical,
            name=self.name,
            description=self.head.description,
            inLanguage=self.language,
            dateModified=self.modified,
            image=picture(self.image),
            isPartOf=self.site.website,
            **more,
        )

    def collection(
        self, things: Iterable[tuple[str, str]], total: int | None = None, start: int = 1
    ) -> Node:
        """Return a page that lists things by name and address.

        There are `total` of them where it shows only some, from number `start` on.
        """
        items = [
            node("ListItem", position=number, name=name, url=self.absolute(url))
            for number, (name, url) in enumerate(things, start)
        ]
        listed = node("ItemList", numberOfItems=len(items) if total is None else total)
        return self.page("CollectionPage", mainEntity={**listed, "itemListElement": items})

    def absolute(self, url: str) -> str:
        """Return an address of this site as a whole one; one that is whole stays as it is."""
        return f"{self.origin}{url}" if url.startswith("/") else url

    @property
    def listed(self) -> bool:
        """Whether search engines may list the page; what they may not needs no lists."""
        return "noindex" not in self.head.robots


def node(kind: str, **properties: Any) -> Node:
    """Return a thing with those of its properties that say something."""
    return {"@type": kind} | {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in properties.items()
        if value not in (None, "", (), [], {})
    }


def picture(image: Picture | None) -> Node | None:
    """Return a picture with its size."""
    if image is None:
        return None
    return node(
        "ImageObject",
        url=image.url,
        width=image.width,
        height=image.height,
        caption=image.alt,
        creditText=image.credit,
    )


def organisation(name: str, url: str = "") -> Node:
    """Return an organisation that is only named."""
    return node("Organization", name=name, url=url)


def breadcrumb(items: Iterable[Mapping[str, str]], subject: Subject) -> Node | None:
    """Return the way from home to a page; the page itself, which stands last, has no address there."""
    steps = [
        node(
            "ListItem",
            position=number,
            name=item["title"],
            item=subject.absolute(item["url"]) if item["url"] else subject.head.canonical,
        )
        for number, item in enumerate(items, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps} if steps else None


def document(nodes: Iterable[Node | None]) -> SafeString:
    """Return the text of a JSON-LD element, safe to stand in HTML.

    >>> document([{"@type": "Thing", "name": "</script>"}])
    '{"@context":"https://schema.org","@graph":[{"@type":"Thing","name":"\\\\u003c/script\\\\u003e"}]}'
    """
    graph = {"@context": "https://schema.org", "@graph": [each for each in nodes if each]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    # No character is left that HTML or a script would read.
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308
