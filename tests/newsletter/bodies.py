"""The blocks of a digest as they are stored."""

from typing import Any

from wagtail.models import Page


def entry(page: Page, **own: Any) -> dict[str, Any]:
    """A line about an entry."""
    return {"type": "entry", "value": {"entry": page.pk, **own}, "id": f"entry-{page.pk}"}


def heading(text: str) -> dict[str, Any]:
    return {"type": "heading", "value": text, "id": f"heading-{text}"}


def thanks(**options: Any) -> dict[str, Any]:
    return {"type": "thanks", "value": options, "id": "thanks"}
