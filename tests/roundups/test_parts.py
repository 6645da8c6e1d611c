"""The parts of a report, each by itself and in their order."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from impact.roundups.blocks.body import WORDS
from impact.roundups.closing import close_year
from impact.roundups.models import RoundupPage
from tests.documents import document, slugs, texts
from tests.factories import (
    add_outcome,
    make_author,
    make_community,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
    make_user,
)
from tests.roundups.bodies import block, body, category_section, chosen, listed
from tests.roundups.test_report import section, sections, without_category

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

URL = "/roundups/2024/"
BLOCKS = RoundupPage._meta.get_field("body").stream_block.child_blocks
PARTS = sorted(set(BLOCKS) - WORDS)


def report(client: Client, *blocks: dict[str, Any]) -> Any:
    make_roundup(2024, body=body(*blocks))
    return document(client, URL)


@pytest.mark.parametrize("name", PARTS)
def test_every_part_has_a_preview_label_icon_group_and_description(
    client: Client, db: None, name: str
) -> None:
    part = BLOCKS[name]
    assert part.label
    assert part.meta.icon != "placeholder"
    assert part.meta.group
    assert part.get_description()
    client.force_login(make_user(is_superuser=True))
    url = reverse("wagtailadmin_block_preview")
    response = client.get(url, {"id": part.definition_prefix})
    assert response.status_code == 200
    assert "<h2" in response.content.decode()


def test_parts_and_words_stand_in_the_editors_order(client: Client, home: HomePage) -> None:
    make_story()
    make_reading(make_metric(), 5, date(2024, 1, 1))
    page = report(
        client,
        block("text", "<p>Before.</p>"),
        category_section(),
        block("heading", {"text": "Between", "level": "2", "anchor": ""}),
        block("text", "<p>More.</p>"),
        block("key_figures"),
    )
    assert [each.split()[0] for each in texts(page.xpath("//article//h2"))] == [
        "In", "Research", "Between", "The",
    ]  # fmt: skip
    said = texts(page.xpath("//article"))[0]
    assert said.index("Before.") < said.index("Research 1 story") < said.index("More.")


def test_every_line_of_the_contents_leads_to_its_part_once(client: Client, home: HomePage) -> None:
    make_story(communities=[make_community()])
    page = report(
        client,
        block("heading", {"text": "Figures", "level": "2", "anchor": "figures"}),
        category_section(),
        category_section(),
        block("heading", {"text": "Small", "level": "3", "anchor": ""}),
        block("communities"),
        block("timeline"),
    )
    targets = page.xpath("//nav[@aria-labelledby='contents']//a/@href")
    assert targets == [
        "#figures", "#section-research", "#section-research-2", "#communities", "#months",
    ]  # fmt: skip
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(targets) <= {f"#{each}" for each in ids}


def test_a_repeated_or_shortened_section_still_counts_all(client: Client, home: HomePage) -> None:
    made = [make_story(date=date(2024, 1, 1 + n)) for n in range(4)]
    page = report(
        client,
        category_section(limit=1),
        category_section(limit=0, first=[made[0]], left_out=[made[1]]),
    )
    found = page.xpath("//*[@data-section]")
    assert [(each.get("data-section"), each.get("data-count")) for each in found] == [
        ("research", "4"), ("research", "4"),
    ]  # fmt: skip
    assert [slugs(each) for each in found] == [[made[3].slug], [made[0].slug]]


def test_featured_entries_come_first_then_those_with_outcomes_then_the_newest(
    client: Client, home: HomePage
) -> None:
    newest = make_story(date=date(2024, 12, 1))
    reporting = make_story(date=date(2024, 3, 1))
    add_outcome(reporting, 5)
    featured = make_story(date=date(2024, 2, 1), featured=True)
    both = make_story(date=date(2024, 1, 1), featured=True)
    add_outcome(both, 5)
    link = make_link(date=date(2024, 6, 1))
    pinned = make_story(date=date(2024, 1, 15))
    expected = [pinned, both, featured, reporting, newest, link]
    page = report(client, category_section(first=[pinned]))
    assert slugs(section(page, "research")) == [entry.slug for entry in expected]


def test_tags_and_the_rest_are_no_category(client: Client, home: HomePage) -> None:
    sea = make_story("At sea", tags=["Sea"])
    tool = make_story("A tool", category="Tools")
    stray = make_story("Stray", date=date(2024, 1, 1))
    without_category(stray)
    tag = sea.tags.get()
    page = report(
        client,
        category_section(),
        block("tag_section", tag=tag.pk, **chosen()),
        block("other_section", **chosen()),
    )
    assert sections(page) == {"research": 1}
    by_heading = {
        texts(each.xpath(".//h2"))[0].split()[0]: slugs(each)
        for each in page.xpath("//*[contains(@class, 'roundup-section')]")
    }
    assert by_heading == {
        "Research": [sea.slug],
        "Sea": [sea.slug],
        "More": [tool.slug, stray.slug],
    }
    [link] = page.xpath("//*[@id='tag-sea']/../..//a[contains(., 'in the gallery')]/@href")
    assert document(client, link).xpath("string(//@data-results)") == "1"


@pytest.mark.parametrize("name", ["category_section", "tag_section"])
def test_a_section_of_something_deleted_shows_nothing(
    client: Client, home: HomePage, name: str
) -> None:
    make_story()
    field = name.removesuffix("_section")
    page = report(client, block(name, **{field: 987654}, **chosen()))
    assert not page.xpath("//*[contains(@class, 'roundup-section')]")


def test_headings_and_words_of_ones_own(client: Client, home: HomePage) -> None:
    make_story()
    named = category_section()
    named["value"] |= {"heading": "What we learned", "text": "<p>In <b>our</b> words.</p>"}
    found = section(report(client, named), "research")
    assert texts(found.xpath(".//h2"))[0].startswith("What we learned 1")
    assert found.xpath("string(.//b)") == "our"


def test_highlights_say_the_sentence_or_the_summary(client: Client, home: HomePage) -> None:
    first = make_story("First", date=date(2020, 1, 1))
    second = make_link("Second", external_url="https://example.org/second")
    draft = make_story("Draft", live=False)
    page = report(
        client,
        block(
            "highlights",
            entries=listed(
                {
                    "entry": first.pk,
                    "sentence": f'<p><a linktype="page" id="{second.pk}">x</a> y</p>',
                },
                {"entry": second.pk, "sentence": ""},
                {"entry": draft.pk, "sentence": "<p>Not to be seen.</p>"},
                {"entry": None, "sentence": "<p>Nothing chosen.</p>"},
            ),
        ),
    )
    found = page.xpath("//*[@data-highlight]")
    assert [each.get("data-highlight") for each in found] == [first.slug, second.slug]
    assert "x y" in texts(found)[0]
    assert found[0].xpath(".//div[@class='highlight-words']//a/@href") == [second.url]
    assert "What changed: Second." in texts(found)[1]
    assert "https://example.org/second" in found[1].xpath(".//a/@href")
    assert "Not to be seen" not in page.text_content()


def test_new_communities_are_those_that_say_so_or_have_their_first_story(
    client: Client, home: HomePage
) -> None:
    since = make_community("Said so", active_since=date(2024, 6, 1))
    first = make_community("First story")
    old = make_community("Known before")
    older = make_community("Older", active_since=date(2019, 1, 1))
    make_story(communities=[first, old, older])
    make_story(communities=[old], date=date(2023, 1, 1))
    page = report(client, block("communities"))
    assert texts(page.xpath("//*[@class='newcomer']/a")) == [first.title, since.title]
    assert len(page.xpath("//*[@data-community]")) == 3
    named = report_again(client, block("communities", new=False, active=True))
    assert not named.xpath("//*[@class='newcomer']")
    assert len(named.xpath("//*[@data-community]")) == 3


def report_again(client: Client, *blocks: dict[str, Any]) -> Any:
    page = RoundupPage.objects.get()
    page.body = body(*blocks)
    page.save()
    return document(client, URL)


def groups(page: Any) -> dict[str, list[str]]:
    """The communities of the report below their headings."""
    return {
        " ".join(each.xpath("string(preceding-sibling::*[1][self::h3])").split()): [
            one.get("data-community") for one in each.xpath("./li")
        ]
        for each in page.xpath("//ul[@class='year-communities']")
    }


def test_communities_stand_apart_by_kind_with_where_they_work(
    client: Client, home: HomePage
) -> None:
    made = {
        name: make_community(name, kind=kind, region=region)
        for name, kind, region in (
            ("Fund", "funder", "europe"),
            ("Reef", "member", "africa"),
            ("Coast", "member", "latin-america"),
            ("Delta", "member", "africa"),
            ("Tool", "project", ""),
        )
    }
    make_story(communities=list(made.values()))
    make_story(communities=[made["Reef"]])
    page = report(client, block("communities"))
    assert list(groups(page).items()) == [
        ("Members 3", ["reef", "coast", "delta"]),
        ("Funders 1", ["fund"]),
        ("Projects 1", ["tool"]),
    ]
    assert "Where they work: Africa 2, Europe 1, Latin America and the Caribbean 1" in texts(
        page.xpath("//*[@class='newcomers']")
    )
    together = report_again(client, block("communities", by_kind=False))
    assert groups(together) == {"": ["reef", "coast", "delta", "fund", "tool"]}


def test_communities_of_one_kind_need_no_heading(client: Client, home: HomePage) -> None:
    make_story(communities=[make_community("Reef"), make_community("Coast")])
    page = report(client, block("communities"))
    assert groups(page) == {"": ["coast", "reef"]}
    assert "Where they work" not in page.text_content()


def test_a_part_can_be_about_communities_of_one_kind(client: Client, home: HomePage) -> None:
    tool = make_community("Tool", kind="project")
    make_story(communities=[make_community("Reef", active_since=date(2024, 2, 1)), tool])
    page = report(client, block("communities", only="project"))
    assert texts(page.xpath("//h2[@id='communities']")) == ["Projects 1"]
    assert groups(page) == {"": ["tool"]}
    assert texts(page.xpath("//*[@class='newcomer']")) == ["Tool"]
    none = report_again(client, block("communities", only="funder"))
    assert not none.xpath("//*[@id='communities']")


def test_a_closed_report_keeps_what_communities_were(client: Client, home: HomePage) -> None:
    reef = make_community("Reef", region="africa")
    make_story(communities=[reef, make_community("Fund", kind="funder")])
    report(client, block("communities"))
    close_year(RoundupPage.objects.get())
    reef.kind, reef.region = "project", "asia"
    reef.save()
    page = document(client, URL)
    assert groups(page) == {"Members 1": ["reef"], "Funders 1": ["fund"]}
    [where] = texts(page.xpath("//*[@class='newcomers'][not(.//a)]"))
    assert where == "Where they work: Africa 1"


def test_months_count_what_the_gallery_counts(client: Client, home: HomePage) -> None:
    for day in (date(2024, 1, 1), date(2024, 1, 31), date(2024, 12, 31), date(2025, 1, 1)):
        make_story(date=day)
    page = report(client, block("timeline"))
    counts = {
        each.get("data-month"): each.get("data-count") for each in page.xpath("//*[@data-month]")
    }
    assert len(counts) == 12
    assert {month: count for month, count in counts.items() if count != "0"} == {
        "2024-01": "2", "2024-12": "1",
    }  # fmt: skip
    for month in page.xpath("//*[@data-month][@data-count!='0']"):
        target = document(client, month.xpath("string(.//p//a/@href)"))
        assert target.xpath("string(//@data-results)") == month.get("data-count")


def test_outcomes_are_added_up_with_the_stories_behind_them(client: Client, home: HomePage) -> None:
    for number in range(2):
        add_outcome(make_story(f"Story {number}"), 10 + number)
    add_outcome(make_story("Elsewhen", date=date(2023, 1, 1)), 100)
    found = report(client, block("outcomes")).xpath("//*[@class='sum']")
    assert len(found) == 1
    assert "21 people trained" in texts(found)[0]
    assert "from 2 stories" in texts(found)[0]
    assert "Elsewhen" not in texts(found)[0]


def test_a_metric_is_charted_up_to_the_year(client: Client, home: HomePage) -> None:
    members = make_metric("Members", headline=False)
    make_metric("Hours")
    for year in (2022, 2023, 2024, 2025):
        make_reading(members, year, date(year, 12, 31))
    page = report(client, block("chart", metric=members.pk), block("chart", metric=None))
    [chart] = page.xpath("//*[@data-chart]")
    assert "Members" in texts([chart])[0]
    assert "2025" not in texts([chart])[0]


def test_goals_and_what_became_of_last_years(client: Client, home: HomePage) -> None:
    answers = listed(
        {"goal": "Delivery", "result": "met", "words": "Done."},
        {"goal": "Product", "result": "partly", "words": ""},
        {"goal": "Money", "result": "not", "words": ""},
        {"goal": "Open", "result": "", "words": ""},
    )
    goals = listed({"title": "A second store", "detail": "Soon."}, {"title": " ", "detail": "x"})
    page = report(client, block("last_goals", goals=answers), block("goals", goals=goals))
    said = texts(page.xpath("//*[@class='goal']"))
    assert said == [
        "Delivery ● Reached Done.", "Product ◐ Partly reached", "Money ○ Not reached", "Open",
        "A second store Soon.",
    ]  # fmt: skip
    assert "Goals for 2025" in page.text_content()


def test_supporters_of_the_years_stories_are_thanked(client: Client, home: HomePage) -> None:
    fund, other = make_community("Fund"), make_community("Other")
    make_story(supporters=[fund])
    make_story(supporters=[other], date=date(2023, 1, 1))
    page = report(client, block("thanks", text="<p>And to <i>Ada</i>.</p>", supporters=True))
    assert texts(page.xpath("//ul[@class='supporters']/li")) == ["Fund"]
    assert "And to Ada." in page.text_content()
    assert not report_again(client, block("thanks", text="", supporters=False)).xpath(
        "//*[@id='thanks']"
    )


def test_authors_of_the_years_stories_are_named(client: Client, home: HomePage) -> None:
    ada, grace, other = (make_author(name) for name in ("Ada", "Grace", "Other"))
    make_story(authors=[grace, ada])
    make_story(authors=[ada])
    make_story(authors=[other], date=date(2023, 1, 1))
    make_story(authors=[other], live=False)
    page = report(client, block("thanks"))
    names = page.xpath("//ul[contains(@class, 'year-authors')]//a")
    assert texts(names) == ["Ada", "Grace"]
    target = document(client, names[0].get("href"))
    assert target.xpath("string(//@data-results)") == "2"
    assert not report_again(client, block("thanks", authors=False)).xpath("//*[@id='thanks']")


def test_parts_without_anything_to_say_are_left_out(client: Client, home: HomePage) -> None:
    make_story(category="Elsewhere", date=date(2023, 1, 1))
    parts = [block(name, **chosen()) for name in PARTS if name != "other_section"]
    page = report(client, *parts)
    assert not page.xpath("//article//section")
    assert "No stories of this year yet" in page.text_content()


@pytest.mark.parametrize("value", [None, [], "x", {"first": "x", "limit": "many", "goals": [1]}])
@pytest.mark.parametrize("name", PARTS)
def test_damaged_blocks_are_no_error(client: Client, home: HomePage, name: str, value: Any) -> None:
    make_story()
    report(client, {"type": name, "value": value, "id": "x"}, {"type": "gone", "value": 1})
