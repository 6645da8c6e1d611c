"""The addresses that Hugo gives; each of these was read off a site that the real Hugo built."""

from datetime import UTC, datetime

import pytest

from impact.portability.permalinks import PageFacts, Permalinks

MOMENT = datetime(2024, 3, 5, tzinfo=UTC)


def page(pattern: str = "", key: str = "blog/2024/a", **facts: str) -> str:
    rules = Permalinks(pages={"blog": pattern} if pattern else {})
    return rules.page(PageFacts(key, moment=MOMENT, sections=("blog",), **facts))


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("blog/2024/Some Folder", "blog/2024/some-folder/"),
        ("blog/a & b", "blog/a--b/"),
        ("blog/x,y (z)", "blog/xy-z/"),
        ("blog/Über_File", "blog/über_file/"),
        ("blog/UPPER.Case", "blog/upper.case/"),
        ("blog/a+b", "blog/a+b/"),
        ("about", "about/"),
    ],
)
def test_without_a_pattern_folders_and_name_are_the_path(key: str, path: str) -> None:
    assert page(key=key) == path


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Ein Übergang & more", "t/ein-übergang-more/"),
        ("C++ & más", "t/c-más/"),
        ("A/B test: yes?", "t/a-b-test-yes/"),
        ("a -- b", "t/a--b/"),
        ("Hello   world", "t/hello-world/"),
        ("Dots v1.2.3", "t/dots-v1.2.3/"),
        ("Café—bar", "t/cafébar/"),
        ("emoji 🎉 party", "t/emoji-party/"),
        ("#hash tag", "t/#hash-tag/"),
        ("trailing dash -", "t/trailing-dash-/"),
        ("İstanbul", "t/istanbul/"),
        ("日本語 タイトル", "t/日本語-タイトル/"),
    ],
)
def test_a_title_in_a_pattern_has_hyphens_for_spaces(title: str, path: str) -> None:
    assert page("/t/:title/", title=title) == path


def test_a_slug_stands_for_the_name_and_may_hold_folders() -> None:
    assert page(slug="My Slug_x") == "blog/2024/my-slug_x/"
    assert page(slug="C++ & más") == "blog/2024/c++-más/"
    assert page("/s/:slug/", slug="A/B test") == "s/a/b-test/"
    assert page("/s/:slug/", title="A/B test") == "s/a-b-test/"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:year/:month/:day/:slug", "2024/03/05/a-title/"),
        ("/:monthname/:weekdayname/:yearday/:filename/", "march/tuesday/65/a/"),
        ("/:section/:contentbasename/", "blog/a/"),
        ("/:sections/:slugorcontentbasename/", "blog/a/"),
        ("/:sections[1:]/:title/", "a-title/"),
        ("/:sections[last]/:title/", "blog/a-title/"),
    ],
)
def test_patterns_have_dates_sections_and_names(pattern: str, path: str) -> None:
    assert page(pattern, title="A title") == path


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/a/B c/", "a/B c/"),
        ("rel/x", "rel/x/"),
        ("/file.html", "file.html"),
        ("/x/index.html", "x/"),
        ("/y//z/", "y/z/"),
        ("/dot.d/", "dot.d/"),
    ],
)
def test_a_url_of_its_own_goes_before_every_pattern(url: str, path: str) -> None:
    assert page("/t/:title/", title="A title", url=url) == path


def test_terms_have_patterns_of_their_own() -> None:
    rules = Permalinks(terms={"categories": "/category/:slug/"}, removes_accents=True)
    assert rules.term("categories", "C++ & más") == "category/c-mas/"
    assert rules.term("tags", "C++ & más") == "tags/c++--mas/"
    assert Permalinks().term("tags", "A/B Test: yes?") == "tags/a/b-test-yes/"


def test_the_switches_of_a_site_change_them_all() -> None:
    facts = PageFacts("blog/Über Uns & x")
    assert Permalinks(keeps_case=True).page(facts) == "blog/Über-Uns-x/"
    assert Permalinks(removes_accents=True).page(facts) == "blog/uber-uns--x/"
    assert Permalinks(is_ugly=True).page(facts) == "blog/über-uns--x.html"


def test_a_translation_begins_with_its_language() -> None:
    assert Permalinks().page(PageFacts("blog/a", language="de")) == "de/blog/a/"
