"""Reads the gallery's HTML as a tool would: by the hooks of its outer surface."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib


@dataclass(frozen=True)
class Link:
    """A link's address and its `rel`."""

    href: str
    rel: str


def words(element: Element | None) -> str:
    """An element's text, spaces collapsed."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


@dataclass(frozen=True)
class Read:
    """What stands in a page of the gallery."""

    html: str
    tree: Any

    @cached_property
    def total(self) -> int:
        """`data-results`, which stands there once."""
        [element] = self.tree.findall(".//*[@data-results]")
        return int(element.get("data-results"))

    @cached_property
    def entries(self) -> list[tuple[str, str]]:
        """Slug and kind of each card, in their order."""
        found = self.tree.findall(".//article[@data-entry]")
        return [(e.get("data-entry"), e.get("data-kind")) for e in found]

    @cached_property
    def _values(self) -> list[Element]:
        return self.tree.findall(".//*[@data-facet]")

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """The counts, by facet and value, in their order."""
        found: dict[str, dict[str, int]] = {}
        for e in self._values:
            values = found.setdefault(e.get("data-facet", ""), {})
            assert e.get("data-value") not in values
            values[e.get("data-value", "")] = int(e.get("data-count", ""))
        return found

    @cached_property
    def chosen(self) -> set[tuple[str, str]]:
        """What is chosen."""
        return {
            (e.get("data-facet", ""), e.get("data-value", ""))
            for e in self._values
            if e.get("aria-current") == "true"
        }

    @cached_property
    def links(self) -> dict[tuple[str, str], Link]:
        """Where each facet value leads."""
        return {
            (e.get("data-facet", ""), e.get("data-value", "")): Link(
                e.get("href", ""), e.get("rel", "")
            )
            for e in self._values
        }

    @cached_property
    def internal(self) -> list[Link]:
        """Every link of the page that leads into the gallery."""
        links = (
            Link(e.get("href", ""), e.get("rel", "")) for e in self.tree.findall(".//a[@href]")
        )
        return [link for link in links if urlsplit(link.href).path == "/impact/"]

    @cached_property
    def chips(self) -> dict[str, str]:
        """The chips: what they say, without the part for screen readers, and where they lead."""
        found = self.tree.findall(".//ul[@class='chips']//a")
        return {
            words(e).removeprefix("Remove filter: ").removesuffix("×"): e.get("href") for e in found
        }

    @cached_property
    def sorts(self) -> dict[str, str]:
        """The orders that are offered."""
        return {words(e): e.get("href") for e in self.tree.findall(".//ul[@class='sorts-list']//a")}

    @cached_property
    def ways(self) -> list[tuple[str, str, int]]:
        """What an empty result offers."""
        return [
            (words(e.find("a")), e.find("a").get("href"), int(words(e.find("span"))))
            for e in self.tree.findall(".//ul[@class='empty-ways']/li")
        ]

    @cached_property
    def heading(self) -> str:
        """The line above the results."""
        return words(self.tree.find(".//*[@id='results-heading']"))

    @cached_property
    def h1(self) -> str:
        """The page's one main heading."""
        [element] = self.tree.findall(".//h1")
        return words(element)

    @cached_property
    def title(self) -> str:
        """The browser's title."""
        return words(self.tree.find(".//title"))

    @cached_property
    def text(self) -> str:
        """Everything that is said."""
        return words(self.tree.find(".//main"))

    @cached_property
    def canonical(self) -> str:
        """The canonical address, which stands there once."""
        [element] = self.tree.findall(".//link[@rel='canonical']")
        return element.get("href", "")

    def _meta(self, name: str) -> str:
        element = self.tree.find(f".//meta[@name='{name}']")
        return "" if element is None else element.get("content", "")

    @cached_property
    def robots(self) -> str:
        """What crawlers are told."""
        return self._meta("robots")

    @cached_property
    def description(self) -> str:
        """What search engines show."""
        return self._meta("description")


def read(html: str) -> Read:
    """Read a page."""
    return Read(html, html5lib.parse(html, namespaceHTMLElements=False))
