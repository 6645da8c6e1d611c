"""The record of a closed report, with what its keys stand for."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from impact.entries.models import EntryPage
from impact.metrics.models import Metric
from impact.people.models import Author
from impact.portability.closed_years import FORMAT, LEAD, Carried, Name
from impact.portability.export.bundles import Bundle, Wanted
from impact.portability.export.tree import Tree
from impact.roundups.composition import read
from impact.roundups.facts import Entry, Named
from impact.roundups.models import RoundupPage
from impact.roundups.rekeying import Rekeying, rekeyed
from impact.roundups.snapshot import Closed
from impact.taxonomy.models import Category, Tag


@dataclass
class _Numbers:
    """Gives numbers of the file's own, from 1, in the order in which they are asked for."""

    given: dict[Any, int] = field(default_factory=dict)

    def __call__(self, key: Any) -> int:
        return self.given.setdefault(key, len(self.given) + 1)

    def names(self, names: dict[Any, str]) -> tuple[Name, ...]:
        """Return what the numbers stand for; those of what stays behind have no name."""
        return tuple(
            Name(number, name) for key, number in self.given.items() if (name := names.get(key))
        )


class ClosedYear:
    """Takes the record of one report out: first what pictures it needs, then all of it.

    What stays behind is counted, but its words stay behind too.
    """

    def __init__(self, tree: Tree, page: RoundupPage, closed: Closed, wanted: Wanted) -> None:
        self.tree, self.page, self.closed = tree, page, closed
        going = [entry for entry in closed.year.entries if entry.key in self._guids]
        self.year = replace(
            closed.year,
            entries=tuple(
                replace(entry, communities=self._discreet(entry.communities)) for entry in going
            ),
            communities=tuple(
                replace(each, named=named)
                for each, named in zip(
                    closed.year.communities,
                    self._discreet(each.named for each in closed.year.communities),
                    strict=True,
                )
            ),
            newcomers=self._discreet(closed.year.newcomers),
            supporters=self._discreet(closed.year.supporters),
        )
        # What the text calls the pictures that no entry brings along, by their keys.
        self.wanted = {
            entry.image: wanted.picture(entry.image)
            for entry in going
            if entry.image and self._leads[entry.key] != entry.image
        }

    def carried(self, bundle: Bundle) -> Carried:
        """Return the record, once its files have names."""
        numbers = {
            name: _Numbers()
            for name in (
                "entry",
                "community",
                "category",
                "tag",
                "metric",
                "author",
                "picture",
                "section",
            )
        }

        def picture(entry: Entry) -> int | None:
            if entry.image is None:
                return None
            is_own = self._leads.get(entry.key) == entry.image
            return numbers["picture"](LEAD if is_own else entry.image)

        year = rekeyed(
            self.year,
            Rekeying(
                entry=numbers["entry"],
                community=numbers["community"],
                category=numbers["category"],
                tag=numbers["tag"],
                metric=numbers["metric"],
                author=numbers["author"],
                picture=picture,
                block=lambda block: str(numbers["section"](block)),
            ),
        )
        communities = {pk: self.tree.key_of(pk) for pk in numbers["community"].given}
        sections = read(self.page.body.raw_data).sections
        places = {section.block: str(place) for place, section in enumerate(sections, 1)}
        pictures = {key: bundle.name(name) for key, name in self.wanted.items()}
        return Carried(
            format=FORMAT,
            closed=replace(self.closed, year=year),
            entries=numbers["entry"].names(self._guids),
            communities=numbers["community"].names(communities),
            categories=numbers["category"].names(_slugs(Category, numbers["category"].given)),
            tags=numbers["tag"].names(_slugs(Tag, numbers["tag"].given)),
            metrics=numbers["metric"].names(_slugs(Metric, numbers["metric"].given)),
            authors=numbers["author"].names(_slugs(Author, numbers["author"].given)),
            pictures=numbers["picture"].names({LEAD: LEAD, **pictures}),
            sections=numbers["section"].names(places),
        )

    def _discreet(self, communities: Iterable[Named]) -> tuple[Named, ...]:
        """Return communities, those that stay behind without their names."""
        return tuple(
            each if self.tree.key_of(each.key) else Named(each.key, "", "") for each in communities
        )

    @cached_property
    def _entries(self) -> dict[int, tuple[str, int | None]]:
        """The identifier and the picture of each entry that goes out. One query."""
        going = [key for key in _entries_of(self.closed) if self.tree.key_of(key)]
        rows = EntryPage.objects.filter(pk__in=going).values_list("pk", "guid", "lead_image_id")
        return {pk: (guid, image) for pk, guid, image in rows}

    @property
    def _guids(self) -> dict[int, str]:
        return {pk: guid for pk, (guid, _image) in self._entries.items()}

    @property
    def _leads(self) -> dict[int, int | None]:
        return {pk: image for pk, (_guid, image) in self._entries.items()}


def _entries_of(closed: Closed) -> set[int]:
    year = closed.year
    return {
        *year.keys,
        *year.highlights,
        *(entry.key for entry in year.entries),
        *(key for section in year.sections for key in section.shown),
    }


def _slugs(model: Any, keys: Iterable[int]) -> dict[Any, str]:
    return dict(model.objects.filter(pk__in=list(keys)).values_list("pk", "slug"))
