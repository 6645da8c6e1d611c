"""The parts that pages are built of."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from impact.branding.newsletter import Service, newsletter
from impact.pages.cards import Card, Label
from impact.pages.markup import entry_card
from impact.pages.pagination import pager
from impact.pages.quantities import Quantity
from tests.factories.content import make_image


def show(component: str, **context: Any) -> str:
    return collapsed(render_to_string(f"components/{component}.html", context))


def show_card(card: Card, **options: Any) -> str:
    return collapsed(entry_card(card, **options))


def collapsed(markup: str) -> str:
    return re.sub(r"\s+>", ">", re.sub(r"\s+", " ", markup)).strip()


def card(**fields: Any) -> Card:
    return Card(
        **{
            "slug": "reefs",
            "kind": "story",
            "title": "Reefs mapped",
            "summary": "Now charted.",
            "url": "/impact/reefs/",
            "date": date(2024, 5, 1),
            **fields,
        }
    )


def test_a_card_says_which_entry_it_is_and_has_one_link() -> None:
    markup = show_card(card(communities=(Label("Reef Watch", "reef-watch", "/c/"),)))
    assert '<article class="card" data-entry="reefs" data-kind="story">' in markup
    assert markup.count("<a ") == 1
    assert "Reef Watch" in markup
    assert '<time datetime="2024-05-01">May 2024</time>' in markup


def test_a_card_without_a_picture_has_a_pattern_in_the_hue_of_its_category() -> None:
    markup = show_card(card(category=Label("Research", "research")))
    assert 'class="card category-research"' in markup
    assert '<svg class="placeholder"' in markup
    assert ">Research</p>" in markup


def test_an_outbound_card_names_its_publisher_and_leads_straight_out() -> None:
    link = card(kind="link", url="https://example.org/x", publisher="The Coastal Review")
    markup = show_card(link)
    assert 'data-kind="link"' in markup
    assert 'href="https://example.org/x" rel="external"' in markup
    assert "On The Coastal Review" in markup
    assert "↗" in markup


def test_a_card_takes_the_heading_level_of_its_place() -> None:
    assert "<h3 " in show_card(card())
    assert "<h2 " in show_card(card(), heading="h2")


def test_a_card_in_another_language_says_so() -> None:
    assert 'lang="pt" dir="ltr"' in show_card(card(language="pt"))
    assert 'lang="ar" dir="rtl"' in show_card(card(language="ar"))


def test_nothing_that_a_writer_typed_is_taken_for_markup() -> None:
    hostile = '<b onclick="x">"&'
    fields = dict.fromkeys(("title", "summary", "publisher", "slug", "url", "language"), hostile)
    typed = card(
        **fields,
        kind="link",
        category=Label(hostile, hostile, hostile, hostile),
        communities=(Label(hostile, hostile, hostile), Label(hostile, hostile, hostile)),
    )
    plain = show_card(typed)
    assert "<b " not in plain
    # Title, summary, publisher, slug, address, language, two communities, and the category with its class.
    assert plain.count("&lt;b onclick=&quot;x&quot;&gt;&quot;&amp;") == 10
    for options in ({"aside": True}, {"badge": True}, {"variant": "feature"}, {"variant": "row"}):
        assert "<b " not in show_card(typed, **options)


@pytest.mark.django_db
def test_nothing_that_describes_a_picture_is_taken_for_markup() -> None:
    image = make_image(description='"><script>alert(1)</script>')
    markup = show_card(card(image=image))
    assert "<script" not in markup
    assert 'alt="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in markup


def test_a_card_beside_a_list_that_holds_it_is_no_item_of_its_own() -> None:
    markup = show_card(card(), variant="feature", aside=True)
    assert markup.startswith('<div class="card card-feature">')
    assert markup.endswith("</div>")
    assert "data-entry" not in markup
    assert ">Featured</p>" in markup


def test_templates_show_cards_by_a_tag_that_escapes() -> None:
    template = Template('{% load impact_tags %}{% entry_card card heading="h4" variant="row" %}')
    shown = template.render(Context({"card": card(title="Reefs & bays")}))
    assert shown == entry_card(card(title="Reefs & bays"), heading="h4", variant="row")
    assert ">Reefs &amp; bays</a></h4>" in shown


def test_a_card_that_was_shown_before_is_shown_in_the_way_and_language_asked_for() -> None:
    shown = card(category=Label("Research", "research"))
    for _again in range(2):
        assert ">May 2024</time>" in show_card(shown)
        with override("de"):
            assert ">Mai 2024</time>" in show_card(shown)
        assert "<h4 " in show_card(shown, heading="h4")
        assert "card-feature" in show_card(shown, variant="feature")
        assert "Featured" in show_card(shown, badge=True)
        assert "Featured" not in show_card(shown)


@pytest.mark.django_db
def test_the_first_card_of_a_page_loads_its_picture_at_once() -> None:
    image = make_image()
    assert 'fetchpriority="high"' in show_card(card(image=image), eager=True)
    assert 'loading="lazy"' in show_card(card(image=image))


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, "1"),
        (1, 3, "1 2 3"),
        (1, 9, "1 2 … 9"),
        (2, 9, "1 2 3 … 9"),
        (3, 9, "1 2 3 4 … 9"),
        (5, 9, "1 … 4 5 6 … 9"),
        (7, 9, "1 … 6 7 8 9"),
        (9, 9, "1 … 8 9"),
    ],
)
def test_a_pager_shows_the_ends_and_the_neighbours(number: int, last: int, shown: str) -> None:
    found = pager(number, last, "?page={}".format)
    assert " ".join(str(item.number or "…") for item in found.items) == shown
    assert [item.number for item in found.items if item.current] == [number]


def test_a_gap_of_one_page_shows_the_page() -> None:
    assert [item.number for item in pager(4, 9, str).items][:4] == [1, 2, 3, 4]


def test_a_pager_links_the_neighbours_and_marks_the_page() -> None:
    markup = show("pager", pager=pager(2, 3, "?page={}".format), rel="nofollow")
    assert 'href="?page=1" rel="prev nofollow"' in markup
    assert 'href="?page=3" rel="next nofollow"' in markup
    assert re.search(r'href="\?page=2" aria-current="page" aria-label="Page 2"', markup)


def test_one_page_needs_no_pager() -> None:
    assert show("pager", pager=pager(1, 1, str)) == ""


def test_a_chip_that_drops_a_filter_says_so_to_everybody() -> None:
    markup = show("chip", label="2024", url="/impact/", remove=True, rel="nofollow")
    assert "Remove filter:" in markup
    assert 'rel="nofollow"' in markup
    assert "Remove filter:" not in show("chip", label="2024", url="/impact/")


def test_a_key_figure_carries_its_value_for_machines_and_its_precision_in_words() -> None:
    markup = show(
        "key_figure",
        quantity=Quantity(Decimal("9100"), "about", "people"),
        previous=Quantity(Decimal("8000"), "exact", "people"),
        label="members",
        metric="members",
        source_url="https://example.org/report",
    )
    assert 'data-metric="members" data-value="9100" data-precision="about"' in markup
    assert 'data-previous="8000"' in markup
    assert "about</span> <strong>9,100</strong>" in markup
    assert 'Source<span class="visually-hidden">: members</span>' in markup


def test_a_figure_without_a_year_before_says_nothing_of_it() -> None:
    markup = show("key_figure", quantity=Quantity(Decimal("40")), label="boats")
    assert "data-previous" not in markup
    assert "<strong>40</strong>" in markup
    assert "precision" not in markup.replace('data-precision="exact"', "")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "1,234.5"), ("de", "1.234,5"), ("fr", "1\u202f234,5")]
)
def test_a_figure_is_written_as_its_language_writes_numbers(language: str, text: str) -> None:
    with override(language):
        markup = render_to_string(
            "components/key_figure.html", {"quantity": Quantity(Decimal("1234.5")), "label": "x"}
        )
    assert f"<strong>{text}</strong>" in markup
    assert 'data-value="1234.5"' in markup


def test_an_empty_state_offers_a_way_on() -> None:
    markup = show("empty_state", title="Nothing yet", text="Come back.", url="/", action="Home")
    assert '<a class="button" href="/">Home</a>' in markup
    assert "<a" not in show("empty_state", title="Nothing yet", text="Come back.")


def test_without_an_address_nobody_is_invited_to_a_newsletter() -> None:
    assert show("newsletter", newsletter=newsletter(Service.LINK, "", "Monthly.")) == ""
    said = newsletter(Service.LINK, "https://example.org/n", "Monthly.")
    assert "Monthly." in show("newsletter", newsletter=said)
    silent = newsletter(Service.LINK, "https://example.org/n")
    assert "News from Reef" in show("newsletter", newsletter=silent, organisation="Reef")


@pytest.mark.django_db
def test_a_caption_names_who_made_the_picture_and_under_which_licence() -> None:
    image = make_image(
        credit="Ines Okafor", licence="CC BY 4.0", source_url="https://example.org/p"
    )
    markup = show("caption", image=image, text="At noon")
    for expected in ("At noon", "Ines Okafor", "CC BY 4.0", 'href="https://example.org/p"'):
        assert expected in markup
    assert show("caption", image=make_image()) == ""
