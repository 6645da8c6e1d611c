"""What a further import has to do with each page: nothing, make it, update it, or leave it alone."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from impact.portability.models import ImportRecord
from impact.portability.records import KnownPage, Plan, PlannedCommunity, PlannedEntry

State = Literal["new", "unfinished", "changed", "unchanged", "edited", "deleted"]


@dataclass
class Ledger:
    """The records of one source, by key."""

    source: str
    records: dict[str, ImportRecord] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> "Ledger":
        """Read the records of a source."""
        rows = ImportRecord.objects.filter(source=source[:255]).select_related("page")
        return cls(source[:255], {record.key: record for record in rows})

    def state(self, page: PlannedCommunity | PlannedEntry) -> State:
        """Return what has to be done with a page of the plan."""
        record = self.records.get(page.key)
        if record is None:
            return "new"
        if record.page is None:
            return "deleted"
        if not record.fingerprint:
            return "unfinished"
        if record.fingerprint == page.fingerprint:
            return "unchanged"
        edited = record.page.latest_revision_id != record.revision_id
        return "edited" if edited else "changed"

    def states(self, plan: Plan) -> dict[str, State]:
        """Return the state of every page of a plan, by key."""
        return {page.key: self.state(page) for page in plan.pages}


def known_pages(source: str) -> list[KnownPage]:
    """Return the pages of earlier imports from other sources, with their old addresses."""
    rows = (
        ImportRecord.objects.select_related("page")
        .filter(page__isnull=False)
        .exclude(source=source[:255])
    )
    return [_known(record) for record in rows]


def _known(record: ImportRecord) -> KnownPage:
    paths = [record.key]
    if record.old_address:
        url = urlsplit(record.old_address)
        host = (url.hostname or "").removeprefix("www.")
        paths += [url.path, f"{host}{url.path}", f"{host}/{record.key}"]
    title = record.page.title if record.page else ""
    return KnownPage(f"={record.page_id}", title, tuple(paths))
