"""Who wrote a post, in every way that front matter says so."""

from pathlib import Path

import pytest

from tests.portability.plans import findings, plan_of, write_file, write_post

PROFILE = "---\ntitle: Míra Holt-Østby\nrole: Grafter\n---\nGrafts trees.\n"


@pytest.mark.parametrize(
    "front_matter",
    [
        "authors: [Míra Holt-Østby, Jon Ames]",
        "authors:\n  - mira holt-ostby\n  - JON AMES",
        "authors: Holt-Østby Míra & Ames Jon",
        'authors: "mira-holt-ostby and Jon Ames"',
        'authors: ["Holt-Østby, Míra", "Ames, Jon"]',
        "author: Mira Holt-Ostby; Jon Ames",
        "Author: [Mira Holt-Ostby, Jon Ames]",
        "author: {name: Mira Holt-Ostby and Jon Ames, email: m@orchard.example}",
        "authors: [{name: Mira Holt-Ostby}, {given: Jon, family: Ames}]",
        "authors: [{Title: Mira Holt-Ostby}, Jon Ames, JON AMES]",
        "params: {author: [Mira Holt-Ostby, Jon Ames]}",
    ],
)
def test_every_way_to_name_two_authors_names_the_same_two(
    tmp_path: Path, front_matter: str
) -> None:
    write_file(tmp_path, "content/authors/mira-holt-ostby/_index.md", PROFILE)
    write_post(tmp_path, "a", "authors: [Jon Ames]")
    write_post(tmp_path, "b", front_matter)
    plan = plan_of(tmp_path)
    mira, jon = plan.authors
    assert (mira.name, mira.role, mira.bio) == ("Míra Holt-Østby", "Grafter", "Grafts trees.")
    assert jon.name == "Jon Ames"
    assert plan.entries[1].authors == (mira.slug, jon.slug)
    assert findings(plan, "author-spelling", "author") == []


def test_what_was_split_or_is_probably_the_same_is_reported_with_its_line(tmp_path: Path) -> None:
    write_post(tmp_path, "a", "tags: [x]\nauthor: Ada Bee, Cy Dee and Eve Fox")
    write_post(tmp_path, "b", "author: Ada Beee")
    write_post(tmp_path, "c", "Authors: [{email: a@orchard.example}]")
    plan = plan_of(tmp_path)
    assert [author.name for author in plan.authors] == ["Ada Bee", "Cy Dee", "Eve Fox", "Ada Beee"]
    assert findings(plan, "authors-split") == [("content/blog/a.md", 5)]
    assert findings(plan, "author-spelling") == [("content/blog/b.md", 4)]
    [same] = plan.log.of("author-spelling")
    assert same.text == "“Ada Beee” is probably the same as “Ada Bee”"
    assert findings(plan, "author") == [("content/blog/c.md", 4)]


def test_a_surname_first_is_one_person_if_that_person_is_named_anywhere(tmp_path: Path) -> None:
    write_post(tmp_path, "a", 'authors: ["Ames, Jon", "Bee, Ada"]')
    write_post(tmp_path, "b", "authors: [Jon Ames]")
    plan = plan_of(tmp_path)
    assert [author.name for author in plan.authors] == ["Jon Ames", "Bee", "Ada"]
    assert [entry.authors for entry in plan.entries] == [("jon-ames", "bee", "ada"), ("jon-ames",)]
