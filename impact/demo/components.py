"""One page with every component in all its states, for those who change how the site looks.

In development only. Each state is rendered by the template or the tag that pages use, so nothing here can
drift away from them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from impact.blocks.body import BodyBlock
from impact.branding.newsletter import Service, newsletter
from impact.catalogue.facets import FacetValue
from impact.gallery.listing import FacetLink, FacetView
from impact.media.models import ImpactImage
from impact.pages.cards import Card, Label
from impact.pages.markup import entry_card, picture_of
from impact.pages.pagination import pager
from impact.pages.quantities import Quantity

# Rows of a specimen, or columns as wide as a card.
ROWS, GRID = "rows", "grid"

ROLES = [
    "paper",
    "surface",
    "ink",
    "muted",
    "line",
    "line-strong",
    "accent",
    "on-accent",
    "highlight",
    "mark",
    "good",
    "warn",
]
SIZES = ["4xl", "3xl", "2xl", "xl", "l", "read", "m", "s", "xs"]
LONG = (
    "How the keepers of three lagoons, a school for the deaf and a retired ferry master taught each other to"
    " read a tide gauge that nobody had wanted"
)


@dataclass(frozen=True)
class Specimen:
    """A component: its name, and its states with their markup."""

    name: str
    states: tuple[tuple[str, SafeString], ...]
    layout: str = ROWS

    @property
    def slug(self) -> str:
        """Its address on the page."""
        return slugify(self.name)

    @property
    def address(self) -> str:
        """Where a link to it leads."""
        return f"#{self.slug}"


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show them all."""
    context = {"title": "Components", "specimens": list(specimens())}
    return render(request, "demo/components.html", context)


def specimens() -> Iterable[Specimen]:
    """Give every component; pictures are those of the database, if there is one."""
    photographs = ImpactImage.objects.filter(width__gte=800, height__gte=500)
    image = photographs.exclude(file__endswith=".svg").order_by("pk").first()
    yield Specimen("Colours", (("roles", _list("swatches", "swatch", ROLES)),))
    yield Specimen("Type", (("scale", _list("stack", "type", SIZES)),))
    yield Specimen("Card", tuple(_cards(image)), GRID)
    yield Specimen("Card, wide", tuple(_wide_cards(image)))
    yield Specimen("Chip", tuple(_chips()), GRID)
    yield Specimen("Facets", (("a choice, none, long names", _facets()),), GRID)
    yield Specimen("Key figure", tuple(_figures()), GRID)
    yield Specimen("Figure", tuple(_pictures(image)))
    yield Specimen("Breadcrumb", (("long title", _breadcrumb()),))
    yield Specimen(
        "Pager",
        tuple(
            (
                f"page {number} of {last}",
                _part("pager", pager=pager(number, last, "#page-{}".format)),
            )
            for number, last in ((1, 3), (5, 9), (9, 9))
        ),
    )
    yield Specimen("Notice", tuple(_notices()))
    yield Specimen("Form field", tuple(_fields()), GRID)
    yield Specimen("Buttons", (("link, button, quiet", _buttons()),))
    yield Specimen("Newsletter", tuple(_newsletters()))
    yield Specimen("Empty state", tuple(_empty()), GRID)
    yield Specimen("Blocks", tuple(_blocks()))


def _part(component: str, /, **context: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", context)


def _list(css: str, prefix: str, names: Iterable[str]) -> SafeString:
    items = format_html_join(
        "", '<li class="{}-{}">{}</li>', ((prefix, each, each) for each in names)
    )
    return format_html('<ul class="{}">{}</ul>', css, items)


def _card(**fields: Any) -> Card:
    common: dict[str, Any] = {
        "slug": "reefs",
        "kind": "story",
        "title": "Reefs mapped from a borrowed boat",
        "summary": "Eleven divers charted what the harbour office had left white, and it is on the map now.",
        "url": "#card",
        "date": date(2024, 5, 1),
        "category": Label("Research", "research"),
        "communities": (Label("Reef Watch", "reef-watch"),),
    }
    return Card(**{**common, **fields})


def _cards(image: ImpactImage | None) -> Iterable[tuple[str, SafeString]]:
    many = tuple(Label(f"Harbour {number}", f"h{number}") for number in range(1, 7))
    states = {
        "with a picture": _card(image=image),
        "without": _card(title="No picture, a pattern"),
        "long title": _card(title=LONG, summary=LONG * 2),
        "no community, no summary": _card(communities=(), summary="", title="Alone"),
        "many communities": _card(communities=many, title="Six harbours and one gauge"),
        "outbound": _card(kind="link", publisher="The Coastal Review", title="What others wrote"),
        "without a category": _card(category=None, title="Not filed yet"),
        "in Arabic": _card(
            language="ar", title="رسم خرائط الشعاب", summary="لوح عام يقول الحقيقة.", communities=()
        ),
    }
    for name, card in states.items():
        yield name, entry_card(card, eager=True)
    yield "in a row", entry_card(_card(image=image), variant="row")


def _wide_cards(image: ImpactImage | None) -> Iterable[tuple[str, SafeString]]:
    for name, title in (("featured", "Reefs mapped from a borrowed boat"), ("long title", LONG)):
        card = entry_card(_card(image=image, title=title), variant="feature", badge=True)
        yield name, format_html('<div class="cards">{}</div>', card)
    yield (
        "the same where there is little room",
        format_html(
            '<div class="specimen-grid specimen-states"><div class="cards">{}</div></div>',
            entry_card(_card(image=image), variant="feature", aside=True),
        ),
    )


def _chips() -> Iterable[tuple[str, SafeString]]:
    yield "tag", _part("chip", label="Open hardware", url="#chip")
    yield "with a count", _part("chip", label="2024", url="#chip", count=17)
    yield "category", _part("chip", label="Research", url="#chip", category="research")
    yield "chosen filter", _part("chip", label="Reef Watch", url="#chip", remove=True)
    yield "long", _part("chip", label=LONG, url="#chip")


def _facets() -> SafeString:
    def view(key: str, label: str, *values: tuple[str, int, bool], more: bool = False) -> FacetView:
        links = tuple(
            FacetLink(FacetValue(slugify(name), name, count, chosen), f"#{key}", "")
            for name, count, chosen in values
        )
        return FacetView(
            key, label, links, links[:0] if not more else _renamed(links), 2 * len(links)
        )

    facets = (
        view("year", "Year", ("2025", 12, False), ("2024", 7, True), ("2023", 0, False)),
        view("category", "Category", ("Research", 12, False), ("Training", 4, True)),
        view("community", "Community", (LONG[:60], 120, False), ("Reef", 1, False), more=True),
    )
    wanted = SimpleNamespace(q="tide", has_dates=True, narrows=True)
    listing = SimpleNamespace(
        wanted=wanted,
        facets=facets,
        kept=(),
        base="#facets",
        since="2024-01-01",
        until="",
        things="17 stories",
    )
    return render_to_string("gallery/facets.html", {"listing": listing})


def _renamed(links: tuple[FacetLink, ...]) -> tuple[FacetLink, ...]:
    """Return values that stand behind “show all”, under slugs of their own."""
    return tuple(
        FacetLink(FacetValue(f"{link.value.slug}-2", link.value.name, 2), link.url, link.rel)
        for link in links
    )


def _figures() -> Iterable[tuple[str, SafeString]]:
    people = Quantity(Decimal("9100"), "about", "people")
    yield "exact", _part("key_figure", quantity=Quantity(Decimal("40")), label="boats")
    yield (
        "about, with a source",
        _part("key_figure", quantity=people, label="members", source_url="#key-figure"),
    )
    yield (
        "at least, with the year before",
        _part(
            "key_figure",
            quantity=Quantity(Decimal("2400000"), "at-least", "currency", "EUR"),
            previous=Quantity(Decimal("1900000"), "exact", "currency", "EUR"),
            change="+26%",
            label="passed on to communities that keep the instruments themselves",
            since="as of 31 December 2025",
            note="Grants and loans together.",
        ),
    )


def _pictures(image: ImpactImage | None) -> Iterable[tuple[str, SafeString]]:
    def figure(picture: SafeString, **words: Any) -> SafeString:
        return format_html("<figure>{}{}</figure>", picture, _part("caption", **words))

    made = SimpleNamespace(credit="Ines Okafor", licence="CC BY 4.0", source_url="#figure")
    if image:
        yield "a picture", figure(picture_of(image, "figure"), text="At noon.", image=made)
    pattern = format_html(
        '<div class="card-picture">{}</div>', picture_of(None, "card", title=LONG)
    )
    yield "none: a pattern", figure(pattern, text="Seen from the jetty at noon.", image=made)


def _breadcrumb() -> SafeString:
    way = (("Orrery Street", "#breadcrumb"), ("Stories", "#breadcrumb"), (LONG, ""))
    return _part("breadcrumb", items=[{"title": title, "url": url} for title, url in way])


def _notices() -> Iterable[tuple[str, SafeString]]:
    for kind in ("", "good", "warn"):
        yield kind or "plain", _part("notice", text="There is no tag “tide”.", kind=kind)


def _fields() -> Iterable[tuple[str, SafeString]]:
    yield "plain", _part("field", id="field-plain", name="a", label="Name", value="Maren")
    yield (
        "with help",
        _part(
            "field",
            id="field-help",
            name="b",
            label="From",
            type="date",
            help="The first day that counts.",
        ),
    )
    yield (
        "with an error",
        _part(
            "field",
            id="field-error",
            name="c",
            label="Email",
            type="email",
            value="maren",
            error="An @ is missing.",
        ),
    )


def _buttons() -> SafeString:
    return format_html(
        '<p class="chips"><a class="button" href="#buttons">{}</a>'
        '<button class="button" type="button">{}</button>'
        '<a class="button button-quiet" href="#buttons">{}</a></p>',
        "Explore the stories",
        "Search",
        "Meet the communities",
    )


def _newsletters() -> Iterable[tuple[str, SafeString]]:
    text = "One letter a month from the stores."
    link = newsletter(Service.LINK, "https://letters.example/subscribe", text)
    yield "a link", _part("newsletter", newsletter=link, organisation="Orrery Street")
    for service, address in (
        (Service.BUTTONDOWN, "https://buttondown.com/orrery"),
        (Service.MAILCHIMP, "https://orrery.us1.list-manage.com/subscribe/post?u=a1&id=b2"),
    ):
        form = newsletter(service, address, text)
        yield f"{service}: a form", _part("newsletter_form", newsletter=form, id=f"{service}-email")


def _empty() -> Iterable[tuple[str, SafeString]]:
    yield (
        "with a way on",
        _part(
            "empty_state",
            title="Nothing yet",
            text="The first story is being written.",
            url="#",
            action="Home",
        ),
    )
    yield "without", _part("empty_state", title="Nothing yet")


def _blocks() -> Iterable[tuple[str, SafeString]]:
    for name, block in BodyBlock().child_blocks.items():
        shown = block.render(block.get_preview_value(), {"block_preview": True})
        yield name, format_html('<div class="body">{}</div>', shown)
