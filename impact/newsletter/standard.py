"""The blocks that a draft begins with: what is proposed, below the headings that it is read under."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from impact.catalogue.models import EntryRow
from impact.catalogue.snapshot import snapshot
from impact.entries.kinds import LINK

Raw = list[dict[str, Any]]


def draft_body(entries: Iterable[EntryRow]) -> Raw:
    """Return the stories by category, in the order of the categories; then links; then room for the rest."""
    stories: dict[int | None, list[EntryRow]] = {}
    links = []
    for row in entries:
        if row.kind == LINK:
            links.append(row)
        else:
            stories.setdefault(row.filing["category"][0], []).append(row)
    named = snapshot().terms.named["category"]
    order = [key for key in named if key in stories]
    rest = [row for key, found in stories.items() if key not in named for row in found]
    more = _("More stories") if order else _("Stories")
    return [
        *(block for key in order for block in _group(named[key].name, stories[key])),  # type: ignore[index]
        *(_group(more, rest) if rest else []),
        *(_group(_("From our communities"), links) if links else []),
        _block("heading", _("Coming up")),
        _block("heading", _("With thanks to")),
        _block("thanks", {"communities": True, "supporters": True, "left_out": []}),
    ]


def entry_block(key: int) -> dict[str, Any]:
    """Return the line of an entry in its own words."""
    return _block("entry", {"entry": key, "title": "", "sentence": "", "image": True})


def _group(heading: str, entries: Iterable[EntryRow]) -> Raw:
    return [_block("heading", heading), *(entry_block(row.pk) for row in entries)]


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}
