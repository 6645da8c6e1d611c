"""Which years have a roundup, and which one comes next."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from impact.pages.visibility import public_pages

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class YearLink:
    """A published roundup to lead to."""

    year: int
    title: str
    url: str


def proposed_year() -> int:
    """Return the newest finished year that has no roundup: what a new one is most likely about."""
    from impact.roundups.models import RoundupPage

    finished = timezone.localdate().year - 1
    taken = set(RoundupPage.objects.values_list("year", flat=True))
    years = range(finished, FIRST_YEAR - 1, -1)
    return next((year for year in years if year not in taken), finished)


def neighbours(
    year: int | None, request: HttpRequest | None = None
) -> tuple[YearLink | None, YearLink | None]:
    """Return the published roundups before and after a year. Two queries."""
    if year is None:
        return None, None
    return _nearest(request, "-year", year__lt=year), _nearest(request, "year", year__gt=year)


def _nearest(request: HttpRequest | None, order: str, **conditions: int) -> YearLink | None:
    from impact.roundups.models import RoundupPage

    page = public_pages(RoundupPage).filter(**conditions).order_by(order, "pk").first()
    return page and YearLink(page.year, page.title, page.get_url(request) or "")
