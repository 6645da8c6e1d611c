"""What happened since a digest was sent: to its entries, to the site, and to the digest itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from impact.catalogue.models import EntryRow
from impact.catalogue.selection import readable
from impact.newsletter.periods import Period
from impact.newsletter.proposal import candidates, last_sending, news_of, proposed_period

if TYPE_CHECKING:
    from impact.newsletter.models import DigestPage, Sending, SentEntry


@dataclass(frozen=True)
class Changed:
    """An entry that is not what it was; `now` is its title today, empty where that has not changed."""

    title: str
    now: str = ""
    # Where both versions stand side by side.
    compare_url: str = ""
    edit_url: str = ""


@dataclass(frozen=True)
class Aftermath:
    """All that is otherwise than when the digest was sent."""

    changed: tuple[Changed, ...] = ()
    # Entries that nobody can read any more.
    gone: tuple[Changed, ...] = ()
    # Entries of its period that came after it; those that the next digest will propose, and the others.
    comes_next: tuple[EntryRow, ...] = ()
    came_after: tuple[EntryRow, ...] = ()
    # Whether the page says something else than what was sent.
    edited: bool = False

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        return not any((self.changed, self.gone, self.comes_next, self.came_after, self.edited))


def aftermath(page: "DigestPage", sending: "Sending") -> Aftermath:
    """Return what happened since a sending of a digest. The same few statements, whatever it was."""
    sent = list(sending.entries.select_related("entry").order_by("pk"))
    public = {row.pk: row for row in readable(each.entry_id for each in sent if each.entry_id)}
    later, next_keys = _arrivals(Period(sending.since, sending.until), sending.sent_at)
    return Aftermath(
        changed=tuple(_changed(each for each in sent if each.entry_id in public)),
        gone=tuple(
            Changed(each.title, edit_url=_edit_url(each))
            for each in sent
            if each.entry_id not in public
        ),
        comes_next=tuple(row for row in later if row.pk in next_keys),
        came_after=tuple(row for row in later if row.pk not in next_keys),
        edited=page.latest_revision_id != sending.revision_id,
    )


def _arrivals(period: Period, sent_at: datetime) -> tuple[list[EntryRow], set[int]]:
    """Return what was published in a period after its digest, and what the next one will propose."""
    late = [
        each.key
        for each in candidates(period.since, period.until)
        if not each.sent and each.came_after(sent_at)
    ]
    last = last_sending()
    following = news_of(proposed_period(), last.sent_at if last else None) if late else []
    return readable(late), {each.key for each in following}


def _changed(sent: "Iterable[SentEntry]") -> Iterator[Changed]:
    for each in sent:
        entry = each.entry
        if entry is None:
            continue
        is_renamed = entry.title != each.own_title
        if not is_renamed and entry.last_published_at == each.last_published_at:
            continue
        revisions = (each.revision_id, entry.live_revision_id)
        both = all(revisions) and revisions[0] != revisions[1]
        compare = "wagtailadmin_pages:revisions_compare"
        yield Changed(
            title=each.own_title,
            now=entry.title if is_renamed else "",
            compare_url=reverse(compare, args=[entry.pk, *revisions]) if both else "",
            edit_url=_edit_url(each),
        )


def _edit_url(sent: "SentEntry") -> str:
    return reverse("wagtailadmin_pages:edit", args=[sent.entry_id]) if sent.entry_id else ""
