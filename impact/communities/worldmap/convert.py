"""Makes `land.json` from the country outlines of Natural Earth: one outline for each region.

Run as the README beside this file says; the site itself never does.
"""

import heapq
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from impact.communities.worldmap.projection import from_centre, project

# Countries by ISO 3166-1 numeric code, in the regions of the United Nations' M49 standard.
REGIONS = {
    "africa": """012 024 072 086 108 120 132 140 148 174 178 180 204 226 231 232 262 266 270 288 324
        384 404 426 430 434 450 454 466 478 480 504 508 516 562 566 624 646 654 678 686 690 694 706 710
        716 728 729 732 748 768 788 800 818 834 854 894 Somaliland""",
    "asia": """004 031 048 050 051 064 096 104 116 144 156 158 196 268 275 344 356 360 364 368 376 392 398
        400 408 410 414 417 418 422 446 458 462 496 512 524 586 608 626 634 682 702 704 760 762 764 784
        792 795 860 887 N.Cyprus SiachenGlacier""",
    "europe": """008 020 040 056 070 100 112 191 203 208 233 234 246 248 250 276 300 336 348 352 372 380
        428 438 440 442 470 492 498 499 528 578 616 620 642 643 674 688 703 705 724 752 756 804 807 826
        831 832 833 Kosovo""",
    "latin-america": """028 032 044 052 068 076 084 092 136 152 170 188 192 212 214 218 222 238 254 308
        312 320 328 332 340 388 474 484 500 531 533 534 558 591 600 604 630 652 659 660 662 663 670 740
        780 796 850 858 862""",
    "north-america": "060 124 304 666 840",
    "oceania": """016 036 090 162 166 184 242 258 296 316 520 540 548 554 570 574 580 583 584 585 598
        612 776 798 876 882 IndianOceanTer.""",
}
# Ice, and islands of the far south where nobody lives.
UNINHABITED = {"010", "239", "260", "334"}
FRANCE = "250"
# What is smaller than a pixel: areas in square units of a map 2,000 units wide.
SMALLEST_TURN, SMALLEST_RING = 1.2, 6.0

Place = tuple[float, float]
Ring = list[Place]


def region_of(country: dict[str, Any], middle: Place) -> str:
    """Return the region of a part of a country; what belongs to France lies in three."""
    code = country.get("id") or country["properties"]["name"].replace(" ", "")
    if code == FRANCE and middle[0] < -30:
        return "latin-america"
    if code == FRANCE and middle[1] < 0:
        return "africa"
    if code in UNINHABITED:
        return ""
    for region, codes in REGIONS.items():
        if code in codes.split():
            return region
    raise ValueError(f"no region for {country}")


def unpacked(topology: dict[str, Any]) -> list[Ring]:
    """Return the arcs of a TopoJSON topology in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for packed in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in packed:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def rings_of_regions(topology: dict[str, Any], arcs: list[Ring]) -> dict[str, list[Ring]]:
    """Return the outlines of each region, without the borders between its countries."""
    used: dict[str, Counter[int]] = defaultdict(Counter)
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for polygon in polygons:
            outline = [place for number in polygon[0] for place in directed(arcs, number)]
            middle = tuple(sum(axis) / len(outline) for axis in zip(*outline, strict=True))
            region = region_of(country, (middle[0], middle[1]))
            used[region].update(number for ring in polygon for number in ring)
    used.pop("", None)
    return {region: list(stitched(arcs, numbers)) for region, numbers in sorted(used.items())}


def directed(arcs: list[Ring], number: int) -> Ring:
    """Return an arc; TopoJSON writes the way back as the complement of its number."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def stitched(arcs: list[Ring], numbers: Iterable[int]) -> Iterator[Ring]:
    """Join arcs to rings; an arc that is there both ways is a border within, and left out."""
    every = set(numbers)
    starts: dict[Place, list[int]] = defaultdict(list)
    for number in sorted(every):
        if ~number not in every:
            starts[directed(arcs, number)[0]].append(number)
    while starts:
        ring: Ring = [min(starts)]
        while ring[-1] in starts:
            numbers_here = starts[ring[-1]]
            following = directed(arcs, numbers_here.pop())
            if not numbers_here:
                del starts[ring[-1]]
            ring += following[1:]
        yield ring


def on_map(ring: Ring) -> Ring:
    """Project a ring; all of it lies on the side of the map's edge where most of it does."""
    east = [from_centre(longitude) for longitude, _ in ring]
    side = sum(east) >= 0
    turned = [
        degrees + 360
        if side and degrees < -90
        else degrees - 360
        if not side and degrees > 90
        else degrees
        for degrees in east
    ]
    crossing = max(east) - min(east) > 300
    return [
        project(degrees, latitude, shifted=True)
        for degrees, (_, latitude) in zip(turned if crossing else east, ring, strict=True)
    ]


def area(*ring: Place) -> float:
    """Return the area of a ring."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def simplified(ring: Ring) -> Ring:
    """Leave out what doesn't show: by Visvalingam's rule, the smallest turns first."""
    places = ring[:-1]
    count = len(places)
    before = [(number - 1) % count for number in range(count)]
    after = [(number + 1) % count for number in range(count)]
    sizes = [area(places[before[n]], places[n], places[after[n]]) for n in range(count)]
    queue = [(size, number) for number, size in enumerate(sizes)]
    heapq.heapify(queue)
    left, gone = count, set()
    while queue and left > 4:
        size, number = heapq.heappop(queue)
        if number in gone or size != sizes[number]:
            continue
        if size >= SMALLEST_TURN:
            break
        gone.add(number)
        left -= 1
        first, second = before[number], after[number]
        after[first], before[second] = second, first
        for each in (first, second):
            found = area(places[before[each]], places[each], places[after[each]])
            sizes[each] = max(size, found)
            heapq.heappush(queue, (sizes[each], each))
    return [place for number, place in enumerate(places) if number not in gone]


def path(rings: Iterable[Ring]) -> str:
    """Write rings as the shortest path in whole units."""
    return "".join(_ring_path(ring) for ring in rings)


def _ring_path(ring: Ring) -> str:
    rounded = [(round(x), round(y)) for x, y in ring]
    kept = [
        place for place, earlier in zip(rounded, (None, *rounded), strict=False) if place != earlier
    ]
    (x, y), text = kept[0], f"M{kept[0][0]} {kept[0][1]}l"
    steps = []
    for ax, ay in kept[1:]:
        dx, dy, x, y = ax - x, ay - y, ax, ay
        steps.append(f"{dx}{dy}" if dy < 0 else f"{dx} {dy}")
    for number, step in enumerate(steps):
        text += step if not number or step.startswith("-") else f" {step}"
    return f"{text}z"


def outlines(topology: dict[str, Any]) -> dict[str, str]:
    """Return the path of each region."""
    drawn = {}
    for region, rings in rings_of_regions(topology, unpacked(topology)).items():
        shown = [ring for ring in map(on_map, rings) if area(*ring) >= SMALLEST_RING]
        drawn[region] = path(simplified(ring) for ring in shown)
    return drawn


if __name__ == "__main__":
    source = Path(sys.argv[1])
    target = Path(__file__).with_name("land.json")
    target.write_text(json.dumps(outlines(json.loads(source.read_text())), indent=0) + "\n")
