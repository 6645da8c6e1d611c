"""The names behind the slugs of a filter: what chips, headings and empty results say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from impact.catalogue.selection import YEAR
from impact.communities.models import CommunityPage
from impact.entries.kinds import LINK, STORY
from impact.filters.gallery import GalleryFilter
from impact.pages.visibility import public
from impact.people.models import Author
from impact.taxonomy.models import Category, Tag

KIND_NAMES: dict[str, Promise] = {STORY: _("Impact stories"), LINK: _("Featured links")}


@dataclass(frozen=True)
class Term:
    """A value of a facet: its name and what there is to say about it.

    `known` is false where nothing has that slug; the name is then what was asked for.
    """

    key: str
    slug: str
    name: str
    description: str = ""
    colour: str = ""
    known: bool = True


def chosen_terms(wanted: GalleryFilter) -> list[Term]:
    """Return what is chosen, in the order of the facets; one statement at most for each facet."""
    found: dict[tuple[str, str], Term] = {}
    for key, read in _READERS.items():
        if values := getattr(wanted, key):
            found |= {(key, term.slug): term for term in read(values)}
    return [
        found.get((key, value)) or Term(key, value, value, known=False)
        for key, value in wanted.chosen
    ]


def _years(values: tuple[str, ...]) -> list[Term]:
    return [Term("year", value, value) for value in values if YEAR.fullmatch(value)]


def _kinds(values: tuple[str, ...]) -> list[Term]:
    return [Term("kind", v, str(KIND_NAMES[v])) for v in values if v in KIND_NAMES]


def _categories(values: tuple[str, ...]) -> list[Term]:
    return [
        Term("category", one.slug, one.name, one.description, one.colour)
        for one in Category.objects.filter(slug__in=values)
    ]


def _communities(values: tuple[str, ...]) -> list[Term]:
    found = CommunityPage.objects.filter(public(), slug__in=values)
    return [Term("community", one.slug, one.title, one.summary) for one in found]


def _tags(values: tuple[str, ...]) -> list[Term]:
    return [Term("tag", one.slug, one.name) for one in Tag.objects.filter(slug__in=values)]


def _authors(values: tuple[str, ...]) -> list[Term]:
    found = Author.objects.filter(slug__in=values)
    return [Term("author", one.slug, one.name, one.bio or one.role) for one in found]


_READERS: dict[str, Callable[[tuple[str, ...]], list[Term]]] = {
    "year": _years,
    "category": _categories,
    "community": _communities,
    "tag": _tags,
    "author": _authors,
    "kind": _kinds,
}
