"""Pages that somebody worked on here since the import, and what `--overwrite` makes of them."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from home.models import HomePage
from impact.communities.models import CommunityPage
from impact.entries.models import StoryPage
from impact.portability.imports import Result, import_hugo

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LETTER = "content/blog/2021/open-letter/index.md"
HARVEST = "content/blog/2022/first-harvest/index.md"
TRUST = "content/collaborators/river-trust/index.md"


@pytest.fixture
def imported(home: HomePage, orchard: Path) -> Path:
    import_hugo(orchard)
    return orchard


def story(slug: str = "open-letter") -> StoryPage:
    return StoryPage.objects.get(slug=slug)


def edit(page: StoryPage | CommunityPage, title: str, *, publish: bool = True) -> None:
    page.title = title
    revision = page.save_revision()
    if publish:
        revision.publish()


def reported(result: Result, code: str) -> list[str]:
    return [message.file for message in result.plan.log.of(code)]


def test_edited_pages_are_brought_back_and_their_edits_stay_in_the_history(
    imported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = imported / HARVEST
    post.write_text(post.read_text() + "\nA new line of the source.\n")
    edit(story(), "Edited where the source is unchanged")
    edit(story("first-harvest"), "Edited and not published", publish=False)
    edit(CommunityPage.objects.get(slug="river-trust"), "An edited community")
    before = story("first-harvest").revisions.count()

    planned = import_hugo(imported, overwrite=True, dry_run=True)
    assert sorted(reported(planned, "overwritten")) == [LETTER, HARVEST, TRUST]
    assert story().title == "Edited where the source is unchanged"

    call_command("import_hugo", imported, overwrite=True)
    out = capsys.readouterr().out
    assert all(f"warning: {file}: edited or" in out for file in (LETTER, HARVEST, TRUST))
    assert re.search(r"^pages overwritten +3$", out, re.MULTILINE)
    assert story().title == "An open letter"
    assert "A new line of the source." in str(story("first-harvest").body)
    assert story("first-harvest").revisions.count() == before + 1
    assert CommunityPage.objects.get(slug="river-trust").title == "River Trust"

    edited = [r for r in story().revisions.all() if r.content["title"].startswith("Edited")]
    edited[0].publish()
    assert story().title == "Edited where the source is unchanged"


def test_overwriting_twice_writes_nothing(imported: Path) -> None:
    edit(story(), "Mine")
    import_hugo(imported, overwrite=True)
    again = import_hugo(imported, overwrite=True)
    assert again.outcome.wrote_nothing
    assert reported(again, "overwritten") == []


def test_without_it_an_edit_stays(imported: Path) -> None:
    edit(story(), "Mine")
    assert import_hugo(imported).outcome.wrote_nothing
    assert story().title == "Mine"


def test_a_deleted_page_stays_deleted(imported: Path) -> None:
    story().delete()
    result = import_hugo(imported, overwrite=True)
    assert not StoryPage.objects.filter(slug="open-letter").exists()
    assert reported(result, "left-alone") == [LETTER]


def test_an_unpublished_page_comes_back_only_with_it(imported: Path) -> None:
    story().unpublish()
    post = imported / LETTER
    post.write_text(post.read_text() + "\nMore.\n")
    result = import_hugo(imported)
    assert not story().live
    assert reported(result, "left-alone") == [LETTER]
    import_hugo(imported, overwrite=True)
    assert story().live


def test_a_post_that_became_a_draft_is_taken_down_and_put_up_again(imported: Path) -> None:
    post = imported / LETTER
    published = post.read_text()
    post.write_text(published.replace("title:", "draft: true\ntitle:"))
    import_hugo(imported)
    assert not story().live
    assert import_hugo(imported).outcome.wrote_nothing
    post.write_text(published)
    import_hugo(imported)
    assert story().live
