"""What is otherwise today than in a closed report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from impact.metrics.figures import Figure
from impact.pages.quantities import Quantity
from impact.roundups.compare import compare, unnamed
from impact.roundups.facts import STORIES, Community, Count, Entry, Month, Named, Section, Year

RESEARCH = Named(1, "research", "Research")
REEF = Named(5, "reef", "Reef")


def entry(key: int, title: str) -> Entry:
    return Entry(key, "story", f"s-{key}", title, "What changed.", date(2024, 5, 1), RESEARCH)


def figure(value: int) -> Figure:
    return Figure("members", "Members", 2024, Quantity(Decimal(value), "about"))


YEAR = Year(
    year=2024,
    keys=(1, 2, 3),
    entries=(entry(1, "One"), entry(2, "Two")),
    sections=(Section("a", "category", 3, (1, 2), RESEARCH),),
    figures=(figure(40),),
    communities=(Community(REEF, 3),),
    months=(Month(5, 3, (1,)),),
    highlights=(1,),
    counts=(Count(STORIES, 3),),
)


def told(comparison: object) -> dict[str, list[tuple[str, str, str]]]:
    return {
        heading: [(each.what, each.then, each.now) for each in found]
        for heading, found in comparison.groups  # type: ignore[attr-defined]
    }


def test_a_year_equals_itself() -> None:
    assert compare(YEAR, YEAR, {}).same


def test_what_was_added_and_what_is_gone_is_named() -> None:
    now = replace(
        YEAR,
        keys=(4, 1, 2),
        sections=(Section("a", "category", 3, (4, 1), RESEARCH),),
        entries=(entry(4, "Four"), entry(1, "One")),
    )
    assert unnamed(YEAR, now) == {3}
    assert told(compare(YEAR, now, {3: "Three"})) == {
        "Entries of the year": [("Added", "", "Four"), ("Gone", "Three", "")],
        "What stands in sections and highlights": [("Research", "One; Two", "Four; One")],
    }
    gone = told(compare(YEAR, now, {}))["Entries of the year"][1]
    assert gone == ("Gone", "an entry that has been deleted", "")


def test_changed_words_are_told_before_and_after() -> None:
    now = replace(YEAR, entries=(replace(entry(1, "Uno"), summary="More."), entry(2, "Two")))
    assert told(compare(YEAR, now, {})) == {
        "Entries of the year": [("Changed", "One · What changed.", "Uno · More.")]
    }


def test_what_a_community_is_today_is_told() -> None:
    then = replace(YEAR, communities=(Community(REEF, 3, "member", "africa"),))
    now = replace(YEAR, communities=(Community(REEF, 3, "project", "africa"),))
    assert told(compare(then, now, {})) == {
        "Communities, supporters and authors": [("Reef", "Reef: 3 · Members", "Reef: 3 · Projects")]
    }
    moved = replace(YEAR, communities=(Community(REEF, 4, "member", "asia"),))
    assert told(compare(then, moved, {})) == {
        "Communities, supporters and authors": [("Reef", "Reef: 3 · Africa", "Reef: 4 · Asia")]
    }


def test_counts_figures_and_communities_are_told() -> None:
    now = replace(
        YEAR,
        keys=(1, 2),
        sections=(Section("a", "category", 2, (1, 2), RESEARCH),),
        figures=(figure(41),),
        communities=(Community(REEF, 2),),
        months=(Month(5, 2, (1,)),),
        supporters=(Named(9, "fund", "Fund"),),
        counts=(Count(STORIES, 2, 1),),
    )
    found = told(compare(YEAR, now, {3: "Three"}))
    assert found["Counts"] == [
        ("All entries", "3", "2"),
        ("Research", "3", "2"),
        ("Month 5", "3", "2"),
    ]
    assert found["Figures and outcomes"] == [
        ("Members", "about 40", "about 41"),
        ("Stories", "3", "2 (1)"),
    ]
    assert found["Communities, supporters and authors"] == [
        ("Reef", "Reef: 3", "Reef: 2"),
        ("Supporters", "", "Fund"),
    ]
