"""Knowing in a table of readings what somebody else, or an imported file, has changed since it was opened.

Each row is sent with a mark of the reading as it was shown. Where the reading is another one by now, a row
that the editor left alone is left alone, and one that they changed is asked about once.
"""

from hashlib import sha256
from typing import Any

from django import forms

from impact.metrics.models import Reading
from impact.pages.quantities import plain_decimal


class MarkField(forms.CharField):
    """The mark of a reading as it was shown; its initial value is the mark of the reading as it is."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, initial=mark_of(vars(reading)))
        # Whether the editor has been told what the reading is now.
        self.told = False

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return False: a mark is no part of the reading."""
        return False

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what the row is sent with next."""
        return initial if self.told else data


def mark_of(values: dict[str, Any]) -> str:
    """Return a mark that tells one state of a reading from any other; empty where a value is missing."""
    if values.get("date") is None or values.get("value") is None:
        return ""
    community = values.get("community")
    said = (
        values["date"],
        values.get("period_start"),
        plain_decimal(values["value"]),
        values.get("precision"),
        community.pk if community else values.get("community_id"),
        (values.get("source_url") or "").strip(),
        (values.get("note") or "").strip(),
    )
    return sha256(repr(said).encode()).hexdigest()[:16]
