"""Editors import and export readings in the admin, and see first what would happen."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from impact.gallery.models import GalleryPage
from impact.metrics import views
from impact.metrics.models import Reading
from tests.factories import make_metric, make_reading, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NAMES = "wagtailsnippets_metrics_metric"
FILE = b"metric,date,value\nmembers,2024-12-31,~40\n"


@pytest.fixture
def editor(client: Client, gallery: GalleryPage) -> Client:
    client.force_login(make_user("Editors"))
    return client


def upload(client: Client, data: bytes = FILE) -> Any:
    file = SimpleUploadedFile("readings.csv", data)
    return client.post(reverse(f"{NAMES}:import_readings"), {"file": file})


def agree(client: Client, shown: Any) -> Any:
    address = reverse(f"{NAMES}:import_readings")
    return client.post(address, {"agreed": shown.context["agreed"]}, follow=True)


def test_an_upload_shows_and_only_agreeing_imports(editor: Client) -> None:
    make_reading(make_metric("Members"), 30, date(2024, 12, 31))
    shown = upload(editor)
    assert "value: 30 → about 40" in " ".join(shown.content.decode().split())
    assert Reading.objects.get().value == 30
    done = agree(editor, shown)
    assert "1 reading was imported." in done.content.decode()
    assert (Reading.objects.get().value, Reading.objects.get().precision) == (40, "about")


def test_problems_are_listed_and_there_is_nothing_to_agree_to(editor: Client) -> None:
    make_metric("Members")
    shown = upload(editor, FILE + b"nobody,2024-12-31,x\n")
    text = shown.content.decode()
    assert "There are 2 problems" in text
    assert "There is no metric “nobody”." in text
    assert "“x” is no number that can be read." in text
    assert not shown.context["agreed"]
    assert 'name="agreed"' not in text


def test_a_file_that_changes_nothing_offers_nothing(editor: Client) -> None:
    make_reading(make_metric("Members"), 40, date(2024, 12, 31), precision="about")
    shown = upload(editor)
    assert "Nothing would change" in shown.content.decode()
    assert not shown.context["agreed"]


def test_what_changed_meanwhile_is_shown_again(editor: Client) -> None:
    metric = make_metric("Members")
    shown = upload(editor)
    make_reading(metric, 39, date(2024, 12, 31))
    again = agree(editor, shown)
    assert "Readings have changed meanwhile" in again.content.decode()
    assert Reading.objects.get().value == 39
    agree(editor, again)
    assert Reading.objects.get().value == 40


def test_a_metric_that_went_meanwhile_is_a_problem(editor: Client) -> None:
    metric = make_metric("Members")
    shown = upload(editor)
    metric.delete()
    again = agree(editor, shown)
    assert "There is no metric “members”." in again.content.decode()


def test_nobody_agrees_with_what_others_uploaded_or_with_what_was_forged(editor: Client) -> None:
    make_metric("Members")
    shown = upload(editor)
    other = Client()
    other.force_login(make_user("Editors", username="other"))
    for forged in (shown.context["agreed"], "x", ""):
        answer = other.post(reverse(f"{NAMES}:import_readings"), {"agreed": forged})
        assert "Please upload the file again." in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_file_beyond_the_limits_is_refused_before_it_is_read_whole(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_metric("Members")
    shown = upload(editor, b"x" * 2_000_001)
    assert "larger than 2 MB" in shown.content.decode()
    monkeypatch.setattr(views, "_MOST_SENT_ALONG", 10)
    assert "too large for a form" in upload(editor).content.decode()


def test_without_a_file_the_form_asks_for_one(editor: Client) -> None:
    answer = editor.post(reverse(f"{NAMES}:import_readings"))
    assert answer.context["form"].errors["file"]


def test_an_export_holds_all_readings_or_those_of_a_metric(editor: Client) -> None:
    for name in ("Members", "Grants"):
        make_reading(make_metric(name), 5, date(2024, 12, 31))
    address = reverse(f"{NAMES}:export_readings")
    everything = editor.get(address)
    assert everything["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="readings-' in everything["Content-Disposition"]
    lines = everything.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["metric", "grants", "members"]
    one = editor.get(address, {"metric": "grants"}).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in one] == ["metric", "grants"]
    assert (
        "Everything in the file is there already"
        in upload(editor, everything.content).content.decode()
    )


def test_the_list_of_metrics_leads_there_and_writers_may_not(editor: Client) -> None:
    metric = make_metric("Members")
    addresses = [reverse(f"{NAMES}:{name}_readings") for name in ("import", "export")]
    page = editor.get(reverse(f"{NAMES}:list")).content.decode()
    assert all(f'href="{address}"' in page for address in addresses)
    own = editor.get(reverse(f"{NAMES}:edit", args=[metric.pk])).content.decode()
    assert f'href="{addresses[1]}?metric=members"' in own
    writer = Client()
    writer.force_login(make_user("Writers", username="writer"))
    for address in addresses:
        assert writer.get(address).status_code == 302
        assert writer.post(address, {"agreed": "x"}).status_code == 302
