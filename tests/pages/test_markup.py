"""What editors write is text: no field of theirs reaches a page, a feed or the editor as markup."""

from datetime import date

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import FooterLink, NavigationLink, SiteSettings, SocialLink
from tests.factories import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
URL = f"https://example.org/{HOSTILE}"
RICH = f'<p onclick="alert(3)">a<a href="javascript:alert(4)">b</a></p>{HOSTILE}'
PUBLIC = [
    "/",
    "/impact/",
    "/impact/?author=a&category=c&tag=x",
    "/impact/story/",
    "/impact/link/",
    "/communities/",
    "/communities/reef/",
    "/roundups/",
    "/roundups/2024/",
    "/impact/feed/",
    "/impact/feed/atom/",
    "/communities/reef/feed/",
    "/theme.css",
    "/nothing-here/",
]
EDITOR = ["", "entries/", "images/", "snippets/taxonomy/category/", "snippets/people/author/"]


@pytest.fixture
def hostile(home: HomePage) -> None:
    """A site whose every field tries."""
    picture = make_image(
        HOSTILE, description=HOSTILE, credit=HOSTILE, licence=HOSTILE, source_url=URL
    )
    settings = SiteSettings.for_site(Site.objects.get())
    for name in ("organisation", "tagline", "footer_text", "licence_line", "newsletter_text"):
        setattr(settings, name, HOSTILE)
    settings.newsletter_url, settings.accent, settings.logo = URL, "#}</sty", picture
    settings.social_links = [SocialLink(name=HOSTILE, url=URL)]
    settings.navigation = [NavigationLink(label=HOSTILE, url=URL)]
    settings.footer_links = [FooterLink(label=HOSTILE, url=URL)]
    settings.save()
    category = make_category(HOSTILE, slug="c", description=HOSTILE, colour="red}</s")
    author = make_author(HOSTILE, slug="a", role=HOSTILE, bio=HOSTILE)
    reef = make_community(
        HOSTILE,
        slug="reef",
        summary=HOSTILE,
        country=HOSTILE,
        description=RICH,
        logo=picture,
        region="africa",
        latitude=1,
        longitude=1,
    )
    make_community(HOSTILE, slug="near", country=HOSTILE, latitude=1, longitude=1)
    shared = {
        "category": category,
        "communities": [reef],
        "authors": [author],
        "tags": [HOSTILE],
        "summary": HOSTILE,
        "seo_title": HOSTILE,
        "search_description": HOSTILE,
        "lead_image": picture,
    }
    quote = ("pull_quote", {"text": HOSTILE, "person": HOSTILE, "role": HOSTILE})
    story = make_story(HOSTILE, slug="story", body=[("text", RICH), quote], **shared)
    add_outcome(story, 5, HOSTILE)
    make_link(HOSTILE, slug="link", publisher=HOSTILE, **shared)
    make_roundup(2024, title=HOSTILE, summary=HOSTILE, lead_image=picture)
    metric = make_metric(HOSTILE, slug="m")
    for community in (None, reef):
        make_reading(metric, 4, date(2023, 12, 31), community=community)
        make_reading(metric, 5, date(2024, 12, 31), community=community, note=HOSTILE)


@pytest.mark.parametrize("address", PUBLIC)
def test_no_field_runs_on_a_public_page(client: Client, hostile: None, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (200, 404)
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html
    assert 'onclick="alert' not in html
    assert "}</s" not in html


@pytest.mark.parametrize("path", EDITOR)
def test_no_field_runs_in_the_editor(client: Client, hostile: None, path: str) -> None:
    client.force_login(make_user("Administrators", is_superuser=True))
    response = client.get(f"/admin/{path}")
    assert response.status_code == 200
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
