"""Who may read a page: the one meaning of "public", as conditions of a query."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import PageViewRestriction


def unrestricted(relation: str = "") -> Q:
    """Return the condition that neither the page nor anything above it is private.

    `relation` leads to the page (`"community__"`). Unlike Wagtail's `public()`, which first reads all
    restrictions, it adds no statement of its own.
    """
    path = ExpressionWrapper(OuterRef(f"{relation}path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(_path=path).filter(
        _path__startswith=F("page__path")
    )
    return Q(~Exists(above))


def public(relation: str = "") -> Q:
    """Return the condition that anybody may read the page now: live, not expired, nowhere private."""
    live = Q(**{f"{relation}live": True})
    # `publish_scheduled` takes an expired page down at its next run; lists don't wait for it.
    expired = Q(**{f"{relation}expire_at__lte": timezone.now()})
    return live & ~expired & unrestricted(relation)
