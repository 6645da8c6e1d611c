"""The editor's home leads each person to what they may begin, and to nothing else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import HomePage
from impact.roundups.models import RoundupPage
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def home_of(client: Client, group: str) -> str:
    client.force_login(make_user(group))
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_writer_begins_a_story_or_a_link_in_one_click(client: Client, home: HomePage) -> None:
    html = home_of(client, "Writers")
    assert "/admin/pages/add/entries/storypage/" in html
    assert "/admin/pages/add/entries/featuredlinkpage/" in html
    assert "/admin/pages/add/communities/" not in html
    assert "/admin/roundups/draft/" not in html
    assert "/admin/digests/draft/" not in html


def test_an_editor_begins_communities_and_reports_too(client: Client, home: HomePage) -> None:
    html = home_of(client, "Editors")
    for kind in ("entries/storypage", "entries/featuredlinkpage", "communities/communitypage"):
        assert f"/admin/pages/add/{kind}/" in html
    assert "/admin/digests/draft/" in html
    start = html.index("/admin/pages/add/communities/communitypage/")
    address = html[start : html.index('"', start)]
    assert client.get(address).status_code == 200


def test_an_editors_report_is_drafted_from_there(client: Client, home: HomePage) -> None:
    html = home_of(client, "Editors")
    year = timezone.localdate().year - 1
    assert f"Draft the report for {year}" in html
    start = html.index("/admin/roundups/draft/")
    client.post(html[start : html.index('"', start)])
    assert RoundupPage.objects.get().year == year


def test_the_help_menu_has_no_news_of_wagtail(client: Client, home: HomePage) -> None:
    html = home_of(client, "Writers")
    assert "whats-new-in-wagtail" not in html
    assert "editor-guide" in html
