"""An exported site that somebody has worked on since: what is wrong in it is named, what is new comes in."""

from pathlib import Path

import pytest

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.metrics.models import Metric
from impact.portability.export.exports import export_hugo
from impact.portability.imports import import_hugo
from tests.factories.content import make_community, make_metric, make_roundup, make_story
from tests.portability.export.clearing import clear

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def exported(home: HomePage, tmp_path: Path) -> Path:
    """The export of a small site, which is empty now."""
    make_story(
        "A boat trip", slug="boat-trip", communities=[make_community("Harbour")], tags=["boats"]
    )
    make_roundup(2020)
    make_metric("Readers", unit="people")
    export_hugo(tmp_path / "site")
    clear()
    return tmp_path / "site"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def findings(site: Path) -> list[str]:
    messages = import_hugo(site).plan.log.messages
    return [str(message) for message in messages if message.level != "notice"]


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        ("impact/boat-trip", "- boats", "boats", "tags: 'boats' is no list"),
        ("impact/boat-trip", "date: 2024-05-01", "date: May", "date: 'May' is no moment"),
        ("roundups/2020", "year: 2020", "year: soon", "year: 'soon' is no number"),
    ],
)
def test_a_value_of_the_wrong_kind_refuses_its_page_by_name(
    exported: Path, file: str, old: str, new: str, finding: str
) -> None:
    path = exported / "content" / file / "index.md"
    change(path, old, new)
    if old == "- boats":
        change(path, "tags:\nboats", "tags: boats")
    assert findings(exported) == [f"content/{file}/index.md: {finding}"]


def test_a_page_of_a_newer_version_is_read_as_far_as_it_is_known(exported: Path) -> None:
    change(exported / "content" / "impact" / "boat-trip" / "index.md", "format: 1", "format: 2")
    [found] = findings(exported)
    assert "written by a newer version (format 2)" in found
    assert StoryPage.objects.get(slug="boat-trip").live


def test_rows_of_data_that_can_not_be_are_named_and_the_others_come_in(exported: Path) -> None:
    data = exported / "data" / "impact.yaml"
    data.write_text(
        data.read_text()
        + "redirects:\n- {from: /a, to: nowhere}\n- {from: /b}\n- {from: /c, to: /impact/}\n"
    )
    assert [found.split(": ", 1)[0] for found in findings(exported)] == ["data/impact.yaml"] * 2
    assert Metric.objects.get().unit == "people"


def test_a_post_that_was_added_by_hand_comes_in_with_its_shortcodes(exported: Path) -> None:
    bundle = exported / "content" / "impact" / "new"
    bundle.mkdir()
    (bundle / "index.md").write_text(
        "---\ntitle: New\ndate: 2024-06-01\ncategories: [Field work]\n---\n"
        "See [the trip](../boat-trip/index.md).\n\n"
        '{{< key-figure value="40" unit="people" label="readers" >}}\n'
    )
    assert findings(exported) == []
    story = StoryPage.objects.get(slug="new")
    trip = StoryPage.objects.get(slug="boat-trip")
    text, figure = story.body.raw_data
    assert f'<a linktype="page" id="{trip.pk}">the trip</a>' in text["value"]
    assert (figure["type"], figure["value"]["label"]) == ("key_figure", "readers")


def test_brought_back_to_its_own_site_it_doubles_nothing(home: HomePage, tmp_path: Path) -> None:
    harbour = make_community("Harbour")
    trip = make_story("A boat trip", slug="boat-trip", communities=[harbour])
    make_roundup(2020)
    export_hugo(tmp_path / "site")
    lost = make_story("Lost", slug="lost", communities=[harbour])
    export_hugo(tmp_path / "again")
    lost.delete()
    for folder, failed in (("site", 3), ("again", 3)):
        outcome = import_hugo(tmp_path / folder).outcome
        assert len(outcome.failed) == failed
        assert outcome.failed["impact/boat-trip"] == f"is here already, as {trip.url}; left alone"
    assert StoryPage.objects.count() == 2
    assert [c.slug for c in StoryPage.objects.get(slug="lost").communities] == ["harbour"]
