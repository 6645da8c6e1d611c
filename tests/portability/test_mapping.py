"""What a map makes of the terms of a source, without a database."""

from pathlib import Path

import pytest

from impact.portability.content import Link
from impact.portability.links import GALLERY
from impact.portability.map_file import MapError
from impact.portability.records import PlannedEntry
from tests.portability.plans import findings, plan_of, write_file, write_post

JON = "---\ntitle: Jon Ames\nrole: Pruner\n---\nPrunes.\n"
JIM = "---\ntitle: Jim Ames\nrole: Cutter\n---\nCuts.\n"
TRUST = "---\ntitle: River Trust\n---\nLooks after [meadows](https://trust.example/).\n\nMore.\n"
OTHER = (
    "---\ntitle: Trust of the River\ntags: [funder]\naliases: [/old-trust]\n---\nAnother text.\n"
)

CIRCLE = "the same as each other in a circle, so that none is kept"
CIRCLES = """\
authors:
  Jon Ames: {same as: Jim Ames}
  jimmy: {same as: Ida Berg}
  Ida Berg: {same as: jon}
tags: {hub: {same as: hub}}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_file(tmp_path, "content/authors/jon/_index.md", JON)
    write_file(tmp_path, "content/authors/jimmy/_index.md", JIM)
    write_file(tmp_path, "content/partners/trust/index.md", TRUST)
    write_file(tmp_path, "content/partners/other/index.md", OTHER)
    write_post(tmp_path, "a", "authors: [Jon Ames]\ncategories: [Updates, Reports]\ntags: [hub]")
    write_post(tmp_path, "b", "authors: [jimmy, Ida Berg]\ncategories: [news]\ntags: [hubs, misc]")
    write_post(tmp_path, "c", "authors: [Ida Bergg]\ncategories: [Odd]")
    return tmp_path


def entry(plan: object, name: str) -> PlannedEntry:
    head = next(e for e in plan.entries if e.key == f"blog/{name}")  # type: ignore[attr-defined]
    return plan.read(head)  # type: ignore[attr-defined,no-any-return]


def links_of(entry: PlannedEntry) -> list[Link]:
    return [run.link for line in entry.body[0].value.lines for run in line.runs if run.link]


def test_merged_authors_are_one_in_posts_links_and_messages(site: Path) -> None:
    write_post(site, "d", body="[x](/authors/jimmy/) [y](/author/jim-ames/) [z](/author/jon-ames/)")
    text = """
authors:
  Ames, Jim: {same as: jon}
  Ida Bergg:
    same as: IDA BERG
  Ida Berg: {name: Ida Maria Berg, role: Director, bio: Grows pears.}
"""
    plan = plan_of(site, map_text=text)
    assert [e.authors for e in plan.entries[:3]] == [
        ("jon-ames",),
        ("jon-ames", "ida-berg"),
        ("ida-berg",),
    ]
    jon, ida = plan.authors
    assert (jon.slug, jon.role, jon.bio, jon.before) == ("jon-ames", "Pruner", "Prunes.", None)
    assert (ida.name, ida.role, ida.bio) == ("Ida Maria Berg", "Director", "Grows pears.")
    assert (ida.slug, ida.before.name if ida.before else "") == ("ida-berg", "Ida Berg")
    assert findings(plan, "author-spelling") == []
    links = links_of(entry(plan, "d"))
    assert links == [Link(page=GALLERY, suffix="?author=jon-ames")] * 3
    [message] = plan.log.of("merged")
    assert message.file == "content/authors/jimmy/_index.md"
    assert message.text == (
        "“Jim Ames” is one with “Jon Ames”; left out: role “Cutter”, bio “Cuts.”"
    )


def test_without_a_map_near_spellings_are_reported(site: Path) -> None:
    assert findings(plan_of(site), "author-spelling") == [("content/blog/c.md", 4)]


def test_who_is_left_out_is_no_author(site: Path) -> None:
    plan = plan_of(site, map_text="authors: {Ida Berg: {leave out: yes}}")
    assert [author.name for author in plan.authors] == ["Jim Ames", "Jon Ames", "Ida Bergg"]
    assert entry(plan, "b").authors == ("jim-ames",)


def test_categories_are_merged_renamed_and_made_tags(site: Path) -> None:
    write_post(site, "d", body="[x](/categories/updates/) [y](/category/odd/) [z](/tags/reports/)")
    text = """
categories:
  updates: {same as: news}
  News: {name: What is new, colour: "#123456"}
  odd: {as tag: yes}
"""
    plan = plan_of(site, map_text=text)
    filed = [(e.category, e.tags) for e in plan.entries]
    assert filed == [
        ("news", ("hub", "Reports")),
        ("news", ("hubs", "misc")),
        ("general", ("Odd",)),
        ("general", ()),
    ]
    news, general = plan.categories
    assert (news.slug, news.name, news.colour) == ("news", "What is new", "#123456")
    assert (news.before.name if news.before else "", general.name) == ("News", "General")
    links = links_of(entry(plan, "d"))
    assert [link.suffix for link in links] == ["?category=news", "?tag=odd", "?tag=reports"]
    assert findings(plan, "no-category") == [
        ("content/blog/c.md", 5),
        ("content/blog/d.md", 0),
    ]


def test_a_second_category_that_is_merged_into_the_first_is_no_tag(site: Path) -> None:
    plan = plan_of(site, map_text="categories: {reports: {same as: updates}}")
    assert (plan.entries[0].category, plan.entries[0].tags) == ("updates", ("hub",))


def test_tags_are_merged_renamed_and_left_out(site: Path) -> None:
    write_post(site, "d", body="[x](/tags/hub/) [y](/tag/misc/) [z](/tags/hubs/)")
    text = "tags: {HUB: {same as: hubs}, hubs: {name: Great Hubs}, misc: {leave out: yes}}"
    plan = plan_of(site, map_text=text)
    assert [e.tags for e in plan.entries[:2]] == [("Great Hubs", "Reports"), ("Great Hubs",)]
    links = links_of(entry(plan, "d"))
    assert [link.suffix for link in links] == ["?tag=great-hubs", "", "?tag=great-hubs"]
    assert {link.page for link in links} == {GALLERY}


def test_merged_communities_are_one_page_with_all_addresses(site: Path) -> None:
    body = "[x](../../partners/other/) [y](/old-trust/) [z](/partners/trust/)"
    write_post(site, "d", body=body)
    text = """
communities:
  partners/other: {same as: partners/trust}
  partners/trust:
    title: The River Trust
    kind: funder
    region: europe
    website: https://new.example/
    in stories: supporter
"""
    plan = plan_of(site, map_text=text)
    [trust] = plan.communities
    assert (trust.key, trust.title, trust.kind) == ("partners/trust", "The River Trust", "funder")
    assert (trust.region, trust.website) == ("europe", "https://new.example/")
    assert trust.merged == ("partners/other",)
    story = entry(plan, "d")
    assert story.communities == (("partners/trust", "supporter"),)
    links = links_of(story)
    assert links == [Link(page="partners/trust")] * 3
    [message] = plan.log.of("merged")
    assert message.file == "content/partners/other/index.md"
    assert message.text == (
        "made one with content/partners/trust/index.md; left out: "
        "title “Trust of the River”; summary “Another text.”"
    )


def test_a_community_can_be_named_by_its_title(site: Path) -> None:
    plan = plan_of(site, map_text="communities: {Trust of the River: {same as: River Trust}}")
    assert [community.key for community in plan.communities] == ["partners/trust"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "authors:\n  Jon Amess: {}\ntags:\n  hub: {same as: hobs}\n  none: {}",
            [
                "2: the source has no author “Jon Amess”; perhaps “Jon Ames”",
                "4: the source has no tag “hobs”; perhaps “hubs”",
                "5: the source has no tag “none”",
            ],
        ),
        (
            CIRCLES,
            [
                f"2: {CIRCLE}: “Jon Ames” → “Jim Ames” → “Ida Berg” → “Jon Ames”",
                f"5: {CIRCLE}: “hub” → “hub”",
            ],
        ),
        (
            "tags:\n  hub: {same as: misc, name: x}\n  misc: {leave out: yes}\n  Hub: {}",
            [
                "2: “name” has no effect on “hub”, which is merged or left out",
                "2: “hub” would be the same as “misc”, which is left out",
                "4: “Hub” is “hub” of line 2; say both there",
            ],
        ),
        (
            "categories:\n  general: {as tag: yes}\n  odd: {name: News}",
            [
                "2: “general” stays: posts without a category are filed under it",
                "3: “News” is another category; to merge them say “same as”",
            ],
        ),
        (
            "colours: {}\nauthors:\n  Nobody: {}",
            [
                "1: “colours” is no section; there are: authors, categories, tags, communities",
                "3: the source has no author “Nobody”",
            ],
        ),
    ],
    ids=["unknown", "circles", "contradictions", "categories", "with the file's own"],
)
def test_what_does_not_fit_the_source_is_named_at_once(
    site: Path, text: str, problems: list[str]
) -> None:
    write_post(site, "d", "categories: [General]")
    with pytest.raises(MapError) as caught:
        plan_of(site, map_text=text)
    assert str(caught.value).split("\n") == [f"{site}/map.yaml:{line}" for line in problems]


def test_chains_lead_to_the_one_that_is_kept_and_may_take_its_name(site: Path) -> None:
    text = "tags: {hub: {same as: hubs}, hubs: {same as: misc}, misc: {name: hub}}"
    plan = plan_of(site, map_text=text)
    assert [e.tags for e in plan.entries[:2]] == [("hub", "Reports"), ("hub",)]
