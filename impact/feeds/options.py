"""How a tool wants a feed to be written, as a value object with one canonical spelling; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from impact.filters.gallery import GalleryFilter

FULL, SUMMARY = "full", "summary"
CONTENTS = (FULL, SUMMARY)
LARGE, EMAIL = "large", "email"
IMAGES = (LARGE, EMAIL)


@dataclass(frozen=True)
class FeedOptions:
    """How much of each item a feed carries, and for which screens its pictures are."""

    content: str = FULL
    images: str = LARGE

    @classmethod
    def from_query(cls, query: Any) -> "FeedOptions":
        """Read a `QueryDict`: of each key the first value that means something; all others disappear."""
        return cls(
            content=next((text for text in query.getlist("content") if text in CONTENTS), FULL),
            images=next((text for text in query.getlist("images") if text in IMAGES), LARGE),
        )

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each key and value that the canonical query string holds; defaults are left out."""
        if self.content != FULL:
            yield "content", self.content
        if self.images != LARGE:
            yield "images", self.images


AS_USUAL = FeedOptions()


def canonical(wanted: GalleryFilter, options: FeedOptions) -> str:
    """Return the one query string of a feed, without `?`.

    >>> canonical(GalleryFilter(year=("2024",), kind=("story",)), FeedOptions(images="email"))
    'images=email&kind=story&year=2024'
    """
    return urlencode(sorted([*wanted.pairs(), *options.pairs()]))


def canonical_query(query: Any) -> str:
    """Return the one spelling of a feed's query: what is kept is kept under it."""
    return canonical(GalleryFilter.from_query(query).selection(), FeedOptions.from_query(query))
