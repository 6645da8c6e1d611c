"""The first draft of a digest: what is proposed for its period, and room for the editor's own words."""

import json
from typing import TYPE_CHECKING

from impact.newsletter.periods import Period
from impact.newsletter.proposal import propose
from impact.newsletter.standard import draft_body

if TYPE_CHECKING:
    from impact.accounts.models import User
    from impact.newsletter.models import DigestPage


def draft_digest(period: Period, user: "User | None" = None) -> "DigestPage":
    """Make an unpublished digest of a period and return it.

    Whether the user may do so is for the caller to ask.
    """
    from impact.newsletter.models import DigestPage, NewsletterIndexPage

    proposal = propose(period)
    page = DigestPage(
        title=period.name,
        slug=free_slug(period),
        since=period.since,
        until=period.until,
        lead_id=proposal.lead,
        body=json.dumps(draft_body(proposal.entries)),
        live=False,
        owner=user,
    )
    NewsletterIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create", clean=False)
    return page


def free_slug(period: Period) -> str:
    """Return the address of a digest; the second one of a month has a number."""
    from impact.newsletter.models import DigestPage

    begin = period.slug
    taken = set(DigestPage.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    slug, number = begin, 2
    while slug in taken:
        slug, number = f"{begin}-{number}", number + 1
    return slug


def digests_of(period: Period) -> "list[DigestPage]":
    """Return the digests of the same days that there are already, sent or not."""
    from impact.newsletter.models import DigestPage

    same = DigestPage.objects.filter(since=period.since, until=period.until)
    return list(same.defer("body").order_by("-pk"))


def unsent_in(period: Period) -> "list[DigestPage]":
    """Return the unsent digests of some of these days, without those of exactly these days."""
    from impact.newsletter.models import DigestPage

    some = DigestPage.objects.filter(since__lte=period.until, until__gte=period.since)
    others = some.exclude(since=period.since, until=period.until).filter(sendings=None)
    return list(others.defer("body").order_by("-until", "-pk"))
