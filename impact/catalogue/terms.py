"""The names behind the values of facets: what chips, headings, counts and empty results say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from impact.catalogue.fulltext import words
from impact.catalogue.index import Value
from impact.communities.models import CommunityPage
from impact.entries.kinds import LINK, STORY
from impact.filters.gallery import GalleryFilter
from impact.pages.visibility import public_pages
from impact.people.models import Author
from impact.taxonomy.models import Category, Tag

KIND_NAMES: dict[str, Promise] = {STORY: _("Impact stories"), LINK: _("Featured links")}
# A year as an address names it, in its one spelling.
YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)


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
    url_path: str = ""
    # Where it stands among those of its facet, if editors put them in order.
    place: int = 0
    known: bool = True


@dataclass(frozen=True)
class Terms:
    """All terms of one version by facet and value, each facet in its own order; communities if public."""

    named: Mapping[str, Mapping[Value, Term]]
    # When the first of the communities is over.
    valid_until: datetime | None = None

    def get(self, key: str, value: Value) -> Term | None:
        """Return the term of a value; `None` where visitors know of none."""
        if key == "year":
            return Term(key, str(value), str(value)) if YEAR.fullmatch(str(value)) else None
        if key == "kind":
            return Term(key, str(value), str(KIND_NAMES[str(value)]))
        return self.named[key].get(value)

    def values(self, key: str, slugs: Iterable[str]) -> list[Value]:
        """Return the values that slugs name, without those that name none."""
        if key == "kind":
            return [slug for slug in slugs if slug in KIND_NAMES]
        if key == "year":
            return [int(slug) for slug in slugs if YEAR.fullmatch(slug)]
        known = self._by_slug[key]
        return [known[slug] for slug in slugs if slug in known]

    def chosen(self, wanted: GalleryFilter) -> list[Term]:
        """Return what a filter chooses, in the order of the facets."""
        terms = []
        for key, slug in wanted.chosen:
            term = next((self.get(key, value) for value in self.values(key, [slug])), None)
            terms.append(term or Term(key, slug, slug, known=False))
        return terms

    @cached_property
    def folded(self) -> dict[str, list[tuple[Value, Term, list[str]]]]:
        """The terms of each facet with the words of their names, as a search compares them."""
        return {
            key: [(value, term, words(term.name)) for value, term in named.items()]
            for key, named in self.named.items()
        }

    @cached_property
    def _by_slug(self) -> dict[str, dict[str, Value]]:
        return {
            key: {term.slug: value for value, term in named.items()}
            for key, named in self.named.items()
        }


def load() -> Terms:
    """Read the terms; one statement for each facet that has names."""
    communities, valid_until = _communities()
    return Terms(
        {
            "category": _named(
                "category",
                Category.objects.order_by("sort_order", "name").values(
                    "pk", "slug", "name", "description", "colour"
                ),
            ),
            "community": communities,
            "tag": _named("tag", Tag.objects.order_by().values("pk", "slug", "name")),
            "author": _authors(),
        },
        valid_until,
    )


def _named(key: str, rows: Iterable[Any]) -> dict[Value, Term]:
    return {row.pop("pk"): Term(key, **row, place=place) for place, row in enumerate(rows)}


def _communities() -> tuple[dict[Value, Term], datetime | None]:
    rows = public_pages(CommunityPage).order_by("title", "pk")
    terms: dict[Value, Term] = {}
    ends = []
    for pk, slug, title, summary, path, end in rows.values_list(
        "pk", "slug", "title", "summary", "url_path", "expire_at"
    ):
        terms[pk] = Term("community", slug, title, summary, url_path=path)
        ends += [end] if end else []
    return terms, min(ends, default=None)


def _authors() -> dict[Value, Term]:
    rows = Author.objects.order_by().values_list("pk", "slug", "name", "bio")
    return {pk: Term("author", slug, name, bio) for pk, slug, name, bio in rows}


def chosen_terms(wanted: GalleryFilter) -> list[Term]:
    """Return what is chosen, in the order of the facets."""
    from impact.catalogue.snapshot import snapshot

    return snapshot().terms.chosen(wanted)
