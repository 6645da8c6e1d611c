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
            Page.objects.filter(pk=page.pk).update(live=False, first_published_at=None)
        case "unpublished":
            page.unpublish()
        case "expired":
            # As it is between its end and the next run of `publish_scheduled`.
            Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        case "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
