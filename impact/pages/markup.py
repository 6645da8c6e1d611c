"""The parts that a list shows dozens of times, written without a template: pictures and cards.

A template takes ten times as long for them. `format_html` escapes whatever it is given.
"""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from impact.media.models import ImpactImage
from impact.media.placeholder import placeholder_svg
from impact.media.renditions import Picture, picture
from impact.pages.cards import Card
from impact.pages.direction import direction

# Where a missing picture leaves a hole in the layout; elsewhere nothing stands instead.
WITH_PLACEHOLDER = {"card", "feature", "thumb", "hero"}
# Which copies a card shows, by its variant.
PROFILES = {"": "card", "feature": "feature", "row": "thumb"}

_NOTHING = SafeString("")
_LAZY = SafeString(' loading="lazy" decoding="async"')
_EAGER = SafeString(' fetchpriority="high"')
_EXTERNAL = SafeString(' rel="external"')
_ARROW = SafeString('<span class="arrow" aria-hidden="true">&nbsp;↗</span>')


def picture_of(
    image: ImpactImage | None,
    profile: str,
    *,
    title: str = "",
    eager: bool = False,
    decorative: bool = False,
    css: str = "",
) -> SafeString:
    """Return a picture in the copies of a profile; a pattern seeded by `title` where a card has none."""
    found = picture(image, profile) if image else None
    if found is None:
        return placeholder(title) if profile in WITH_PLACEHOLDER else _NOTHING
    alt = "" if decorative else found.alt
    drawing = " picture-drawing" if found.drawing else ""
    return format_html(
        '<picture class="picture picture-{}{}{}">{}{}</picture>',
        profile,
        drawing,
        f" {css}" if css else "",
        format_html_join(
            "",
            '<source type="{}"{} srcset="{}" sizes="{}">',
            (
                (source.mime, _tag(' media="{}"', source.media), source.srcset, found.sizes)
                for source in found.sources
            ),
        ),
        _img(found, alt, eager),
    )


def _img(found: Picture, alt: str, eager: bool) -> SafeString:
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}"{}>',
        found.moving or found.src,
        found.width,
        found.height,
        alt,
        _EAGER if eager else _LAZY,
    )


def placeholder(title: str) -> SafeString:
    """Draw the pattern of a title."""
    # Digits and fixed words only: the title is hashed, never written.
    return SafeString(placeholder_svg(title))


def entry_card(
    card: Card,
    *,
    variant: str = "",
    heading: str = "h3",
    eager: bool = False,
    badge: bool = False,
    aside: bool = False,
) -> SafeString:
    """Return an entry in a list.

    `variant` is "feature" or "row"; `heading` the element of its title; `eager` for a page's first picture;
    `badge` says that it is featured; `aside` is for one shown before a list that holds it, so that it is no
    item of its own.
    """
    way = (variant, heading, eager, badge, aside)
    language = get_language()
    if (*way, language) not in card.written:
        card.written[*way, language] = _card(card, *way)
    return card.written[*way, language]


def _card(
    card: Card, variant: str, heading: str, eager: bool, badge: bool, aside: bool
) -> SafeString:
    element = "div" if aside else "article"
    return format_html(
        '<{element} class="{css}"{hooks}{language}>'
        '<div class="card-picture">{picture}</div>{badge}'
        '<div class="card-text">{thread}'
        '<{heading} class="card-title"><a class="card-link" href="{url}"{rel}>{title}{arrow}</a></{heading}>'
        '{summary}<p class="card-meta">{meta}</p>'
        "</div></{element}>",
        element=element,
        css=_css(card, variant),
        hooks=_NOTHING if aside else _hooks(card),
        language=_language(card.language),
        picture=picture_of(card.image, PROFILES[variant], title=card.title, eager=eager),
        badge=_tag('<p class="card-badge">{}</p>', _("Featured") if badge or aside else ""),
        thread=_tag('<p class="thread">{}</p>', card.category.name if card.category else ""),
        heading=heading,
        url=card.url,
        rel=_EXTERNAL if card.outbound else _NOTHING,
        title=card.marked_title or card.title,
        arrow=_ARROW if card.outbound else _NOTHING,
        summary=_summary(card),
        meta=_meta(card),
    )


def _summary(card: Card) -> SafeString:
    if card.excerpt:
        return _tag('<p class="card-summary card-excerpt">{}</p>', card.excerpt)
    return _tag('<p class="card-summary">{}</p>', card.summary)


def _tag(markup: str, text: str) -> SafeString:
    """Return markup around a text; nothing around none."""
    return format_html(markup, text) if text else _NOTHING


def _language(language: str) -> str:
    """Return the attributes of an entry in a language that is not the page's, or may not be."""
    if not language:
        return _NOTHING
    return format_html(' lang="{}" dir="{}"', language, direction(language))


def _css(card: Card, variant: str) -> str:
    names = [
        "card",
        f"card-{variant}" if variant else "",
        "card-out" if card.outbound else "",
        f"category-{card.category.slug}" if card.category else "",
    ]
    return " ".join(name for name in names if name)


def _hooks(card: Card) -> SafeString:
    return format_html(' data-entry="{}" data-kind="{}"', card.slug, card.kind)


def _meta(card: Card) -> SafeString:
    publisher = _("On %(publisher)s") % {"publisher": card.publisher} if card.outbound else ""
    return format_html(
        '{}{} <time datetime="{}">{}</time>',
        _tag('<span class="card-publisher">{}</span> ', publisher),
        format_html_join(" ", "<span>{}</span>", ((label.name,) for label in card.communities)),
        card.date.isoformat(),
        _month(card.date.year, card.date.month, get_language()),
    )


@lru_cache(maxsize=1000)
def _month(year: int, month: int, language: str | None) -> str:
    """Return "May 2024" as a language says it."""
    return date_format(date(year, month, 1), "F Y")
