"""The world map as its template draws it: regions as links, and points for each width of the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from impact.communities.worldmap.land import land
from impact.communities.worldmap.projection import HEIGHT, WIDTH, project
from impact.communities.worldmap.spots import Place, Spot, spots

# Named in the label of a point that stands for several.
MOST_NAMED = 4
# How wide a letter is at most, in parts of the type's size, over a whole name.
LETTER = 0.6


@dataclass(frozen=True)
class Detail:
    """How a map is shown from a width on: `target` units are 24 px at its narrowest, or more."""

    name: str
    target: int

    @property
    def size(self) -> int:
        """The size of its type."""
        return round(self.target * 0.54)


# The style sheet shows one of them, from 18, 30 and 56 rem on.
DETAILS = (Detail("narrow", 170), Detail("medium", 104), Detail("wide", 56))


@dataclass(frozen=True)
class MapRegion:
    """A region's land; a link where it has communities, which chooses it or drops it."""

    path: str
    label: str = ""
    count: int = 0
    query: str | None = None
    chosen: bool = False
    indexable: bool = True


@dataclass(frozen=True)
class NameSpot:
    """Where a name stands: the start or the end of its baseline."""

    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Marker:
    """A point as it is drawn; `name` is what it shows when pointed at."""

    x: int
    y: int
    label: str
    name: str
    name_at: NameSpot
    number: int
    url: str


@dataclass(frozen=True)
class MapView:
    """The points for one width; radii and type in units of the map."""

    name: str
    target: int
    size: int
    markers: tuple[Marker, ...]

    @property
    def hit(self) -> int:
        """The radius that answers to a pointer."""
        return self.target // 2

    @property
    def dot(self) -> int:
        """The radius of a community's point."""
        return round(self.target * 0.24)

    @property
    def disc(self) -> int:
        """The radius of a point with a number."""
        return round(self.target * 0.44)


@dataclass(frozen=True)
class Together:
    """The places of a point that stands for several, listed when it is followed."""

    key: str
    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class WorldMap:
    """What the template draws."""

    regions: tuple[MapRegion, ...]
    views: tuple[MapView, ...]
    together: tuple[Together, ...]
    placed: int
    width: int = WIDTH
    height: int = HEIGHT


def place(longitude: float, latitude: float, name: str, url: str, country: str = "") -> Place:
    """Return a community's place; one beyond the edge of the map stands at the edge."""
    x, y = project(longitude, latitude)
    margin = DETAILS[0].target / 2
    return Place(
        min(max(x, margin), WIDTH - margin),
        min(max(y, margin), HEIGHT - margin),
        name,
        url,
        country,
    )


def world_map(places: Sequence[Place], regions: Iterable[tuple[str, MapRegion]] = ()) -> WorldMap:
    """Return the map of places. `regions` says for each what its land links to; others are only land."""
    known = dict(regions)
    together: dict[tuple[Place, ...], Together] = {}
    views = []
    for detail in DETAILS:
        found = spots(places, detail.target)
        for spot in found:
            if len(spot.places) > 1 and spot.places not in together:
                key = f"together-{len(together) + 1}"
                together[spot.places] = Together(key, _counted(spot), spot.places)
        views.append(
            MapView(
                detail.name,
                detail.target,
                detail.size,
                tuple(_marker(spot, detail, found, together) for spot in found),
            )
        )
    return WorldMap(
        regions=tuple(
            known[region] if region in known else MapRegion(path) for region, path in land().items()
        ),
        views=tuple(views),
        together=tuple(together.values()),
        placed=len(places),
    )


def _marker(
    spot: Spot,
    detail: Detail,
    spots: Sequence[Spot],
    together: dict[tuple[Place, ...], Together],
) -> Marker:
    several = together.get(spot.places)
    first = spot.places[0]
    name = several.title if several else first.name
    return Marker(
        x=round(spot.x),
        y=round(spot.y),
        label=_label(spot) if several else first.label,
        name=name,
        name_at=name_spot(spot, name, detail, spots),
        number=len(spot.places),
        url=f"#{several.key}" if several else first.url,
    )


def name_spot(spot: Spot, name: str, detail: Detail, spots: Sequence[Spot]) -> NameSpot:
    """Return where a point's name is shown: beside it if no other point is in the way, else in the corner."""
    beside, half = round(detail.target * 0.6), detail.target / 2
    width = detail.size * LETTER * len(name)
    for start, anchor in ((spot.x + beside, "start"), (spot.x - beside - width, "end")):
        end = start + width
        if (
            start >= 0
            and end <= WIDTH
            and not any(
                start - half < other.x < end + half and abs(other.y - spot.y) < detail.target
                for other in spots
                if other is not spot
            )
        ):
            x = start if anchor == "start" else end
            return NameSpot(round(x), round(spot.y + 0.34 * detail.size), anchor)
    return NameSpot(0, HEIGHT - detail.size // 3, "start")


def _counted(spot: Spot) -> str:
    number = len(spot.places)
    return ngettext("%(number)s community", "%(number)s communities", number) % {"number": number}


def _label(spot: Spot) -> str:
    names = ", ".join(each.name for each in spot.places[:MOST_NAMED])
    more = "…" if len(spot.places) > MOST_NAMED else ""
    return f"{_counted(spot)}: {names}{more}"
