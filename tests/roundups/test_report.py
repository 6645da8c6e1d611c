"""What a year's report holds: always what the gallery has of that year."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import PageViewRestriction

from home.models import HomePage
from impact.catalogue.upkeep import repair
from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage
from impact.gallery.models import GalleryPage
from impact.gallery.seeding import seed
from impact.roundups import composition
from impact.roundups.composition import CARDS_IN_SECTION
from impact.roundups.edition import edition_of
from impact.roundups.gather import categories_of, gather
from impact.roundups.models import RoundupPage
from tests.blocks.bodies import picture
from tests.documents import document, queries_of, slugs, texts
from tests.factories import (
    make_author,
    make_category,
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_story,
)
from tests.roundups.bodies import block, body, category_section, listed
from tests.visibility import HIDDEN, hide

pytestmark = pytest.mark.django_db

URL = "/roundups/2024/"


def sections(page: Any) -> dict[str, int]:
    """The sections and their counts, in order."""
    return {
        one.get("data-section"): int(one.get("data-count"))
        for one in page.xpath("//*[@data-section]")
    }


def section(page: Any, slug: str) -> Any:
    (found,) = page.xpath(f"//*[@data-section='{slug}']")
    return found


def communities(page: Any) -> dict[str, int]:
    found = page.xpath("//*[@data-community]")
    return {one.get("data-community"): int(one.get("data-count")) for one in found}


def without_category(entry: EntryPage) -> None:
    """What an import may leave behind; the editor refuses it."""
    EntryPage.objects.filter(pk=entry.pk).update(category=None)
    repair([entry.pk])


def gallery_total(client: Client, **query: Any) -> int:
    return int(document(client, "/impact/", **query).xpath("string(//@data-results)"))


def test_the_cover_says_year_title_summary_and_how_much(client: Client, home: HomePage) -> None:
    make_story(communities=[make_community()], date=date(2024, 1, 1))
    make_story(date=date(2024, 12, 31))
    make_roundup(2024, title="Growing", summary="More of it.", lead_image=make_image())
    page = document(client, URL)
    (cover,) = page.xpath("//main//header")
    assert texts(cover.xpath(".//*[@class='year-numerals']")) == ["2024"]
    assert texts(cover.xpath(".//h1")) == ["Growing"]
    assert "More of it." in texts([cover])[0]
    assert "2 stories · 1 community" in texts([cover])[0]
    assert cover.xpath(".//img[@fetchpriority='high']")


def test_sections_follow_the_order_of_categories_and_count_the_year(
    client: Client, home: HomePage
) -> None:
    tools = make_category("Tools", sort_order=1)
    people = make_category("People", sort_order=2)
    make_category("Unused", sort_order=0)
    make_story(category=people, date=date(2024, 1, 1))
    make_link(category=tools, date=date(2024, 12, 31))
    make_story(category=tools, date=date(2024, 5, 1))
    make_story(category=tools, date=date(2023, 12, 31))
    make_story(category=tools, date=date(2025, 1, 1))
    make_roundup(2024)
    assert list(sections(document(client, URL)).items()) == [("tools", 2), ("people", 1)]


def test_a_section_shows_a_readable_number_and_leads_to_all(client: Client, home: HomePage) -> None:
    made = [make_story(date=date(2024, 1, 1 + n)) for n in range(CARDS_IN_SECTION + 4)]
    make_roundup(2024)
    found = section(document(client, URL), "research")
    assert slugs(found) == [story.slug for story in reversed(made)][:CARDS_IN_SECTION]
    (link,) = found.xpath(".//a[contains(., 'in the gallery')]")
    assert texts([link])[0].startswith(f"See all {len(made)} in the gallery")
    assert link.get("href") == "/impact/?category=research&year=2024"
    assert document(client, link.get("href")).xpath("string(//@data-results)") == str(len(made))


def test_pinned_entries_stand_first_in_the_editors_order(client: Client, home: HomePage) -> None:
    made = [make_story(f"Story {n}", date=date(2024, 1, 1 + n)) for n in range(9)]
    make_roundup(2024, body=body(category_section(first=[made[0], made[3]])))
    shown = slugs(section(document(client, URL), "research"))
    expected = [made[0], made[3], made[8], made[7], made[6], made[5]]
    assert shown == [story.slug for story in expected]


def test_every_pinned_entry_is_shown(home: HomePage) -> None:
    made = [make_story(date=date(2024, 1, 1 + n)) for n in range(CARDS_IN_SECTION + 3)]
    page = make_roundup(2024, body=body(category_section(first=made)))
    [section] = edition_of(page).year.sections
    assert list(section.shown) == [story.pk for story in made]


def test_left_out_entries_are_counted_but_not_shown(client: Client, home: HomePage) -> None:
    shown, left = make_story("Shown"), make_story("Left out")
    other = make_story("Alone", category="Alone")
    make_roundup(
        2024,
        body=body(
            category_section("research", first=[left], left_out=[left]),
            category_section("alone", left_out=[other]),
        ),
    )
    page = document(client, URL)
    assert sections(page) == {"research": 2, "alone": 1}
    assert slugs(page) == [shown.slug]


def test_a_pin_of_another_year_or_not_published_is_passed_over(
    client: Client, home: HomePage
) -> None:
    right, wrong_year = make_story(), make_story(date=date(2023, 1, 1))
    draft, private = make_story(live=False), make_story()
    hide(private, "private")
    make_roundup(2024, body=body(category_section(first=[wrong_year, draft, private, right])))
    page = document(client, URL)
    assert slugs(page) == [right.slug]
    assert sections(page) == {"research": 1}


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_entries_are_neither_shown_nor_counted(
    client: Client, home: HomePage, how: str
) -> None:
    secret = make_community("Secret")
    hide(secret, how)
    seen = make_story("Seen", communities=[secret])
    hide(make_story("Hidden", communities=[make_community("Reef")]), how)
    make_roundup(2024)
    page = document(client, URL)
    assert (slugs(page), sections(page), communities(page)) == ([seen.slug], {"research": 1}, {})
    assert "Hidden" not in page.text_content()
    assert "Secret" not in page.text_content()


def test_nothing_under_a_private_gallery_is_in_the_report(
    client: Client, gallery: GalleryPage
) -> None:
    make_story("Hidden")
    make_roundup(2024)
    PageViewRestriction.objects.create(page=gallery, restriction_type="login")
    page = document(client, URL)
    assert (slugs(page), sections(page)) == ([], {})
    assert "No stories of this year yet" in page.text_content()


def test_unpublishing_a_story_takes_it_out_at_once(client: Client, home: HomePage) -> None:
    story = make_story()
    make_roundup(2024)
    assert sections(document(client, URL)) == {"research": 1}
    story.unpublish()
    assert sections(document(client, URL)) == {}


def test_entries_without_a_category_stand_last_and_harm_nothing(
    client: Client, home: HomePage
) -> None:
    stray, filed = make_story("Stray"), make_story("Filed")
    without_category(stray)
    make_roundup(2024)
    page = document(client, URL)
    assert sections(page) == {"research": 1}
    assert slugs(page) == [filed.slug, stray.slug]
    assert "More of the year" in texts(page.xpath("//h2"))[-1]
    assert "2 stories" in page.text_content()


def test_the_years_communities_lead_into_the_filtered_gallery(
    client: Client, home: HomePage
) -> None:
    reef, coast, fund = (make_community(name) for name in ("Reef", "Coast", "Fund"))
    make_story(communities=[reef, coast], supporters=[fund])
    make_story(communities=[reef])
    make_story(communities=[coast], date=date(2023, 1, 1))
    make_roundup(2024)
    page = document(client, URL)
    assert communities(page) == {"reef": 2, "coast": 1}
    for one in page.xpath("//*[@data-community]"):
        target = document(client, one.xpath("string(.//a/@href)"))
        assert target.xpath("string(//@data-results)") == one.get("data-count")


def test_figures_carry_precision_and_last_years_value(client: Client, home: HomePage) -> None:
    people = make_metric("People", sort_order=0)
    money = make_metric("Money", sort_order=1, unit="currency", currency="USD")
    quiet = make_metric("Quiet", sort_order=2, headline=False)
    make_reading(people, 7200, date(2023, 12, 31))
    make_reading(people, "9100.0000", date(2024, 12, 31), precision="about")
    make_reading(money, 2_200_000, date(2024, 6, 30), precision="at-least")
    make_reading(quiet, "2.5", date(2024, 6, 30))
    make_reading(people, 3, date(2024, 12, 31), community=make_community())
    make_roundup(2024)
    page = document(client, URL)
    found = [
        {name: value for name, value in one.attrib.items() if name.startswith("data-")}
        for one in page.xpath("//*[@data-metric]")
    ]
    assert found == [
        {
            "data-metric": "people",
            "data-value": "9100",
            "data-precision": "about",
            "data-previous": "7200",
        },
        {"data-metric": "money", "data-value": "2200000", "data-precision": "at-least"},
        {"data-metric": "quiet", "data-value": "2.5", "data-precision": "exact"},
    ]
    said = texts(page.xpath("//*[@data-metric]"))
    assert "about 9,100" in said[0]
    assert "2023: 7,200 (about +26%)" in said[0]
    assert "at least $2.2M" in said[1]


def test_a_year_without_figures_has_no_heading_for_them(client: Client, home: HomePage) -> None:
    make_roundup(2024)
    assert not document(client, URL).xpath("//*[@id='figures']")


def counted(page: Any) -> list[str]:
    """What the report counts by itself."""
    return texts(page.xpath("//*[@id='figures']/../..//*[@data-value][not(@data-metric)]"))


def test_a_year_counts_itself_beside_the_year_before(client: Client, home: HomePage) -> None:
    reef, coast, fund = (make_community(name) for name in ("Reef", "Coast", "Fund"))
    ada, grace = make_author("Ada"), make_author("Grace")
    secret = make_community("Secret")
    make_story(communities=[reef], supporters=[fund], authors=[ada], date=date(2023, 3, 1))
    for number in range(3):
        make_story(
            communities=[reef, coast, secret], authors=[ada, grace], date=date(2024, 1 + number, 1)
        )
    make_link(communities=[reef], date=date(2024, 5, 1))
    make_story(authors=[make_author("Unseen")], live=False)
    hide(secret, "private")
    make_roundup(2024)
    assert counted(document(client, URL)) == [
        "4 Stories 2023: 1 (+3)",
        "2 Communities with stories 2023: 1 (+1)",
        "1 New community",
        "2 Authors 2023: 1 (+1)",
    ]


def test_what_there_was_none_of_is_not_counted(client: Client, home: HomePage) -> None:
    make_story()
    make_roundup(2024)
    assert counted(document(client, URL)) == ["1 Story"]


def test_counts_stand_below_the_metrics_and_can_be_left_out(client: Client, home: HomePage) -> None:
    make_story()
    make_reading(make_metric("Members"), 5, date(2024, 1, 1))
    page = make_roundup(2024, body=body(block("key_figures")))
    shown = document(client, URL)
    assert len(shown.xpath("//*[contains(@class, 'roundup-headlines')]//*[@data-metric]")) == 1
    below = shown.xpath("//*[contains(@class, 'roundup-figures')]//*[@data-value]")
    assert texts(below) == ["1 Story"]
    page.body = body(block("key_figures", counts=False))
    page.save()
    assert counted(document(client, URL)) == []


def test_the_contents_lead_to_parts_that_are_there(client: Client, home: HomePage) -> None:
    make_story(communities=[make_community()])
    without_category(make_story())
    make_reading(make_metric(), 1, date(2024, 1, 1))
    make_roundup(2024)
    page = document(client, URL)
    targets = page.xpath("//nav[@aria-labelledby='contents']//a/@href")
    assert len(targets) == 4
    for target in targets:
        assert len(page.xpath(f"//*[@id='{target.removeprefix('#')}']")) == 1


def test_neighbouring_years_skip_what_is_not_published(client: Client, home: HomePage) -> None:
    for year in (2020, 2022, 2024, 2025):
        make_roundup(year, title=f"Year {year}")
    hide(RoundupPage.objects.get(year=2022), "draft")
    page = document(client, URL)
    assert page.xpath("//a[@rel='prev']/@href") == ["/roundups/2020/"]
    assert page.xpath("//a[@rel='next']/@href") == ["/roundups/2025/"]


def test_the_report_equals_the_gallery_counted_by_hand(client: Client, home: HomePage) -> None:
    seed(200)
    for year in sorted({entry.date.year for entry in EntryPage.objects.all()})[-2:]:
        make_roundup(year)
        page = document(client, f"/roundups/{year}/")
        live = EntryPage.objects.filter(live=True, date__year=year)
        assert sections(page) == Counter(live.values_list("category__slug", flat=True))
        expected = {
            community.slug: live.filter(
                community_links__community=community, community_links__role="about"
            )
            .distinct()
            .count()
            for community in CommunityPage.objects.all()
        }
        assert communities(page) == {slug: number for slug, number in expected.items() if number}
        some = next(iter(sections(page)))
        assert sections(page)[some] == gallery_total(client, year=year, category=some)


def test_queries_do_not_grow_with_links_and_pictures_in_the_texts(
    client: Client, home: HomePage
) -> None:
    pages = [make_story() for _each in range(20)]
    pictures = [make_image() for _each in range(20)]

    def words(number: int) -> list[tuple[str, Any]]:
        texts = [f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages[:number]]
        figures = [
            ("figure", {"image": picture(image), "caption": "", "width": "normal", "link": ""})
            for image in pictures[:number]
        ]
        return [*(("text", text) for text in texts), *figures]

    def raw(number: int) -> str:
        parts = [block(name, value) for name, value in words(number)]
        return body(*parts, block("key_figures", text=parts[0]["value"]), *parts)

    roundup = make_roundup(2024, body=raw(1))
    few = queries_of(client, URL)
    roundup.body = raw(20)
    roundup.save()
    assert queries_of(client, URL) == few
    assert len(document(client, URL).xpath("//main//figure")) == 40


class AnyYear(TestCase):
    """Whatever the editors pin and leave out, counts are the gallery's and nothing stands twice."""

    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def test_counts_do_not_depend_on_choices(self, data: st.DataObject) -> None:
        make_category("Research")
        make_category("Tools")
        entries = [
            make_story(
                category=data.draw(st.sampled_from(["Research", "Tools"])),
                date=date(data.draw(st.sampled_from([2023, 2024])), 1, 1),
                live=data.draw(st.booleans()),
            )
            for _each in range(data.draw(st.integers(0, 9)))
        ]
        for entry in entries:
            if data.draw(st.integers(0, 3)) == 0:
                without_category(entry)
        entries = list(EntryPage.objects.all())
        keys = st.lists(st.sampled_from([entry.pk for entry in entries] or [0]), max_size=6)
        first, left_out = data.draw(keys), data.draw(keys)
        listing = {"first": listed(*first), "left_out": listed(*left_out)}
        plan = composition.read(
            [
                *(block("category_section", category=c, **listing) for c in categories_of(2024)),
                block("other_section", **listing),
            ]
        )
        found = gather(2024, plan).year
        public = [entry for entry in entries if entry.live and entry.date.year == 2024]
        by_hand = Counter(entry.category.slug if entry.category else "" for entry in public)
        counted = {s.about.slug if s.about else "": s.count for s in found.sections if s.count}
        assert counted == by_hand
        assert found.total == len(public)
        shown = [key for each in found.sections for key in each.shown]
        assert len(shown) == len(set(shown))
        assert set(shown) <= {entry.pk for entry in public}
        assert not set(left_out) & set(shown)
