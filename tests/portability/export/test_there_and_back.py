"""A site of everything: exported, built by the real Hugo, taken away, and imported from the export."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from impact.entries.models import EntryPage
from impact.portability.imports import import_hugo
from impact.roundups.blocks.body import WORDS
from impact.roundups.models import RoundupPage
from tests.portability.export import site
from tests.portability.export.journey import Journey, travel

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def journey(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Journey]:
    """Done once for all tests of this module, and undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        site.build()
        yield travel(tmp_path_factory.mktemp("export"))
        transaction.set_rollback(True)


def test_hugo_builds_it_without_a_word(journey: Journey) -> None:
    assert journey.complaints == ""


@pytest.mark.parametrize(
    "kind", ["authors", "categories", "tags", "pictures", "documents", "metrics"]
)
def test_what_belongs_to_pages_comes_back(journey: Journey, kind: str) -> None:
    assert journey.after[kind] == journey.before[kind]


def test_every_page_comes_back_as_it_was(journey: Journey) -> None:
    """All fields: blocks, relations in their order, dates to the microsecond, identifiers."""
    private = {"/home/impact/secret/"}
    assert journey.after["pages"].keys() == journey.before["pages"].keys() - private
    for path, page in journey.after["pages"].items():
        was = journey.before["pages"][path]
        if path in {"/home/about/", "/home/about/team/"}:
            # A link to a private page is words alone.
            body = str(was.pop("body")).replace(
                '<a linktype="page" to="/home/impact/secret/">s</a>', "s"
            )
            assert str(page.pop("body")) == body
        assert page == was, path


def test_old_addresses_come_back(journey: Journey) -> None:
    assert journey.before["redirects"].items() <= journey.after["redirects"].items()


def test_nothing_of_it_is_refused_or_fails(journey: Journey) -> None:
    assert journey.result.outcome.failed == {}
    assert [str(m) for m in journey.result.plan.log.messages if m.level != "notice"] == []


def test_a_second_import_writes_nothing(journey: Journey) -> None:
    assert import_hugo(journey.folder).outcome.wrote_nothing


def test_public_pages_have_their_addresses_and_others_none(journey: Journey) -> None:
    paths = {path.removeprefix("/home") for path in journey.before["pages"]}
    built = {path for path in paths if (journey.public / path.strip("/") / "index.html").exists()}
    assert built == paths - {"/impact/not-yet/", "/impact/secret/", "/communities/fund/"}
    for path in (
        "/",
        "/impact/",
        "/communities/",
        "/roundups/",
        "/authors/bo_2/",
        "/tags/old-boats/",
    ):
        assert journey.html(path)


def test_private_pages_leave_no_trace(journey: Journey) -> None:
    assert journey.summary.numbers["private pages that stay behind"] == 1
    assert journey.summary.numbers["links to pages that stay behind"] == 2
    for path in journey.folder.rglob("*.md"):
        assert "secret" not in path.read_text().lower()


def test_every_block_is_shown(journey: Journey) -> None:
    words = journey.words("/impact/one-of-everything/")
    position = 0
    for said in (
        "What happened", "It began with the page and a file.1", "One", "Two", "So it was.",
        "In the first winter",
        "At the bridge, see the page.", "Before", "After", "One spring apart.", "How to read a gauge",
        "Two minutes.", "Mind the flood", "Our own river.", "Amara Osei, coordinator", "About", "Read it.",
        "Learn more", "About a story", "Data", "≈ 1200.5 readers", "Readings", "Season", "the page", "1,204",
        "Build", "Read", "Gauge", "A post with marks.", "if a < b: print(a)", "Compare", "Thanks",
        "To everybody.", "First text", "Second text", 'a“b”c', '{{< figure src="x" >}} end <b>',
        "``` fence ```", "Card", "a b", "Counted in May.",
    ):  # fmt: skip
        found = words.find(said, position)
        assert found != -1, (said, words[position : position + 300])
        position = found + len(said)


def test_pictures_and_files_are_there_with_their_words(journey: Journey) -> None:
    html = journey.html("/impact/one-of-everything/")
    assert html.count('alt="A boat on a river"') == 3
    assert "Ana CC BY 4.0" in journey.words("/impact/one-of-everything/")
    for source in set(
        re.findall(r'(?:src|href|poster)="(/impact/one-of-everything/[^"#]+)"', html)
    ):
        assert (journey.public / source.strip("/")).is_file(), source
    assert 'href="/about/#part"' in html
    # The storage adds to the name of a file where another of its name is already.
    assert re.search(r'src="/impact/one-of-everything/film\w*\.mp4"', html)
    assert 'id="winter"' in html


def test_text_stays_text(journey: Journey) -> None:
    """No shortcode runs, no markup of a writer's words is markup, and every character is shown."""
    html, words = journey.html("/impact/mischief/"), journey.words("/impact/mischief/")
    assert "root:" not in html
    assert "<script" not in html
    expected = " ".join(site.MISCHIEF.split())
    # Title twice, summary, heading, text twice, caption, callout, quotation, card, code with caption, table
    # with caption, heading and a cell of two paragraphs, definition, task, thanks.
    assert words.count(expected) == 19


def test_markdown_holds_all_but_an_empty_paragraph_an_unfinished_draft_and_parts_of_a_report(
    journey: Journey,
) -> None:
    assert journey.summary.numbers["texts as HTML"] == 1
    [report] = RoundupPage.objects.all()
    parts = [block for block in report.body if block.block_type not in WORDS]
    assert journey.summary.numbers["blocks as JSON"] == 1 + len(parts)


def test_feeds_keep_their_identifiers(journey: Journey) -> None:
    feed = (journey.public / "impact" / "index.xml").read_text()
    guids = set(re.findall(r"<guid[^>]*>([^<]+)</guid>", feed))
    assert guids == set(EntryPage.objects.live().values_list("guid", flat=True))


def test_old_addresses_work_on_the_exported_site(journey: Journey) -> None:
    assert "/impact/one-of-everything/" in journey.html("/blog/2020/everything/")
    assert (journey.public / "_redirects").read_text().splitlines() == [
        "/old?page=2 /impact/mischief/ 301",
        "/shop https://shop.example/ 302",
        "/stories /impact/ 301",
        "/tag/boats /tags/old-boats/ 301",
    ]
