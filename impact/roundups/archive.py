"""The published roundups, newest first, each with what its year held: as closed, or as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from impact.catalogue.facets import count_one
from impact.filters.gallery import GalleryFilter
from impact.media.renditions import prefetch
from impact.metrics.figures import Figure, figures_of_years
from impact.pages.visibility import public_pages

if TYPE_CHECKING:
    from impact.media.models import ImpactImage

FIGURES_IN_LIST = 3


@dataclass(frozen=True)
class ArchiveYear:
    """A roundup in a list; `recorded` are all figures of a year that is closed, None while it is open."""

    year: int
    title: str
    summary: str
    url: str
    count: int
    image: "ImpactImage | None" = None
    figures: tuple[Figure, ...] = ()
    recorded: tuple[Figure, ...] | None = None


def archive(request: HttpRequest | None = None, newest: int | None = None) -> list[ArchiveYear]:
    """Return the published roundups, or only the newest ones. Four queries, however many there are."""
    from impact.roundups.models import RoundupPage

    pages = list(
        public_pages(RoundupPage)
        .select_related("lead_image")
        .defer("body")
        .order_by("-year")[:newest]
    )
    if not pages:
        return []
    prefetch((page.lead_image for page in pages), "card")
    counts = {value.slug: value.count for value in count_one("year", GalleryFilter()).values}
    figures = figures_of_years(page.year for page in pages)
    closed = {page.pk: page.closed for page in pages}
    return [
        ArchiveYear(
            year=page.year,
            title=page.title,
            summary=page.summary,
            url=page.get_url(request) or "",
            count=found.year.total if (found := closed[page.pk]) else counts.get(str(page.year), 0),
            image=page.lead_image,
            figures=_headlines(found.year.figures if found else figures[page.year]),
            recorded=found.year.figures if found else None,
        )
        for page in pages
    ]


def _headlines(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.headline)[:FIGURES_IN_LIST]
