"""The command: where it writes, what it leaves out, and what it costs."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.media.models import ImpactDocument
from impact.portability.export import exports
from impact.portability.export.exports import export_hugo
from impact.portability.imports import import_hugo
from tests.factories.content import (
    make_author,
    make_category,
    make_community,
    make_digest,
    make_image,
    make_story,
)
from tests.newsletter.bodies import entry

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def run(*arguments: Any) -> str:
    said = StringIO()
    call_command("export_hugo", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def front_matter(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text().split("---\n")[1])


def test_the_summary_counts_what_went_out(home: HomePage, tmp_path: Path) -> None:
    make_story("A boat trip", slug="boat-trip", tags=["boats"], authors=[make_author("Ada")])
    said = run(tmp_path / "site")
    for name, number in (("stories", 1), ("authors", 1), ("tags", 1), ("blocks as JSON", 0)):
        assert [line.split()[-1] for line in said.splitlines() if line.startswith(name)] == [
            str(number)
        ]


def test_a_dry_run_writes_nothing(home: HomePage, tmp_path: Path) -> None:
    make_story(lead_image=make_image())
    said = run(tmp_path / "site", "--dry-run")
    assert "nothing was written" in said
    assert "pictures and documents                      1" in said
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_refused_by_name(home: HomePage, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "note.txt").write_text("mine")
    with pytest.raises(CommandError, match="old is not empty"):
        run(tmp_path / "old")
    with pytest.raises(CommandError, match=r"note\.txt is no folder"):
        run(tmp_path / "old" / "note.txt")
    with pytest.raises(CommandError, match="nowhere is no folder"):
        run(tmp_path / "nowhere" / "site")
    assert (tmp_path / "old" / "note.txt").read_text() == "mine"


def test_an_empty_folder_is_taken(home: HomePage, tmp_path: Path) -> None:
    make_story(slug="a")
    (tmp_path / "site").mkdir()
    run(tmp_path / "site")
    assert (tmp_path / "site" / "content" / "impact" / "a" / "index.md").is_file()


def test_an_export_that_fails_leaves_nothing(
    home: HomePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_story()

    def interrupt(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(exports.site, "copy_layouts", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export_hugo(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def with_secrets(home: HomePage) -> StoryPage:
    """A public story that links to a private one and to a private document."""
    private = Collection.get_first_root_node().add_child(name="Board")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    minutes = ImpactDocument.objects.create(
        title="Minutes", file=ContentFile(b"%PDF-1.4", "minutes.pdf"), collection=private
    )
    secret = make_story("The sale", slug="the-sale")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    links = (
        f'<a linktype="page" id="{secret.pk}">this</a>',
        f'<a linktype="document" id="{minutes.pk}">that</a>',
    )
    return make_story(slug="open", body=[("text", f"<p>See {links[0]} and {links[1]}.</p>")])


def test_digests_stay_behind_and_are_counted(home: HomePage, tmp_path: Path) -> None:
    digest = make_digest(body=[entry(make_story())])
    make_story("Links", body=[("text", f'<p><a linktype="page" id="{digest.pk}">It</a></p>')])
    summary = export_hugo(tmp_path / "site")
    assert summary.numbers["digests that stay behind"] == 1
    assert summary.numbers["pages of other kinds that stay behind"] == 0
    assert not list((tmp_path / "site").rglob("*newsletter*"))
    assert import_hugo(tmp_path / "site").plan.refused == []


def test_what_is_private_stays_behind(with_secrets: StoryPage, tmp_path: Path) -> None:
    summary = export_hugo(tmp_path / "site")
    text = (tmp_path / "site" / "content" / "impact" / "open" / "index.md").read_text()
    assert text.endswith("\n\nSee this and that.\n")
    assert not list((tmp_path / "site").rglob("*sale*"))
    assert not list((tmp_path / "site").rglob("minutes*"))
    assert summary.numbers["private pages that stay behind"] == 1
    assert summary.numbers["links to pages that stay behind"] == 1
    assert summary.numbers["files that stay behind"] == 1


def test_private_pages_go_out_as_drafts_when_they_are_asked_for(
    with_secrets: StoryPage, tmp_path: Path
) -> None:
    run(tmp_path / "site", "--private")
    content = tmp_path / "site" / "content" / "impact"
    data = front_matter(content / "the-sale" / "index.md")
    assert (data["draft"], data["impact"]["private"]) == (True, True)
    text = (content / "open" / "index.md").read_text()
    assert re.search(r"\[this\]\(/impact/the-sale/\) and \[that\]\(minutes\w*\.pdf\)", text)
    StoryPage.objects.all().delete()
    import_hugo(tmp_path / "site")
    assert not StoryPage.objects.get(slug="the-sale").live


def test_a_file_that_is_gone_is_named(home: HomePage, tmp_path: Path) -> None:
    image = make_image()
    make_story("A boat trip", lead_image=image)
    image.file.storage.delete(image.file.name)
    said = run(tmp_path / "site")
    assert f"A boat trip: {image.file.name} is missing" in said


def test_a_draft_goes_out_as_it_was_saved_last_and_a_published_page_as_it_is_shown(
    home: HomePage, tmp_path: Path
) -> None:
    draft, shown = make_story(slug="draft", live=False), make_story(slug="shown")
    for page in (draft, shown):
        page.title = "Changed since"
        page.save_revision()
    summary = export_hugo(tmp_path / "site")
    content = tmp_path / "site" / "content" / "impact"
    assert front_matter(content / "draft" / "index.md")["title"] == "Changed since"
    assert front_matter(content / "shown" / "index.md")["title"] != "Changed since"
    assert summary.numbers["drafts of changes that stay behind"] == 1


def test_front_matter_has_the_names_that_themes_know(home: HomePage, tmp_path: Path) -> None:
    make_story(
        "12 boats: a trip", slug="boats", summary="5 * 3 boats.", category=make_category("Field work"),
        tags=["Old Boats"], authors=[make_author("Zoë B"), make_author("Ada")], featured=True,
        lead_image=make_image(credit="Ana"), communities=[make_community("Harbour", slug="harbour")],
    )  # fmt: skip
    export_hugo(tmp_path / "site")
    data = front_matter(tmp_path / "site" / "content" / "impact" / "boats" / "index.md")
    assert list(data) == [
        "title", "slug", "date", "summary", "categories", "tags", "authors", "featured", "language",
        "images", "resources", "impact",
    ]  # fmt: skip
    assert (data["title"], data["summary"]) == ("12 boats: a trip", "5 \\* 3 boats.")
    assert (data["categories"], data["tags"]) == (["field-work"], ["old-boats"])
    assert data["authors"] == ["zoe-b", "ada"]
    assert data["images"] == ["featured.png"]
    assert data["resources"][0]["params"]["credit"] == "Ana"
    assert data["impact"]["communities"] == [{"community": "harbour", "role": "about"}]
    names = front_matter(tmp_path / "site" / "content" / "tags" / "old-boats" / "_index.md")
    assert names["title"] == "Old Boats"


def test_more_pages_need_no_more_queries(home: HomePage, tmp_path: Path) -> None:
    community, author, image = make_community(), make_author(), make_image()

    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as found:
            export_hugo(tmp_path / name)
        return len(found)

    def story() -> None:
        make_story(
            communities=[community], authors=[author], tags=["a", "b"], lead_image=image,
            body=[("text", f'<p><a linktype="page" id="{community.pk}">c</a></p>')],
        )  # fmt: skip

    story()
    # What is looked up once a process.
    queries("first")
    one = queries("one")
    for _number in range(9):
        story()
    assert queries("ten") == one
