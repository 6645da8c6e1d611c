"""What a new digest would hold: what was first published in its period and never sent before.

What came after the last sending but too late for the digest that was sent then is proposed too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone

from impact.catalogue.models import EntryRow
from impact.catalogue.ranking import best
from impact.catalogue.selection import readable, select
from impact.entries.kinds import LINK, STORY
from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.newsletter.periods import Period, next_period

if TYPE_CHECKING:
    from impact.newsletter.models import Sending

# More lines than these are no digest, and more than an editor's browser likes to handle.
MOST_LINES = 100


@dataclass(frozen=True)
class Candidate:
    """An entry that anybody can read, as far as it matters whether it is news."""

    key: int
    day: date
    announced_on: date
    published_at: datetime | None = None
    sent: bool = False

    def came_after(self, moment: datetime) -> bool:
        """Return whether it was first published after a moment."""
        day = timezone.localdate(moment)
        if self.announced_on != day:
            return self.announced_on > day
        return self.published_at is not None and self.published_at > moment


def is_news(candidate: Candidate, period: Period, last_sent: datetime | None) -> bool:
    """Return whether a digest of a period has to propose an entry; `last_sent` is when one was sent last."""
    if candidate.sent:
        return False
    came_late = last_sent is not None and candidate.came_after(last_sent)
    return period.holds(candidate.announced_on) or (
        candidate.announced_on < period.since and came_late
    )


@dataclass(frozen=True)
class Proposal:
    """What a digest of a period would hold, the newest first; `lead` is the key of the best story."""

    period: Period
    entries: tuple[EntryRow, ...] = ()
    lead: int | None = None
    # Those dated before the period.
    late: frozenset[int] = field(default_factory=frozenset)
    # How many there are beyond the most that are taken.
    beyond: int = 0

    @property
    def stories(self) -> tuple[EntryRow, ...]:
        """The impact stories."""
        return tuple(row for row in self.entries if row.kind == STORY)

    @property
    def links(self) -> tuple[EntryRow, ...]:
        """The featured links."""
        return tuple(row for row in self.entries if row.kind == LINK)


def proposed_period() -> Period:
    """Return the period that the next digest is most likely about. One statement."""
    last = last_sending()
    return next_period(timezone.localdate(), last.until if last else None)


def last_sending() -> "Sending | None":
    """Return the sending after which nothing was sent."""
    from impact.newsletter.models import Sending

    return Sending.objects.order_by("-sent_at", "-pk").first()


def propose(period: Period, limit: int = MOST_LINES) -> Proposal:
    """Return what a digest of a period would hold. The same few statements, however much there is."""
    last = last_sending()
    news = news_of(period, last.sent_at if last else None)
    found = readable(each.key for each in news[:limit])
    late = (each.key for each in news if each.day < period.since)
    return Proposal(
        period=period,
        entries=tuple(found),
        lead=best_story(row.pk for row in found),
        late=frozenset(late),
        beyond=max(len(news) - limit, 0),
    )


def news_of(period: Period, last_sent: datetime | None) -> list[Candidate]:
    """Return what a digest of a period has to propose, the newest first. One statement."""
    since = period.since
    if last_sent:
        since = min(since, timezone.localdate(last_sent))
    return [each for each in candidates(since, period.until) if is_news(each, period, last_sent)]


def candidates(since: date, until: date) -> Sequence[Candidate]:
    """Return the public entries that were first published between two days, the newest first."""
    from impact.newsletter.models import SentEntry

    sent = SentEntry.objects.filter(guid=OuterRef("guid"))
    found = (
        EntryPage.objects.published()
        .announced_between(since, until)
        .last_announced_first()
        .annotate(was_sent=Exists(sent))
    )
    return [
        Candidate(*row)
        for row in found.values_list("pk", "date", "announced_on", "first_published_at", "was_sent")
    ]


def best_story(keys: Iterable[int]) -> int | None:
    """Return the story to begin with: the best one of those that are featured, else of all.

    A featured link leads away from the site, so it leads a digest only where the editor says so.
    """
    stories = select(GalleryFilter()).among(keys).having("kind", STORY)
    return next(iter(best(stories, 1)), None)
