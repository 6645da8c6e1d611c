"""What stands around every page."""

import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, Site

from home.models import HomePage
from impact.branding.frame import frame_of
from impact.branding.models import FooterLink, NavigationLink, SiteSettings, SocialLink
from impact.media.renditions import picture
from tests.factories.content import make_community, make_image, make_standard_page, make_story
from tests.visibility import HIDDEN, hide

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def settings_of_site(home: HomePage) -> SiteSettings:
    return SiteSettings.for_site(Site.objects.get(is_default_site=True))


def html(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return re.sub(r"\s+>", ">", re.sub(r"\s+", " ", response.content.decode()))


def test_a_site_without_settings_shows_the_pages_below_home(client: Client, home: HomePage) -> None:
    page = html(client, "/")
    for title, url in [("Impact", "/impact/"), ("Communities", "/communities/")]:
        assert re.search(rf'<a href="{url}"[^>]*>{title}</a>', page)
    assert 'href="/theme.css?v=' in page


def test_the_navigation_that_editors_set_replaces_the_fallback(
    client: Client, settings_of_site: SiteSettings
) -> None:
    about = make_standard_page("About us")
    settings_of_site.navigation = [
        NavigationLink(page=about, label="Who we are"),
        NavigationLink(url="https://example.org/donate", label="Donate"),
    ]
    settings_of_site.save()
    page = html(client, "/about-us/")
    assert '<a href="/about-us/" aria-current="page">Who we are</a>' in page
    assert '<a href="https://example.org/donate">Donate</a>' in page
    assert ">Communities</a>" not in page


def test_the_navigation_leaves_out_pages_that_visitors_cannot_see(
    client: Client, settings_of_site: SiteSettings
) -> None:
    settings_of_site.navigation = [
        NavigationLink(page=make_standard_page("Draft page", live=False)),
        NavigationLink(url="https://example.org/", label="Shown"),
    ]
    settings_of_site.save()
    page = html(client, "/")
    assert "Draft page" not in page
    assert "Shown" in page


@pytest.mark.parametrize("how", HIDDEN)
def test_no_link_of_the_frame_names_a_hidden_page(
    client: Client, settings_of_site: SiteSettings, how: str
) -> None:
    hidden = make_standard_page("Hidden page", show_in_menus=True)
    hide(hidden, how)
    settings_of_site.footer_links = [FooterLink(page=hidden)]
    settings_of_site.save()
    assert "Hidden page" not in html(client, "/")
    settings_of_site.navigation = [
        NavigationLink(page=hidden),
        NavigationLink(url="https://example.org/", label="Shown"),
    ]
    settings_of_site.save()
    page = html(client, "/")
    assert "Hidden page" not in page
    assert "/hidden-page/" not in page
    assert "Shown" in page


def test_a_link_of_the_frame_goes_when_its_page_ends_without_any_change(
    client: Client, settings_of_site: SiteSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = timezone.now() + timedelta(hours=1)
    ending = make_standard_page("Ending page", expire_at=end)
    settings_of_site.navigation = [NavigationLink(page=ending)]
    settings_of_site.footer_links = [FooterLink(page=ending)]
    settings_of_site.save()
    request = RequestFactory().get("/")
    frame = frame_of(request)
    assert [link.text for link in (*frame.navigation, *frame.footer_links)] == ["Ending page"] * 2
    monkeypatch.setattr(timezone, "now", lambda: end)
    frame = frame_of(request)
    assert [link.text for link in frame.navigation] == ["Impact", "Communities", "Roundups"]
    assert not frame.footer_links


def test_the_frame_is_read_once_and_shows_every_change(
    client: Client, settings_of_site: SiteSettings
) -> None:
    settings_of_site.organisation = "Tidewater"
    settings_of_site.logo = make_image()
    settings_of_site.save()
    html(client, "/")
    request = RequestFactory().get("/")
    Site.find_for_request(request)
    with CaptureQueriesContext(connection) as captured:
        assert frame_of(request).organisation == "Tidewater"
        picture(frame_of(request).logo, "logo")
    assert len(captured) == 2, "the version is asked for, and nothing else"
    settings_of_site.organisation = "Highwater"
    settings_of_site.save()
    assert frame_of(request).organisation == "Highwater"


def test_a_page_below_a_navigation_target_marks_it(client: Client, home: HomePage) -> None:
    make_community("Reef Watch")
    page = html(client, "/communities/reef-watch/")
    assert '<a href="/communities/" aria-current="true">Communities</a>' in page


def test_the_footer_comes_from_the_settings(client: Client, settings_of_site: SiteSettings) -> None:
    settings_of_site.organisation = "Tidewater & Friends"
    settings_of_site.footer_text = "Harbour Road 3\n\nCharity 1234"
    settings_of_site.licence_line = "Texts under CC BY 4.0."
    settings_of_site.newsletter_url = "https://example.org/newsletter"
    settings_of_site.footer_links = [FooterLink(url="https://example.org/code", label="Code")]
    settings_of_site.social_links = [SocialLink(name="Mastodon", url="https://social.example/@t")]
    settings_of_site.save()
    page = html(client, "/")
    for expected in (
        "Tidewater &amp; Friends</a>",
        "Harbour Road 3",
        "Texts under CC BY 4.0.",
        'href="https://example.org/newsletter"',
        '<a href="https://example.org/code">Code</a>',
        '<a href="https://social.example/@t" rel="me external">Mastodon</a>',
    ):
        assert expected in page


def test_the_frame_has_landmarks_a_skip_link_and_a_search_that_leads_to_the_gallery(
    client: Client, home: HomePage
) -> None:
    page = html(client, "/")
    assert page.index('class="skip-link" href="#content"') < page.index("<header")
    assert '<main id="content"' in page
    assert page.count("<main") == page.count("<header") == page.count("<footer") == 1
    assert 'action="/search/" method="get" role="search"' in page
    assert 'type="search" name="q"' in page


def test_inner_pages_have_a_breadcrumb_and_home_has_none(client: Client, home: HomePage) -> None:
    story = make_story("Reefs mapped")
    assert 'class="breadcrumb"' not in html(client, "/")
    page = html(client, f"/impact/{story.slug}/")
    trail = page[page.index('class="breadcrumb"') : page.index("<main")]
    assert re.findall(r">([^<>]+)</(?:a|span)>", trail) == ["Home", "Impact", "Reefs mapped"]


@pytest.mark.parametrize(
    "path", ["/", "/impact/", "/communities/", "/roundups/", "/story/", "/nowhere/"]
)
def test_no_page_carries_a_script_or_a_style_of_its_own(
    client: Client, home: HomePage, path: str
) -> None:
    if path == "/story/":
        path = f"/impact/{make_story(communities=[make_community()]).slug}/"
    page = html(client, path, 404 if path == "/nowhere/" else 200)
    assert "<style" not in page
    assert not re.search(r"<[^>]+\sstyle\s*=", page)
    assert not re.search(r"<[^>]+\son\w+\s*=", page)
    for script in re.findall(r"<script[^>]*>", page):
        # Structured data is read and never run.
        assert " src=" in script or script == '<script type="application/ld+json">'
    loaded = re.findall(r'<(?:script|img|source)[^>]+src(?:set)?="([^"]+)', page)
    loaded += re.findall(r'<link rel="(?:stylesheet|preload|icon)" href="([^"]+)', page)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


def test_the_breadcrumb_shows_a_new_title_of_a_page_above(client: Client, home: HomePage) -> None:
    story = make_story("Reefs mapped")
    assert ">Impact</a>" in html(client, f"/impact/{story.slug}/")
    gallery = story.get_parent().specific
    gallery.title = "Our impact"
    gallery.save()
    page = html(client, f"/impact/{story.slug}/")
    trail = page[page.index('class="breadcrumb"') : page.index("<main")]
    assert re.findall(r">([^<>]+)</(?:a|span)>", trail) == ["Home", "Our impact", "Reefs mapped"]


def test_a_site_in_arabic_is_mirrored_and_tells_dates_as_arabic_does(
    client: Client, home: HomePage
) -> None:
    story = make_story("Reefs mapped", date=date(2024, 5, 1), language="en")
    with override("ar"):
        front, page = html(client, "/"), html(client, f"/impact/{story.slug}/")
    assert '<html lang="ar" dir="rtl">' in front
    assert ">مايو 2024</time>" in front
    # The story keeps its own direction, and what stands around it that of the site.
    assert '<html lang="en" dir="ltr">' in page
    assert '<header class="site-header" lang="ar" dir="rtl">' in page
    assert ">1 مايو 2024</time>" in page


def test_a_missing_page_is_404_with_a_search(client: Client, home: HomePage) -> None:
    page = html(client, "/impact/never-written/", 404)
    assert "<title>Page not found – Impact</title>" in page
    assert 'id="lost-search"' in page
    assert '<li><a href="/communities/">Communities</a></li>' in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_error_page_needs_nothing_else() -> None:
    page = render_to_string("500.html")
    assert "<h1>" in page
    assert 'lang="en' in page
    assert "/static/" not in page


def test_the_maintenance_page_is_written_in_the_language_of_the_site(
    settings: Any, tmp_path: Path
) -> None:
    settings.LANGUAGE_CODE = "ar"
    path = tmp_path / "static" / "maintenance.html"
    call_command("maintenance_page", path, stdout=StringIO())
    page = path.read_text()
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>" in page
    assert "/static/" not in page
    assert list(path.parent.iterdir()) == [path]


def test_a_maintenance_page_that_can_not_be_written_is_told_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "static").touch()
    with pytest.raises(CommandError, match=r"static/maintenance\.html can't be written"):
        call_command("maintenance_page", tmp_path / "static" / "maintenance.html")


def test_the_frame_costs_the_same_with_one_and_with_many_links(
    client: Client, settings_of_site: SiteSettings
) -> None:
    def queries() -> int:
        client.get("/about/")
        with CaptureQueriesContext(connection) as captured:
            html(client, "/about/")
        return len(captured)

    about = make_standard_page("About")
    settings_of_site.navigation = [NavigationLink(page=about)]
    settings_of_site.footer_links = [FooterLink(page=about)]
    settings_of_site.save()
    few = queries()
    pages = [make_standard_page(f"Page {number}") for number in range(12)]
    settings_of_site.navigation = [NavigationLink(page=page) for page in pages]
    settings_of_site.footer_links = [FooterLink(page=page) for page in pages]
    settings_of_site.save()
    assert queries() == few
    assert Page.objects.count() > 12


@pytest.mark.parametrize(("size", "shown"), [((300, 300), True), ((900, 200), False)])
def test_a_logo_without_words_has_the_name_beside_it(
    client: Client, settings_of_site: SiteSettings, size: tuple[int, int], shown: bool
) -> None:
    settings_of_site.organisation = "Tidewater"
    settings_of_site.logo = make_image(size=size)
    settings_of_site.save()
    header = html(client, "/").split("<header")[1].split("</header")[0]
    assert 'class="site-logo' in header
    assert ('class="visually-hidden">Tidewater<' not in header) == shown
    assert "Tidewater<" in header
