"""The first draft of a year's report: everything that comes by itself, and room for the rest."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.catalogue.facets import count_one
from impact.filters.gallery import GalleryFilter
from impact.roundups.composition import Goal, goals, read
from impact.roundups.forms import default_title
from impact.roundups.gather import categories_of, featured_of
from impact.roundups.standard import Raw, draft_body

if TYPE_CHECKING:
    from impact.accounts.models import User
    from impact.roundups.models import RoundupPage


# As many stories as are proposed as highlights: where everything stands out, nothing does.
HIGHLIGHTS = 6


class YearTakenError(ValueError):
    """There is a report of that year already; carries its page."""

    def __init__(self, page: "RoundupPage") -> None:
        super().__init__(f"There is a roundup of {page.year} already")
        self.page = page


def draft_roundup(year: int, user: "User | None" = None) -> "RoundupPage":
    """Make an unpublished report of a year and return it. Raises `YearTakenError`.

    Whether the user may do so is for the caller to ask.
    """
    from impact.roundups.models import RoundupIndexPage, RoundupPage

    if taken := RoundupPage.objects.filter(year=year).first():
        raise YearTakenError(taken)
    page = RoundupPage(
        title=default_title(year), year=year, body=proposed_body(year), live=False, owner=user
    )
    RoundupIndexPage.objects.get().add_child(instance=page)
    # An opening that is still empty is no mistake in a draft.
    page.save_revision(user=user, log_action="wagtail.create", clean=False)
    return page


@dataclass(frozen=True)
class YearToReport:
    """A year with stories; `page` is its report, where there is one."""

    year: int
    count: int
    page: "RoundupPage | None"


def years_to_report() -> list[YearToReport]:
    """Return the years that have stories, the newest first, each with its report. Two statements."""
    from impact.roundups.models import RoundupPage

    pages = {page.year: page for page in RoundupPage.objects.defer("body", "snapshot")}
    counts = {int(each.slug): each.count for each in count_one("year", GalleryFilter()).values}
    return [
        YearToReport(year, counts[year], pages.get(year)) for year in sorted(counts, reverse=True)
    ]


def proposed_body(year: int) -> Raw:
    """Return the blocks that a draft begins with.

    It has a section for each category of the year, last year's goals to answer, and the stories that were
    featured in the year as highlights, for editors to choose among.
    """
    return draft_body(categories_of(year), goals_before(year), featured_of(year, HIGHLIGHTS))


def goals_before(year: int) -> list[Goal]:
    """Return the goals that the last report before a year set, as it was last edited."""
    from impact.roundups.models import RoundupPage

    page = RoundupPage.objects.filter(year=year - 1).first()
    if page is None:
        return []
    body = page.get_latest_revision_as_object().body
    return [
        goal
        for block in read(body.raw_data).blocks
        if block.kind == "goals"
        for goal in goals(block)
    ]
