"""The editor's own search finds what was saved a moment ago, and a save does not read the whole index."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


def test_what_was_just_saved_is_found_in_the_editor(client: Client) -> None:
    story = make_story("Tide gauges")
    story.title = "Harbour lights"
    story.save_revision().publish()
    client.force_login(make_user(is_superuser=True))
    found = client.get(reverse("wagtailadmin_pages:search"), {"q": "harbour"})
    assert "Harbour lights" in found.content.decode()
    assert [page.pk for page in Page.objects.autocomplete("harb")] == [story.pk]
    assert not Page.objects.search("tide").get_queryset().filter(title__startswith="Tide").exists()


def test_no_statement_of_a_publish_averages_all_titles() -> None:
    story = make_story("Tide gauges")
    with CaptureQueriesContext(connection) as captured:
        story.save_revision().publish()
    statements = [query["sql"] for query in captured]
    assert any("indexentry" in sql for sql in statements)
    assert not any("AVG(" in sql for sql in statements)
