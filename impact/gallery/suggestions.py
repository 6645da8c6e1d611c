"""What a search field offers while somebody types: entries by title, values of facets by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.catalogue import fulltext
from impact.catalogue.addresses import gallery_address
from impact.catalogue.cards import address
from impact.catalogue.selection import chosen_values, select, within
from impact.catalogue.snapshot import snapshot
from impact.filters.gallery import NEWEST, GalleryFilter
from impact.gallery.listing import Addresses
from impact.pages import addresses

# With fewer letters nearly everything would begin.
SHORTEST = 2
# How many are offered of each kind.
TITLES, TERMS = 5, 3
# Of so many entries the newest are offered.
TITLED = 100
# In the order in which they are offered, before the titles.
LABELS: dict[str, Promise] = {
    "community": gettext_lazy("Communities"),
    "category": gettext_lazy("Categories"),
    "tag": gettext_lazy("Tags"),
    "author": gettext_lazy("Authors"),
}


@dataclass(frozen=True)
class Suggestion:
    """Something to go to; `detail` says more about it, `lang` in which language `text` is."""

    text: str
    url: str
    detail: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Group:
    """Suggestions of one kind."""

    label: str
    options: tuple[Suggestion, ...]


def typed(wanted: GalleryFilter) -> list[str]:
    """Return the words that somebody has typed so far."""
    return fulltext.words(wanted.q)[: fulltext.MAX_WORDS]


def canonical(query: object) -> str:
    """Return the one spelling of what is asked for: the filters, and the words as they are compared."""
    wanted = GalleryFilter.from_query(query).selection()
    return replace(wanted, q=" ".join(typed(wanted))).query()


def suggestions(wanted: GalleryFilter, request: HttpRequest) -> list[Group]:
    """Return what could be meant by what is typed so far, within the other filters.

    Three statements at most: where the gallery is, whose titles hold the words, and these entries.
    """
    words = typed(wanted)
    if not words or len(words[-1]) < SHORTEST:
        return []
    base = gallery_address(request).url
    if not base:
        return []
    others = replace(wanted, q="", sort=NEWEST, page=1)
    groups = [*_terms(words, others, Addresses(base)), _titles(words, others, request)]
    return [group for group in groups if group.options]


def _terms(words: Sequence[str], others: GalleryFilter, to: Addresses) -> Iterator[Group]:
    """Yield the values of each facet in whose names every word begins one, those with most entries first."""
    content = snapshot()
    chosen, rest = chosen_values(content, others), within(content, others)
    for key, label in LABELS.items():
        named = [
            (value, term)
            for value, term, name in content.terms.folded[key]
            if not others.has(key, term.slug) and _begin(words, name)
        ]
        if not named:
            continue
        counts = content.index.count(key, chosen, rest)
        counted = [(counts[value], term) for value, term in named if value in counts]
        counted.sort(key=lambda found: (-found[0], found[1].name.casefold()))
        yield Group(
            str(label),
            tuple(
                Suggestion(term.name, to.url(others.with_value(key, term.slug)), str(number))
                for number, term in counted[:TERMS]
            ),
        )


def _begin(words: Sequence[str], name: Sequence[str]) -> bool:
    return all(any(part.startswith(word) for part in name) for word in words)


def _titles(words: Sequence[str], others: GalleryFilter, request: HttpRequest) -> Group:
    found = select(others).among(fulltext.titled(words, TITLED))[:TITLES]
    places = addresses.Addresses(request)
    return Group(
        _("Stories"),
        tuple(
            Suggestion(row.title, address(row, places), row.publisher, row.language)
            for row in found
        ),
    )
