"""`import_hugo --map`: a proposal, then its effect on pages, links, and on what was imported before."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from home.models import HomePage
from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage, StoryPage
from impact.people.models import Author
from impact.portability.imports import Result, import_hugo
from impact.portability.models import ImportRecord
from impact.taxonomy.models import Category

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MAP = """
authors:
  Mira Holtt: {same as: Míra Holt}
  Míra Holt: {role: Head grafter}
  Jon Ames: {name: Jonathan Ames, role: Director}
categories:
  field-work: {name: Out of doors, colour: "#123456"}
tags:
  old trees: {name: Old fruit}
communities:
  collaborators/seed-fund: {same as: collaborators/river-trust}
  collaborators/river-trust: {title: The River Trust, region: europe, in stories: supporter}
"""


@pytest.fixture
def map_path(orchard: Path) -> Path:
    path = orchard.parent / "map.yaml"
    path.write_text(MAP)
    return path


def left_alone(result: Result) -> list[str]:
    return sorted(message.text for message in result.plan.log.of("left-alone"))


def test_a_dry_run_proposes_a_map_and_then_applies_it(
    home: HomePage, orchard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = orchard.parent / "proposed.yaml"
    call_command("import_hugo", orchard, dry_run=True, map=path)
    assert f"A proposal for --map is in {path}" in capsys.readouterr().out
    proposed = path.read_text()
    assert "  Mira Holtt:  # 1 post\n    same as: Míra Holt  # a letter apart\n" in proposed
    assert "  collaborators/seed-fund:  # Seed Fund; 2 posts\n" in proposed

    call_command("import_hugo", orchard, dry_run=True, map=path)
    out = capsys.readouterr().out
    assert "probably the same" not in out
    assert "proposal" not in out
    assert path.read_text() == proposed
    assert not ImportRecord.objects.exists()
    assert not Author.objects.exists()


def test_a_map_that_cannot_be_used_imports_nothing(home: HomePage, orchard: Path) -> None:
    path = orchard.parent / "map.yaml"
    with pytest.raises(CommandError, match=r"map\.yaml: there is no such file"):
        call_command("import_hugo", orchard, map=path)
    with pytest.raises(CommandError, match=r"no/map\.yaml: No such file"):
        call_command("import_hugo", orchard, dry_run=True, map=orchard / "no" / "map.yaml")
    path.write_text("authors:\n  Nobody: {}\n  Jon Ames: {role: [a]}\n")
    with pytest.raises(CommandError) as caught:
        call_command("import_hugo", orchard, map=path)
    assert str(caught.value) == (
        f"{path}:2: the source has no author “Nobody”\n{path}:3: “role” is a text"
    )
    assert not ImportRecord.objects.exists()


def test_an_import_with_a_map_writes_what_it_says_and_then_nothing(
    home: HomePage, orchard: Path, map_path: Path, client: Client
) -> None:
    import_hugo(orchard, map_path=map_path)
    assert dict(Author.objects.values_list("name", "role")) == {
        "Míra Holt": "Head grafter",
        "Jonathan Ames": "Director",
        "Ida Berg": "",
    }
    letter = StoryPage.objects.get(slug="open-letter")
    assert [author.slug for author in letter.authors] == ["mira-holt"]
    work = Category.objects.get(slug="field-work")
    assert (work.name, work.colour) == ("Out of doors", "#123456")
    harvest = StoryPage.objects.get(slug="first-harvest")
    assert sorted(tag.name for tag in harvest.tags.all()) == ["Old fruit", "Reports"]
    assert 'query=\\"tag=old-fruit\\"' in json.dumps(list(harvest.body.raw_data))
    trust = CommunityPage.objects.get()
    assert (trust.title, trust.region, trust.slug) == ("The River Trust", "europe", "river-trust")
    assert [c.pk for c in harvest.supporters] == [trust.pk]
    assert harvest.communities == []

    for old, new in (
        ("/collaborators/seed-fund/", "/communities/river-trust/"),
        ("/authors/mira-holtt/", "/impact/?author=mira-holt"),
        ("/tags/old-trees/", "/impact/?tag=old-fruit"),
        ("/categories/reports/index.xml", "/impact/feed/?tag=reports"),
    ):
        assert client.get(old).headers["Location"] == new

    again = import_hugo(orchard, map_path=map_path)
    assert again.outcome.wrote_nothing
    assert left_alone(again) == []


def test_a_map_after_an_import_changes_what_nobody_changed_here(
    home: HomePage, orchard: Path, map_path: Path
) -> None:
    import_hugo(orchard)
    Author.objects.filter(slug="jon-ames").update(role="Retired")
    fund = CommunityPage.objects.get(slug="seed-fund")

    planned = import_hugo(orchard, map_path=map_path, dry_run=True)
    assert planned.outcome.terms_changed == 3
    assert Author.objects.get(slug="mira-holt").role == "Grafter"

    result = import_hugo(orchard, map_path=map_path)
    assert result.outcome.terms_changed == 3
    assert dict(Author.objects.values_list("name", "role")) == {
        "Míra Holt": "Head grafter",
        "Mira Holtt": "",
        "Jonathan Ames": "Retired",
        "Ida Berg": "",
    }
    assert Category.objects.get(slug="field-work").name == "Out of doors"
    assert CommunityPage.objects.get(slug="river-trust").title == "The River Trust"
    harvest = StoryPage.objects.get(slug="first-harvest")
    assert [c.slug for c in harvest.supporters] == ["river-trust"]
    fund.refresh_from_db()
    assert fund.live
    assert left_alone(result) == [
        f"made one with “The River Trust”, but imported before: {fund.url} stays",
        "“Jonathan Ames”: its role is “Retired” here, not “Director”; left alone",
        "“Mira Holtt”: no post of the source names it any more; left alone",
    ]

    again = import_hugo(orchard, map_path=map_path)
    assert again.outcome.wrote_nothing
    decided = import_hugo(orchard, map_path=map_path, overwrite=True)
    assert decided.outcome.terms_changed == 1
    assert Author.objects.get(slug="jon-ames").role == "Director"


def test_roles_alone_are_written_where_no_page_changes(home: HomePage, orchard: Path) -> None:
    import_hugo(orchard)
    revisions = list(EntryPage.objects.values_list("latest_revision_id", flat=True))
    path = orchard.parent / "map.yaml"
    path.write_text("authors: {Jon Ames: {role: Director, bio: Prunes.}}")
    result = import_hugo(orchard, map_path=path)
    assert not result.outcome.wrote_nothing
    author = Author.objects.get(slug="jon-ames")
    assert (author.role, author.bio) == ("Director", "Prunes.")
    assert revisions == list(EntryPage.objects.values_list("latest_revision_id", flat=True))


def test_a_category_of_that_name_is_used_whatever_its_address(
    home: HomePage, orchard: Path
) -> None:
    Category.objects.create(name="Field Work", slug="outside")
    import_hugo(orchard)
    assert EntryPage.objects.filter(category__slug="outside").count() == 3
    assert Category.objects.count() == 2


def test_a_name_that_another_category_has_here_is_reported(home: HomePage, orchard: Path) -> None:
    import_hugo(orchard)
    Category.objects.create(name="Taken", slug="taken")
    path = orchard.parent / "map.yaml"
    path.write_text("categories: {field-work: {name: Taken}}")
    result = import_hugo(orchard, map_path=path)
    assert result.outcome.wrote_nothing
    assert Category.objects.get(slug="field-work").name == "Field Work"
    [text] = left_alone(result)
    assert "“Taken”" in text
    assert "already exists" in text
