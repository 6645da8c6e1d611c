"""Country: hills, dunes, maps, fields, soil, houses."""

import itertools
from math import sin

from PIL import Image, ImageChops, ImageFilter

from impact.demo.artwork.palette import mix
from impact.demo.artwork.plate import OVERSAMPLING, Pen, Plate, Point, Shade, above, around


def sun(plate: Plate, x: float, y: float, r: float, ink: tuple[int, int, int]) -> None:
    """A disc with a stippled lower edge."""
    plate.draw(
        ink, lambda pen: pen.disc(x, y, r), Shade(mix(ink, plate.inks.paper, 0.6), 90, 0.35, 0.7)
    )


def _gauge(pen: Pen, x: float, y: float, size: float) -> None:
    """A rain gauge on its post, standing at (x, y)."""
    pen.line([(x, y + 6), (x, y - size)], size * 0.07)
    pen.polygon(
        [
            (x - size * 0.2, y - size * 1.62),
            (x + size * 0.2, y - size * 1.62),
            (x + size * 0.12, y - size * 1.3),
            (x + size * 0.12, y - size * 0.8),
            (x - size * 0.12, y - size * 0.8),
            (x - size * 0.12, y - size * 1.3),
        ]
    )


def _mast(pen: Pen, x: float, y: float, size: float) -> None:
    """A weather mast with cups, vane and guy wires."""
    top = y - size
    pen.line([(x, y + 8), (x, top)], size * 0.022)
    pen.line([(x - size * 0.16, top), (x + size * 0.16, top)], size * 0.018)
    for side in (-1, 1):
        pen.disc(x + side * size * 0.16, top - size * 0.01, size * 0.035)
        pen.line([(x, top + size * 0.2), (x + side * size * 0.3, y + 10)], size * 0.006)
    pen.line([(x, top), (x, top - size * 0.12)], size * 0.02)
    pen.polygon(
        [
            (x - size * 0.1, top - size * 0.15),
            (x + size * 0.15, top - size * 0.12),
            (x - size * 0.1, top - size * 0.09),
        ]
    )
    pen.box(x - size * 0.05, y - size * 0.5, x + size * 0.05, y - size * 0.38, 4)


def _tripod(pen: Pen, x: float, y: float, size: float) -> None:
    """A small telescope on three legs."""
    head = y - size * 0.75
    for dx in (-0.28, 0.02, 0.3):
        pen.line([(x, head), (x + dx * size, y + 6)], size * 0.035)
    pen.line(
        [(x - size * 0.34, head + size * 0.14), (x + size * 0.36, head - size * 0.3)], size * 0.13
    )
    pen.disc(x, head, size * 0.07)


def person(pen: Pen, x: float, y: float, size: float) -> None:
    """Somebody standing, seen from far away."""
    pen.disc(x, y - size * 0.88, size * 0.12)
    pen.polygon(
        [
            (x - size * 0.13, y - size * 0.72),
            (x + size * 0.13, y - size * 0.72),
            (x + size * 0.2, y),
            (x - size * 0.2, y),
        ]
    )


_STANDING = {"gauge": _gauge, "mast": _mast, "tripod": _tripod, "person": person}


def hills(
    plate: Plate,
    *,
    layers: int = 5,
    waves: float = 3,
    disc: tuple[float, float, float] = (1080, 300, 120),
    standing: tuple[tuple[str, float, float], ...] = (("gauge", 420, 130),),
    night: bool = False,
) -> None:
    """Ridge behind ridge, a sun or moon, and what stands on the nearest one."""
    inks = plate.inks
    sky = inks.deep if night else inks.pale
    plate.fill(sky, Shade(inks.ink if night else inks.paper, 270 if night else 90, 0.1, 0.7))
    sun(plate, *disc, inks.glow if night else inks.spot)
    tones = [inks.light, inks.mid, inks.deep, inks.ink]
    for number in range(layers):
        share = number / max(1, layers - 1)
        place = share * (len(tones) - 1)
        low = int(min(place, len(tones) - 2))
        ink = mix(tones[low], tones[low + 1], place - low)
        skyline = plate.ridge(430 + share * 390, 105 - 45 * share, waves=waves + number * 0.6)
        plate.draw(ink, plate.ground(skyline), Shade(mix(ink, sky, 0.55), 90, 0.15, 0.5))
        if number == layers - 1:
            for name, x, size in standing:
                y = above(skyline, x)
                plate.draw(ink, lambda pen, n=name, x=x, y=y, s=size: _STANDING[n](pen, x, y, s))


def dunes(plate: Plate, *, haze: float = 0.5, mast: float = 980) -> None:
    """Long dunes under a hazed sun, and the air full of dust."""
    inks = plate.inks
    plate.fill(inks.light, Shade(inks.pale, 90, 0.0, 0.9))
    plate.draw(inks.glow, lambda pen: pen.disc(470, 330, 175), Shade(inks.light, 90, 0.3, 0.9))
    for number, ink in enumerate((mix(inks.light, inks.mid, 0.5), inks.mid, inks.deep)):
        skyline = plate.ridge(520 + number * 150, 80, waves=1.3 + number * 0.5, detail=2)
        plate.draw(
            ink,
            plate.ground(skyline),
            Shade(mix(ink, inks.ink, 0.45), (0, 180, 90)[number], 0.35, 0.8),
        )
        if number == 1:
            y = above(skyline, mast)
            plate.draw(inks.ink, lambda pen, y=y: _mast(pen, mast, y, 300))
    air = Image.linear_gradient("L").rotate(180).resize(plate.size)
    plate.speckle(inks.paper, air, 0.25 * haze)


def rain(plate: Plate, *, slant: float = 60, gauges: int = 3) -> None:
    """Rain over a slope with gauges set in a line."""
    inks = plate.inks
    plate.fill(inks.light, Shade(inks.mid, 270, 0.1, 0.8))
    for number in range(3):
        y = 120 + number * 80
        skyline = [(x, 2 * y - 160 - h + y * 0.4) for x, h in plate.ridge(y, 40, waves=4 + number)]
        roof = [*skyline, (UNITS_RIGHT, -40), (-40, -40)]
        plate.draw(
            mix(inks.deep, inks.mid, number * 0.33),
            lambda pen, r=roof: pen.polygon(r),
            opacity=0.75,
        )
    drops = [(plate.random.uniform(-80, 1560), plate.random.uniform(150, 900)) for _ in range(170)]

    def fall(pen: Pen) -> None:
        for x, y in drops:
            size = 26 + (x * 7 + y * 3) % 40
            pen.line([(x, y), (x - slant * size / 100, y + size)], 4)

    plate.draw(inks.paper, fall, opacity=0.85)
    far = plate.ridge(700, 60, waves=2)
    plate.draw(inks.deep, plate.ground(far), Shade(inks.ink, 90, 0.3, 0.8))
    near = plate.ridge(840, 40, waves=1.6)
    plate.draw(inks.ink, plate.ground(near))
    for number in range(gauges):
        x = 300.0 + number * 900 / max(1, gauges - 1)
        foot = above(near, x)
        plate.draw(inks.spot, lambda pen, x=x, y=foot: _gauge(pen, x, y, 165))
        level = 60 + 38 * number
        plate.draw(
            inks.glow,
            lambda pen, x=x, y=foot, h=level: pen.box(x - 14, y - 136 - h, x + 14, y - 138),
        )


UNITS_RIGHT = 1540


def contours(
    plate: Plate, *, levels: int = 14, wet: float = 0.32, points: int = 9, track: bool = False
) -> None:
    """A contour map with water in its hollows, and the places where somebody measures."""
    inks = plate.inks
    land = plate.height_map(9, 6)
    step = 256 / levels
    plate.fill(inks.pale)
    for level, ink in ((0.55, mix(inks.pale, inks.light, 0.55)), (0.75, inks.light)):
        plate.ink(
            ink, land.point(lambda v, t=level: 255 if v > t * 255 else 0).reduce(OVERSAMPLING)
        )
    terraces = land.point(lambda v: int(v / step) * int(step))
    lines = ImageChops.subtract(terraces.filter(ImageFilter.MaxFilter(5)), terraces)
    lines = lines.point(lambda v: 255 if v else 0).reduce(OVERSAMPLING)
    plate.ink(inks.mid, lines, opacity=0.9)
    water = land.point(lambda v: 255 if v < wet * 255 else 0).reduce(OVERSAMPLING)
    plate.ink(inks.deep, water, Shade(inks.ink, 90, 0.2, 0.6))
    plate.ink(inks.light, ImageChops.multiply(lines, water), opacity=0.55)
    places = sorted(
        (plate.random.uniform(160, 1340), plate.random.uniform(140, 860)) for _ in range(points)
    )
    if track:
        plate.draw(inks.paper, lambda pen: _dashes(pen, places), opacity=0.95)
    plate.draw(inks.paper, lambda pen: [pen.disc(x, y, 25) for x, y in places])
    plate.draw(inks.spot, lambda pen: [pen.disc(x, y, 17) for x, y in places])


def _dashes(pen: Pen, places: list[Point]) -> None:
    """A dashed way through the places."""
    for (x0, y0), (x1, y1) in itertools.pairwise(places):
        parts = max(2, int(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 / 20))
        for part in range(0, parts, 2):
            a, b = part / parts, (part + 1) / parts
            pen.line(
                [
                    (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a),
                    (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b),
                ],
                6,
            )


def fields(plate: Plate, *, rows: int = 5) -> None:
    """Fields from above, each ploughed its own way, with a lane and stakes."""
    inks = plate.inks
    plate.fill(inks.paper)
    tones = [inks.pale, inks.light, mix(inks.light, inks.mid, 0.5), inks.mid, inks.deep, inks.glow]
    height = plate.height / rows
    for row in range(rows):
        x, lean = -120.0, plate.random.uniform(-50, 50)
        while x < 1600:
            width = plate.random.uniform(150, 390)
            ink = plate.random.choice(tones)
            y0, y1 = row * height + 5, (row + 1) * height - 5
            corners = [
                (x + 5, y0),
                (x + width - 5, y0),
                (x + width - 5 + lean, y1),
                (x + 5 + lean, y1),
            ]
            field = plate.draw(ink, lambda pen, c=corners: pen.polygon(c))
            furrow = mix(ink, inks.ink, 0.28)
            gap, slope = (
                plate.random.choice([16, 22, 30]),
                plate.random.choice([-0.5, 0, 0.35, 1.2]),
            )

            def plough(
                pen: Pen,
                x: float = x,
                w: float = width,
                y0: float = y0,
                y1: float = y1,
                gap: int = gap,
                slope: float = slope,
            ) -> None:
                for start in range(int(x - 400), int(x + w + 400), gap):
                    pen.line([(start, y0), (start + slope * (y1 - y0) + lean, y1)], 3)

            plate.within(field, plough, furrow, 0.7)
            x += width
    lane = [(x, y * 0.55 + 230) for x, y in plate.ridge(500, 90, waves=1.6, detail=2)]
    plate.draw(inks.paper, lambda pen: pen.line(lane, 34))
    stakes = [lane[i] for i in range(12, len(lane) - 6, 17)]
    plate.draw(inks.spot, lambda pen: [pen.disc(x, y, 19) for x, y in stakes])
    plate.draw(inks.paper, lambda pen: [pen.disc(x, y, 7) for x, y in stakes])


def soil(plate: Plate) -> None:
    """A soil pit: horizons, stones, roots and a ruler."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.paper, 90, 0.2, 0.6))
    sun(plate, 1210, 130, 70, inks.spot)
    bands = [
        inks.ink,
        inks.deep,
        mix(inks.deep, inks.glow, 0.35),
        mix(inks.mid, inks.glow, 0.55),
        inks.light,
    ]
    for number, ink in enumerate(bands):
        line = plate.ridge(255 + number * 155, 16 + number * 7, waves=3 + number)
        mask = plate.draw(ink, plate.ground(line), Shade(mix(ink, inks.ink, 0.4), 270, 0.4, 0.7))
        plate.speckle(mix(ink, inks.paper, 0.6), mask, 0.02 + 0.015 * number)

    def blades(pen: Pen) -> None:
        for number in range(150):
            x = number * 10.3
            y = 265 + 14 * sin(x / 90)
            pen.line(
                [(x, y), (x + plate.random.uniform(-16, 16), y - plate.random.uniform(25, 80))], 5
            )

    plate.draw(inks.mid, blades)

    def roots(pen: Pen) -> None:
        for start in (330, 560, 1010):
            for branch in range(9):
                x, y, drift = float(start), 262.0, plate.random.uniform(-10, 10)
                points = [(x, y)]
                for _ in range(6 + branch * 2):
                    x += drift + plate.random.uniform(-14, 14)
                    y += plate.random.uniform(14, 30)
                    points.append((x, y))
                pen.line(points, 5 - branch * 0.35)

    plate.draw(inks.glow, roots, opacity=0.9)
    stones = [
        (
            plate.random.uniform(0, 1500),
            plate.random.uniform(620, 990),
            plate.random.uniform(10, 34),
        )
        for _ in range(36)
    ]
    plate.draw(
        inks.paper,
        lambda pen: [pen.oval(x, y, r * 1.4, r) for x, y, r in stones],
        opacity=0.8,
    )
    plate.draw(inks.paper, lambda pen: pen.box(770, 215, 830, 960, 6))
    marks = range(13)
    plate.draw(
        inks.spot,
        lambda pen: [
            pen.box(770, 240 + 60 * n, 830 if n % 2 else 800, 270 + 60 * n) for n in marks if n < 12
        ],
    )


def roofs(plate: Plate, *, snow: bool = True, flakes: int = 130) -> None:
    """A village under snow, or under the moon."""
    inks = plate.inks
    plate.fill(inks.deep if snow else inks.ink, Shade(inks.mid, 90, 0.2, 0.6))
    far = plate.ridge(360, 110, waves=2.4)
    plate.draw(inks.light, plate.ground(far), Shade(inks.mid, 90, 0.1, 0.8))
    for row, (base, size, ink) in enumerate(
        ((640, 0.8, inks.mid), (820, 1.1, inks.deep), (1010, 1.5, inks.ink))
    ):
        x = -60.0 - 90 * row
        while x < 1560:
            width = plate.random.uniform(170, 250) * size
            top = base - plate.random.uniform(120, 180) * size
            _house(plate, x, base, width, top, ink, snow)
            x += width + plate.random.uniform(8, 60) * size
    drifts = [
        (
            plate.random.uniform(0, 1500),
            plate.random.uniform(0, 1000),
            plate.random.uniform(2.5, 6.5),
        )
        for _ in range(flakes)
    ]
    plate.draw(inks.paper, lambda pen: [pen.disc(*flake) for flake in drifts], opacity=0.95)


def _house(
    plate: Plate,
    x: float,
    base: float,
    width: float,
    top: float,
    ink: tuple[int, int, int],
    snow: bool,
) -> None:
    inks = plate.inks
    wall = top + (base - top) * 0.42
    plate.draw(ink, lambda pen: pen.box(x + width * 0.08, wall - 4, x + width * 0.92, base + 60))
    roof = [(x, wall), (x + width * 0.5, top), (x + width, wall)]
    plate.draw(mix(ink, inks.ink, 0.4), lambda pen: pen.polygon(roof))
    if snow:
        cap = [
            (x - 6, wall - 4),
            (x + width * 0.5, top - width * 0.13),
            (x + width + 6, wall - 4),
            (x + width * 0.86, wall - width * 0.1),
            (x + width * 0.5, top + width * 0.08),
            (x + width * 0.14, wall - width * 0.1),
        ]
        plate.draw(inks.paper, lambda pen: pen.polygon(cap), Shade(inks.light, 90, 0.4, 0.7))
    size = width * 0.085
    lit = plate.random.random() < 0.6
    y = wall + (base - wall) * 0.35
    for place in (0.32, 0.62):
        cx = x + width * place
        plate.draw(
            inks.spot if lit and place < 0.5 else inks.glow if lit else mix(ink, inks.ink, 0.5),
            lambda pen, cx=cx: pen.box(cx - size, y - size, cx + size, y + size * 1.2, 3),
        )


def rose(plate: Plate, *, sectors: int = 16) -> None:
    """A wind rose: how often the air came from where."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.paper, 0, 0.1, 0.7))
    cx, cy = 750, 500
    for r in (130, 240, 350, 460):
        plate.draw(inks.light, lambda pen, r=r: pen.ring(cx, cy, r, 4))
    for degrees in range(0, 360, 45):
        plate.draw(
            inks.light, lambda pen, d=degrees: pen.line([(cx, cy), around(cx, cy, 470, d)], 3)
        )
    width = 360 / sectors
    for number in range(sectors):
        angle = number * width
        length = (
            110 + 300 * (0.5 + 0.5 * sin(number * 0.55 + 1.2)) ** 2.2 + plate.random.uniform(0, 40)
        )
        for share, ink in ((1, inks.mid), (0.68, inks.deep), (0.36, inks.spot)):
            plate.draw(
                ink,
                lambda pen, a=angle, r=length * share: pen.sector(
                    cx, cy, r, a - width * 0.4, a + width * 0.4
                ),
            )
    plate.draw(inks.paper, lambda pen: pen.disc(cx, cy, 44))
    plate.draw(inks.ink, lambda pen: pen.disc(cx, cy, 14))
