"""When an entry was announced: the one day that feeds and digests go by, fixed once and for all."""

from datetime import date, timedelta

# How long a story may lie about between its date, which is that of the first draft unless somebody changes
# it, and its publication, and still be news. What is older than that was entered afterwards.
NEWS = timedelta(days=60)


def announcement(day: date, published: date) -> date:
    """Return the day on which an entry counts as new, from its date and the day of its first publication.

    That is the day of publication: whoever asks for what is new since last time must not miss what was
    published later than it is dated. Only what is entered long afterwards keeps its old day.

    >>> announcement(date(2024, 5, 28), published=date(2024, 6, 1)).isoformat()
    '2024-06-01'
    >>> announcement(date(2024, 7, 1), published=date(2024, 6, 1)).isoformat()
    '2024-06-01'
    >>> announcement(date(2019, 3, 1), published=date(2024, 6, 1)).isoformat()
    '2019-03-01'
    """
    return day if published - day > NEWS else published
