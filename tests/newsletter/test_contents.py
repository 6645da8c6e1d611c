"""What a digest says: its lines in the editor's order and words, and what that costs."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from impact.newsletter.composition import read
from impact.newsletter.contents import Line
from impact.newsletter.models import DigestPage
from tests.factories import make_community, make_digest, make_image, make_link, make_story
from tests.newsletter.bodies import entry, heading, thanks

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def reloaded(page: DigestPage) -> DigestPage:
    return DigestPage.objects.get(pk=page.pk)


def test_lines_stand_below_their_headings_in_the_editors_words() -> None:
    reef, fund = make_community("Reef Watch"), make_community("Blue Fund")
    story = make_story(
        "Forty gauges",
        summary="Forty gauges went up. Nobody had to ask twice.",
        communities=[reef],
        supporters=[fund],
        lead_image=make_image(),
    )
    link = make_link("In the paper", language="es")
    body = [
        heading("Training"),
        entry(story),
        heading("Elsewhere"),
        entry(link, title="A rewritten title", sentence="A rewritten sentence."),
        heading("Coming up"),
        heading("Thanks"),
        thanks(),
    ]
    digest = reloaded(make_digest(body=body)).contents()
    training, elsewhere, thanked = digest.groups
    assert [group.heading for group in digest.groups] == ["Training", "Elsewhere", "Thanks"]
    [line] = training.lines
    assert (line.title, line.sentence) == ("Forty gauges", "Forty gauges went up.")
    assert line.url.startswith("http")
    assert line.key == story.guid
    assert line.image is not None
    assert line.image.width <= 600
    [line] = elsewhere.lines
    assert (line.title, line.sentence) == ("A rewritten title", "A rewritten sentence.")
    assert (line.url, line.publisher) == ("https://example.org/news", "Example News")
    assert line.language == "es"
    assert thanked.roll
    assert [each.title for each in thanked.lines] == ["Reef Watch", "Blue Fund"]


def test_the_lead_is_not_repeated_and_has_the_words_of_its_line() -> None:
    story, other = make_story("One"), make_story("Two")
    body = [entry(story, title="The first one"), entry(other)]
    digest = reloaded(make_digest(body=body, lead=story)).contents()
    assert digest.lead is not None
    assert digest.lead.title == "The first one"
    assert [line.title for group in digest.groups for line in group.lines] == ["Two"]


def test_what_nobody_can_read_is_not_named() -> None:
    draft, gone = make_story("A draft", live=False), make_story("Gone")
    body = [heading("News"), entry(draft), entry(gone), entry(make_story("Here"))]
    page = make_digest(body=body, lead=gone)
    gone.delete()
    digest = reloaded(page).contents()
    assert digest.lead is None
    assert [line.title for group in digest.groups for line in group.lines] == ["Here"]


def test_own_lines_and_words_stand_where_the_editor_put_them() -> None:
    picture = make_image()
    own = {"title": "Open day", "url": "https://a.org/", "sentence": "Come.", "image": picture.pk}
    body = [
        {"type": "words", "value": "<p>First.</p>"},
        {"type": "line", "value": own},
        {"type": "words", "value": '<p>Then <script>x</script><a href="/a/">this</a>.</p>'},
        {"type": "line", "value": {"title": "Nothing more"}},
    ]
    first, then = reloaded(make_digest(body=body)).contents().groups
    assert first.words == "<p>First.</p>"
    assert first.lines[0].url == "https://a.org/"
    assert first.lines[0].image is not None
    assert "script" not in then.words
    assert 'href="http' in then.words
    assert then.lines == (Line("Nothing more"),)


def test_an_own_line_takes_no_address_that_runs_and_its_picture_the_words_of_its_place() -> None:
    picture = make_image(description="A harbour")
    lines = [
        {"title": "One", "url": "javascript:alert(1)", "image": {"image": picture.pk}},
        {"title": "Two", "url": " DATA:text/html,x", "image": {"image": picture.pk, "alt_text": "Ours"}},
        {"title": "Three", "image": {"image": picture.pk, "decorative": True}},
        {"title": "Four", "image": {"image": 10**9}},
        {"title": ""},
    ]  # fmt: skip
    body = [{"type": "line", "value": line} for line in lines]
    [group] = reloaded(make_digest(body=body)).contents().groups
    assert [line.url for line in group.lines] == ["", "", "", ""]
    images = [line.image.alt if line.image else None for line in group.lines]
    assert images == ["A harbour", "Ours", "", None]


@pytest.mark.parametrize(
    "body",
    [
        [{"type": "entry"}, {"type": "entry", "value": None}, {"value": 1}, "x", None],
        [{"type": "entry", "value": {"entry": "1; DROP TABLE"}}],
        [{"type": "entry", "value": {"entry": [1], "title": {}, "sentence": 7}}],
        [{"type": "line", "value": {"title": 3, "image": "x"}}, {"type": "heading", "value": {}}],
        [{"type": "thanks", "value": {"left_out": "all"}}, {"type": "thanks", "value": []}],
        [{"type": "words", "value": None}, {"type": "unknown", "value": "x"}],
    ],
)
def test_damaged_blocks_are_passed_over(body: list[Any]) -> None:
    assert read(body).entries == ()
    assert all(isinstance(part.heading, str) for part in read(body).parts)


def test_length_costs_no_queries(client: Client) -> None:
    def cost(number: int) -> int:
        named = [
            make_story(
                lead_image=make_image(),
                communities=[make_community()],
                supporters=[make_community()],
            )
            for _ in range(number)
        ]
        body = [*(entry(each) for each in named), thanks()]
        page = make_digest(date(2024, number, 1), date(2024, number, 28), body=body, lead=named[0])
        client.get(page.url)
        page = reloaded(page)
        page.contents()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            reloaded(page).contents()
        return len(captured)

    assert cost(2) == cost(9) <= 12
