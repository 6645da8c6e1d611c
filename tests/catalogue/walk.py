"""What visitors should be shown, found by walking over all pages, and what they are shown."""

from collections import Counter
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from impact.catalogue.upkeep import find_drift
from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage
from impact.taxonomy.models import Category
from tests.documents import document, slugs
from tests.gallery.reading import read

YEAR = 2024
SEARCH = "/impact/?q=gauges&sort=newest"
FEED = "/impact/feed/json/"


def is_public(page: Page) -> bool:
    """Whether anybody may read it now: by the page, and by every restriction above it."""
    closed = [restriction.page.path for restriction in PageViewRestriction.objects.all()]
    over = page.expire_at is not None and page.expire_at <= timezone.now()
    return page.live and not over and not any(page.path.startswith(path) for path in closed)


def entries() -> list[Any]:
    """The public entries, the newest first."""
    found = [page for page in EntryPage.objects.specific() if is_public(page)]
    return sorted(found, key=lambda page: (page.date, page.pk), reverse=True)


def about(page: EntryPage) -> list[CommunityPage]:
    """The public communities that an entry is about."""
    links = page.community_links.filter(role="about")
    return list(
        {link.community_id: link.community for link in links if is_public(link.community)}.values()
    )


def facets(found: list[Any]) -> dict[str, dict[str, int]]:
    """The counts of entries."""
    counted = {
        "year": Counter(str(page.date.year) for page in found),
        "category": Counter(page.category.slug for page in found if page.category),
        "community": Counter(c.slug for page in found for c in about(page)),
        "tag": Counter(tag.slug for page in found for tag in page.tags.all()),
        "author": Counter(link.author.slug for page in found for link in page.author_links.all()),
        "kind": Counter(page.kind for page in found),
    }
    return {key: dict(values) for key, values in counted.items() if values}


def visit(client: Client) -> None:
    """Ask for all that `assert_shown` looks at, so that whatever is kept of it is kept."""
    pages = [page.url for page in CommunityPage.objects.all() if is_public(page)]
    for address in ("/impact/", SEARCH, FEED, "/", f"/roundups/{YEAR}/", *pages):
        client.get(address)


def assert_shown(client: Client) -> None:
    """Gallery, counts, search, feed, communities, home and an open roundup show what the walk finds."""
    found = entries()
    addresses = {page.slug: getattr(page, "external_url", "") or page.url for page in found}
    gallery_is_open = client.get("/impact/").status_code == 200
    if gallery_is_open:
        shown = read(client.get("/impact/").content.decode())
        assert shown.total == len(found)
        assert [slug for slug, _kind in shown.entries][-len(found) or None :] == list(addresses)
        assert shown.facets == facets(found)
        used = {page.category for page in found if page.category}
        ordered = [c.slug for c in Category.objects.order_by("sort_order", "name") if c in used]
        assert list(shown.facets.get("category", {})) == ordered
        searched = read(client.get(SEARCH).content.decode())
        assert [s for s, _ in searched.entries] == [
            page.slug for page in found if "gauges" in page.title + page.summary
        ]
        carried = sorted(found, key=lambda page: (page.announced_on, page.pk), reverse=True)
        items = client.get(FEED).json()["items"]
        for item in items:
            url = item.get("external_url") or item["url"]
            item["url"] = url.removeprefix("http://testserver")
        assert [i["url"] for i in items if "/roundups/" not in i["url"]] == [
            addresses[page.slug] for page in carried
        ]
        names = {i["url"]: i["title"] for i in items}
        assert all(names[addresses[page.slug]] == page.title for page in found)
    assert set(slugs(document(client, "/"))) == set(addresses)
    for community in CommunityPage.objects.all():
        if is_public(community):
            assert set(slugs(document(client, community.url))) == {
                page.slug for page in found if community in about(page)
            }
    of_year = [page.slug for page in found if page.date.year == YEAR]
    assert set(slugs(document(client, f"/roundups/{YEAR}/"))) == set(of_year)
    assert find_drift() == []
