"""What stands below an entry: where to read on."""

from typing import Any

from django.http import HttpRequest

from impact.catalogue.related import neighbours, related
from impact.entries.models import EntryPage


def reading_on(request: HttpRequest, page: EntryPage) -> dict[str, Any]:
    """Return the related entries and the neighbours in time of an entry."""
    return {
        "related": related(page, request=request),
        "neighbours": neighbours(page, request),
    }
