"""Who may read a page: the one meaning of "public", as conditions of a query."""

from datetime import datetime
from typing import TypeVar

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

Rare = TypeVar("Rare", bound=Page)


def unrestricted(relation: str = "") -> Q:
    """Return the condition that neither the page nor anything above it is private.

    `relation` leads to the page (`"community__"`). Unlike Wagtail's `public()`, which first reads all
    restrictions, it adds no statement of its own.
    """
    path = ExpressionWrapper(OuterRef(f"{relation}path"), output_field=CharField())
    # Not by a join: a planner that begins with the pages compares each row with all of them.
    own = Page.objects.filter(pk=OuterRef("page")).values("path")
    above = PageViewRestriction.objects.alias(_path=path, _above=Subquery(own))
    return Q(~Exists(above.filter(_path__startswith=F("_above"))))


def public(relation: str = "") -> Q:
    """Return the condition that anybody may read the page now: live, not expired, nowhere private."""
    live = Q(**{f"{relation}live": True})
    # `publish_scheduled` takes an expired page down at its next run; lists don't wait for it.
    expired = Q(**{f"{relation}expire_at__lte": timezone.now()})
    return live & ~expired & unrestricted(relation)


def public_pages(model: type[Rare]) -> QuerySet[Rare]:
    """Return the public pages of a type that is rare beside entries: communities, indexes, reports.

    A planner without statistics, which is SQLite's, would begin with all pages of the site.
    """
    own = model._default_manager.order_by().values("pk")
    return model._default_manager.filter(public(), pk__in=own)


def next_expiry() -> datetime | None:
    """Return when the next live page expires, if one is to."""
    ahead = Page.objects.filter(live=True, expire_at__gt=timezone.now())
    moment: datetime | None = ahead.aggregate(moment=Min("expire_at"))["moment"]
    return moment
