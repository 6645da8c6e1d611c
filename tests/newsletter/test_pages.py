"""The digest as a page of the site, and the archive."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from impact.newsletter.archive import PAGE_SIZE
from impact.newsletter.models import DigestPage, NewsletterIndexPage, Sending
from impact.newsletter.sending import mark_sent
from tests.caching.conftest import kept, made
from tests.documents import document, queries_of, texts
from tests.factories import make_category, make_digest, make_image, make_link, make_story, make_user
from tests.newsletter.bodies import entry, heading, thanks
from tests.shared import shared_content
from tests.visibility import hide

__all__ = ["kept", "made"]
pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """Three digests of three months, the middle one in full."""
    with shared_content(django_db_blocker):
        lead = make_story("The lead", slug="lead", lead_image=make_image(), category="Research")
        story = make_story("A story", slug="story", category=make_category("Training"))
        body = [
            entry(story),
            heading("Elsewhere"),
            entry(make_link("A link", slug="link", language="ar")),
            {"type": "words", "value": "<p>More of it.</p>"},
            {"type": "line", "value": {"title": "Open day"}},
            heading("Coming up"),
            heading("Thanks"),
            thanks(),
        ]
        yield SimpleNamespace(
            lead=lead,
            story=story,
            before=make_digest(date(2024, 4, 1), date(2024, 4, 30)),
            digest=make_digest(body=body, lead=lead, introduction="<p>Dear all. And so on.</p>"),
            after=make_digest(date(2025, 1, 1), date(2025, 1, 31)),
        )


def test_it_shows_its_lead_its_groups_and_its_neighbours(client: Client, written: Any) -> None:
    page = document(client, written.digest)
    assert page.xpath("//@data-lead") == ["lead"]
    assert page.xpath("//main//@data-entry") == ["story", "link"]
    # A line above every heading is one itself.
    assert texts(page.xpath("//main//h2")) == ["The lead", "A story", "Elsewhere"]
    assert texts(page.xpath("//main//h3")) == ["A link ↗", "Open day"]
    [link] = page.xpath("//*[@data-entry='link']")
    assert (link.get("lang"), link.get("dir")) == ("ar", "rtl")
    assert link.xpath(".//a/@rel") == ["external"]
    others = page.xpath("//nav[contains(@class,'digest-others')]/a")
    assert [each.get("href") for each in others] == ["/newsletter/2024-04/", "/newsletter/2025-01/"]
    assert page.xpath("//meta[@name='description']/@content") == ["Dear all. And so on."]


def test_its_day_is_that_of_its_sending(client: Client, written: Any) -> None:
    page = DigestPage.objects.get(pk=written.digest.pk)
    sending = mark_sent(page, page.save_revision(), None, "hand")
    Sending.objects.filter(pk=sending.pk).update(sent_at=datetime(2024, 6, 3, 12, tzinfo=UTC))
    found = document(client, page)
    assert found.xpath("//main//time/@datetime") == ["2024-06-03"]
    assert found.xpath("//@data-digest") == ["sent"]


def test_a_lead_that_is_withdrawn_shows_nowhere(client: Client, written: Any) -> None:
    assert DigestPage.objects.get(pk=written.digest.pk).share_image == written.lead.lead_image
    for how in ("private", "unpublished"):
        hide(written.lead, how)
        assert DigestPage.objects.get(pk=written.digest.pk).share_image is None
        assert not document(client, written.digest).xpath("//@data-lead")
        assert not document(client, "/newsletter/").xpath("//*[@id='year-2024']/..//img")


def test_the_archive_lists_what_is_published_by_year(client: Client, written: Any) -> None:
    make_digest(slug="draft", live=False)
    hide(make_digest(slug="private"), "private")
    page = document(client, "/newsletter/")
    assert texts(page.xpath("//main//h2")) == ["2025", "2024"]
    assert page.xpath("//main//@data-digest") == [
        "/newsletter/2025-01/", "/newsletter/2024-05/", "/newsletter/2024-04/",
    ]  # fmt: skip
    assert len(page.xpath("//main//img")) == 1


def test_the_archive_has_pages(client: Client, written: Any) -> None:
    for number in range(PAGE_SIZE):
        day = date(2000 + number, 1, 1)
        make_digest(day, day, slug=f"old-{number}", title=f"Old {number}")
    first, second = (document(client, "/newsletter/", page=number) for number in (1, 2))
    assert len(first.xpath("//main//@data-digest")) == PAGE_SIZE
    assert len(second.xpath("//main//@data-digest")) == 3
    [canonical] = second.xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith("/newsletter/?page=2")
    assert first.xpath("//link[@rel='canonical']/@href")[0].endswith("/newsletter/")
    for wrong in ("0", "3", "-1", "01", "x", "1e3", "9" * 30, "١"):
        assert client.get("/newsletter/", {"page": wrong}).status_code == 404, wrong
    assert client.get("/newsletter/?page=&x=1").status_code == 200


def test_before_the_first_one_the_archive_says_so(client: Client, home: Page) -> None:
    assert "No newsletter yet" in client.get("/newsletter/").content.decode()
    assert client.get("/newsletter/?page=2").status_code == 404


def test_a_digest_costs_the_same_however_long_it_is(client: Client, written: Any) -> None:
    def cost(number: int) -> int:
        stories = [make_story(lead_image=make_image()) for _ in range(number)]
        body = [*(entry(each) for each in stories), thanks()]
        return queries_of(
            client, make_digest(slug=f"with-{number}", body=body, lead=stories[0]).url
        )

    assert cost(2) == cost(7)


def test_the_archive_costs_the_same_however_long_it_is(client: Client, written: Any) -> None:
    few = queries_of(client, "/newsletter/")
    for number in range(1, 6):
        lead = make_story(lead_image=make_image())
        make_digest(date(2023, number, 1), date(2023, number, 28), lead=lead)
    assert queries_of(client, "/newsletter/") == few


def test_a_page_of_it_is_kept_until_something_changes(
    client: Client, kept: None, made: list[str], written: Any
) -> None:
    for _twice in range(2):
        for address in ("/newsletter/", "/newsletter/?page=1", written.digest.url):
            assert client.get(address).status_code == 200
    assert len(set(made)) == len(made) <= 3
    written.story.title = "Told anew"
    written.story.save()
    assert "Told anew" in client.get(written.digest.url).content.decode()
    # A draft of it changes nothing that a visitor sees.
    page = DigestPage.objects.get(pk=written.digest.pk)
    client.get(page.url)
    count = len(made)
    page.save_revision()
    client.get(page.url)
    assert len(made) == count


@pytest.mark.parametrize(
    ("group", "may"), [("Writers", False), ("Editors", True), ("Administrators", True)]
)
def test_editors_publish_digests_and_writers_do_not(home: Page, group: str, may: bool) -> None:
    user = make_user(group)
    index = NewsletterIndexPage.objects.get()
    allowed = index.permissions_for_user(user)
    assert (allowed.can_add_subpage(), allowed.can_edit()) == (may, may)
    digest = make_digest(owner=user).permissions_for_user(user)
    assert (digest.can_publish(), digest.can_unpublish()) == (may, may)


def test_a_copy_is_another_digest_that_was_not_sent(written: Any) -> None:
    page = DigestPage.objects.get(pk=written.digest.pk)
    mark_sent(page, page.save_revision(), None, "hand")
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.guid != page.guid
    assert not copy.sendings.exists()
