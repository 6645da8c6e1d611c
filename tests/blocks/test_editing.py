"""A story with every block in the editor: opened, compared, copied, previewed."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from home.models import HomePage
from impact.blocks.body import BodyBlock
from impact.entries.models import StoryPage
from impact.standard.models import StandardPage
from tests.blocks.bodies import everything
from tests.factories import make_image, make_standard_page, make_story, make_user

pytestmark = pytest.mark.any_database


@pytest.fixture
def story(home: HomePage) -> StoryPage:
    """A published story with one of each block."""
    children = everything(make_image(), make_standard_page("River").pk, 999)
    raw = [{"type": name, "value": value} for name, value in children]
    return make_story("Everything", body=BodyBlock().to_python(raw))


@pytest.fixture
def editor(home: HomePage, client: Client) -> Client:
    """A signed-in administrator."""
    client.force_login(make_user(is_superuser=True))
    return client


def test_it_opens_in_the_editor(editor: Client, story: StoryPage) -> None:
    response = editor.get(reverse("wagtailadmin_pages:edit", args=(story.pk,)))
    assert response.status_code == 200
    assert "footnote-editor.js" in response.content.decode()


def test_two_revisions_can_be_compared(editor: Client, story: StoryPage) -> None:
    story.save_revision()
    changed = [child.get_prep_value() for child in story.body]
    story.body = BodyBlock().to_python(
        [{**child, "id": None} for child in changed if child["type"] != "divider"]
    )
    story.save_revision()
    for first in ("earliest", "live"):
        url = reverse("wagtailadmin_pages:revisions_compare", args=(story.pk, first, "latest"))
        assert editor.get(url).status_code == 200


def test_a_copy_keeps_every_block(story: StoryPage) -> None:
    copy = story.copy(update_attrs={"slug": "copy", "title": "Copy"})
    template = Template("{% load block_tags %}{% render_body page.body %}")
    shown, copied = (
        template.render(Context({"page": StoryPage.objects.get(pk=page.pk)}))
        for page in (story, copy)
    )
    assert copied == shown


def test_pages_that_are_linked_are_known_to_be_used(story: StoryPage) -> None:
    river = StandardPage.objects.get(slug="river")
    story.save()
    using = ReferenceIndex.get_references_to(river).values_list("object_id", flat=True)
    assert set(using) == {str(story.pk)}
