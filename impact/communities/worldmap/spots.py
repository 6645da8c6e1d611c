"""The points of a map: places too near each other to be hit one by one stand together in one point."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True)
class Place:
    """A community on the map."""

    x: float
    y: float
    name: str
    url: str
    country: str = ""

    @property
    def label(self) -> str:
        """What the point says: who it is, and where."""
        return ", ".join(part for part in (self.name, self.country) if part)


@dataclass(frozen=True)
class Spot:
    """A point, and the places that it stands for; it lies in their middle."""

    places: tuple[Place, ...]

    @property
    def x(self) -> float:
        """Units from the left."""
        return sum(place.x for place in self.places) / len(self.places)

    @property
    def y(self) -> float:
        """Units from the top."""
        return sum(place.y for place in self.places) / len(self.places)


def spots(places: Iterable[Place], apart: float) -> list[Spot]:
    """Return points at least `apart` units from each other, in the order of their first places."""
    found = [Spot((place,)) for place in places]
    while True:
        joined = _joined(found, apart)
        if len(joined) == len(found):
            return joined
        found = joined


def _joined(found: Iterable[Spot], apart: float) -> list[Spot]:
    kept: list[Spot] = []
    for spot in found:
        for number, other in enumerate(kept):
            if hypot(spot.x - other.x, spot.y - other.y) < apart:
                kept[number] = Spot((*other.places, *spot.places))
                break
        else:
            kept.append(spot)
    return kept
