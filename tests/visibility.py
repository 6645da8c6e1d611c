"""Ways in which a page is not there for visitors."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

HIDDEN = ("draft", "unpublished", "expired", "private")


def hide(page: Any, how: str) -> None:
    """Take a published page away from visitors in one of the ways of `HIDDEN`."""
    match how:
        case "draft":
            _write(page, live=False, first_published_at=None)
        case "unpublished":
            page.unpublish()
        case "expired":
            # As it is between its end and the next run of `publish_scheduled`.
            _write(page, expire_at=timezone.now() - timedelta(minutes=1))
        case "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")


def _write(page: Any, **values: Any) -> None:
    """Write to the page's own row alone."""
    stored = Page.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(values))
