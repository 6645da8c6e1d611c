"""The published digests, the newest first, in pages; and the ones before and after a digest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil

from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from impact.catalogue.selection import readable
from impact.media import renditions
from impact.media.models import ImpactImage
from impact.pages.pagination import Pager, pager
from impact.pages.visibility import public_pages

PAGE_SIZE = 24
# A page number in its one spelling.
NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True)
class ArchivedDigest:
    """A digest in a list; its picture is that of its lead story."""

    title: str
    url: str
    summary: str
    until: date
    image: ImpactImage | None = None


@dataclass(frozen=True)
class ArchivePage:
    """One page of the archive: digests by year."""

    years: tuple[tuple[int, tuple[ArchivedDigest, ...]], ...]
    pager: Pager

    @property
    def digests(self) -> Iterator[ArchivedDigest]:
        """All of them, the newest first."""
        return (digest for _year, digests in self.years for digest in digests)


@dataclass(frozen=True)
class Neighbour:
    """A digest to lead to."""

    title: str
    url: str


def page_number(query: QueryDict) -> int:
    """Return which page is asked for; zero for what is no number."""
    text = query.get("page") or "1"
    return int(text) if NUMBER.fullmatch(text) else 0


def canonical(query: QueryDict) -> str:
    """Return the one spelling of a query of the archive."""
    number = page_number(query)
    return "" if number == 1 else f"page={number}"


def archive(url: str, query: QueryDict, request: HttpRequest | None = None) -> ArchivePage:
    """Return the page that a query asks for, of the archive at an address. A constant number of statements.

    Raises `Http404` for a page that isn't there.
    """
    from impact.newsletter.models import DigestPage

    pages = public_pages(DigestPage).order_by("-until", "-pk")
    number, last = page_number(query), max(ceil(pages.count() / PAGE_SIZE), 1)
    if not 1 <= number <= last:
        raise Http404(_("There is no such page."))
    shown = list(pages.defer("body")[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    leads = {row.pk: row for row in readable(page.lead_id for page in shown if page.lead_id)}
    images = renditions.images((row.image_id for row in leads.values()), "card")
    digests = [
        ArchivedDigest(
            title=page.title,
            url=page.get_url(request) or "",
            summary=page.meta_description,
            until=page.until,
            image=images.get(leads[page.lead_id].image_id or 0) if page.lead_id in leads else None,
        )
        for page in shown
    ]
    return ArchivePage(
        tuple((year, tuple(some)) for year, some in groupby(digests, lambda each: each.until.year)),
        pager(number, last, lambda each: url if each == 1 else f"{url}?page={each}"),
    )


def neighbours(
    until: date, pk: int | None, request: HttpRequest | None = None
) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the published digests before and after one. Two statements."""
    before = Q(until__lt=until) | Q(until=until, pk__lt=pk or 0)
    after = Q(until__gt=until) | Q(until=until, pk__gt=pk or 0)
    return (
        _first(before, ("-until", "-pk"), request),
        _first(after, ("until", "pk"), request) if pk else None,
    )


def _first(condition: Q, order: tuple[str, ...], request: HttpRequest | None) -> Neighbour | None:
    from impact.newsletter.models import DigestPage

    page = public_pages(DigestPage).filter(condition).defer("body").order_by(*order).first()
    return page and Neighbour(page.title, page.get_url(request) or "")
