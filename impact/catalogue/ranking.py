"""The best entries first: those that are featured, then those that report outcomes, then the newest."""

from collections.abc import Iterator

from impact.catalogue.selection import Selection


def best(entries: Selection, limit: int) -> list[int]:
    """Return the keys of the best entries of a selection, at most so many."""
    found: list[int] = []
    for tier in _tiers(entries):
        if len(found) >= limit:
            break
        found += tier.pks(0, limit - len(found))
    return found


def _tiers(entries: Selection) -> Iterator[Selection]:
    for some in (entries.having("featured", True), entries.lacking("featured", True)):
        yield some.having("reporting", True)
        yield some.lacking("reporting", True)
