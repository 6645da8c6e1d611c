"""A small site, imported."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage, FeaturedLinkPage, StoryPage
from impact.media.models import ImpactDocument, ImpactImage
from impact.people.models import Author
from impact.portability.apply import apply
from impact.portability.imports import Result, import_hugo
from impact.portability.messages import Log
from impact.portability.models import ImportRecord
from impact.portability.plan import make_plan
from impact.portability.source import read
from impact.taxonomy.models import Category, Tag
from tests.portability.bodies import after_the_editor, stored_rich_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(home: HomePage, orchard: Path) -> Result:
    return import_hugo(orchard)


def blocks_of(slug: str) -> list[dict]:
    return list(StoryPage.objects.get(slug=slug).body.raw_data)


def messages(result: Result, *codes: str) -> list[tuple[str, int]]:
    found = [m for m in result.plan.log.messages if m.code in codes]
    return [(m.file.removeprefix("content/blog/"), m.line) for m in found]


def test_posts_become_stories_with_their_front_matter(imported: Result) -> None:
    story = StoryPage.objects.get(slug="first-harvest")
    assert (story.title, story.date.isoformat(), story.live) == (
        "The first harvest",
        "2022-09-30",
        True,
    )
    assert (
        story.summary == "We picked two tonnes of old apples in one week. Nobody had expected it."
    )
    assert story.guid == "https://orchard.example/blog/first-harvest/"
    assert story.first_published_at.date() == story.date
    assert story.last_published_at.isoformat() == "2022-10-02T08:00:00+00:00"
    assert [a.name for a in story.authors] == ["Míra Holt", "Jon Ames", "Ida Berg"]
    assert StoryPage.objects.get(slug="open-letter").date.isoformat() == "2021-06-01"
    assert (
        StoryPage.objects.get(slug="grafting-day").summary
        == "Sixty people grafted three trees each."
    )


def test_categories_have_one_form_and_the_first_one_files(imported: Result) -> None:
    assert dict(Category.objects.values_list("slug", "name")) == {
        "field-work": "Field Work",
        "general": "General",
    }
    assert Category.objects.values("colour").distinct().count() == 2
    assert EntryPage.objects.filter(category__slug="field-work").count() == 3
    assert StoryPage.objects.get(slug="open-letter").category.slug == "general"
    assert messages(imported, "categories") == [("2022/first-harvest/index.md", 7)]


def test_tags_have_one_form_and_further_categories_join_them(imported: Result) -> None:
    story = StoryPage.objects.get(slug="first-harvest")
    assert sorted(tag.slug for tag in story.tags.all()) == ["old-trees", "reports"]
    assert Tag.objects.get(slug="old-trees").name == "Old Trees"


def test_authors_have_profiles_and_near_spellings_are_reported(imported: Result) -> None:
    author = Author.objects.get(slug="mira-holt")
    assert (author.role, author.bio) == ("Grafter", "Míra has grafted trees for thirty years.")
    assert [(x.name, x.url) for x in author.links.all()] == [
        ("GitHub", "https://github.example/mira")
    ]
    assert messages(imported, "author-spelling") == [("2021/open-letter/index.md", 5)]
    assert messages(imported, "authors-split") == [("2022/first-harvest/index.md", 6)]


def test_communities_come_from_their_pages(imported: Result) -> None:
    trust = CommunityPage.objects.get(slug="river-trust")
    assert (trust.kind, trust.website, trust.live) == ("member", "https://river.example/", True)
    assert trust.summary == "The River Trust looks after forty meadows. It lends us land."
    assert trust.logo is not None
    assert "looks after" not in trust.description
    assert f'id="{CommunityPage.objects.get(slug="seed-fund").pk}"' in trust.description
    assert CommunityPage.objects.get(slug="seed-fund").kind == "funder"
    assert CommunityPage.objects.count() == 2


def test_links_make_communities_and_thanks_alone_makes_supporters(imported: Result) -> None:
    story = StoryPage.objects.get(slug="first-harvest")
    assert [c.slug for c in story.communities] == ["river-trust"]
    assert [c.slug for c in story.supporters] == ["seed-fund"]
    other = StoryPage.objects.get(slug="grafting-day")
    assert (other.communities, [c.slug for c in other.supporters]) == ([], ["seed-fund"])


def test_external_posts_are_featured_links_with_their_publisher(imported: Result) -> None:
    link = FeaturedLinkPage.objects.get()
    assert (link.slug, link.external_url) == ("press-note", "https://news.river.example/orchards")
    assert (link.publisher, link.live) == ("River Trust", True)


def test_drafts_stay_drafts_and_templates_are_left_out(imported: Result) -> None:
    draft = EntryPage.objects.get(slug="later")
    assert (draft.live, draft.has_unpublished_changes) == (False, True)
    assert draft.get_latest_revision_as_object().body.raw_data[0]["type"] == "text"
    assert not EntryPage.objects.filter(title="A template").exists()
    assert imported.plan.source.left_out["templates"] == 1


def test_the_featured_picture_leads_and_is_shown_once(imported: Result) -> None:
    story = StoryPage.objects.get(slug="first-harvest")
    assert story.lead_image.description == "Crates of apples"
    figures = [b["value"] for b in blocks_of("first-harvest") if b["type"] == "figure"]
    assert story.lead_image_id not in [f["image"]["image"] for f in figures]
    first = blocks_of("first-harvest")[0]["value"]
    assert "<i>Crates, weighed with the</i>" in first
    assert StoryPage.objects.get(slug="grafting-day").lead_image.title == "Day"


def test_the_same_file_is_stored_once_and_checked_out_links_are_followed(imported: Result) -> None:
    figures = [b["value"] for b in blocks_of("first-harvest") if b["type"] == "figure"]
    assert len(figures) == 3
    assert len({f["image"]["image"] for f in figures}) == 1
    assert [f["image"]["alt_text"] for f in figures] == [
        "A press",
        "Under static",
        "The press at work",
    ]
    letter = StoryPage.objects.get(slug="open-letter")
    assert letter.lead_image_id == figures[0]["image"]["image"]
    assert ImpactImage.objects.count() == 4
    assert ImpactDocument.objects.get().filename.startswith("graft")


def test_a_missing_picture_is_reported_and_its_words_stay(imported: Result) -> None:
    assert messages(imported, "missing-image") == [("2022/first-harvest/index.md", 20)]
    assert "The press before it was" in json.dumps(blocks_of("first-harvest"))


def test_every_link_finds_its_page(imported: Result) -> None:
    text = json.dumps(blocks_of("first-harvest"))
    letter = StoryPage.objects.get(slug="open-letter").pk
    assert text.count(f'linktype=\\"page\\" id=\\"{letter}\\"') == 6
    assert f'id=\\"{letter}\\" fragment=\\"top\\"' in text
    assert 'query=\\"author=mira-holt\\"' in text
    assert 'query=\\"tag=old-trees\\"' in text
    assert 'href=\\"https://orchard.example/shop/\\"' in text
    assert 'href=\\"#how\\"' in text
    unresolved = messages(imported, "link")
    assert unresolved == [
        ("2022/first-harvest/index.md", 53),
        ("2022/first-harvest/index.md", 54),
        ("2023/grafting-day/index.md", 44),
    ]


def test_bodies_are_made_of_blocks(imported: Result) -> None:
    names = [b["type"] for b in blocks_of("first-harvest")]
    assert names == [
        "text", "figure", "figure", "text", "heading", "text", "figure", "text", "definition_list",
        "table", "task_list", "code", "text", "link_card", "link_card", "text", "acknowledgements",
        "footnotes",
    ]  # fmt: skip
    names = [b["type"] for b in blocks_of("grafting-day")]
    assert names == [
        "callout", "pull_quote", "video", "link_card", "video", "text", "heading", "heading", "text",
        "acknowledgements",
    ]  # fmt: skip


def test_no_script_style_or_comment_reaches_the_database(imported: Result) -> None:
    text = json.dumps(blocks_of("grafting-day"))
    for hidden in ("color: red", "alert", "onclick", "remark", "must not see"):
        assert hidden not in text
    assert "Plain" in text
    assert len(messages(imported, "html-dropped")) == 2


def test_unknown_shortcodes_keep_their_text_and_name_their_line(imported: Result) -> None:
    assert messages(imported, "shortcode") == [("2022/first-harvest/index.md", 70)]
    assert "Inner <i>text</i> stays." in json.dumps(blocks_of("first-harvest"))
    assert imported.plan.log.counts["shortcode_feedback_left_out"] == 1


def test_imported_bodies_are_valid(imported: Result) -> None:
    for story in StoryPage.objects.live():
        story.full_clean()
        for child in story.body:
            child.block.clean(child.value)


def test_the_editor_leaves_every_value_as_it_is(imported: Result) -> None:
    values = list(stored_rich_texts())
    assert len(values) > 20
    for slug, features, html in values:
        assert after_the_editor(html, features) == html, slug


def test_the_organisation_is_taken_over_once(imported: Result) -> None:
    settings = SiteSettings.objects.get()
    assert settings.organisation == "Orchard Network"
    assert settings.tagline == "We graft old fruit trees with anyone who asks."


def test_a_story_and_a_community_are_shown(imported: Result, client: Client) -> None:
    story = client.get("/impact/first-harvest/").content.decode()
    assert "two tonnes" in story
    assert 'href="/impact/open-letter/#top"' in story
    community = client.get("/communities/river-trust/").content.decode()
    assert 'href="/impact/first-harvest/"' in community
    assert 'href="/communities/seed-fund/"' in community


def test_a_dry_run_writes_nothing(
    home: HomePage, orchard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Page.objects.count()
    call_command("import_hugo", orchard, dry_run=True)
    out = capsys.readouterr().out
    assert "content/blog/2022/first-harvest/index.md → first-harvest: The first harvest" in out
    assert "posts found" in out
    assert "Dry run: nothing was written." in out
    assert Page.objects.count() == before
    for model in (Category, Tag, Author, ImpactImage, ImpactDocument, ImportRecord):
        assert not model.objects.exists()


def test_a_dry_run_says_what_a_further_import_would_do(
    imported: Result, orchard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = orchard / "content/blog/2021/open-letter/index.md"
    post.write_text(post.read_text() + "\nMore.\n")
    before = StoryPage.objects.get(slug="open-letter").latest_revision_id
    call_command("import_hugo", orchard, dry_run=True)
    out = capsys.readouterr().out
    assert re.search(r"pages to be updated +1$", out, re.MULTILINE)
    assert re.search(r"pages unchanged +6$", out, re.MULTILINE)
    assert StoryPage.objects.get(slug="open-letter").latest_revision_id == before


def test_the_plan_holds_no_text_of_an_entry(orchard: Path) -> None:
    log = Log()
    plan = make_plan(read(orchard, log), log)
    [head] = [entry for entry in plan.entries if entry.slug == "open-letter"]
    assert "neighbours" not in repr(plan.entries)
    assert "neighbours" in repr(plan.read(head))


def test_a_post_that_became_unreadable_while_the_import_ran_leaves_no_page(
    home: HomePage, orchard: Path
) -> None:
    log = Log()
    plan = make_plan(read(orchard, log), log)
    post = orchard / "content/blog/2021/open-letter/index.md"
    text = post.read_text()
    post.unlink()
    outcome = apply(plan)
    assert plan.refused == ["content/blog/2021/open-letter/index.md"]
    assert not StoryPage.objects.filter(slug="open-letter").exists()
    assert "blog/2021/open-letter" not in outcome.states
    post.write_text(text)
    import_hugo(orchard)
    assert StoryPage.objects.get(slug="open-letter").live


def test_a_second_run_writes_nothing_and_says_so(
    imported: Result,
    orchard: Path,
    capsys: pytest.CaptureFixture[str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    revisions = list(Page.objects.values_list("pk", "latest_revision_id", "last_published_at"))
    # The ledger, earlier sources, pictures of other servers, the lists and their site, redirects,
    # addresses: none for each page.
    with django_assert_num_queries(12) as queries:
        again = import_hugo(orchard)
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert again.outcome is not None
    assert again.outcome.wrote_nothing
    call_command("import_hugo", orchard)
    assert "Nothing was written." in capsys.readouterr().out
    assert revisions == list(
        Page.objects.values_list("pk", "latest_revision_id", "last_published_at")
    )


def test_a_changed_post_becomes_a_new_revision(imported: Result, orchard: Path) -> None:
    post = orchard / "content/blog/2021/open-letter/index.md"
    post.write_text(post.read_text().replace("Dear neighbours.", "Dear friends."))
    result = import_hugo(orchard)
    assert result.outcome is not None
    assert (result.outcome.count("changed"), result.outcome.count("unchanged")) == (1, 6)
    story = StoryPage.objects.get(slug="open-letter")
    assert "Dear friends." in json.dumps(list(story.body.raw_data))
    assert story.revisions.count() == 2
    assert ImpactImage.objects.count() == 4


def test_a_page_that_was_edited_here_is_left_alone(imported: Result, orchard: Path) -> None:
    story = StoryPage.objects.get(slug="open-letter")
    story.title = "Mine"
    story.save_revision().publish()
    post = orchard / "content/blog/2021/open-letter/index.md"
    post.write_text(post.read_text() + "\nMore.\n")
    result = import_hugo(orchard)
    assert StoryPage.objects.get(slug="open-letter").title == "Mine"
    assert messages(result, "left-alone") == [("2021/open-letter/index.md", 0)]


def test_a_page_that_was_deleted_here_stays_away(imported: Result, orchard: Path) -> None:
    StoryPage.objects.get(slug="open-letter").delete()
    result = import_hugo(orchard)
    assert not StoryPage.objects.filter(slug="open-letter").exists()
    assert messages(result, "left-alone") == [("2021/open-letter/index.md", 0)]


def test_an_import_that_was_cut_off_is_completed(
    home: HomePage, orchard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from impact.portability.apply import _Importer

    whole = _Importer._fill

    def cut(self: Any, page: Any) -> None:
        if page.slug == "grafting-day":
            raise KeyboardInterrupt
        whole(self, page)

    monkeypatch.setattr(_Importer, "_fill", cut)
    with pytest.raises(KeyboardInterrupt):
        import_hugo(orchard)
    assert not StoryPage.objects.get(slug="grafting-day").live
    monkeypatch.setattr(_Importer, "_fill", whole)
    import_hugo(orchard)
    assert StoryPage.objects.get(slug="grafting-day").live
    assert EntryPage.objects.count() == 5
    assert ImpactImage.objects.count() == 4


def test_a_post_that_cannot_be_written_does_not_stop_the_others(
    home: HomePage, orchard: Path
) -> None:
    note = orchard / "content/blog/2023/press-note/index.md"
    note.write_text(note.read_text().replace("https://news.river.example/orchards", "no address"))
    result = import_hugo(orchard)
    assert messages(result, "not-written") == [("2023/press-note/index.md", 0)]
    assert not FeaturedLinkPage.objects.live().exists()
    assert StoryPage.objects.live().count() == 3


def test_files_that_cannot_be_read_are_refused_with_their_line(
    home: HomePage, troubled: Path
) -> None:
    result = import_hugo(troubled)
    unreadable = [(m.file, m.line) for m in result.plan.log.of("unreadable")]
    assert unreadable == [
        ("content/posts/broken.md", 4),
        ("content/posts/bytes.md", 6),
        ("content/posts/open.md", 1),
    ]
    assert sorted(result.plan.refused) == sorted(file for file, _line in unreadable)
    live = set(StoryPage.objects.live().values_list("slug", flat=True))
    assert live == {"good", "toml", "json", "feed-page"}


def test_strange_dates_are_reported_and_never_guessed(home: HomePage, troubled: Path) -> None:
    result = import_hugo(troubled)
    assert sorted((m.file, m.line) for m in result.plan.log.of("date")) == [
        ("content/posts/ahead.md", 3),
        ("content/posts/empty-date.md", 3),
        ("content/posts/strange.md", 3),
    ]
    drafts = set(StoryPage.objects.not_live().values_list("slug", flat=True))
    assert drafts == {"ahead", "empty-date", "strange"}


def test_toml_and_json_posts_share_terms_and_permalinks_are_hugos(
    home: HomePage, troubled: Path
) -> None:
    import_hugo(troubled)
    assert EntryPage.objects.filter(category__slug="news").count() == 2
    toml = StoryPage.objects.get(slug="toml")
    assert [tag.slug for tag in toml.tags.all()] == ["a-b"]
    assert toml.guid == "https://troubled.example/2023/01/toml/"
    assert [a.name for a in StoryPage.objects.get(slug="good").authors] == ["Lone Wolf"]


def test_a_folder_of_posts_needs_no_configuration(imported: Result, leaflet: Path) -> None:
    result = import_hugo(leaflet)
    story = StoryPage.objects.get(slug="letter")
    assert (story.date.isoformat(), story.live, story.guid[:9]) == ("2024-02-03", True, "urn:uuid:")
    text = json.dumps(list(story.body.raw_data))
    # Pages of the earlier import are found by their old addresses.
    assert f'id=\\"{StoryPage.objects.get(slug="open-letter").pk}\\"' in text
    assert ">Grafting day</a>" in text
    assert "A picture that is" in text
    assert "The end." in text
    assert [(m.file, m.line) for m in result.plan.log.of("missing-image")] == [
        ("2024/letter/index.md", 11)
    ]


def test_nothing_outside_the_source_is_read(home: HomePage, orchard: Path, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (9, 9)).save(tmp_path / "secret.png")
    (orchard / "content/blog/2021/open-letter/featured-link.png").symlink_to(
        tmp_path / "secret.png"
    )
    post = orchard / "content/blog/2021/open-letter/index.md"
    post.write_text(
        post.read_text() + "\n![s](../../../../../secret.png)\n![t](/../../secret.png)\n"
    )
    import_hugo(orchard)
    assert not ImpactImage.objects.filter(width=9).exists()


def test_a_picture_that_is_none_is_refused(home: HomePage, orchard: Path) -> None:
    (orchard / "content/blog/2022/first-harvest/pictures/press.png").write_text("<svg>" * 200)
    result = import_hugo(orchard)
    assert ("2022/first-harvest/index.md", 18) in messages(result, "image-refused")


def test_a_source_without_posts_is_named(home: HomePage, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(CommandError, match=str(path)):
            call_command("import_hugo", path)


def test_the_report_is_json(home: HomePage, orchard: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    call_command("import_hugo", orchard, report=file, verbosity=0)
    data = json.loads(file.read_text())
    assert data["numbers"]["posts found"] == 5
    assert data["numbers"]["posts published"] == 4
    assert {"file", "line", "level", "code", "text"} == set(data["messages"][0])
    with pytest.raises(CommandError, match="report"):
        call_command("import_hugo", orchard, report=tmp_path / "no" / "report.json", verbosity=0)


def test_lists_inside_blocks_keep_their_items(imported: Result) -> None:
    body = {
        child.block_type: child.value for child in StoryPage.objects.get(slug="first-harvest").body
    }
    assert [item["term"] for item in body["definition_list"]["definitions"]] == ["Term"]
    assert [item["done"] for item in body["task_list"]["tasks"]] == [True, False]
    assert "Weighed" in str(body["footnotes"]["notes"][0]["text"])
    assert "Much" in str(body["table"]["table"].row_data[0]["values"][1])


def test_communities_of_one_title_are_reported(home: HomePage, orchard: Path) -> None:
    page = orchard / "content/collaborators/seed-fund/index.md"
    page.write_text(page.read_text().replace("Seed Fund", "River Trust", 1))
    result = import_hugo(orchard, dry_run=True)
    [message] = result.plan.log.of("same-title")
    assert message.file == "content/collaborators/seed-fund/index.md"
    assert "collaborators/river-trust/index.md" in message.text
