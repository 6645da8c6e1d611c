"""What each old address leads to, decided without a database."""

from pathlib import Path

import pytest

from impact.portability.links import COMMUNITIES, GALLERY
from impact.portability.messages import Log
from impact.portability.middleware import usual_spelling
from impact.portability.old_addresses import (
    HOME,
    AddressBook,
    Claim,
    Goal,
    permalink_url,
    read_aliases,
)
from tests.portability.plans import findings, plan_of, write_file, write_post


def goals(root: Path, config: str = "", **options: str) -> dict[str, Goal]:
    write_file(root, "hugo.yaml", f"baseURL: https://ferry.example/\n{config}")
    return plan_of(root, **options).addresses.goals


def aliases(
    *values: str, permalink: str = "blog/a/", base: str = "https://ferry.example/"
) -> list[str]:
    return list(read_aliases(values, permalink, base, Log().about("a.md"), 3))


def test_a_post_has_its_permalink_its_folder_its_name_and_its_aliases(tmp_path: Path) -> None:
    write_post(tmp_path, "blog/2024/Boat trip", "slug: trip\naliases: [/news/trip]")
    found = goals(tmp_path, "permalinks: {blog: '/stories/:slug/'}")
    key = "blog/2024/Boat trip"
    own = [path for path, goal in found.items() if goal == Goal(key)]
    assert own == ["/stories/trip", "/news/trip", "/blog/2024/boat-trip", "/blog/trip"]


def test_drafts_have_none(tmp_path: Path) -> None:
    write_post(tmp_path, "seen")
    write_post(tmp_path, "unseen", "draft: true\naliases: [/x]\ntags: [secret]")
    write_post(tmp_path, "ahead", "publishDate: 2024-01-01\ndate: 2999-01-01\naliases: [/y]")
    found = goals(tmp_path)
    assert "/blog/seen" in found
    assert not {"/blog/unseen", "/x", "/tags/secret", "/blog/ahead", "/y"} & set(found)


def test_lists_lead_to_the_filtered_gallery_and_to_its_feed(tmp_path: Path) -> None:
    write_post(tmp_path, "a", "categories: [Field Work, Reports]\ntags: [Old Boats, reports]")
    write_post(tmp_path, "b", "categories: [field_work]\nauthors: ['Ida Berg, Jon Ames']")
    found = goals(tmp_path)
    for root in ("/category", "/categories"):
        assert found[f"{root}/field-work"] == Goal(GALLERY, "category=field-work")
        assert found[f"{root}/field-work/index.xml"].feed
        # Nothing is filed under it here: it became a tag.
        assert found[f"{root}/reports"] == Goal(GALLERY, "tag=reports")
    assert found["/categories/field_work"] == Goal(GALLERY, "category=field-work")
    assert found["/tag/old-boats"] == found["/tags/old-boats"] == Goal(GALLERY, "tag=old-boats")
    assert found["/authors/ida-berg"] == Goal(GALLERY, "author=ida-berg")
    assert found["/author/ida-berg-jon-ames"] == Goal(GALLERY, "author=ida-berg&author=jon-ames")
    assert found["/blog"] == found["/tags"] == Goal(GALLERY)
    assert found["/blog/index.xml"] == found["/index.xml"] == Goal(GALLERY, feed=True)


def test_an_author_is_found_by_folder_name_and_slug(tmp_path: Path) -> None:
    write_file(tmp_path, "content/authors/mholt/_index.md", "---\ntitle: Míra Holt\n---\n")
    write_post(tmp_path, "a", "authors: [mholt]")
    found = goals(
        tmp_path, "taxonomies: {author: authors}\npermalinks: {authors: '/author/:slug/'}"
    )
    for path in ("/author/mholt", "/author/míra-holt", "/author/mira-holt", "/authors/mholt"):
        assert found[path] == Goal(GALLERY, "author=mira-holt"), path


def test_communities_and_their_section_keep_their_addresses(tmp_path: Path) -> None:
    write_post(tmp_path, "a")
    write_post(tmp_path, "partners/river", "aliases: [/river]")
    write_file(tmp_path, "content/partners/_index.md", "---\naliases: [/friends]\n---\n")
    found = goals(tmp_path)
    assert found["/partners/river"] == found["/river"] == Goal("partners/river")
    assert found["/partners"] == found["/friends"] == Goal(COMMUNITIES)
    assert "/partners/index.xml" not in found


def test_a_renamed_feed_and_a_renamed_taxonomy_keep_their_addresses(tmp_path: Path) -> None:
    write_post(tmp_path, "a", "topics: [Rivers]")
    config = "taxonomies: {topic: topics}\noutputFormats: {RSS: {baseName: feed}}"
    found = goals(tmp_path, config)
    assert found["/topics/rivers"] == Goal(GALLERY, "category=rivers")
    assert found["/topics/rivers/feed.xml"].feed
    assert found["/feed.xml"].feed


def test_a_site_below_a_folder_has_it_in_every_address(tmp_path: Path) -> None:
    write_post(tmp_path, "a", "aliases: [/b, 'https://ferry.example/sub/c/']")
    found = goals(tmp_path, base_url="https://ferry.example/sub/")
    assert found["/sub/blog/a"] == found["/sub/b"] == found["/sub/c"] == Goal("blog/a")
    assert found["/sub"] == Goal(HOME)
    assert all(path.startswith("/sub") for path in found)


def test_where_two_posts_meet_the_first_has_it_and_the_other_is_named(tmp_path: Path) -> None:
    write_post(tmp_path, "a", "url: /same/")
    write_post(tmp_path, "b", "url: /same/")
    write_file(tmp_path, "hugo.yaml", "baseURL: https://ferry.example/\n")
    plan = plan_of(tmp_path)
    assert plan.addresses.goals["/same"] == Goal("blog/a")
    assert findings(plan, "old-address") == [("content/blog/b.md", 4)]
    [message] = plan.log.of("old-address")
    assert "content/blog/a.md" in message.text


def test_a_page_s_own_address_goes_before_aliases_and_guesses() -> None:
    log = Log()
    book = AddressBook()
    book.page(Claim.SPELLING, "blog/x", "first", log.about("first.md"))
    book.page(Claim.ALIAS, "blog/x/", "second", log.about("second.md"), 7)
    book.page(Claim.PERMALINK, "/blog/x", "third", log.about("third.md"))
    settled = book.settle()
    assert settled.goals["/blog/x"] == Goal("third")
    assert list(settled.of_pages(["first", "second"])) == []
    # Only the alias was written down by somebody.
    assert [message.place for message in log.messages] == ["second.md:7"]


def test_relative_aliases_begin_in_the_folder_of_the_permalink() -> None:
    assert aliases("old", "../up/old", "/top/", "a/../b") == ["blog/old", "up/old", "top", "blog/b"]
    assert aliases("../../../far") == ["far"]


def test_an_alias_is_a_path_of_the_old_site() -> None:
    assert aliases("https://www.ferry.example/x/", "http://ferry.example/y?p=1") == ["x", "y?p=1"]
    assert aliases("/a%20b/index.html", "/index.html", "/", "") == ["a b"]


@pytest.mark.parametrize(
    "value", ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)", "http://[x/"]
)
def test_an_alias_of_another_site_is_left_out_and_reported(value: str) -> None:
    log = Log()
    assert list(read_aliases([value], "a/", "https://ferry.example/", log.about("a.md"), 3)) == []
    assert [message.place for message in log.of("old-address")] == ["a.md:3"]


def test_the_feed_s_address_is_encoded_as_hugo_writes_it() -> None:
    url = permalink_url("https://ferry.example/", "blog/über @b+c/#1/")
    assert url == "https://ferry.example/blog/%C3%BCber%20@b+c/%231/"
    assert permalink_url("", "blog/a/") == ""


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/Blog/Trip/", "/blog/trip"),
        ("/blog/trip/index.html", "/blog/trip"),
        ("/tags/x/page/12/", "/tags/x"),
        ("/blog/page/2/INDEX.HTM", "/blog"),
        ("/blog/page/", "/blog/page"),
        ("/", "/"),
    ],
)
def test_spellings_of_an_address(asked: str, kept: str) -> None:
    assert usual_spelling(asked) == kept
