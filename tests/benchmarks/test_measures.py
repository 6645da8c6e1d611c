"""What is measured is checked: each part notices a wrong answer."""

import pytest
from django.db import connection, transaction
from django.test import Client

from impact.catalogue import fulltext
from impact.gallery.models import GalleryPage
from impact.gallery.seeding import seed
from tests.benchmarks import fill, measures, stories
from tests.benchmarks.measures import WrongAnswerError
from tests.benchmarks.paths import FILTER
from tests.factories import make_category, make_image, make_story

pytestmark = pytest.mark.any_database


def test_both_ways_of_counting_agree_and_a_difference_is_noticed(gallery: GalleryPage) -> None:
    with transaction.atomic():
        seed(120)
    counting = measures._counting()
    for measure in counting.values():
        assert measure.milliseconds() > 0
    assert counting["counts, SQL"].statements() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bench_flat SET year = 1999 WHERE year = 2023")
    with pytest.raises(WrongAnswerError):
        counting["counts, SQL"].milliseconds()


def test_the_planted_word_is_searched_for_and_a_miss_is_noticed(
    gallery: GalleryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "CARDS", 3)
    monkeypatch.setattr(fill, "PICTURES", 1)
    with transaction.atomic():
        seed(60)
        fill._plant_word()
        fill._hang_pictures()
    searching = measures._searching()
    for measure in searching.values():
        assert measure.milliseconds() > 0
    monkeypatch.setattr(measures, "_bare_search", list)
    monkeypatch.setattr(fulltext, "ranks", lambda sought: {})
    for measure in searching.values():
        with pytest.raises(WrongAnswerError):
            measure.milliseconds()


def test_publishing_puts_the_story_into_the_gallery_and_takes_it_out_again(
    gallery: GalleryPage,
) -> None:
    make_category("Research")
    publishing = measures._publishing()
    assert publishing.milliseconds() > 0
    assert not gallery.get_children().live().exists()
    with pytest.raises(WrongAnswerError):
        publishing.check(None)


def test_the_plain_listing_shows_cards(gallery: GalleryPage, settings: object) -> None:
    settings.ROOT_URLCONF = "tests.benchmarks.plain"
    make_story(date="2023-04-05", category=make_category("Research"), lead_image=make_image())
    html = Client().get(f"/plain/?{FILTER}").content.decode()
    assert html.count('data-entry="') == 1
    assert "<p>1</p>" in html
    assert "<img" in html


def test_the_news_shows_its_number_and_goes_away(gallery: GalleryPage) -> None:
    make_category("Research")
    stories.start_news()
    stories.publish_news(7)
    assert "Bulletin 000007" in Client().get("/impact/").content.decode()
    stories.end_news()
    assert not gallery.get_children().exists()


@pytest.mark.parametrize(
    ("html", "total"),
    [
        ('data-results="30"' + '<img data-entry="">' * 24, 29),
        ('data-results="30"' + '<img data-entry="">' * 23, 30),
        ('data-results="30"' + '<p data-entry="">' * 24, 30),
        ('data-results="23"' + '<img data-entry="">' * 24, 23),
        ("", 30),
    ],
)
def test_a_gallery_of_another_selection_is_noticed(html: str, total: int) -> None:
    measures._check_gallery('data-results="30"' + '<img data-entry="">' * 24, 30)
    with pytest.raises(WrongAnswerError):
        measures._check_gallery(html, total)
