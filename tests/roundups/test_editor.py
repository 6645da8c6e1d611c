"""One roundup a year, whose address is the year: in the editor and everywhere else."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from impact.gallery.models import GalleryPage
from impact.roundups.composition import read
from impact.roundups.models import RoundupIndexPage, RoundupPage
from impact.roundups.years import proposed_year
from tests.factories import make_roundup, make_story, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors", username="edda"))
    return client


def add_url() -> str:
    index = RoundupIndexPage.objects.get()
    return reverse("wagtailadmin_pages:add", args=["roundups", "rounduppage", index.pk])


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form(**changes: Any) -> dict[str, Any]:
    """The form of a roundup as the browser sends it."""
    fields = {
        "title": "Impact report 2024",
        "year": "2024",
        "summary": "",
        "lead_image": "",
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "comments": inline_formset([]),
        "comment_notifications": "",
    }
    return nested_form_data({**fields, **changes})


def listed_form(values: list[Any]) -> dict[str, Any]:
    """A list block as the browser sends it."""
    items = {
        str(n): {"value": value, "deleted": "", "order": str(n), "id": ""}
        for n, value in enumerate(values)
    }
    return {"count": str(len(values)), **items}


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_a_new_roundup_proposes_the_last_year_without_one(editor: Client) -> None:
    last = timezone.localdate().year - 1
    for year, expected in ((None, last), (last, last - 1), (last - 2, last - 1)):
        if year:
            make_roundup(year)
        opened = editor.get(add_url()).context["form"]
        assert opened["year"].value() == expected
        assert opened["title"].value() == f"Impact report {expected}"


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_the_address_is_the_year_whatever_the_title(editor: Client, action: dict[str, Any]) -> None:
    story = make_story()
    section = {"category": story.category_id, "limit": "6", "heading": "", "text": rich_text("")}
    chosen = {"first": listed_form([story.pk]), "left_out": listed_form([])}
    report = streamfield([("category_section", {**section, **chosen})])
    sent = form(title="Who is asked", slug="who-is-asked", body=report, **action)
    editor.post(add_url(), sent)
    page = RoundupPage.objects.get()
    assert (page.slug, page.live) == ("2024", bool(action))
    [chosen_section] = read(page.get_latest_revision_as_object().body.raw_data).sections
    assert chosen_section.pinned == (story.pk,)
    assert editor.get("/roundups/2024/").status_code == (200 if action else 404)


def test_a_changed_year_changes_the_address(editor: Client) -> None:
    page = make_roundup(2023)
    editor.post(edit_url(page), form(year="2024", **{"action-publish": "1"}))
    page.refresh_from_db()
    assert (page.year, page.url) == (2024, "/roundups/2024/")


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_a_second_roundup_of_a_year_is_refused_by_name(
    editor: Client, action: dict[str, Any]
) -> None:
    make_roundup(2024)
    response = editor.post(add_url(), form(**action))
    assert response.status_code == 200
    assert errors(response) == {"year": ["There is a roundup for 2024 already."]}
    assert RoundupPage.objects.count() == 1


def test_it_is_refused_outside_the_editor_too(home: Page) -> None:
    make_roundup(2024)
    with pytest.raises(ValidationError, match="There is a roundup for 2024 already"):
        make_roundup(2024, slug="another")


@pytest.mark.parametrize("year", ["", "abc", "99999", "-5", "1899"])
def test_a_year_that_is_none_is_refused(editor: Client, year: str) -> None:
    response = editor.post(add_url(), form(year=year))
    assert list(errors(response)) == ["year"]


def test_a_draft_needs_neither_texts_nor_entries(editor: Client) -> None:
    response = editor.post(add_url(), form())
    page = RoundupPage.objects.get()
    assert response["Location"] == edit_url(page)
    assert not page.live


def test_a_new_roundup_is_previewed_before_it_is_saved(editor: Client) -> None:
    make_story("Seen in the preview")
    index = RoundupIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["roundups", "rounduppage", index.pk])
    assert editor.post(url, form()).json() == {"is_valid": True, "is_available": True}
    shown = editor.get(url)
    assert shown.status_code == 200
    assert b"Seen in the preview" in shown.content


def test_the_preview_of_a_taken_year_is_refused_without_an_error(editor: Client) -> None:
    make_roundup(2024)
    index = RoundupIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["roundups", "rounduppage", index.pk])
    assert editor.post(url, form()).json()["is_valid"] is False


def test_a_page_without_year_and_slug_can_be_shown() -> None:
    page = RoundupPage(title="Not yet")
    page.year = None
    page.path, page.depth = "000100010003000Z", 4
    response = page.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200


def test_a_copy_takes_the_next_free_year(editor: Client) -> None:
    page = make_roundup(2024)
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    index = RoundupIndexPage.objects.get()
    response = editor.post(
        url, {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": index.pk}
    )
    assert response.status_code == 302
    copy = RoundupPage.objects.get(title="A copy")
    assert copy.year == timezone.localdate().year - 1
    assert copy.slug == str(copy.year)
    assert copy.guid != page.guid


def test_no_alias_is_offered_or_made(client: Client, home: Page) -> None:
    client.force_login(make_user("Administrators", username="ada", is_superuser=True))
    page = make_roundup(2024)
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert "alias" not in client.get(url).context["form"].fields
    data = {"new_title": "Copy", "new_slug": "copy", "alias": "on"}
    client.post(url, {**data, "new_parent_page": RoundupIndexPage.objects.get().pk})
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_the_proposal_ends_where_every_year_is_taken(home: Page, monkeypatch: Any) -> None:
    from impact.roundups import years

    monkeypatch.setattr(years, "FIRST_YEAR", timezone.localdate().year - 1)
    make_roundup(timezone.localdate().year - 1)
    assert proposed_year() == timezone.localdate().year - 1


@pytest.mark.parametrize("metric", ["", "no key", "1"])
def test_a_chart_of_all_headline_metrics_is_saved(editor: Client, metric: str) -> None:
    chart = {"heading": "", "text": rich_text(""), "metric": metric}
    editor.post(add_url(), form(body=streamfield([("chart", chart)])))
    [saved] = RoundupPage.objects.get().get_latest_revision_as_object().body
    assert saved.value["metric"] is None


def test_a_list_of_options_is_told_its_choice_as_the_editors_script_reads_it(home: Page) -> None:
    """As a list, in which the script looks for the value of each option; anything else stops the editor."""
    block = RoundupPage.body.field.stream_block.child_blocks["category_section"]
    category = make_story().category
    chooser = block.child_blocks["category"]
    assert chooser.get_form_state(category) == [str(category.pk)]
    assert chooser.get_form_state(None) == [""]
