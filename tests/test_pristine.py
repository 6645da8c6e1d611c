"""After a test that commits, the database is as the migrations left it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from impact.catalogue.models import EntryRow
from tests.factories import make_story

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_rows_of_the_migrations_come_back_and_no_others(client: Client) -> None:
    before = list(Page.objects.order_by("pk").values())
    make_story("Tide gauges")
    assert EntryRow.objects.count() == 1
    call_command("flush", interactive=False, verbosity=0)
    assert list(Page.objects.order_by("pk").values()) == before
    assert not EntryRow.objects.exists()
    # What was remembered of content types and of the site tree still holds.
    make_story("Rain gauges")
    group = Group.objects.get(name="Writers")
    group.permissions.add(Permission.objects.exclude(group=group).earliest("pk"))
    html = client.get("/impact/?q=gauges").content.decode()
    assert 'data-entry="rain-gauges' in html
    assert "Tide gauges" not in html
