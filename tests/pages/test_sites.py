"""The site of an address is read once for each version, and is never an old one."""

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site
from wagtail.views import serve

from home.models import HomePage
from impact.pages.sites import SiteMiddleware


def statements_about(client: Client, table: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get("/communities/").status_code == 200
    return sum(f'FROM "{table}"' in query["sql"] for query in queries)


def test_the_second_request_reads_neither_site_nor_root_page(
    client: Client, home: HomePage
) -> None:
    assert statements_about(client, "wagtailcore_site")
    assert not statements_about(client, "wagtailcore_site")
    assert not statements_about(client, "home_homepage")


def test_a_change_of_the_root_page_is_seen_at_once(client: Client, home: HomePage) -> None:
    assert client.get("/").status_code == 200
    home.title = "Tide and Time"
    home.save_revision().publish()
    assert "Tide and Time" in client.get("/").content.decode()
    Page.objects.get(pk=home.pk).specific.unpublish()
    assert client.get("/").status_code == 404


def test_another_root_page_answers_at_once(client: Client, home: HomePage) -> None:
    assert client.get("/communities/").status_code == 200
    site = Site.objects.get()
    site.root_page = Page.objects.get(slug="communities")
    site.save()
    assert client.get("/communities/").status_code == 404


def test_no_request_sees_what_another_did_to_its_site(rf: RequestFactory, home: HomePage) -> None:
    middleware = SiteMiddleware(lambda _request: None)  # type: ignore[arg-type, return-value]
    found = []
    for _ in range(2):
        request = rf.get("/")
        middleware.process_view(request, serve, (), {})
        site = Site.find_for_request(request)
        found.append((site.site_name, site.root_page.title, site.root_page.specific))
        site.site_name = site.root_page.title = "Changed"
    assert found[0][:2] == found[1][:2]
    assert found[0][2] is not found[1][2]
    assert isinstance(found[1][2], HomePage)
