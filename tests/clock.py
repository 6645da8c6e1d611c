"""A clock that a test sets: what Django, Wagtail and this project take for the present."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.utils import timezone


class Clock:
    """A moment that only moves when it is told to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def go_to(self, day: int, hour: int = 9, minute: int = 0) -> None:
        """Go to a time of a day of the same month."""
        self.moment = self.moment.replace(day=day, hour=hour, minute=minute)

    def go_on(self, **time: float) -> None:
        """Go on by so many days, hours or minutes."""
        self.moment += timedelta(**time)


@contextmanager
def clock_at(*moment: int) -> Iterator[Clock]:
    """Stop the clock at a moment in UTC: `clock_at(2024, 11, 10, 9)`."""
    clock = Clock(datetime(*moment, tzinfo=UTC))  # type: ignore[arg-type,misc]
    with (
        patch.object(timezone, "now", clock),
        patch("time.time", lambda: clock().timestamp()),
    ):
        yield clock
