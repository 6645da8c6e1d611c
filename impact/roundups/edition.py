"""The report of a page, open or closed: which facts it shows, and with which blocks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.blocks import StreamValue

from impact.catalogue.selection import rows, select
from impact.filters.gallery import GalleryFilter
from impact.roundups.assembly import Assembled, assemble
from impact.roundups.composition import Composition, read
from impact.roundups.facts import Year
from impact.roundups.gather import categories_of, gather
from impact.roundups.presentation import Shown
from impact.roundups.snapshot import Closed
from impact.roundups.snapshot import read as read_snapshot
from impact.roundups.standard import standard_body

if TYPE_CHECKING:
    from impact.roundups.models import RoundupPage


@dataclass(frozen=True)
class Edition:
    """A report as it is shown; `closed` is the record that it equals, None while it is open."""

    composition: Composition
    shown: Shown
    closed: Closed | None = None

    @property
    def year(self) -> Year:
        """The facts."""
        return self.shown.year

    @property
    def unrecorded(self) -> bool:
        """Whether there are sections or highlights that came after the year was closed."""
        if self.closed is None:
            return False
        known = self.year.section.keys()
        is_new = any(s.block not in known and s.limit for s in self.composition.sections)
        return is_new or not set(self.composition.highlights) <= set(self.year.highlights)

    def assembled(self, stream: StreamValue, context: dict[str, Any]) -> Assembled:
        """Return it ready to be shown."""
        return assemble(self.composition, stream, self.shown, context)


def composition_of(page: "RoundupPage") -> Composition:
    """Return the blocks of a page; one without any shows what a report shows by itself."""
    if len(page.body):
        return read(page.body.raw_data)
    return read(standard_body(categories_of(page.year)))


def edition_of(page: "RoundupPage", request: HttpRequest | None = None) -> Edition:
    """Return the report of a page with a year."""
    composition = composition_of(page)
    closed = read_snapshot(page.snapshot)
    if closed is None:
        found = gather(page.year, composition)
        return Edition(composition, Shown(found.year, found.rows, request))
    # Asked of all that is public now, so that a change of a moment ago counts.
    public = select(GalleryFilter()).held(entry.key for entry in closed.year.entries)
    found_rows = {row.pk: row for row in rows(public)}
    return Edition(composition, Shown(closed.year, found_rows, request), closed)
