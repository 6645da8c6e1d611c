"""Writing an entry in the editor."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from impact.entries.models import EntryAuthor, FeaturedLinkPage, StoryPage, StoryTemplate
from impact.gallery.models import GalleryPage
from tests.entries.forms import story_data
from tests.factories import (
    make_author,
    make_category,
    make_community,
    make_image,
    make_story,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    """An editor's browser."""
    client.force_login(make_user("Editors", username="edda"))
    return client


def add_url(model: str = "storypage") -> str:
    gallery = GalleryPage.objects.get()
    return reverse("wagtailadmin_pages:add", args=["entries", model, gallery.pk])


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def blank_story(**changes: Any) -> dict[str, Any]:
    """The form with nothing but a title."""
    fields = {"title": "Only a title", "slug": "", "summary": "", "category": "", "body": []}
    return story_data(**{**fields, **changes})


def test_a_draft_needs_only_a_title(editor: Client) -> None:
    response = editor.post(add_url(), blank_story())
    story = StoryPage.objects.get()
    assert response["Location"] == edit_url(story)
    assert (story.live, story.slug, story.summary, story.category) == (
        False,
        "only-a-title",
        "",
        None,
    )


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_publishing_and_submitting_name_what_is_missing(editor: Client, action: str) -> None:
    response = editor.post(add_url(), blank_story(slug="s", **{action: "1"}))
    assert response.status_code == 200
    assert set(errors(response)) == {"summary", "category", "body"}
    assert not StoryPage.objects.exists()
    response = editor.post(
        add_url(), story_data(title="Kept as typed", summary="", **{action: "1"})
    )
    assert "Kept as typed" in response.content.decode()


def test_a_new_story_opens_with_the_template_and_its_author(editor: Client) -> None:
    author = make_author("Edda Editor")
    author.account_id = editor.session["_auth_user_id"]
    author.save()
    page = editor.get(add_url()).context["form"].instance
    assert [block.block_type for block in page.body] == [
        "heading",
        "text",
        "heading",
        "text",
        "link_list",
        "acknowledgements",
    ]
    assert page.body[0].value["text"] == "What happened"
    assert [link.author for link in page.author_links.all()] == [author]
    # What the form then sends: the author stands there already, without a key.
    data = story_data()
    data |= nested_form_data(
        {"author_links": inline_formset([{"author": author.pk, "id": ""}], initial=1)}
    )
    editor.post(add_url(), data)
    assert StoryPage.objects.get().authors == [author]


def test_the_template_is_not_laid_over_a_story_that_exists(editor: Client) -> None:
    story = make_story()
    story.save_revision()
    form = editor.get(edit_url(story)).context["form"]
    assert [block.block_type for block in form.instance.body] == ["text"]


def test_each_story_gets_blocks_of_its_own(editor: Client) -> None:
    template = StoryTemplate.objects.get()
    template.save()
    assert all(block.id for block in StoryTemplate.objects.get().body)
    body = editor.get(add_url()).context["form"].instance.body
    assert {block.id for block in body} == {None}


def test_editors_change_the_template_leaving_blocks_empty(editor: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    url = reverse("wagtailsettings:edit", args=["entries", "storytemplate", site.pk])
    body = [("heading", {"text": "The need", "level": "2", "anchor": ""}), ("text", "null")]
    body += [("acknowledgements", {"title": "Thanks", "text": "null"})]
    response = editor.post(url, nested_form_data({"body": streamfield(body)}))
    assert response.status_code == 302
    template = StoryTemplate.objects.get(site=site)
    assert [block.block_type for block in template.body] == ["heading", "text", "acknowledgements"]
    assert editor.get(add_url()).context["form"].instance.body[0].value["text"] == "The need"


def test_what_was_left_empty_falls_away_when_published(editor: Client) -> None:
    written = json.dumps(
        {"blocks": [{"key": "a", "text": "We did it.", "type": "unstyled"}], "entityMap": {}}
    )
    body = [
        ("text", "null"),
        ("text", written),
        ("link_list", {"title": "Learn more", "links": streamfield([])}),
        ("acknowledgements", {"title": "Thanks", "text": "null"}),
    ]
    editor.post(add_url(), story_data(body=body))
    assert len(StoryPage.objects.get().body) == 4
    story = StoryPage.objects.get()
    editor.post(edit_url(story), story_data(body=body, **{"action-publish": "1"}))
    story.refresh_from_db()
    assert story.live
    assert [block.block_type for block in story.body] == ["text"]


def test_an_error_stands_at_its_block_although_an_empty_one_falls_away(editor: Client) -> None:
    body = [
        ("text", "null"),
        ("heading", {"text": "", "level": "2", "anchor": ""}),
    ]
    response = editor.post(add_url(), story_data(body=body, **{"action-publish": "1"}))
    error = response.context["form"].errors.as_data()["body"][0]
    assert set(error.block_errors) == {1}


@pytest.mark.parametrize("roles", [("about", "about"), ("about", "supporter")])
def test_a_community_is_named_once(editor: Client, roles: tuple[str, str]) -> None:
    reef = make_community("Reef")
    response = editor.post(add_url(), story_data(communities=[(reef, role) for role in roles]))
    assert not StoryPage.objects.exists()
    formset = response.context["form"].formsets["community_links"]
    assert "named twice" in formset.forms[1].errors["community"][0]
    assert not formset.forms[0].errors


def test_an_author_is_named_once(editor: Client) -> None:
    ada = make_author("Ada")
    response = editor.post(add_url(), story_data(authors=[ada, ada]))
    formset = response.context["form"].formsets["author_links"]
    assert "named twice" in formset.forms[1].errors["author"][0]


def test_a_removed_community_may_be_named_again(editor: Client) -> None:
    reef = make_community("Reef")
    data = story_data(communities=[reef, reef]) | {"community_links-0-DELETE": "1"}
    editor.post(add_url(), data)
    assert StoryPage.objects.get().community_links.count() == 1


def test_only_communities_can_be_chosen(editor: Client) -> None:
    home = Page.objects.get(depth=2)
    response = editor.post(add_url(), story_data(communities=[home]))
    assert response.context["form"].formsets["community_links"].errors[0]["community"]


@pytest.mark.parametrize("slug", ["feed", "embed"])
def test_a_reserved_address_is_refused_wherever_it_can_be_typed(editor: Client, slug: str) -> None:
    response = editor.post(add_url(), story_data(slug=slug))
    assert errors(response) == {"slug": [f"“{slug}” is a reserved address; choose another slug."]}
    story = make_story()
    story.save_revision()
    response = editor.post(edit_url(story), story_data(slug=slug))
    assert "reserved" in errors(response)["slug"][0]
    response = editor.post(
        reverse("wagtailadmin_pages:copy", args=[story.pk]),
        {"new_title": "Copy", "new_slug": slug, "new_parent_page": GalleryPage.objects.get().pk},
    )
    assert "reserved" in errors(response)["new_slug"][0]
    assert StoryPage.objects.count() == 1


def test_a_story_titled_feed_gets_another_address(editor: Client) -> None:
    editor.post(add_url(), blank_story(title="Feed"))
    assert StoryPage.objects.get().slug == "feed-page"


@pytest.mark.parametrize("url", ["ftp://example.org/a", "javascript:alert(1)", "no address"])
def test_a_featured_link_leads_to_a_web_address(editor: Client, url: str) -> None:
    data = story_data(external_url=url, publisher="Example News", **{"action-publish": "1"})
    response = editor.post(add_url("featuredlinkpage"), data)
    assert list(errors(response)) == ["external_url"]


def test_a_featured_link_is_published_and_names_what_it_lacks(editor: Client) -> None:
    data = story_data(external_url="", publisher="", **{"action-publish": "1"})
    assert set(errors(editor.post(add_url("featuredlinkpage"), data))) == {
        "external_url",
        "publisher",
    }
    data |= {"external_url": "https://example.org/", "publisher": "Example News"}
    editor.post(add_url("featuredlinkpage"), data)
    assert FeaturedLinkPage.objects.get().live


def test_an_incomplete_draft_approved_without_its_form_is_refused_with_the_reason(
    editor: Client,
) -> None:
    story = make_story("Half", live=False, owner=make_user("Writers"))
    story.save_revision()
    story.get_workflow().start(story, story.owner)
    story.summary, story.category = "", None
    story.save_revision(clean=False)
    task = WorkflowState.objects.get().current_task_state
    task.revision = story.latest_revision
    task.save()
    url = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", task.pk])
    response = editor.post(url, {"comment": ""}, follow=True)
    message = str(next(iter(response.context["messages"])))
    assert "“Half” can’t be published yet." in message
    assert "Summary:" in message
    assert "Category:" in message
    story.refresh_from_db()
    assert not story.live
    assert story.workflow_in_progress


def test_publishing_many_at_once_names_the_one_that_is_not_ready(editor: Client) -> None:
    ready, half = make_story("Ready", live=False), make_story("Half", live=False)
    half.summary = ""
    for story in (ready, half):
        story.save_revision(clean=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(f"{url}?id={ready.pk}&id={half.pk}&next=/admin/", follow=True)
    assert "“Half” can’t be published yet." in response.content.decode()
    assert not StoryPage.objects.live().exists()


def test_an_incomplete_draft_can_not_be_scheduled_from_the_listing(editor: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    story = make_story("Half", live=False)
    story.summary, story.go_live_at = "", timezone.now() + timedelta(days=1)
    story.save_revision(clean=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{url}?id={story.pk}&next=/admin/")
    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_the_form_groups_fields_as_a_writer_thinks(editor: Client) -> None:
    html = editor.get(add_url()).content.decode()
    headings = ["At a glance", "The story", "Who is in it", "Where it belongs", "Outcomes"]
    places = [html.index(heading) for heading in headings]
    assert places == sorted(places)
    assert 'data-impact-length-recommended-value="240"' in html
    assert "js/admin/length.js" in html


def test_the_author_of_nobody_is_nobody(editor: Client) -> None:
    make_author("Without an account")
    page = editor.get(add_url()).context["form"].instance
    assert not page.author_links.all()
    assert not EntryAuthor.objects.exists()


def test_everything_typed_is_saved(editor: Client) -> None:
    reef, fund = make_community("Reef"), make_community("Fund")
    image, author, category = make_image(), make_author(), make_category("Policy")
    editor.post(
        add_url(),
        story_data(
            communities=[reef, (fund, "supporter")],
            authors=[author],
            lead_image=image.pk,
            category=category.pk,
            tags="reefs, policy",
            featured="on",
            language="pt-BR",
            **{"action-publish": "1"},
        ),
    )
    story = StoryPage.objects.get()
    assert story.live
    assert (story.communities, story.supporters) == ([reef], [fund])
    assert (story.authors, story.lead_image, story.category) == ([author], image, category)
    assert sorted(tag.name for tag in story.tags.all()) == ["policy", "reefs"]
    assert (story.featured, story.language) == (True, "pt-BR")
