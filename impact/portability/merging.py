"""Communities as a map wants them: several pages of the source made one, others given new values."""

from collections.abc import Iterable
from dataclasses import replace

from impact.portability.mapping import Wishes
from impact.portability.messages import Log
from impact.portability.records import PlannedCommunity

_CHANGES = ("title", "kind", "website", "region")


def merge_communities(
    communities: Iterable[PlannedCommunity], wishes: Wishes, log: Log
) -> list[PlannedCommunity]:
    """Return the communities that are kept.

    One keeps what it says itself and gets from the others what it lacks; what has no place is reported.
    """
    by_key = {community.key: community for community in communities}
    for key, kept in wishes.same_as.items():
        if (merged := by_key.pop(key, None)) and (into := by_key.get(kept)):
            _report_dropped(merged, into, log)
            by_key[kept] = _filled(into, merged)
    for key, values in wishes.changes.items():
        if community := by_key.get(key):
            new = {name: values[name] for name in _CHANGES if name in values}
            by_key[key] = replace(community, **new)  # type: ignore[arg-type]
    return list(by_key.values())


def _filled(kept: PlannedCommunity, other: PlannedCommunity) -> PlannedCommunity:
    return replace(
        kept,
        summary=kept.summary or other.summary,
        description=kept.description or other.description,
        website=kept.website or other.website,
        logo=kept.logo or other.logo,
        merged=(*kept.merged, other.key),
    )


def _report_dropped(other: PlannedCommunity, kept: PlannedCommunity, log: Log) -> None:
    """Say in full what of a page is not imported, because the one that is kept has its own."""
    lost = [
        f"{name} “{theirs}”"
        for name, theirs, ours in (
            ("title", other.title, kept.title),
            ("summary", other.summary, kept.summary),
            ("description", _one_line(other), _one_line(kept)),
            ("website", other.website, kept.website),
        )
        if theirs and ours and theirs != ours
    ]
    if other.logo and kept.logo not in {"", other.logo}:
        lost.append("the logo")
    more = f"; left out: {'; '.join(lost)}" if lost else ""
    log.add("warning", "merged", other.file, 0, f"made one with {kept.file}{more}")


def _one_line(community: PlannedCommunity) -> str:
    return " ".join(community.description.text.split())
