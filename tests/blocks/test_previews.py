"""Previews of blocks in the editor's block chooser."""

import pytest
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from impact.entries.models import StoryPage
from tests.factories import make_user

BLOCKS = StoryPage._meta.get_field("body").stream_block.child_blocks


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_every_block_has_a_preview_that_shows_something(
    client: Client, home: HomePage, name: str
) -> None:
    block = BLOCKS[name]
    assert block.is_previewable
    assert block.get_description()
    client.force_login(make_user(is_superuser=True))
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    html = response.content.decode()
    assert response.status_code == 200
    assert "css/blocks.css" in html
    # In the organisation's colours and typefaces.
    assert "/theme.css?v=" in html
    shown = html.split('<div class="body">')[1].split("<script")[0]
    assert "<" in shown


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_every_block_has_label_icon_group_and_a_template_of_its_name(name: str) -> None:
    block = BLOCKS[name]
    assert block.label
    assert block.meta.icon != "placeholder"
    assert block.meta.group
    assert block.meta.template == f"blocks/{name}.html"
