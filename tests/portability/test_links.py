"""Which page an address means."""

import pytest

from impact.portability.content import Link
from impact.portability.links import COMMUNITIES, GALLERY, PageIndex, segments

FOLDER = ("blog", "2024", "here")


@pytest.fixture
def index() -> PageIndex:
    index = PageIndex("https://old.example/")
    for key in ("blog/2024/here", "blog/2024/letter", "blog/2023/far", "blog/2023/2023-update"):
        index.add(key, [key, f"blog/{key.rsplit('/', 1)[-1]}"])
    index.add("blog/2022/alias", ["blog/2022/alias", "blog/alias", "/posts/older-name"])
    index.add("collaborators/trust", ["collaborators/trust"])
    index.terms["author"]["ada"] = "ada"
    index.terms["tag"]["old-trees"] = "old-trees"
    return index


@pytest.mark.parametrize(
    ("href", "key"),
    [
        ("../letter/", "blog/2024/letter"),
        ("../letter", "blog/2024/letter"),
        ("../letter/index.md", "blog/2024/letter"),
        ("../letter/index.mdindex", "blog/2024/letter"),
        ("../letter.md", "blog/2024/letter"),
        ("../letter/index", "blog/2024/letter"),
        ("../letter/_index.md", "blog/2024/letter"),
        ("letter/index.md", "blog/2024/letter"),
        ("../../2023/far/", "blog/2023/far"),
        ("../2023/far/index.md", "blog/2023/far"),
        ("../../../../2023/far", "blog/2023/far"),
        ("blog/2023/far/index.md", "blog/2023/far"),
        ("/blog/2023/far", "blog/2023/far"),
        ("/content/blog/2023/far/", "blog/2023/far"),
        ("/posts/2023/far/", "blog/2023/far"),
        ("/blog/far/", "blog/2023/far"),
        ("/posts/older-name/", "blog/2022/alias"),
        ("https://old.example/blog/far/", "blog/2023/far"),
        ("http://www.old.example/posts/2023/far", "blog/2023/far"),
        ("/Blog/2023/FAR/", "blog/2023/far"),
        ("/blog/2023/f%61r/", "blog/2023/far"),
        ("../../../collaborators/trust/", "collaborators/trust"),
        ("../../collaborators/trust", "collaborators/trust"),
        ("../../../collaborators/trust.md", "collaborators/trust"),
        ("/blog/", GALLERY),
        ("/posts", GALLERY),
        ("/collaborators/", COMMUNITIES),
    ],
)
def test_every_spelling_finds_its_page(index: PageIndex, href: str, key: str) -> None:
    found = index.resolve(href, FOLDER)
    assert (found.outcome, found.link) == ("page", Link(page=key))


def test_fragment_and_query_stay(index: PageIndex) -> None:
    found = index.resolve("../letter/index.md?a=b#part", FOLDER)
    assert found.link == Link(page="blog/2024/letter", suffix="?a=b#part")
    assert index.resolve("#part", FOLDER).link == Link(href="#part")


@pytest.mark.parametrize(
    ("href", "suffix"),
    [
        ("/author/ada/", "?author=ada"),
        ("/authors/ada", "?author=ada"),
        ("https://old.example/tags/old-trees/", "?tag=old-trees"),
    ],
)
def test_lists_of_the_old_site_are_the_gallery_filtered(
    index: PageIndex, href: str, suffix: str
) -> None:
    assert index.resolve(href, FOLDER).link == Link(page=GALLERY, suffix=suffix)


@pytest.mark.parametrize(
    "href",
    ["https://else.example/blog/far/", "mailto:a@b.example", "https://old.example.com/blog/far"],
)
def test_other_sites_stay_as_they_are(index: PageIndex, href: str) -> None:
    found = index.resolve(href, FOLDER)
    assert (found.outcome, found.link) == ("external", Link(href=href))


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/shop/", "https://old.example/shop/"),
        ("../../../members/", "https://old.example/members/"),
        ("/collaborators/trust-x/", "https://old.example/collaborators/trust-x/"),
        ("/founders#ada", "https://old.example/founders#ada"),
    ],
)
def test_what_is_no_page_here_keeps_leading_to_the_old_site(
    index: PageIndex, href: str, target: str
) -> None:
    found = index.resolve(href, FOLDER)
    assert (found.outcome, found.link) == ("unresolved", Link(href=target))


def test_a_whole_segment_must_match(index: PageIndex) -> None:
    assert index.resolve("../../collaborators/trus", FOLDER).outcome == "unresolved"
    assert index.resolve("../../../xcollaborators/trust", FOLDER).outcome == "unresolved"


def test_a_near_miss_is_suggested(index: PageIndex) -> None:
    assert index.resolve("../leter/", FOLDER).near == "blog/2024/letter"


def test_two_pages_that_end_alike_are_never_guessed_between() -> None:
    index = PageIndex()
    index.add("blog/2023/same", ["blog/2023/same"])
    index.add("blog/2024/same", ["blog/2024/same"])
    assert index.resolve("same/index.md", ("blog", "2025", "here")).outcome == "unresolved"


def test_without_a_base_url_a_lost_link_is_no_link() -> None:
    found = PageIndex().resolve("/nowhere/", FOLDER)
    assert (found.outcome, found.link) == ("unresolved", None)


@pytest.mark.parametrize("href", ["http://[broken", "javascript:x()", "data:text/html,x", ""])
def test_addresses_that_are_none_give_no_link(index: PageIndex, href: str) -> None:
    assert index.resolve(href, FOLDER).link is None


def test_segments_name_a_page() -> None:
    assert segments("/a//b/./index.md") == ("a", "b")
    assert segments("../a/b.html") == ("..", "a", "b")
