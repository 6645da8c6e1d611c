"""The world map: where places lie, and that each community can be reached."""

import json
import re
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.communities.models import Region
from impact.communities.worldmap.convert import (
    area,
    on_map,
    outlines,
    rings_of_regions,
    simplified,
    unpacked,
)
from impact.communities.worldmap.drawing import DETAILS, name_spot, place, world_map
from impact.communities.worldmap.land import land
from impact.communities.worldmap.projection import (
    CENTRE,
    HEIGHT,
    WIDTH,
    equal_earth,
    project,
)
from impact.communities.worldmap.spots import Place, Spot, spots

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)

CITIES = [
    ("africa", "Nairobi", 36.82, -1.29),
    ("asia", "Delhi", 77.2, 28.6),
    ("asia", "Ankara", 32.85, 39.9),
    ("europe", "Berlin", 13.4, 52.5),
    ("europe", "Novosibirsk", 82.9, 55.0),
    ("latin-america", "Brasília", -47.9, -15.8),
    ("latin-america", "Saint-Élie", -53.3, 4.8),
    ("latin-america", "Mexico City", -99.1, 19.4),
    ("north-america", "Denver", -105.0, 39.7),
    ("oceania", "Alice Springs", 133.9, -23.7),
    ("oceania", "Viti Levu", 178.0, -17.8),
]


def rings(path: str) -> list[list[tuple[float, float]]]:
    """Read back the paths that `convert` writes: a corner, then steps."""
    found = []
    for ring in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        x, y = int(ring[0]), int(ring[1])
        places = [(float(x), float(y))]
        steps = [int(number) for number in re.findall(r"-?\d+", ring[2])]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            places.append((float(x), float(y)))
        found.append(places)
    return found


def inside(x: float, y: float, path: str) -> bool:
    """Whether a place lies in an outline, by counting the sides to its right."""
    odd = False
    for ring in rings(path):
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                odd = not odd
    return odd


def test_the_projection_has_the_proportions_that_its_authors_give() -> None:
    half_width, middle = equal_earth(180, 0)
    centre, half_height = equal_earth(0, 90)
    assert (middle, centre) == (0, 0)
    assert half_width / half_height == pytest.approx(2.05458, abs=1e-5)
    assert equal_earth(-180, 90)[0] / half_width == pytest.approx(-0.59247, abs=1e-5)
    assert equal_earth(-70, -40) == tuple(-each for each in equal_earth(70, 40))


@given(st.floats(-179, 179), st.floats(-80, 80))
def test_the_projection_keeps_areas(longitude: float, latitude: float) -> None:
    step = 1e-3
    corners = [
        equal_earth(longitude + dx * step, latitude + dy * step)
        for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    on_globe = radians(step) ** 2 * cos(radians(latitude + step / 2))
    assert area(*corners) == pytest.approx(on_globe, rel=1e-3)


def test_the_middle_of_the_map_and_the_way_around() -> None:
    assert project(CENTRE, 0)[0] == WIDTH / 2
    assert project(CENTRE, 50)[1] < project(CENTRE, 0)[1] < project(CENTRE, -50)[1]
    assert project(-179.9, 0)[0] == pytest.approx(project(180.1, 0)[0])
    assert project(179, -18)[0] < project(-179, -18)[0], "the Pacific is not torn at 180 degrees"


@pytest.mark.parametrize(("region", "city", "longitude", "latitude"), CITIES)
def test_a_city_lies_on_the_land_of_its_region(
    region: str, city: str, longitude: float, latitude: float
) -> None:
    x, y = project(longitude, latitude)
    assert [name for name, path in land().items() if inside(x, y, path)] == [region]


def test_the_sea_is_no_land() -> None:
    for longitude, latitude in ((-30, 0), (-150, 30), (80, -20)):
        assert not any(inside(*project(longitude, latitude), path) for path in land().values())


def test_every_region_of_the_world_has_land_that_stays_on_the_map() -> None:
    assert set(land()) == set(Region.values) - {Region.WORLDWIDE}
    for path in land().values():
        for ring in rings(path):
            assert all(0 <= x <= WIDTH and -5 <= y <= HEIGHT for x, y in ring)


def test_the_outlines_are_small_enough_to_stand_in_the_page() -> None:
    assert sum(map(len, land().values())) < 40_000


@given(longitudes, latitudes)
def test_every_place_on_earth_has_a_point_within_the_map(longitude: float, latitude: float) -> None:
    found = place(longitude, latitude, "Somewhere", "/")
    reach = max(detail.target for detail in DETAILS) / 2
    assert reach <= found.x <= WIDTH - reach
    assert reach <= found.y <= HEIGHT - reach


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(longitudes, latitudes), max_size=40))
def test_each_community_is_in_one_point_and_points_keep_apart(
    where: list[tuple[float, float]],
) -> None:
    places = [place(*each, f"C{number}", f"/{number}/") for number, each in enumerate(where)]
    drawn = world_map(places)
    for view, detail in zip(drawn.views, DETAILS, strict=True):
        assert sum(marker.number for marker in view.markers) == len(places)
        for one, other in combinations(view.markers, 2):
            # They are drawn in whole units.
            assert hypot(one.x - other.x, one.y - other.y) >= detail.target - 2
    lists = {f"#{group.key}": group.places for group in drawn.together}
    urls = {each.url for each in places}
    for view in drawn.views:
        reached = [
            url
            for marker in view.markers
            for url in (
                [each.url for each in lists[marker.url]] if marker.number > 1 else [marker.url]
            )
        ]
        assert set(reached) == urls
        assert len(reached) == len(urls)


def test_points_stand_in_the_order_of_the_list() -> None:
    places = [Place(x, 100, name, "") for x, name in ((900, "A"), (100, "B"), (910, "C"))]
    assert [[each.name for each in spot.places] for spot in spots(places, 50)] == [
        ["A", "C"],
        ["B"],
    ]


def test_a_point_of_many_names_the_first_ones() -> None:
    places = [place(10, 50, f"C{number}", f"/{number}/") for number in range(6)]
    (marker,) = world_map(places).views[0].markers
    assert (marker.label, marker.number) == ("6 communities: C0, C1, C2, C3…", 6)


def test_a_name_stands_beside_its_point_where_nothing_is_in_the_way() -> None:
    wide = DETAILS[-1]
    alone, near, edge = (Spot((Place(x, 400, "Reef", ""),)) for x in (500, 590, 1960))
    every = [alone, near, edge]
    assert name_spot(alone, "Reef", wide, [alone]).anchor == "start"
    assert name_spot(alone, "Reef", wide, every).anchor == "end"
    assert name_spot(edge, "Reef", wide, every).anchor == "end"
    corner = name_spot(alone, "A name that is as long as " * 4, wide, every)
    assert (corner.x, corner.anchor) == (0, "start")
    assert corner.y > HEIGHT - wide.size


# Two squares of one region that share a side, and one of another beside them.
TOPOLOGY = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[20, 0], [0, 10]],
        [[10, 0], [10, 0]],
        [[20, 10], [-10, 0]],
        [[20, 0], [10, 0], [0, 10], [-10, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "276", "properties": {"name": "A"}, "arcs": [[0, 1]]},
                {
                    "type": "MultiPolygon",
                    "id": "040",
                    "properties": {"name": "B"},
                    "arcs": [[[3, 2, 4, -1]]],
                },
                {"type": "Polygon", "id": "792", "properties": {"name": "C"}, "arcs": [[5, -3]]},
            ]
        }
    },
}


def test_borders_within_a_region_are_left_out() -> None:
    found = rings_of_regions(TOPOLOGY, unpacked(TOPOLOGY))
    assert {region: [area(*ring) for ring in each] for region, each in found.items()} == {
        "asia": [100],
        "europe": [200],
    }


def test_a_country_of_no_region_is_refused() -> None:
    unknown = json.loads(json.dumps(TOPOLOGY).replace("792", "999"))
    with pytest.raises(ValueError, match="no region"):
        outlines(unknown)


def test_what_does_not_show_is_left_out_of_an_outline() -> None:
    ring = [(0.0, 0.0), (50.0, 0.01), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)]
    assert simplified(ring) == [(0, 0), (100, 0), (100, 100), (0, 100)]


def test_an_island_on_the_edge_of_the_map_is_not_torn() -> None:
    edge = CENTRE - 180
    island = [
        (edge - 1, 50.0),
        (edge + 3, 50.0),
        (edge + 3, 52.0),
        (edge - 1, 52.0),
        (edge - 1, 50.0),
    ]
    xs = [x for x, _ in on_map(island)]
    assert max(xs) - min(xs) < 60


def test_where_the_land_comes_from_is_written_beside_it() -> None:
    readme = Path(land.__wrapped__.__code__.co_filename).with_name("README.md").read_text()
    assert "Natural Earth is in the public domain" in readme.replace("\n", " ")
