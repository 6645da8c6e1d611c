"""A closed year moves out with its site, and back, and is closed as it was."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from home.models import HomePage
from impact.entries.models import EntryPage
from impact.media.models import ImpactImage
from impact.metrics.models import Metric
from impact.people.models import Author
from impact.portability.closed_years import read_file
from impact.portability.export.exports import export_hugo
from impact.portability.imports import Result, import_hugo
from impact.roundups.closing import close_year
from impact.roundups.codec import DamagedError
from impact.roundups.models import RoundupPage
from impact.roundups.snapshot import write
from impact.taxonomy.models import Category, Tag
from tests.documents import document, texts
from tests.factories import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
)
from tests.portability.export.clearing import clear
from tests.roundups.bodies import block, body, category_section, chosen, listed
from tests.roundups.test_snapshot import places as places_in
from tests.visibility import hide

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FILE = "data/roundups/2024.json"


@pytest.fixture
def report(home: HomePage) -> RoundupPage:
    """A report with one of each of its parts, closed; then the site went on."""
    research = make_category("Research", colour="#123456")
    make_category("Training")
    reef, fund = make_community("Reef", region="oceania"), make_community("Fund", kind="funder")
    metric = make_metric("Members", unit="people", description="Who pays.")
    for year in (2023, 2024):
        make_reading(metric, year - 2000, date(year, 12, 31), precision="about")
    lead = make_image(title="Lead")
    first = make_story(
        "The first", date=date(2024, 3, 1), category=research, communities=[reef], supporters=[fund],
        tags=["Boats"], lead_image=lead, authors=[make_author("Ada")],
    )  # fmt: skip
    add_outcome(first, 20, "wells", metric=metric, unit="people", precision="at-least")
    make_story(
        "The second",
        date=date(2024, 5, 1),
        category=research,
        lead_image=make_image("Own", (800, 600)),
    )
    make_link("Elsewhere", slug="elsewhere", date=date(2024, 6, 1), communities=[reef])
    page = make_roundup(
        2024,
        guid="urn:uuid:2024",
        body=body(
            block("text", "<p>It began.</p>"),
            block("key_figures", metrics=listed(metric.pk)),
            category_section("research"),
            block("tag_section", tag=Tag.objects.get(slug="boats").pk, **chosen()),
            block("other_section", **chosen()),
            block("highlights", entries=listed({"entry": first.pk, "sentence": ""})),
            block("communities"), block("timeline"), block("outcomes"), block("chart", metric=metric.pk),
            block("thanks"),
        ),
    )  # fmt: skip
    closed = close_year(page)
    first.title, first.lead_image = "The first, renamed", make_image("Newer", (900, 600))
    first.save_revision().publish()
    make_story("Too late", date=date(2024, 7, 1), category=research)
    Category.objects.filter(pk=research.pk).update(slug="science")
    return closed


@pytest.fixture
def exported(report: RoundupPage, tmp_path: Path) -> Path:
    export_hugo(tmp_path / "site")
    return tmp_path / "site" / FILE


def travel(folder: Path) -> Result:
    export_hugo(folder)
    clear()
    return import_hugo(folder)


def shown(client: Client) -> list[str]:
    [article] = document(client, "/roundups/2024/").xpath("//article[@data-roundup]")
    assert article.get("data-roundup") == "closed"
    return texts([article]) + article.xpath(".//a/@href")


def named_record() -> Any:
    """The record with names in place of keys, and blocks by their places; read without the export's code."""
    page = RoundupPage.objects.get(year=2024)
    record = deepcopy(page.snapshot)
    year = record["year"]
    pages = dict(Page.objects.values_list("pk", "url_path"))
    metrics = dict(Metric.objects.values_list("pk", "slug"))
    pictures = {None: None, **dict(ImpactImage.objects.values_list("pk", "title"))}
    slugs = {
        "category": dict(Category.objects.values_list("pk", "slug")),
        "tag": dict(Tag.objects.values_list("pk", "slug")),
    }
    places = {each.id: number for number, each in enumerate(page.body)}
    for name in ("keys", "highlights"):
        year[name] = [pages[key] for key in year[name]]
    for each in [*year["sections"], *year["months"]]:
        each["shown"] = [pages[key] for key in each["shown"]]
    for each in year["outcomes"]:
        each["stories"] = [pages[key] for key in each["stories"]]
    for each in year["sections"]:
        each["block"] = places[each["block"]]
        if each["about"]:
            each["about"]["key"] = slugs[each["kind"]][each["about"]["key"]]
    for each in year["entries"]:
        each["key"], each["image"] = pages[each["key"]], pictures[each["image"]]
        if each["category"]:
            each["category"]["key"] = slugs["category"][each["category"]["key"]]
    communities = [each["named"] for each in year["communities"]]
    about = [named for each in year["entries"] for named in each["communities"]]
    for each in [*communities, *about, *year["newcomers"], *year["supporters"]]:
        each["key"] = pages[each["key"]]
    authors = dict(Author.objects.values_list("pk", "slug"))
    for each in year["authors"]:
        each["key"] = authors[each["key"]]
    for each in [*year["figures"], *(history["metric"] for history in year["histories"])]:
        each["key"] = metrics[each["key"]]
    return record


def test_a_closed_year_comes_back_to_the_letter(
    client: Client, report: RoundupPage, tmp_path: Path
) -> None:
    before, record, blocks = shown(client), named_record(), [each.id for each in report.body]
    assert [each["key"] for each in record["year"]["authors"]] == ["ada"]
    assert {each["image"] for each in record["year"]["entries"]} == {"Lead", "Own", None}
    keys = set(EntryPage.objects.values_list("pk", flat=True))
    result = travel(tmp_path / "site")
    assert [str(message) for message in result.plan.log.messages if message.level != "notice"] == []
    assert not keys & set(EntryPage.objects.values_list("pk", flat=True))
    assert [each.id for each in RoundupPage.objects.get().body] != blocks
    assert named_record() == record
    assert shown(client) == before
    assert "The first" in before[0]
    assert "The first, renamed" not in before[0]
    assert "Too late" not in before[0]


def test_what_was_brought_goes_out_as_the_same_file(report: RoundupPage, tmp_path: Path) -> None:
    travel(tmp_path / "one")
    assert import_hugo(tmp_path / "one").outcome.wrote_nothing
    summary = export_hugo(tmp_path / "two")
    assert summary.numbers["closed years"] == 1
    one, two = (json.loads((tmp_path / name / FILE).read_text()) for name in ("one", "two"))
    # The storage gives files names of its own.
    assert [each.pop("name")[:7] for each in one["pictures"]] == ["picture", "@lead"]
    assert [each.pop("name")[:7] for each in two["pictures"]] == ["picture", "@lead"]
    assert one == two


def test_an_open_year_has_no_record(home: HomePage, tmp_path: Path) -> None:
    make_roundup(2024)
    travel(tmp_path / "site")
    assert not (tmp_path / "site" / FILE).exists()
    assert RoundupPage.objects.get().closed is None


@pytest.mark.parametrize("what", ["The second", "Reef"])
def test_what_has_become_private_stays_behind_and_is_counted(
    client: Client, report: RoundupPage, tmp_path: Path, what: str
) -> None:
    hide(Page.objects.get(title=what), "private")
    before, total = shown(client), report.closed.year.total
    travel(tmp_path / "site")
    for path in (tmp_path / "site").rglob("*.*"):
        assert what not in path.read_bytes().decode(errors="replace"), path
    page = RoundupPage.objects.get()
    assert page.closed is not None
    assert page.closed.year.total == total == 3
    assert shown(client) == before


def spoilt(record: Any, *path: Any, to: Any) -> Any:
    part = record
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    return record


SPOILT = {
    "no json": lambda _record: "{",
    "another form": lambda record: spoilt(record, "closed", "year", "months", to="twelve"),
    "a later format": lambda record: spoilt(record, "format", to=2),
    "a later version": lambda record: spoilt(record, "closed", "version", to=2),
    "another year": lambda record: spoilt(record, "closed", "year", "year", to=2023),
    "a script": lambda record: spoilt(
        record, "closed", "year", "figures", 0, "source_url", to="javascript:alert(1)"
    ),
    "a thirteenth month": lambda record: spoilt(
        record, "closed", "year", "months", 11, "number", to=13
    ),
    "an endless number": lambda record: spoilt(
        record, "closed", "year", "figures", 0, "quantity", "value", to="1E+999999"
    ),
    "no unit": lambda record: spoilt(
        record, "closed", "year", "figures", 0, "quantity", "unit", to="furlongs"
    ),
    "a colour that is none": lambda record: spoilt(
        record, "closed", "year", "entries", 0, "category", "colour", to="red;}"
    ),
    "what no database keeps": lambda record: spoilt(
        record, "closed", "year", "entries", 0, "title", to="a\0b"
    ),
    "a file elsewhere": lambda record: spoilt(record, "pictures", 0, "name", to="../../secret.jpg"),
    "nested without end": lambda _record: "[" * 200_000,
}


def test_a_record_that_is_spoilt_is_refused(exported: Path) -> None:
    text = exported.read_text()
    assert read_file(exported, 2024).closed.year.year == 2024
    for how, spoil in SPOILT.items():
        changed = spoil(json.loads(text))
        exported.write_text(changed if isinstance(changed, str) else json.dumps(changed))
        with pytest.raises(DamagedError):
            pytest.fail(f"{how}: {read_file(exported, 2024)}")


def test_a_refused_record_is_named_and_the_report_comes_back_open(
    client: Client, exported: Path
) -> None:
    clear()
    exported.write_text(json.dumps(SPOILT["a script"](json.loads(exported.read_text()))))
    result = import_hugo(exported.parents[2])
    [message] = [each for each in result.plan.log.messages if each.level != "notice"]
    assert (message.level, message.file) == ("error", FILE)
    assert message.text == (
        "the record of the closed year is refused, the report is open again: "
        "javascript:alert(1) is no address"
    )
    page = RoundupPage.objects.get()
    assert (page.live, page.closed, page.guid) == (True, None, "urn:uuid:2024")
    [article] = document(client, "/roundups/2024/").xpath("//article[@data-roundup]")
    assert article.get("data-roundup") == "open"


def test_names_lead_to_nothing_else_than_what_they_are_for(client: Client, exported: Path) -> None:
    clear()
    record = json.loads(exported.read_text())
    for name in ("communities", "sections", "tags", "metrics"):
        for each, wrong in zip(record[name], ["=1", "@gallery", "roundups/2024"], strict=False):
            each["name"] = wrong
    record["entries"][0]["name"] = record["entries"][1]["name"]
    exported.write_text(json.dumps(record))
    assert import_hugo(exported.parents[2]).outcome.failed == {}
    closed = RoundupPage.objects.get().closed
    assert closed is not None
    assert {each.named.key for each in closed.year.communities} == {-1}
    assert closed.year.section.keys().isdisjoint(each.id for each in RoundupPage.objects.get().body)
    assert client.get("/roundups/2024/").status_code == 200


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damage_anywhere_is_refused_or_can_be_shown(
    client: Client, report: RoundupPage, exported: Path, data: st.DataObject
) -> None:
    record = json.loads(exported.read_text())
    path = data.draw(st.sampled_from(places_in(record)))
    wrong = [
        None,
        "?",
        -1,
        13,
        10**40,
        1.5,
        True,
        [],
        {},
        ["?"],
        {"key": 1},
        "NaN",
        "1e400",
        "\ud800",
    ]
    spoilt(record, *path, to=data.draw(st.sampled_from(wrong)))
    file = exported.parent / "damaged.json"
    file.write_text(json.dumps(record))
    try:
        carried = read_file(file, 2024)
    except DamagedError:
        return
    stored = write(carried.closed.year, carried.closed.closed_at)
    RoundupPage.objects.filter(pk=report.pk).update(snapshot=stored)
    assert client.get("/roundups/2024/").status_code == 200
