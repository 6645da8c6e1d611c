"""The days that a digest is about."""

from datetime import date

import pytest

from impact.newsletter.periods import Period, next_period


@pytest.mark.parametrize(
    ("today", "sent_until", "since", "until"),
    [
        # Before the first one: the last month.
        ("2024-12-03", None, "2024-11-01", "2024-11-30"),
        ("2024-01-01", None, "2023-12-01", "2023-12-31"),
        ("2024-03-31", None, "2024-02-01", "2024-02-29"),
        # After one: from the day after, to the end of the last month.
        ("2024-12-03", "2024-10-31", "2024-11-01", "2024-11-30"),
        ("2024-12-03", "2024-11-15", "2024-11-16", "2024-11-30"),
        ("2024-12-03", "2024-08-31", "2024-09-01", "2024-11-30"),
        # The last month is sent: what there is of this one.
        ("2024-12-20", "2024-11-30", "2024-12-01", "2024-12-20"),
        ("2024-12-20", "2024-12-10", "2024-12-11", "2024-12-20"),
        # Sent before its month was over: the month that comes.
        ("2024-11-28", "2024-11-30", "2024-12-01", "2024-12-31"),
        ("2024-11-28", "2024-11-28", "2024-11-29", "2024-11-30"),
        # After years without one: a year.
        ("2024-12-03", "2019-05-31", "2023-12-01", "2024-11-30"),
    ],
)
def test_the_next_period_follows_the_last_one(
    today: str, sent_until: str | None, since: str, until: str
) -> None:
    last = date.fromisoformat(sent_until) if sent_until else None
    found = next_period(date.fromisoformat(today), last)
    assert (found.since.isoformat(), found.until.isoformat()) == (since, until)


@pytest.mark.parametrize(
    ("since", "until", "name", "slug"),
    [
        ("2024-11-01", "2024-11-30", "November 2024", "2024-11"),
        ("2024-11-01", "2024-11-20", "November 2024", "2024-11"),
        ("2024-11-21", "2024-11-30", "21 November to 30 November 2024", "2024-11"),
        ("2024-09-01", "2024-11-30", "September to November 2024", "2024-11"),
        ("2024-12-01", "2025-01-31", "December 2024 to January 2025", "2025-01"),
        ("2024-12-24", "2025-01-02", "24 December 2024 to 2 January 2025", "2025-01"),
        ("2024-11-21", "2024-11-21", "21 November 2024", "2024-11"),
    ],
)
def test_a_period_has_a_name_and_an_address(since: str, until: str, name: str, slug: str) -> None:
    period = Period(date.fromisoformat(since), date.fromisoformat(until))
    assert (period.name, period.slug) == (name, slug)
