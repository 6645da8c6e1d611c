"""What a further import has to do with each page: nothing, make it, update it, or leave it alone."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from django.db.models import F

from impact.portability.models import ImportRecord
from impact.portability.records import KnownPage, PlannedCommunity, PlannedEntry

State = Literal["new", "unfinished", "changed", "unchanged", "edited", "deleted"]


@dataclass
class Ledger:
    """The records of one source, by key, and the latest revisions of their pages."""

    source: str
    records: dict[str, ImportRecord] = field(default_factory=dict)
    latest: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> "Ledger":
        """Read the records of a source, without their pages."""
        ledger = cls(source[:255])
        rows = ImportRecord.objects.filter(source=ledger.source)
        for record in rows.annotate(latest_revision=F("page__latest_revision")):
            ledger.records[record.key] = record
            ledger.latest[record.key] = record.latest_revision
        return ledger

    def add(self, key: str, page_id: int, old_address: str = "") -> ImportRecord:
        """Record that a file has got its page, which is still to be filled."""
        record = ImportRecord.objects.create(
            source=self.source, key=key[:500], page_id=page_id, old_address=old_address
        )
        self.records[key] = record
        return record

    def is_new(self, key: str) -> bool:
        """Whether a file has never had a page."""
        return key not in self.records

    def state(self, page: PlannedCommunity | PlannedEntry) -> State:
        """Return what has to be done with a page of the plan."""
        record = self.records.get(page.key)
        if record is None:
            return "new"
        if record.page_id is None:
            return "deleted"
        if not record.fingerprint:
            return "unfinished"
        if record.fingerprint == page.fingerprint:
            return "unchanged"
        return "edited" if self.latest.get(page.key) != record.revision_id else "changed"


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
