"""Which entries a filter selects, and in what order."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from impact.catalogue.facets import count
from impact.catalogue.selection import search_words, select
from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.gallery.models import GalleryPage
from tests.factories import make_author, make_community, make_link, make_story

pytestmark = pytest.mark.django_db


def titles(**fields: object) -> list[str]:
    """The titles that a filter selects, in order."""
    return [page.title for page in select(GalleryFilter(**fields))]


def counted() -> dict[str, int]:
    """Every count of the unfiltered gallery."""
    return {f"{f.key}={v.slug}": v.count for f in count(GalleryFilter()) for v in f.values}


def save(page: Page, **values: object) -> None:
    """Write some fields of a page."""
    for name, value in values.items():
        setattr(page, name, value)
    page.save()


def make_private(page: Page) -> None:
    """Ask for a login."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_values_of_a_facet_are_alternatives_and_facets_add_up() -> None:
    reef, coast = make_community("Reef"), make_community("Coast")
    make_story("A", communities=[reef], date=date(2024, 1, 1))
    make_story("B", communities=[coast], date=date(2024, 1, 2))
    make_story("C", communities=[reef, coast], date=date(2023, 1, 2))
    make_story("D", date=date(2024, 1, 2))
    assert titles(community=("reef", "coast")) == ["B", "A", "C"]
    assert titles(community=("reef", "coast"), year=("2024",)) == ["B", "A"]


def test_every_facet_selects() -> None:
    ada = make_author("Ada")
    make_story("A", category="Policy", tags=["Open Source"], authors=[ada], date=date(2022, 7, 1))
    make_link("B")
    assert titles(category=("policy",)) == ["A"]
    assert titles(tag=("open-source",)) == ["A"]
    assert titles(author=("ada",)) == ["A"]
    assert titles(year=("2022",)) == ["A"]
    assert titles(kind=("story",)) == ["A"]
    assert titles(kind=("link",)) == ["B"]
    assert titles(kind=("link", "story")) == ["B", "A"]


@pytest.mark.parametrize("key", ["year", "category", "community", "tag", "author", "kind"])
@pytest.mark.parametrize(
    "value", ["nope", "9" * 30, "２０２４", "-1", "0000", "' OR 1=1 --", "a\x00b"]
)
def test_a_value_that_does_not_exist_selects_nothing(key: str, value: str) -> None:
    make_story()
    assert titles(**{key: (value,)}) == []
    assert all(
        facet.key == key or not facet.values for facet in count(GalleryFilter(**{key: (value,)}))
    )


def test_a_value_that_does_not_exist_takes_nothing_from_its_alternatives() -> None:
    make_story("A", tags=["x"])
    assert titles(tag=("nope", "x")) == ["A"]


def test_dates_are_inclusive() -> None:
    for day in (1, 15, 31):
        make_story(f"{day}", date=date(2024, 5, day))
    assert titles(since=date(2024, 5, 15)) == ["31", "15"]
    assert titles(until=date(2024, 5, 15)) == ["15", "1"]
    assert titles(since=date(2024, 5, 1), until=date(2024, 5, 31)) == ["31", "15", "1"]
    assert titles(since=date(2024, 5, 16), until=date(2024, 5, 15)) == []
    assert titles(since=date.min, until=date.max) == ["31", "15", "1"]


def test_what_is_no_date_selects_nothing() -> None:
    make_story()
    assert titles(unreadable=(("since", "2024-02-30"),)) == []


def test_only_communities_that_an_entry_is_about_count() -> None:
    reef, fund = make_community("Reef"), make_community("Fund")
    make_story("A", communities=[reef], supporters=[fund])
    assert titles(community=("fund",)) == []
    assert "community=fund" not in counted()
    assert counted()["community=reef"] == 1


def test_a_community_named_twice_counts_once() -> None:
    reef = make_community("Reef")
    make_story("A", communities=[reef, reef])
    assert titles(community=("reef",)) == ["A"]
    assert counted()["community=reef"] == 1


def test_order_is_by_date_and_stable() -> None:
    same_day = [make_story(f"{n}", date=date(2024, 1, 1)) for n in range(5)]
    newest = select(GalleryFilter()).pks()
    assert newest == [page.pk for page in reversed(same_day)]
    assert select(GalleryFilter(sort="oldest")).pks() == newest[::-1]


def _draft(page: EntryPage) -> None:
    page.unpublish()


def _under_private_gallery(page: EntryPage) -> None:
    make_private(GalleryPage.objects.get())


def _expired(page: EntryPage) -> None:
    save(page, live=False, expired=True)


def _past_its_end(page: EntryPage) -> None:
    save(page, expire_at=timezone.now() - timedelta(hours=1))


def _deleted(page: EntryPage) -> None:
    page.delete()


@pytest.mark.parametrize(
    "hide", [_draft, make_private, _under_private_gallery, _expired, _past_its_end, _deleted]
)
@pytest.mark.parametrize("make", [make_story, make_link])
def test_what_is_not_public_is_neither_listed_nor_counted(make: object, hide: object) -> None:
    reef = make_community("Reef")
    page = make("Coral census", communities=[reef], tags=["x"], authors=[make_author("Ada")])
    assert titles() == titles(q="coral") == ["Coral census"]
    assert len(counted()) == 6
    hide(page)
    assert titles() == titles(q="coral") == titles(community=("reef",)) == []
    assert counted() == {}


def test_a_draft_never_published_is_not_listed() -> None:
    make_story("A", live=False, tags=["x"])
    assert titles() == []
    assert counted() == {}


def test_unpublished_changes_count_as_they_were_published() -> None:
    story = make_story("A", category="Policy")
    story.title = "Changed"
    story.date = date(1999, 1, 1)
    story.save_revision()
    assert titles(year=("2024",)) == ["A"]
    assert "year=1999" not in counted()


def test_an_entry_that_expires_later_is_listed() -> None:
    page = make_story("A")
    save(page, expire_at=timezone.now() + timedelta(hours=1))
    assert titles() == ["A"]


@pytest.mark.parametrize("hide", ["draft", "private", "private index", "expired"])
def test_a_community_that_is_not_public_is_no_value(hide: str) -> None:
    reef = make_community("Reef")
    make_story("A", communities=[reef])
    assert counted()["community=reef"] == 1
    match hide:
        case "draft":
            reef.unpublish()
        case "private":
            make_private(reef)
        case "private index":
            make_private(reef.get_parent())
        case _:
            save(reef, expire_at=timezone.now())
    assert titles() == ["A"]
    assert titles(community=("reef",)) == []
    assert "community=reef" not in counted()
    chosen = {f.key: f for f in count(GalleryFilter(community=("reef",)))}
    assert chosen["community"].values == ()


def test_words_are_all_searched_for_in_title_summary_and_text() -> None:
    make_story("Tide gauges", summary="In the harbour.", body=[("text", "<p>Told by fishers.</p>")])
    make_story("Tide tables")
    make_link("Elsewhere", publisher="Tide Weekly")
    assert sorted(titles(q="tide")) == ["Elsewhere", "Tide gauges", "Tide tables"]
    assert titles(q="TIDE harbour") == ["Tide gauges"]
    assert titles(q="tide fishers") == ["Tide gauges"]
    assert titles(q="tide mountain") == []


def test_search_and_facets_add_up() -> None:
    make_story("Tide one", tags=["x"], date=date(2023, 1, 1))
    make_story("Tide two", tags=["y"])
    make_story("River", tags=["x"])
    assert titles(q="tide", tag=("x",), year=("2023",)) == ["Tide one"]
    facets = {f.key: {v.slug: v.count for v in f.values} for f in count(GalleryFilter(q="tide"))}
    assert facets["tag"] == {"x": 1, "y": 1}
    assert facets["year"] == {"2024": 1, "2023": 1}


def test_the_best_match_comes_first_and_order_can_be_changed() -> None:
    make_story(
        "Notes",
        summary="A long summary that names the lighthouse at its end.",
        date=date(2024, 1, 2),
    )
    make_story("Lighthouse", summary="The lighthouse.", date=date(2020, 1, 1))
    assert titles(q="lighthouse") == ["Lighthouse", "Notes"]
    assert titles(q="lighthouse", sort="newest") == ["Notes", "Lighthouse"]
    assert titles(q="lighthouse", sort="oldest") == ["Lighthouse", "Notes"]


def test_paging_by_relevance_shows_each_entry_once() -> None:
    made = {make_story("Same words").pk for _ in range(9)}
    found = select(GalleryFilter(q="same words"))
    pages = [page.pk for start in (0, 3, 6) for page in found[start : start + 3]]
    assert len(pages) == 9
    assert set(pages) == made


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        'tide "gauges',
        "tide'; DROP TABLE wagtailcore_page; --",
        "NEAR(tide gauges)",
        "tide AND",
        "NOT tide",
        "tide*",
        "title:tide",
        "{title} : tide",
        "-tide",
        "(((",
        "\\",
        "%s %(x)s {0}",
        "& | ! <-> :*",
        "\x00tide",
        "🐟",
        "_",
        "x" * 10_000,
        "a " * 5000,
        "हिन्दी",
        "İstanbul ß ﬃ",
    ],
)
@pytest.mark.parametrize("sort", ["", "oldest"])
def test_no_search_text_trips_the_database(text: str, sort: str) -> None:
    make_story("Tide gauges")
    wanted = GalleryFilter(q=text, sort=sort)
    assert len(select(wanted)) == select(wanted).count()
    assert len(count(wanted)) == 6


def test_a_text_without_words_finds_nothing() -> None:
    make_story()
    assert titles(q="???") == []
    assert search_words("“Tide”, tide & GAUGES!") == "tide gauges"
