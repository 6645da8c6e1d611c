"""The world map as its template draws it: regions as links, and points for each width of the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from impact.communities.worldmap.land import land
from impact.communities.worldmap.projection import HEIGHT, WIDTH, project
from impact.communities.worldmap.spots import Place, Spot, spots

# Named in the label of a point that stands for several.
MOST_NAMED = 4


@dataclass(frozen=True)
class Detail:
    """How a map is shown from a width on: `target` units are 24 px at its narrowest, or more."""

    name: str
    target: int
    captioned: bool


# The style sheet shows one of them, from 18, 30 and 56 rem on.
DETAILS = (Detail("narrow", 170, True), Detail("medium", 104, True), Detail("wide", 56, False))


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
class Marker:
    """A point as it is drawn; `name` is what it shows when pointed at."""

    x: int
    y: int
    label: str
    name: str
    name_x: int
    name_y: int
    anchor: str
    number: int
    url: str


@dataclass(frozen=True)
class MapView:
    """The points for one width; radii and type in units of the map."""

    name: str
    target: int
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

    @property
    def size(self) -> int:
        """The size of its type."""
        return round(self.target * 0.54)


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
                tuple(_marker(spot, detail, together) for spot in found),
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


def _marker(spot: Spot, detail: Detail, together: dict[tuple[Place, ...], Together]) -> Marker:
    x, y = round(spot.x), round(spot.y)
    left = x < WIDTH / 2
    beside = round(detail.target * 0.6)
    several = together.get(spot.places)
    first = spot.places[0]
    return Marker(
        x=x,
        y=y,
        label=_label(spot) if several else first.label,
        name=several.title if several else first.name,
        # Where a name would not fit beside its point, it stands in the corner of the map.
        name_x=0 if detail.captioned else x + beside if left else x - beside,
        name_y=HEIGHT - detail.target // 6 if detail.captioned else y + detail.target // 6,
        anchor="start" if detail.captioned or left else "end",
        number=len(spot.places),
        url=f"#{several.key}" if several else first.url,
    )


def _counted(spot: Spot) -> str:
    number = len(spot.places)
    return ngettext("%(number)s community", "%(number)s communities", number) % {"number": number}


def _label(spot: Spot) -> str:
    names = ", ".join(each.name for each in spot.places[:MOST_NAMED])
    more = "…" if len(spot.places) > MOST_NAMED else ""
    return f"{_counted(spot)}: {names}{more}"
