"""What is otherwise today than in a closed report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from impact.metrics.figures import Figure
from impact.pages.quantities import Quantity
from impact.roundups.compare import compare, gone, unnamed
from impact.roundups.facts import (
    STORIES,
    Community,
    Count,
    Entry,
    History,
    Month,
    Named,
    Outcome,
    Section,
    Year,
    YearValue,
)

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
    deleted = told(compare(YEAR, now, {}))["Entries of the year"][1]
    assert deleted == ("Gone", "an entry that has been deleted", "")
    assert gone(YEAR, now) == {3}
    moved = told(compare(YEAR, now, {3: "Three"}, elsewhere={3: 2025}))["Entries of the year"][1]
    assert moved == ("Moved", "Three", "now among the entries of 2025")


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
        ("May", "3", "2"),
    ]
    assert found["Figures and outcomes"] == [
        ("Members", "about 40", "about 41"),
        ("Stories", "3", "2 (1)"),
    ]
    assert found["Communities, supporters and authors"] == [
        ("Reef", "Reef: 3", "Reef: 2"),
        ("Supporters", "", "Fund"),
    ]


def test_a_links_publisher_and_an_entrys_language_are_told() -> None:
    link = replace(entry(1, "One"), kind="link", publisher="Reef News", language="en")
    then = replace(YEAR, entries=(link,))
    now = replace(YEAR, entries=(replace(link, publisher="Reef Times", language="es"),))
    assert told(compare(then, now, {})) == {
        "Entries of the year": [
            ("Changed", "One · Reef News · English", "One · Reef Times · Spanish")
        ]
    }
    gone = replace(YEAR, entries=(replace(link, publisher="", language="x-reef"),))
    [(_what, _then, today)] = told(compare(then, gone, {}))["Entries of the year"]
    assert today == "One · no publisher · x-reef"


def history(metric: int = 1, headline: bool = True, **values: int) -> History:
    found = (YearValue(int(year[1:]), Quantity(Decimal(value))) for year, value in values.items())
    return History(Named(metric, f"m-{metric}", f"Metric {metric}"), tuple(found), headline)


def test_changed_readings_of_a_chart_are_told_year_by_year() -> None:
    then = replace(YEAR, histories=(history(y2021=30, y2022=35, y2023=40, y2024=50),))
    now = replace(YEAR, histories=(history(y2021=31, y2023=40, y2024=50),))
    assert told(compare(then, now, {})) == {
        "Charts": [("Metric 1", "2021: 30; 2022: 35", "2021: 31")]
    }
    renamed = replace(then.histories[0], metric=Named(1, "m-1", "Members"))
    assert told(compare(then, replace(YEAR, histories=(renamed,)), {})) == {
        "Charts": [("Members", "Metric 1", "Members")]
    }
    assert told(compare(YEAR, now, {})) == {
        "Charts": [("Metric 1", "", "2021: 31; 2023: 40; 2024: 50")]
    }


def test_only_what_a_chart_shows_is_told() -> None:
    then = replace(
        YEAR, histories=(history(1, y2023=1, y2024=2), history(2, headline=False, y2023=1, y2024=2))
    )
    now = replace(
        YEAR, histories=(history(1, y2023=5, y2024=2), history(2, headline=False, y2023=5, y2024=2))
    )

    def metrics(*charts: int | None) -> list[str]:
        return [what for what, *_sides in told(compare(then, now, {}, charts)).get("Charts", [])]

    assert metrics() == []
    assert metrics(None) == ["Metric 1"]
    assert metrics(2) == ["Metric 2"]
    assert metrics(None, 2, 1) == ["Metric 1", "Metric 2"]
    # One value alone is not drawn.
    alone = replace(YEAR, histories=(history(1, y2024=9),))
    assert compare(YEAR, alone, {}).same


def test_what_a_figure_says_besides_its_value_is_told_and_nothing_else() -> None:
    before = replace(figure(40), on=date(2024, 6, 30), source_url="https://a.example/")
    after = replace(before, on=date(2024, 12, 31), source_url="", headline=True, description="All.")
    then, now = replace(YEAR, figures=(before,)), replace(YEAR, figures=(after,))
    [(what, recorded, today)] = told(compare(then, now, {}))["Figures and outcomes"]
    assert what == "Members"
    assert recorded.split(" · ") == [
        "about 40", "30 June 2024", "no description", "https://a.example/", "among the others",
    ]  # fmt: skip
    assert today.split(" · ") == [
        "about 40", "31 December 2024", "All.", "no source", "a headline figure",
    ]  # fmt: skip
    # No page shows an editor's note on a reading, nor a metric's slug.
    unseen = replace(before, note="Ask again.", metric="members-renamed", key=7)
    then = replace(YEAR, figures=(replace(before, key=7),))
    assert compare(then, replace(YEAR, figures=(unseen,)), {}).same


def test_the_stories_of_a_sum_are_told() -> None:
    def year(*stories: int, value: int = 12) -> Year:
        total = Outcome("people trained", Quantity(Decimal(value)), stories)
        return replace(YEAR, outcomes=(total,))

    assert told(compare(year(1), year(1, 2), {})) == {
        "Figures and outcomes": [
            ("people trained", "12 · from 1 story", "12 · from 2 stories · Two")
        ]
    }
    assert told(compare(year(1), year(2), {})) == {
        "Figures and outcomes": [("people trained", "12 · One", "12 · Two")]
    }
    assert told(compare(YEAR, year(1), {})) == {
        "Figures and outcomes": [("people trained", "", "12 · from 1 story")]
    }


def test_sums_of_one_name_in_two_units_are_two() -> None:
    euros, dollars = (
        Outcome("raised", Quantity(Decimal(5), "exact", "currency", currency), (1,))
        for currency in ("EUR", "USD")
    )
    then = replace(YEAR, outcomes=(euros, dollars))
    more = replace(euros, quantity=replace(euros.quantity, value=Decimal(9)))
    assert told(compare(then, replace(YEAR, outcomes=(more, dollars)), {})) == {
        "Figures and outcomes": [("raised", "€5", "€9")]
    }


def test_another_name_or_description_of_a_sections_category_is_told() -> None:
    renamed = Section("a", "category", 3, (1, 2), Named(1, "research", "Science"), "What we found.")
    found = told(compare(YEAR, replace(YEAR, sections=(renamed,)), {}))
    assert found["What stands in sections and highlights"] == [
        ("Heading of a section", "Research · no description", "Science · What we found.")
    ]
