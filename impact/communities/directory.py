"""The community index: which communities a filter lists, and how many each choice would list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from impact.communities.filters import FACETS, CommunityFilter, fold
from impact.communities.models import CommunityKind, CommunityPage, Region
from impact.media.renditions import prefetch
from impact.pages.visibility import public_pages

_CHOICES: dict[str, type[TextChoices]] = {"kind": CommunityKind, "region": Region}
_LABELS: dict[str, Promise] = {"kind": _("Kind"), "region": _("Region")}


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen: `query` is the address with it the other way round."""

    value: str
    label: str
    count: int
    chosen: bool
    query: str
    indexable: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """A way of dividing the communities."""

    key: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Directory:
    """What the index shows."""

    communities: list[CommunityPage]
    total: int
    groups: tuple[ChoiceGroup, ...]
    # Whether any community of all has coordinates, so that a map makes sense.
    anybody_placed: bool = False
    # Chosen values and the search, each with the query that drops it and how many that would list.
    drops: tuple[Choice, ...] = ()

    @property
    def useful_drops(self) -> tuple[Choice, ...]:
        """What can be dropped to find somebody."""
        return tuple(drop for drop in self.drops if drop.count)


def public_communities() -> list[CommunityPage]:
    """Return all communities that anybody may see, by name; their logos with them. One query."""
    found = public_pages(CommunityPage).select_related("logo").defer("description")
    return sorted(found, key=lambda community: (fold(community.title), community.pk))


def directory(wanted: CommunityFilter) -> Directory:
    """Return what the index shows for a filter. Two queries, however many communities there are.

    A partner network is a list that fits into memory, so names are compared here, the same way with
    every database.
    """
    everybody = public_communities()
    listed = [one for one in everybody if _admits(wanted, one)]
    prefetch((one.logo for one in listed), "emblem")
    return Directory(
        communities=listed,
        total=len(everybody),
        groups=tuple(_group(key, wanted, everybody) for key in FACETS),
        anybody_placed=any(one.placed for one in everybody),
        drops=tuple(_drops(wanted, everybody)),
    )


def _admits(wanted: CommunityFilter, one: CommunityPage, ignoring: str = "") -> bool:
    return wanted.admits(one.kind, one.region, one.title, ignoring)


def _group(key: str, wanted: CommunityFilter, everybody: Sequence[CommunityPage]) -> ChoiceGroup:
    numbers = Counter(getattr(one, key) for one in everybody if _admits(wanted, one, ignoring=key))
    choices = []
    for value, label in _CHOICES[key].choices:
        chosen = value in getattr(wanted, key)
        if numbers[value] or chosen:
            toggled = wanted.toggled(key, value)
            choices.append(
                Choice(
                    value, str(label), numbers[value], chosen, toggled.query(), toggled.indexable
                )
            )
    return ChoiceGroup(key, str(_LABELS[key]), tuple(choices))


def _drops(wanted: CommunityFilter, everybody: Sequence[CommunityPage]) -> Iterator[Choice]:
    for key in FACETS:
        names = dict(_CHOICES[key].choices)
        for value in getattr(wanted, key):
            label = str(names.get(value, value))
            yield _drop(value, label, wanted.toggled(key, value), everybody)
    if wanted.q:
        yield _drop(wanted.q, f"“{wanted.q}”", wanted.without_search(), everybody)


def _drop(
    value: str, label: str, wider: CommunityFilter, everybody: Sequence[CommunityPage]
) -> Choice:
    count = sum(_admits(wider, one) for one in everybody)
    return Choice(value, label, count, True, wider.query(), wider.indexable)
