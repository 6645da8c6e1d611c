"""Renamed taxonomies: which key of the front matter files a post, tags it, and names its authors."""

from pathlib import Path

import pytest

from impact.portability.content import Link
from impact.portability.links import GALLERY, PageIndex
from impact.portability.taxonomies import Taxonomies
from tests.portability.plans import findings, plan_of, write_file, write_post


@pytest.mark.parametrize(
    ("configured", "authors", "categories", "tags", "others"),
    [
        ({}, (), (), (), ()),
        ({"category": "categories", "tag": "tags", "author": "authors"}, (), (), (), ()),
        ({"topic": "topics", "label": "labels"}, (), ("topics",), ("labels",), ()),
        ({"writer": "writers"}, ("writers",), (), (), ()),
        ({"category": "themes", "topic": "topics"}, (), ("themes",), (), ("topics",)),
        ({"topic": "topics", "category": "categories"}, (), (), (), ("topics",)),
        ({"topic": "topics", "theme": "themes"}, (), ("topics",), (), ("themes",)),
        ({"Tag": "Keywords", "series": "series"}, (), (), ("keywords",), ("series",)),
    ],
)
def test_each_taxonomy_gets_its_part(
    configured: dict[str, str], authors: tuple, categories: tuple, tags: tuple, others: tuple
) -> None:
    found = Taxonomies.of({name.lower(): plural for name, plural in configured.items()})
    assert found.authors == ("authors", "author", *authors)
    assert found.categories == ("categories", "category", *categories)
    assert found.tags == ("tags", "tag", *tags)
    assert found.others == others


def test_posts_are_filed_by_the_renamed_keys(tmp_path: Path) -> None:
    taxonomies = "topic = 'topics'\nkeyword = 'keywords'\nwriter = 'writers'\nseries = 'series'"
    write_file(tmp_path, "hugo.toml", f"[taxonomies]\n{taxonomies}")
    write_post(
        tmp_path, "a", "topics: [Field Work, Reports]\nkeywords: pears\nwriters: Ada Bee\nseries: s"
    )
    write_post(tmp_path, "b", "categories: [Standard]\nTopics: [Second]\nkeywords: []\nseries: []")
    plan = plan_of(tmp_path)
    first, second = plan.entries
    assert (first.category, first.tags, first.authors) == (
        "field-work",
        ("pears", "Reports"),
        ("ada-bee",),
    )
    assert (second.category, second.tags) == ("standard", ())
    assert findings(plan, "categories") == [("content/blog/a.md", 4)]
    [message] = plan.log.of("taxonomy")
    assert message.text == "“series” is a taxonomy that has no place here; left out, of posts: 1"


def test_without_a_configuration_other_keys_are_none(tmp_path: Path) -> None:
    write_post(tmp_path, "a", "keywords: [for search engines]\ntopics: [x]")
    assert (plan_of(tmp_path).entries[0].tags, plan_of(tmp_path).entries[0].category) == (
        (),
        "general",
    )


def test_lists_of_renamed_taxonomies_lead_to_the_filtered_gallery() -> None:
    index = PageIndex("", Taxonomies.of({"topic": "topics"}).facets)
    index.terms["category"]["reports"] = "reports"
    for href in ("/topics/reports/", "/topic/reports/", "/categories/reports/"):
        assert index.resolve(href, ()).link == Link(page=GALLERY, suffix="?category=reports")
