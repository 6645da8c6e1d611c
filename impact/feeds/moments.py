"""When an item was published, as feeds say it: once, and never another time."""

from datetime import date, datetime, time

from django.utils import timezone


def noon(day: date) -> datetime:
    """Return noon of a day in the site's time zone.

    Of what was dated by hand nobody knows the time. Noon is the one choice that shows the same date to
    readers in most time zones, and it never changes.
    """
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())


def published(day: date, moment: datetime | None) -> datetime:
    """Return when something that was announced on a day appeared: the very moment where that is known.

    Mail tools send what is later than their last mail. With an hour of our own choice, what appeared after
    that mail would be missing from the next, or what appeared before it would be in both.
    """
    if moment is not None and timezone.localdate(moment) == day:
        return moment.replace(microsecond=0)
    return noon(day)
