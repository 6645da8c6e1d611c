"""What a further import has to do with each page: nothing, make it, update it, or leave it alone."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from django.db.models import F, Q

from impact.portability.models import ImportRecord
from impact.portability.records import KnownPage, PlannedPage

State = Literal["new", "unfinished", "changed", "unchanged", "edited", "overwritten", "deleted"]


@dataclass
class Ledger:
    """The records of one source, by key, and which of their pages somebody has worked on since.

    With `overwrite` the source decides about those too.
    """

    source: str
    overwrite: bool = False
    records: dict[str, ImportRecord] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, source: str, *, overwrite: bool = False) -> "Ledger":
        """Read the records of a source, without their pages."""
        ledger = cls(source[:255], overwrite)
        # The import itself leaves nothing that was once published and is not any more.
        unpublished = Q(page__live=False, page__last_published_at__isnull=False)
        rows = ImportRecord.objects.filter(source=ledger.source).annotate(
            latest_revision=F("page__latest_revision"), taken_down=unpublished
        )
        for record in rows:
            ledger.records[record.key] = record
            if record.latest_revision != record.revision_id or record.taken_down:
                ledger.edited.add(record.key)
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

    def state(self, page: PlannedPage) -> State:
        """Return what has to be done with a page of the plan."""
        record = self.records.get(page.key)
        if record is None:
            return "new"
        if record.page_id is None:
            return "deleted"
        if not record.fingerprint:
            return "unfinished"
        if page.key in self.edited and self.overwrite:
            return "overwritten"
        if record.fingerprint == page.fingerprint:
            return "unchanged"
        return "edited" if page.key in self.edited else "changed"


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
