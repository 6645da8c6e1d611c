"""The time between two days in words, as headings and feeds say it."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from impact.filters.gallery import GalleryFilter


def period(wanted: GalleryFilter) -> str:
    """Return the time between two days, each included: a month by its name; empty without any."""
    since, until = wanted.since, wanted.until
    unreadable = dict(wanted.unreadable)
    first = day(since) if since else unreadable.get("since", "")
    last = day(until) if until else unreadable.get("until", "")
    if since and until and _is_month(since, until):
        return date_format(since, "F Y")
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("since %(day)s") % {"day": first}
    return _("until %(day)s") % {"day": last} if last else ""


def day(value: date) -> str:
    """Return a date in words: "1 May 2024"."""
    return date_format(value, "j F Y")


def _is_month(since: date, until: date) -> bool:
    """Return whether two days are the first and the last of one month."""
    if since.day != 1 or (since.year, since.month) != (until.year, until.month):
        return False
    return until == date.max or (until + timedelta(days=1)).day == 1
