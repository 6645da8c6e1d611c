"""From rows to cards: everything that a list shows, read at once.

The number of statements is the same for one entry and for a hundred.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Site

from impact.catalogue import excerpts, fulltext
from impact.catalogue.models import EntryRow
from impact.catalogue.snapshot import snapshot
from impact.catalogue.terms import Term, Terms
from impact.entries.kinds import LINK
from impact.filters.gallery import GalleryFilter
from impact.freshness.kept import Kept
from impact.media import renditions
from impact.media.models import ImpactImage
from impact.pages.addresses import Addresses
from impact.pages.cards import Card, Label

# An entry, the places where its picture stands, and the site that is asked for it.
_Key = tuple[int, tuple[str, ...], int | None]
# About as many as twenty pages of the gallery show.
_kept: Kept[Card] = Kept(size=500)


def cards(
    entries: Iterable[EntryRow],
    request: HttpRequest | None = None,
    profiles: Sequence[str] = ("card",),
) -> list[Card]:
    """Return a card for each entry, in their order. Two statements, for the pictures and their copies.

    `profiles` names the places of the layout where the pictures stand. A card is made once for each version
    of the content: most pages of the gallery show entries that others show too.
    """
    rows = list(entries)
    by_key = {row.entry_id: row for row in rows}
    site = Site.find_for_request(request) if request else None

    def make(missing: Sequence[_Key]) -> list[Card]:
        return made_cards([by_key[key[0]] for key in missing], request, profiles)

    return _kept.many([(row.entry_id, tuple(profiles), site and site.pk) for row in rows], make)


def found_cards(
    entries: Iterable[EntryRow],
    sought: fulltext.Sought,
    request: HttpRequest | None = None,
    profiles: Sequence[str] = ("card",),
) -> list[Card]:
    """Return the cards of what a search found, the words marked in titles, summaries and texts.

    One statement more, for the texts of those entries whose title and summary don't hold all the words.
    """
    rows = list(entries)
    titles = {row.pk: excerpts.places(row.title, sought) for row in rows}
    summaries = {row.pk: excerpts.places(row.summary, sought) for row in rows}
    # What the title leaves to be found; a summary that holds it is quoted whole.
    left = {
        pk: set(range(1, len(sought) + 1)) - {word for _start, _end, word in found}
        for pk, found in titles.items()
    }
    elsewhere = [
        pk for pk, found in summaries.items() if left[pk] - {word for _start, _end, word in found}
    ]
    texts = fulltext.texts(elsewhere) if elsewhere else {}
    made = []
    for row, card in zip(rows, cards(rows, request, profiles), strict=True):
        excerpt = excerpts.passage(texts.get(row.pk, ""), sought)
        summary = excerpts.marked(row.summary, summaries[row.pk])
        title = excerpts.marked(row.title, titles[row.pk])
        made.append(replace(card, marked_title=title, excerpt=excerpt or summary, written={}))
    return made


def made_cards(
    rows: Sequence[EntryRow],
    request: HttpRequest | None = None,
    profiles: Sequence[str] = ("card",),
) -> list[Card]:
    """Return cards that nobody keeps: for rows whose words are not those that the entries have now."""
    images = renditions.images((row.image_id for row in rows), *profiles)
    terms, addresses = snapshot().terms, Addresses(request)
    return [_card(row, images.get(row.image_id or 0), terms, addresses) for row in rows]


def _card(row: EntryRow, image: ImpactImage | None, terms: Terms, addresses: Addresses) -> Card:
    said: dict[str, Any] = {
        "slug": row.slug,
        "kind": "link" if row.kind == LINK else "story",
        "title": row.title,
        "summary": row.summary,
        "url": address(row, addresses),
        "date": row.date,
        "category": _category(row, terms, addresses),
        "communities": tuple(
            Label(term.name, term.slug, addresses.of(term.url_path))
            for term in communities(row, terms)
        ),
        "publisher": row.publisher,
        "featured": row.featured,
        "language": row.language,
    }
    look = image and renditions.fingerprint(image)
    return Card(**said, image=image, written=_markup_of((*said.values(), look)))


@lru_cache(maxsize=500)
def _markup_of(said: Hashable) -> dict[Hashable, SafeString]:
    """Return where the markup of all cards that say the same is kept: a new version changes few of them."""
    return {}


def address(row: EntryRow, addresses: Addresses) -> str:
    """Return where an entry leads: a featured link to its publisher, a story to its own page."""
    return row.external_url or addresses.of(row.url_path)


def communities(row: EntryRow, terms: Terms) -> list[Term]:
    """Return the public communities that an entry is about, in the writer's order."""
    found = (terms.get("community", value) for value in row.filing["community"])
    return [term for term in found if term is not None]


def _category(row: EntryRow, terms: Terms, addresses: Addresses) -> Label | None:
    term = terms.get("category", row.filing["category"][0])
    if term is None:
        return None
    # The gallery that an entry stands in is the page above it.
    gallery = addresses.above(row.url_path.removesuffix(f"{row.slug}/"))
    return Label(term.name, term.slug, f"{gallery}?{_query_of(term.slug)}", term.colour)


@lru_cache(maxsize=200)
def _query_of(category: str) -> str:
    """Spell the filter of a category once: there are few, and each stands on many cards."""
    return GalleryFilter(category=(category,)).query()
