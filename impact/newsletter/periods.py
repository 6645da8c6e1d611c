"""The span of days that a digest is about, its name and its address; pure but for the language."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAY = timedelta(days=1)
# A digest of more than a year is a mistake in a date.
LONGEST = timedelta(days=366)
# Years that a date may name.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True)
class Period:
    """From one day to another, each included."""

    since: date
    until: date

    @property
    def name(self) -> str:
        """The month, where the period begins with it and ends in it; else its ends."""
        since, until = self.since, self.until
        begins, ends = since.day == 1, (until + DAY).day == 1
        if begins and (since.year, since.month) == (until.year, until.month):
            return date_format(since, "F Y")
        format_of_both = "F Y" if begins and ends else "j F Y"
        if since == until:
            return date_format(since, format_of_both)
        first = format_of_both.removesuffix(" Y") if since.year == until.year else format_of_both
        return _("%(first)s to %(last)s") % {
            "first": date_format(since, first),
            "last": date_format(until, format_of_both),
        }

    @property
    def slug(self) -> str:
        """The month in which it ends: `2024-11`."""
        return f"{self.until:%Y-%m}"

    def holds(self, day: date) -> bool:
        """Return whether a day is part of it."""
        return self.since <= day <= self.until


def next_period(today: date, sent_until: date | None = None) -> Period:
    """Return the period that the next digest is most likely about.

    It begins after the last day of the last one that was sent, and ends with the last whole month, or
    today where that month has been sent already. Before the first one, it is the last month.

    >>> next_period(date(2024, 12, 3), date(2024, 10, 31))
    Period(since=datetime.date(2024, 11, 1), until=datetime.date(2024, 11, 30))
    """
    last_month = _end_of_month(today.replace(day=1) - DAY)
    since = sent_until + DAY if sent_until else last_month.replace(day=1)
    if since <= last_month:
        # After a break of years nobody means all of them.
        return Period(max(since, (last_month - LONGEST + DAY).replace(day=1)), last_month)
    return Period(since, today if since <= today else _end_of_month(since))


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY
