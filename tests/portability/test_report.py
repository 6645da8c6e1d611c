"""The report of an import: for the terminal, for programs, for people."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect

from home.models import HomePage
from impact.portability import report
from impact.portability.apply import Outcome
from impact.portability.old_addresses import Goal
from impact.portability.redirects import Redirected
from tests.portability.plans import plan_of, write_file, write_post

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


class Tags(HTMLParser):
    """The tags of a page, in order, each with its attributes, and its text without the style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        html5lib.HTMLParser(strict=True).parse(html)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._styled = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._styled = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._styled = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._styled else data

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


@pytest.fixture
def shown(tmp_path: Path) -> Tags:
    """The report of a site with a hostile title, an error, a warning and a notice."""
    write_file(tmp_path, "hugo.yaml", "baseURL: https://ferry.example/\n")
    hostile = "---\ntitle: >-\n  {}\ndate: 2024-01-01\naliases: ['/{}']\n---\nText.\n"
    write_file(tmp_path, "content/blog/evil.md", hostile.format(HOSTILE, "<b>"))
    write_file(tmp_path, "content/blog/broken.md", "---\ntitle: [x\n---\n")
    write_post(tmp_path, "away", "aliases: [https://other.example/x]")
    plan = plan_of(tmp_path)
    outcome = Outcome(
        states={"blog/evil": "new", "blog/away": "changed"},
        paths={"blog/evil": "/impact/evil/", "blog/away": "/impact/away/"},
        redirects=[
            Redirected("/blog/evil", Goal("blog/evil"), "made"),
            Redirected("/<b>", Goal("blog/evil"), "conflict", "leads to /impact/?q=x here"),
            Redirected("/blog/away", Goal("blog/away"), "there"),
        ],
    )
    target = tmp_path / "report.html"
    report.write(target, plan, outcome)
    return Tags(target.read_text())


def test_what_the_source_says_never_becomes_markup(shown: Tags) -> None:
    assert shown.named("script", "img", "b") == []
    assert shown.text.count("<b>") == 1
    assert not any(name.startswith("on") for _tag, attrs in shown.tags for name in attrs)


def test_the_page_opens_from_disk_without_anything_else(shown: Tags) -> None:
    assert shown.named("link", "script", "iframe", "img") == []
    assert {a["href"].split("/impact/")[0] for a in shown.named("a")} == {
        "#look",
        "#notices",
        "#pages",
        "#redirects",
        "http://testserver",
    }


def test_errors_come_first_then_warnings_then_notices_then_pages(shown: Tags) -> None:
    parts = (
        "posts found",
        "Files that can’t be read",
        "content/blog/broken.md:2",
        "Old addresses",
        "content/blog/away.md:4",
        "Posts without a category",
        "Pages with their old and new addresses",
        "https://ferry.example/blog/away/",
        "/impact/away/",
        "In conflict",
        "/impact/?q=x here",
        "There already",
    )
    places = [shown.text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "1 error" in shown.text


def test_every_table_is_named_and_every_heading_has_its_scope(shown: Tags) -> None:
    order = [tag for tag, _attrs in shown.tags if tag in {"table", "caption"}]
    assert order == ["table", "caption"] * (len(order) // 2)
    assert {attrs.get("scope") for attrs in shown.named("th")} == {"row", "col"}
    levels = [int(tag[1]) for tag, _attrs in shown.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _tag, attrs in shown.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
def test_the_command_writes_as_many_reports_as_are_asked_for(
    home: HomePage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_file(tmp_path, "hugo.yaml", "baseURL: https://ferry.example/\n")
    write_post(tmp_path, "trip", "aliases: [/taken]")
    Redirect.objects.create(old_path="/taken", redirect_link="/impact/?q=x")
    files = [tmp_path / "a.html", tmp_path / "b.json", tmp_path / "c.HTM"]
    arguments = [text for file in files for text in ("--report", str(file))]
    call_command("import_hugo", str(tmp_path), *arguments)
    out = capsys.readouterr().out
    data = json.loads(files[1].read_text())
    assert re.search(r"redirects in conflict +1\n", out)
    assert re.search(rf"redirects made +{data['numbers']['redirects made']}\n", out)
    assert {
        "from": "/taken",
        "to": "/impact/trip/",
        "state": "conflict",
        "why": "leads to /impact/?q=x here; left as it is",
    } in data["redirects"]
    [page] = data["pages"]
    assert (page["old_address"], page["address"], page["state"]) == (
        "https://ferry.example/blog/trip/",
        "/impact/trip/",
        "new",
    )
    assert "Import of https://ferry.example/" in files[0].read_text()
    assert files[2].read_text().lstrip().startswith("<!DOCTYPE html>")
    call_command("import_hugo", str(tmp_path), dry_run=True)
    assert re.search(r"redirects already there +[1-9]", capsys.readouterr().out)


def test_a_report_that_can_t_be_written_is_refused_before_the_import(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"--report .*/none/a\.html"):
        call_command("import_hugo", str(tmp_path), "--report", str(tmp_path / "none" / "a.html"))
