"""Water: rivers, wells, waves, reefs, buoys, houses on stilts."""

from math import pi, sin

from PIL import ImageChops

from impact.demo.artwork.land import person, sun
from impact.demo.artwork.palette import mix
from impact.demo.artwork.plate import Pen, Plate, Point, Shade, around, turned


def river(plate: Plate, *, islands: int = 5, stakes: bool = True) -> None:
    """A braided river from above, its islands, and the shores that it has left."""
    inks = plate.inks
    plate.fill(inks.light, Shade(inks.pale, 0, 0.1, 0.8))
    middle = [(x, y * 0.75 + 130) for x, y in plate.ridge(490, 150, waves=1.7, detail=2)]
    for width, ink in (
        (640, inks.pale),
        (560, mix(inks.pale, inks.mid, 0.35)),
        (470, inks.mid),
        (400, inks.deep),
    ):
        bank = [(x, y - width / 2 + 34 * sin(x / 130 + width)) for x, y in middle]
        bank += [(x, y + width / 2 + 40 * sin(x / 170 + width * 2)) for x, y in reversed(middle)]
        shade = Shade(inks.ink, 0, 0.2, 0.45) if width == 400 else None
        plate.draw(ink, lambda pen, b=bank: pen.polygon(b), shade)

    def threads(pen: Pen) -> None:
        for offset in range(-170, 171, 34):
            pen.line([(x, y + offset + 12 * sin(x / 110 + offset)) for x, y in middle], 2.5)

    plate.draw(inks.light, threads, opacity=0.4)
    for number in range(islands):
        x, y = middle[int((number + 0.7) / islands * (len(middle) - 12))]
        y += plate.random.uniform(-80, 80)
        long, tall = plate.random.uniform(90, 165), plate.random.uniform(30, 62)
        for grow, ink in (
            (1.35, mix(inks.deep, inks.light, 0.45)),
            (1.0, inks.glow),
            (0.62, inks.mid),
        ):
            plate.draw(
                ink,
                lambda pen, x=x, y=y, a=long * grow, b=tall * grow, n=number: pen.polygon(
                    _blob(x, y, a, b, n)
                ),
            )
    if stakes:
        places = [(x, y - 265 + 20 * sin(x / 90)) for x, y in middle[8::11]]
        plate.draw(inks.spot, lambda pen: [pen.disc(x, y, 15) for x, y in places])


def _blob(x: float, y: float, long: float, tall: float, number: int) -> list[Point]:
    return [
        (
            x + long * (1 + 0.12 * sin(3 * a + number)) * around(0, 0, 1, a * 180 / pi)[0],
            y + tall * (1 + 0.16 * sin(2 * a + number * 2)) * around(0, 0, 1, a * 180 / pi)[1],
        )
        for a in (step / 40 * 2 * pi for step in range(40))
    ]


def wells(
    plate: Plate, *, depths: tuple[float, ...] = (560, 760, 640, 880), level: float = 640
) -> None:
    """The ground cut open: strata, wells of different depths, and the water that they share."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.paper, 90, 0.0, 0.8))
    sun(plate, 1180, 130, 74, inks.spot)
    tones = [
        inks.glow,
        mix(inks.glow, inks.mid, 0.4),
        mix(inks.mid, inks.glow, 0.25),
        mix(inks.mid, inks.deep, 0.5),
        inks.deep,
    ]
    for number, ink in enumerate(tones):
        line = plate.ridge(300 + number * 135, 14 + number * 8, waves=1.5 + number * 0.3, detail=3)
        mask = plate.draw(ink, plate.ground(line), Shade(mix(ink, inks.ink, 0.3), 270, 0.5, 0.7))
        plate.speckle(mix(ink, inks.paper, 0.5), mask, 0.025)
    table = plate.ridge(level, 26, waves=1.2, detail=2)
    plate.draw(inks.ink, plate.ground(table), opacity=0.42)
    plate.draw(
        inks.paper,
        lambda pen: [pen.line(table[i : i + 3], 5) for i in range(0, len(table) - 3, 5)],
    )
    for number, depth in enumerate(depths):
        x = 250 + number * 1000 / max(1, len(depths) - 1)
        plate.draw(inks.paper, lambda pen, x=x, d=depth: pen.box(x - 26, 262, x + 26, d))
        if depth > level:
            plate.draw(inks.mid, lambda pen, x=x, d=depth: pen.box(x - 26, level + 6, x + 26, d))
        plate.draw(
            inks.ink,
            lambda pen, x=x: (
                pen.box(x - 58, 235, x + 58, 300, 6),
                pen.line([(x - 46, 240), (x - 46, 150), (x + 46, 150), (x + 46, 240)], 9),
            ),
        )
        plate.draw(
            inks.spot,
            lambda pen, x=x, d=min(depth - 12, level + 14): (
                pen.line([(x, 150), (x, d)], 5),
                pen.disc(x, d, 11),
            ),
        )


def waves(
    plate: Plate,
    *,
    buoys: tuple[tuple[float, int, float], ...] = ((900, 5, 1.0),),
    moon: bool = False,
) -> None:
    """Rows of waves, each in its own tone, with buoys between them: (x, row, size)."""
    inks = plate.inks
    plate.fill(
        inks.deep if moon else inks.pale, Shade(inks.ink if moon else inks.paper, 270, 0.1, 0.8)
    )
    sun(plate, 420, 235, 125, inks.glow if moon else inks.spot)
    rows = 10
    for row in range(rows):
        share = row / (rows - 1)
        ink = (
            mix(inks.light, inks.mid, share * 2)
            if share < 0.5
            else mix(inks.mid, inks.ink, (share - 0.5) * 1.7)
        )
        base, size = 330 + row * 70 + row * row * 1.2, 26 + row * 4
        phase = plate.random.uniform(0, 6)
        line = [
            (x, base + size * sin(x / (90 + row * 18) + phase) + 7 * sin(x / 37 + phase * 3))
            for x in range(-20, 1540, 12)
        ]
        for x, at, grow in buoys:
            if at == row:
                _buoy(plate, x, base + 8, grow)
        plate.draw(
            ink,
            plate.ground([(float(x), y) for x, y in line]),
            Shade(mix(ink, inks.paper, 0.3), 270, 0.55, 0.7),
        )
        plate.draw(inks.paper, lambda pen, p=line: pen.line(p, 3.5), opacity=0.75)


def _buoy(plate: Plate, x: float, y: float, size: float) -> None:
    inks = plate.inks
    lean = plate.random.uniform(-9, 9)

    def shape(points: list[Point]) -> list[Point]:
        return turned(points, x, y, lean, size)

    plate.draw(
        inks.ink,
        lambda pen: (
            pen.line(shape([(0, -60), (0, -255)]), 8 * size),
            pen.polygon(shape([(-34, -255), (34, -255), (0, -215)])),
            pen.polygon(shape([(-34, -180), (34, -180), (0, -218)])),
        ),
    )
    plate.draw(
        inks.spot,
        lambda pen: pen.polygon(
            shape([(-95, 20), (-70, -75), (70, -75), (95, 20), (60, 70), (-60, 70)])
        ),
        Shade(mix(inks.spot, inks.ink, 0.45), 0, 0.3, 0.8),
    )
    plate.draw(
        inks.paper, lambda pen: pen.polygon(shape([(-84, -22), (-77, -48), (77, -48), (84, -22)]))
    )


def drift(plate: Plate, *, days: int = 90) -> None:
    """The chart of a buoy's way across the sea, with depth lines and its last position."""
    inks = plate.inks
    plate.fill(inks.deep, Shade(inks.ink, 90, 0.1, 0.7))
    for number in range(11):
        line = plate.ridge(70 + number * 92, 30, waves=2.2, detail=2)
        plate.draw(inks.mid, lambda pen, p=line: pen.line(p, 3), opacity=0.7)
    coast = [(x, 60 + (y - 200) * 0.6) for x, y in plate.ridge(330, 95, waves=3, detail=5)]
    coast = [(x, y + (x - 700) * 0.12) for x, y in coast]
    plate.draw(
        inks.pale,
        lambda pen: pen.polygon([*coast, (1540, -40), (-40, -40)]),
        Shade(inks.light, 270, 0.3, 0.7),
    )
    way: list[Point] = []
    x, y = 170.0, 860.0
    for step in range(days):
        x += 12.5 + 13 * sin(step / 7.3)
        y += -5.4 + 17 * sin(step / 5.1 + 1)
        way.append((x, y))
    plate.draw(inks.paper, lambda pen: pen.line(way, 6))
    plate.draw(inks.glow, lambda pen: [pen.disc(px, py, 11) for px, py in way[::6]])
    plate.draw(inks.spot, lambda pen: (pen.disc(*way[-1], 34), pen.ring(*way[-1], 62, 6)))
    plate.draw(inks.paper, lambda pen: pen.disc(*way[-1], 12))


def reef(plate: Plate, *, square: bool = True, bleached: bool = False) -> None:
    """Coral under slanting light, with the square in which somebody counts."""
    inks = plate.inks
    plate.fill(inks.light, Shade(inks.deep, 90, 0.05, 1.0))
    for number in range(5):
        x = 120.0 + number * 300
        beam = [(x, -20), (x + 130, -20), (x + 20, 1020), (x - 330, 1020)]
        plate.draw(inks.paper, lambda pen, b=beam: pen.polygon(b), opacity=0.13)
    fish = [
        (
            plate.random.uniform(80, 1420),
            plate.random.uniform(90, 420),
            plate.random.uniform(15, 32),
        )
        for _ in range(14)
    ]
    plate.draw(inks.ink, lambda pen: [_fish(pen, *f) for f in fish], opacity=0.85)
    for depth, ink in ((0, mix(inks.deep, inks.mid, 0.4)), (1, inks.deep)):
        plate.draw(ink, plate.ground(plate.ridge(740 + depth * 110, 45, waves=3)))
    inks_of = (
        [inks.paper, inks.glow, inks.pale]
        if bleached
        else [inks.spot, inks.glow, inks.mid, inks.light]
    )
    for number in range(13):
        x, y = 40 + number * 118 + plate.random.uniform(-25, 25), plate.random.uniform(800, 940)
        ink = inks_of[number % len(inks_of)]
        if number % 3 == 2:
            _brain(plate, x, y, plate.random.uniform(55, 105), ink)
        else:
            size = plate.random.uniform(70, 128)
            plate.draw(ink, lambda pen, x=x, y=y, s=size: _branch(pen, plate, x, y, -90, s, 5))
    plate.draw(inks.ink, plate.ground(plate.ridge(935, 22, waves=5)))
    if square:

        def frame(pen: Pen) -> None:
            for n in range(6):
                pen.line([(560 + n * 96, 560), (530 + n * 108, 880)], 5 if n % 5 else 13)
                pen.line(
                    [(560 - n * 6, 560 + n * 64), (1040 + n * 6, 560 + n * 64)], 5 if n % 5 else 13
                )

        plate.draw(inks.paper, frame)


def _fish(pen: Pen, x: float, y: float, size: float) -> Pen:
    pen.oval(x, y, size, size * 0.45)
    return pen.polygon(
        [(x + size * 0.7, y), (x + size * 1.6, y - size * 0.5), (x + size * 1.6, y + size * 0.5)]
    )


def _branch(
    pen: Pen, plate: Plate, x: float, y: float, degrees: float, length: float, depth: int
) -> None:
    tip = around(x, y, length, degrees)
    pen.line([(x, y), tip], 6 + depth * 5)
    if depth > 1:
        for side in (-1, 1):
            _branch(
                pen,
                plate,
                *tip,
                degrees + side * plate.random.uniform(16, 38),
                length * 0.74,
                depth - 1,
            )


def _brain(plate: Plate, x: float, y: float, r: float, ink: tuple[int, int, int]) -> None:
    mask = plate.draw(
        ink, lambda pen: pen.disc(x, y, r), Shade(mix(ink, plate.inks.ink, 0.5), 90, 0.3, 0.8)
    )
    plate.within(
        mask,
        lambda pen: [pen.ring(x, y + r * 0.5, r * s, 4) for s in (0.3, 0.6, 0.9, 1.2)],
        mix(ink, plate.inks.ink, 0.5),
        0.7,
    )


def seagrass(plate: Plate) -> None:
    """Blades of seagrass leaning one way, behind a counting square."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.light, 90, 0.1, 0.9))
    plate.draw(inks.glow, lambda pen: pen.disc(1130, 250, 150), Shade(inks.pale, 90, 0.2, 0.8))
    for row, ink in enumerate(
        (inks.light, mix(inks.light, inks.mid, 0.6), inks.mid, inks.deep, inks.ink)
    ):

        def blades(pen: Pen, row: int = row) -> None:
            for number in range(30 - row * 2):
                x = number * (54 + row * 3) + plate.random.uniform(-20, 20)
                tall = plate.random.uniform(330, 560) - row * 55
                lean = plate.random.uniform(50, 170)
                base = 1040.0
                width = 15 + row * 3
                left = [(x + lean * t * t, base - tall * t) for t in (0, 0.25, 0.5, 0.75, 1)]
                right = [(px + width * (1 - i / 4), py) for i, (px, py) in enumerate(left)]
                pen.polygon([*left, *reversed(right)])

        plate.draw(ink, blades)
        if row == 2:
            plate.draw(inks.spot, lambda pen: _square(pen, 430, 420, 520))


def _square(pen: Pen, x: float, y: float, size: float) -> None:
    for n in range(5):
        width = 15 if n in (0, 4) else 4
        pen.line([(x + n * size / 4, y), (x + n * size / 4, y + size)], width)
        pen.line([(x, y + n * size / 4), (x + size, y + n * size / 4)], width)


def stilts(plate: Plate, *, water: float = 640, marks: bool = True) -> None:
    """Houses on stilts, the flood below them and its old marks on the posts."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.light, 270, 0.1, 0.7))
    sun(plate, 310, 240, 105, inks.spot)
    plate.draw(inks.light, plate.ground(plate.ridge(water - 70, 24, waves=5)))
    for x, size in ((130, 0.85), (560, 1.15), (1060, 1.0)):
        top, floor, wide = water - 390 * size, water - 120 * size, 330 * size
        posts = [x + wide * n / 3 for n in range(4)]
        plate.draw(
            inks.ink,
            lambda pen, p=posts, f=floor: [pen.box(q - 8, f, q + 8, 900) for q in p],
        )
        if marks:
            for number, ink in enumerate((inks.spot, inks.glow, inks.paper)):
                plate.draw(
                    ink,
                    lambda pen, p=posts, f=floor, n=number: [
                        pen.box(q - 13, f + 30 + n * 26, q + 13, f + 41 + n * 26) for q in p
                    ],
                )
        plate.draw(
            inks.deep,
            lambda pen, x=x, f=floor, t=top, w=wide: pen.box(x - 14, t + 95, x + w + 14, f + 12),
            Shade(inks.ink, 0, 0.3, 0.7),
        )
        roof = [
            (x - 50, top + 110),
            (x + wide * 0.22, top),
            (x + wide * 0.78, top),
            (x + wide + 50, top + 110),
        ]
        plate.draw(inks.mid, lambda pen, r=roof: pen.polygon(r), Shade(inks.ink, 90, 0.3, 0.5))
        plate.draw(
            inks.glow,
            lambda pen, x=x, f=floor, w=wide: (
                pen.box(x + w * 0.16, f - 110, x + w * 0.32, f - 40),
                pen.box(x + w * 0.62, f - 128, x + w * 0.84, f + 10),
            ),
        )
        plate.draw(
            inks.ink,
            lambda pen, x=x, f=floor, w=wide, s=size: person(pen, x + w * 0.46, f + 8, 105 * s),
        )
    for row in range(6):
        base = water + 40 + row * 62
        ink = mix(inks.mid, inks.deep, row / 5)
        line = [(float(x), base + 11 * sin(x / 75 + row * 1.9)) for x in range(-20, 1540, 12)]
        plate.draw(
            ink, plate.ground(line), Shade(mix(ink, inks.light, 0.5), 270, 0.6, 0.6), opacity=0.93
        )


def microscope(plate: Plate) -> None:
    """The round field of a microscope, and what lives in a drop."""
    inks = plate.inks
    plate.fill(inks.ink, Shade(inks.deep, 0, 0.2, 0.6))
    field = plate.draw(
        inks.pale, lambda pen: pen.disc(750, 500, 455), Shade(inks.light, 90, 0.3, 0.7)
    )

    def life(kind: int) -> None:
        for _ in range((11, 13, 9, 16)[kind]):
            x, y = around(
                750, 500, 420 * plate.random.uniform(0.01, 1) ** 0.5, plate.random.uniform(0, 360)
            )
            size, angle = plate.random.uniform(24, 62), plate.random.uniform(0, 360)
            ink = (inks.mid, inks.deep, inks.spot, inks.glow)[kind]
            shape = ImageChops.multiply(
                field,
                plate.mask(
                    lambda pen, s=size, at=(x, y), a=angle: _cell(pen, kind, at[0], at[1], s, a)
                ),
            )
            plate.ink(ink, shape, Shade(mix(ink, inks.ink, 0.4), 90, 0.4, 0.7), opacity=0.9)

    for kind in range(4):
        life(kind)
    plate.draw(
        inks.ink,
        lambda pen: (
            pen.line([(750, 60), (750, 940)], 2.5),
            pen.line([(310, 500), (1190, 500)], 2.5),
            [pen.line([(330 + n * 35, 490), (330 + n * 35, 510)], 2.5) for n in range(25)],
        ),
        opacity=0.75,
    )
    plate.draw(inks.mid, lambda pen: pen.ring(750, 500, 470, 14))


def _cell(pen: Pen, kind: int, x: float, y: float, size: float, angle: float) -> None:
    if kind == 0:  # a chain of beads
        for n in range(7):
            pen.disc(*around(x, y, (n - 3) * size * 0.42, angle + n * 6), size * 0.25)
    elif kind == 1:  # a boat-shaped diatom with ribs
        hull = [(size * 1.5 * (t / 10), size * 0.42 * (1 - (t / 10) ** 2)) for t in range(-10, 11)]
        pen.polygon(turned([*hull, *[(px, -py) for px, py in reversed(hull)]], x, y, angle))
        for n in range(-5, 6):
            pen.line(
                turned(
                    [(n * size * 0.24, -size * 0.3), (n * size * 0.24, size * 0.3)], x, y, angle
                ),
                3,
                0,
            )
    elif kind == 2:  # a round one with spokes
        pen.disc(x, y, size * 0.62)
        pen.disc(x, y, size * 0.4, 0)
        for n in range(8):
            pen.line([around(x, y, size * 0.4, n * 45), around(x, y, size * 0.95, n * 45)], 4)
    else:
        pen.disc(x, y, size * 0.3)
        pen.disc(x, y, size * 0.13, 0)
