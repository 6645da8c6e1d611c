"""What an entry's own page shows beside its text: where it is filed, who is in it, what it counts.

Works for a published page, and for a draft in the preview, whose links live in memory only. The number of
queries does not depend on how many there are of anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest

from impact.communities.models import CommunityPage
from impact.filters.gallery import GalleryFilter
from impact.media import renditions
from impact.media.models import ImpactImage
from impact.pages.cards import Label
from impact.pages.quantities import Quantity
from impact.pages.visibility import public

if TYPE_CHECKING:
    from impact.entries.models import EntryPage, StoryPage


@dataclass(frozen=True)
class Party:
    """A community as an entry names it, with a face and a few words."""

    name: str
    slug: str
    url: str
    stories_url: str
    summary: str = ""
    logo: ImpactImage | None = None


@dataclass(frozen=True)
class Byline:
    """An author, and where everything by them stands."""

    name: str
    role: str
    url: str
    picture: ImpactImage | None = None


@dataclass(frozen=True)
class Filing:
    """Where an entry belongs; every label leads into the gallery."""

    gallery_url: str
    category: Label | None
    tags: tuple[Label, ...]
    authors: tuple[Byline, ...]
    communities: tuple[Party, ...]
    supporters: tuple[Party, ...]


@dataclass(frozen=True)
class Outcome:
    """A number that a story reports."""

    quantity: Quantity
    what: str
    evidence_url: str


@dataclass(frozen=True)
class Source:
    """Where a reader can check numbers of a story."""

    url: str
    host: str
    what: str


def filing_of(page: "EntryPage", request: HttpRequest) -> Filing:
    """Return where an entry belongs, as a visitor may know of it."""
    gallery_url = _gallery_url(page, request)

    def listing(**facet: tuple[str, ...]) -> str:
        return f"{gallery_url}?{GalleryFilter(**facet).query()}"  # type: ignore[arg-type]

    about, supporters = _parties(page, request, listing)
    category = page.category
    tags = (item.tag for item in page.tagged_items.select_related("tag"))
    return Filing(
        gallery_url=gallery_url,
        category=category
        and Label(
            category.name, category.slug, listing(category=(category.slug,)), category.colour
        ),
        tags=tuple(
            Label(tag.name, tag.slug, listing(tag=(tag.slug,)))
            for tag in sorted(tags, key=lambda tag: tag.name.casefold())
        ),
        authors=tuple(_bylines(page, listing)),
        communities=about,
        supporters=supporters,
    )


def outcomes_of(story: "StoryPage") -> list[Outcome]:
    """Return the numbers of a story, in the writer's order."""
    return [
        Outcome(
            Quantity(row.value, row.precision, row.unit, row.currency), row.what, row.evidence_url
        )
        for row in story.outcomes.all()
        if row.value is not None
    ]


def sources_of(outcomes: Iterable[Outcome]) -> list[Source]:
    """Return each address that outcomes give as evidence once, with all that it is evidence for."""
    claims: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.evidence_url:
            claim = f"{outcome.quantity.spoken} {outcome.what}"
            claims.setdefault(outcome.evidence_url, []).append(claim)
    return [
        Source(url, (urlsplit(url).hostname or url).removeprefix("www."), "; ".join(what))
        for url, what in claims.items()
    ]


def _gallery_url(page: "EntryPage", request: HttpRequest) -> str:
    """Return the address of the page above; a draft has a parent before it has an address."""
    url = page.get_url(request)
    if url and page.slug and url.endswith(f"/{page.slug}/"):
        return url.removesuffix(f"{page.slug}/")
    parent = page.get_parent() if page.path else None
    return (parent.get_url(request) or "") if parent else ""


def _parties(
    page: "EntryPage", request: HttpRequest, listing: Any
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return the communities that the entry is about and those that supported it."""
    links = [link for link in page.community_links.all() if link.community_id]
    keys = [link.community_id for link in links]
    found = {
        community.pk: community
        for community in CommunityPage.objects.filter(public(), pk__in=keys).select_related("logo")
    }
    renditions.prefetch([community.logo for community in found.values()], "mark")

    def of(role: str) -> Iterable[Party]:
        for key in dict.fromkeys(link.community_id for link in links if link.role == role):
            if community := found.get(key):
                yield Party(
                    name=community.title,
                    slug=community.slug,
                    url=community.get_url(request) or "",
                    stories_url=listing(community=(community.slug,)),
                    summary=community.summary,
                    logo=community.logo,
                )

    return tuple(of("about")), tuple(of("supporter"))


def _bylines(page: "EntryPage", listing: Any) -> Iterable[Byline]:
    links = page.author_links.select_related("author__picture")
    authors = [link.author for link in links if link.author_id]
    renditions.prefetch([author.picture for author in authors], "portrait")
    for author in authors:
        yield Byline(author.name, author.role, listing(author=(author.slug,)), author.picture)
