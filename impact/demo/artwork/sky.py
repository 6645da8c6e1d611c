"""The sky: charts, trails, lamps, moths, chimneys, the air itself."""

from math import sin

from impact.demo.artwork.land import UNITS_RIGHT, person
from impact.demo.artwork.palette import Colour, mix
from impact.demo.artwork.plate import Pen, Plate, Point, Shade, above, around, turned


def chart(plate: Plate, *, centre: tuple[float, float] = (750, 520), figures: int = 7) -> None:
    """A star chart: circles of declination, hours, stars by brightness, and figures joined by lines."""
    inks = plate.inks
    plate.fill(inks.ink, Shade(inks.deep, 270, 0.0, 0.75))
    cx, cy = centre
    disc = plate.draw(inks.deep, lambda pen: pen.disc(cx, cy, 640), Shade(inks.ink, 0, 0.3, 0.7))
    for r in (160, 320, 480, 640):
        plate.draw(inks.light, lambda pen, r=r: pen.ring(cx, cy, r, 2.5), opacity=0.6)
    for degrees in range(0, 360, 15):
        plate.draw(
            inks.light,
            lambda pen, d=degrees: pen.line(
                [around(cx, cy, 160 if d % 45 else 0, d), around(cx, cy, 640, d)], 1.6
            ),
            opacity=0.35,
        )
    plate.draw(
        inks.glow,
        lambda pen: [
            pen.line([around(cx, cy, 640, d), around(cx, cy, 662 if d % 30 else 684, d)], 4)
            for d in range(0, 360, 6)
        ],
    )
    faint = [
        (
            around(cx, cy, 640 * plate.random.random() ** 0.6, plate.random.uniform(0, 360)),
            plate.random.uniform(1.5, 4.5),
        )
        for _ in range(330)
    ]
    band = [
        ((x, cy - 300 + x * 0.32 + plate.random.gauss(0, 52)), plate.random.uniform(1, 2.6))
        for x in (plate.random.uniform(100, 1400) for _ in range(700))
    ]
    plate.within(disc, lambda pen: [pen.disc(*p, r) for p, r in band], inks.pale, 0.6)
    plate.draw(inks.pale, lambda pen: [pen.disc(*p, r) for p, r in faint])
    for number in range(figures):
        x, y = around(cx, cy, plate.random.uniform(150, 520), number * 360 / figures + 20)
        stars: list[Point] = []
        for _ in range(plate.random.randint(4, 6)):
            stars.append((x, y))
            x += plate.random.uniform(-95, 95)
            y += plate.random.uniform(-85, 85)
        plate.draw(inks.spot, lambda pen, s=stars: pen.line(s, 3), opacity=0.85)
        plate.draw(inks.paper, lambda pen, s=stars: [pen.disc(*p, 10) for p in s])


def trails(plate: Plate, *, pole: tuple[float, float] = (940, 420), watchers: int = 3) -> None:
    """A night's turning round the pole above a dark ridge with people on it."""
    inks = plate.inks
    plate.fill(inks.deep, Shade(inks.ink, 270, 0.1, 0.9))
    for ink, count in (
        (inks.mid, 45),
        (inks.light, 75),
        (inks.pale, 40),
        (inks.paper, 38),
        (inks.spot, 26),
    ):
        arcs = [
            (
                plate.random.uniform(14, 1150),
                plate.random.uniform(0, 360),
                plate.random.uniform(14, 46),
                plate.random.choice([2.5, 2.5, 4, 5.5]),
            )
            for _ in range(count)
        ]
        plate.draw(ink, lambda pen, a=arcs: [pen.arc(*pole, r, s, s + e, w) for r, s, e, w in a])
    plate.draw(inks.spot, lambda pen: pen.disc(*pole, 9))
    far = plate.ridge(780, 60, waves=3)
    plate.draw(inks.mid, plate.ground(far), Shade(inks.deep, 90, 0.1, 0.9))
    near = plate.ridge(880, 36, waves=2)
    plate.draw(inks.ink, plate.ground(near))
    for number in range(watchers):
        x = 300 + number * 74 + plate.random.uniform(-10, 10)
        plate.draw(
            inks.ink, lambda pen, x=x: person(pen, x, above(near, x) + 10, 150 + (x * 7) % 34)
        )


def meteors(plate: Plate, *, count: int = 16) -> None:
    """A shower from one point of the sky."""
    inks = plate.inks
    plate.fill(inks.ink, Shade(inks.deep, 90, 0.1, 0.9))
    stars = [
        (plate.random.uniform(0, 1500), plate.random.uniform(0, 900), plate.random.uniform(1.5, 5))
        for _ in range(260)
    ]
    plate.draw(inks.light, lambda pen: [pen.disc(*s) for s in stars])
    source = (1050, 210)
    for number in range(count):
        angle = number * 360 / count + plate.random.uniform(-9, 9)
        first = plate.random.uniform(120, 420)
        last = first + plate.random.uniform(120, 360)
        a, b = around(*source, first, angle), around(*source, last, angle)
        side = turned([(0, 7), (0, -7)], *b, angle)
        plate.draw(
            inks.paper if number % 4 else inks.spot, lambda pen, a=a, s=side: pen.polygon([a, *s])
        )
        plate.draw(inks.paper, lambda pen, b=b: pen.disc(*b, 8))
    plate.draw(inks.light, lambda pen: pen.ring(*source, 46, 3), opacity=0.8)
    plate.draw(
        inks.mid, plate.ground(plate.ridge(840, 80, waves=3)), Shade(inks.deep, 90, 0.1, 0.9)
    )
    near = plate.ridge(930, 30, waves=4)
    plate.draw(inks.ink, plate.ground(near))


def street(plate: Plate, *, dimmed: bool = True) -> None:
    """A street at night; some lamps shine down, others are dimmed."""
    inks = plate.inks
    plate.fill(inks.ink, Shade(inks.deep, 90, 0.2, 0.8))
    stars = [
        (
            plate.random.uniform(0, 1500),
            plate.random.uniform(0, 460),
            plate.random.uniform(1.5, 4.5),
        )
        for _ in range(150)
    ]
    plate.draw(inks.pale, lambda pen: [pen.disc(*s) for s in stars])
    x = -30.0
    while x < 1540:
        width, top = plate.random.uniform(120, 215), plate.random.uniform(390, 560)
        ink = mix(inks.deep, inks.mid, plate.random.uniform(0, 0.45))
        front = [
            (x, 860),
            (x, top),
            (x + width / 2, top - plate.random.choice([0, 60, 85])),
            (x + width, top),
            (x + width, 860),
        ]
        plate.draw(ink, lambda pen, f=front: pen.polygon(f), Shade(inks.ink, 90, 0.3, 0.7))
        for row in range(3):
            for column in range(2):
                if plate.random.random() < 0.28:
                    wx, wy = x + width * (0.22 + 0.36 * column), top + 50 + row * 95
                    plate.draw(
                        inks.spot,
                        lambda pen, a=wx, b=wy: pen.box(a, b, a + 30, b + 44, 2),
                        opacity=0.9,
                    )
        x += width + 6
    plate.draw(inks.ink, lambda pen: pen.box(-10, 850, 1510, 1010))
    for number, lamp in enumerate((170, 470, 770, 1070, 1370)):
        bright = not dimmed or number in (1, 4)
        cone = [(lamp - 22, 560), (lamp + 22, 560), (lamp + 165, 905), (lamp - 165, 905)]
        plate.draw(inks.spot, lambda pen, c=cone: pen.polygon(c), opacity=0.5 if bright else 0.13)
        plate.draw(
            inks.spot if bright else inks.mid,
            lambda pen, x=lamp: pen.oval(x, 905, 175, 26),
            opacity=0.75 if bright else 0.3,
        )
        plate.draw(
            inks.ink,
            lambda pen, x=lamp: (
                pen.line([(x, 960), (x, 545)], 13),
                pen.polygon([(x - 46, 562), (x + 46, 562), (x + 20, 528), (x - 20, 528)]),
            ),
        )


def moths(plate: Plate, *, count: int = 13) -> None:
    """Moths of many sizes around a lantern."""
    inks = plate.inks
    plate.fill(inks.ink, Shade(inks.deep, 0, 0.2, 0.8))
    for r, share in ((430, 0.12), (310, 0.2), (200, 0.35)):
        plate.draw(inks.spot, lambda pen, r=r: pen.disc(750, 500, r), opacity=share)
    plate.draw(
        inks.glow, lambda pen: pen.box(690, 410, 810, 600, 26), Shade(inks.spot, 90, 0.3, 0.8)
    )
    plate.draw(inks.paper, lambda pen: pen.disc(750, 505, 34))
    plate.draw(
        inks.ink,
        lambda pen: (
            pen.box(672, 380, 828, 418, 8),
            pen.box(672, 592, 828, 630, 8),
            pen.arc(750, 380, 62, 180, 360, 10),
        ),
    )
    tones = [inks.light, inks.pale, inks.mid, inks.spot, inks.paper]
    for number in range(count):
        angle = number * 360 / count + plate.random.uniform(-8, 8)
        x, y = around(750, 500, plate.random.uniform(300, 500), angle)
        x = 750 + (x - 750) * 1.35
        _moth(plate, x, y, plate.random.uniform(44, 92), angle + 90, tones[number % 5])


def _moth(
    plate: Plate, x: float, y: float, size: float, angle: float, ink: tuple[int, int, int]
) -> None:
    wing = [
        (0, -0.1),
        (0.55, -0.75),
        (1.25, -0.6),
        (1.1, 0.0),
        (0.7, 0.15),
        (0.85, 0.6),
        (0.35, 0.75),
        (0, 0.25),
    ]
    both = [[(px * side * size, py * size) for px, py in wing] for side in (1, -1)]
    plate.draw(
        ink,
        lambda pen: [pen.polygon(turned(w, x, y, angle)) for w in both],
        Shade(mix(ink, plate.inks.ink, 0.55), 90, 0.3, 0.8),
    )
    eyes = [turned([(side * 0.75 * size, -0.35 * size)], x, y, angle)[0] for side in (1, -1)]
    plate.draw(
        mix(ink, plate.inks.ink, 0.75),
        lambda pen: (
            pen.line(turned([(0, -0.45 * size), (0, 0.6 * size)], x, y, angle), size * 0.17),
            [pen.disc(*eye, size * 0.12) for eye in eyes],
        ),
    )


def chimneys(plate: Plate, *, flare: bool = True, reeds: bool = True) -> None:
    """Works on the horizon, a flare, and reeds in front."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.light, 270, 0.1, 0.8))
    plate.draw(inks.glow, lambda pen: pen.disc(360, 420, 150), Shade(inks.light, 90, 0.2, 0.9))
    for number in range(6):
        cx, cy = 1010 + number * 78, 330 - number * 46 + 12 * sin(number)
        plate.draw(
            inks.mid,
            lambda pen, x=cx, y=cy, n=number: pen.oval(x, y, 92 + n * 22, 48 + n * 13),
            Shade(inks.pale, 0, 0.1, 0.8),
            opacity=0.55,
        )
    works = [
        (690, 520, 46),
        (760, 455, 34),
        (880, 380, 26),
        (960, 350, 24),
        (1100, 540, 90),
        (1230, 500, 60),
    ]
    plate.draw(
        inks.deep,
        lambda pen: [pen.box(x, top, x + wide, 720) for x, top, wide in works],
        Shade(inks.ink, 90, 0.2, 0.6),
    )
    plate.draw(
        inks.deep,
        lambda pen: (
            (pen.box(560, 600, 1500, 730), pen.disc(620, 640, 70), pen.disc(1370, 632, 84))
        ),
    )
    if flare:
        flame = [(880, 385), (868, 330), (896, 285), (882, 240), (930, 300), (926, 350), (906, 385)]
        plate.draw(inks.spot, lambda pen: pen.polygon(flame))
        plate.draw(
            inks.glow,
            lambda pen: pen.polygon(
                turned([(px - 895, py - 385) for px, py in flame], 893, 385, 0, 0.5)
            ),
        )
    plate.draw(inks.mid, lambda pen: pen.box(-10, 715, 1510, 1010), Shade(inks.deep, 90, 0.1, 0.8))
    plate.draw(
        inks.pale,
        lambda pen: [
            pen.box(x, y, x + w, y + 6, 3)
            for x, y, w in [
                (
                    plate.random.uniform(0, 1400),
                    plate.random.uniform(740, 900),
                    plate.random.uniform(60, 240),
                )
                for _ in range(22)
            ]
        ],
        opacity=0.7,
    )
    if reeds:
        plate.draw(inks.ink, lambda pen: _reeds(pen, plate))


def _reeds(pen: Pen, plate: Plate) -> None:
    for _ in range(85):
        x = plate.random.uniform(-20, 1520)
        tall = plate.random.uniform(120, 340) * (1.25 - abs(x - 200) / 1700)
        lean = plate.random.uniform(-30, 46)
        tip = (x + lean, 1010 - tall)
        pen.line([(x, 1015), (x + lean * 0.3, 1010 - tall * 0.55), tip], 5)
        if plate.random.random() < 0.45:
            pen.line([tip, (tip[0] + lean * 0.14, tip[1] - 48)], 14)


def flakes(plate: Plate, *, winters: int = 60) -> None:
    """A hundred winters as columns hanging from above like snow on a line, one marked."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.paper, 0, 0.1, 0.6))
    width = 1340 / winters
    depth = 320.0
    columns: dict[Colour, list[tuple[float, float]]] = {}
    for number in range(winters):
        depth = max(130, min(760, depth + plate.random.uniform(-150, 148) - (depth - 420) * 0.18))
        ink = (
            mix(inks.light, inks.deep, int((depth - 130) / 90) / 7)
            if number != winters - 3
            else inks.spot
        )
        columns.setdefault(ink, []).append((80 + number * width, depth))
    for ink, drawn in columns.items():
        plate.draw(
            ink,
            lambda pen, c=drawn: [pen.box(x + 2, 900 - d, x + width - 2, 900, 3) for x, d in c],
            Shade(mix(ink, inks.paper, 0.5), 270, 0.5, 0.8),
        )
    plate.draw(inks.ink, lambda pen: [pen.line([(70, 900), (1430, 900)], 6)])
    plate.draw(
        inks.ink,
        lambda pen: [
            pen.line([(80 + n * width * 10, 900), (80 + n * width * 10, 930)], 5)
            for n in range(winters // 10 + 1)
        ],
    )


def breath(plate: Plate, *, rows: int = 16) -> None:
    """The air as a field of dots, larger where it holds more."""
    inks = plate.inks
    plate.fill(inks.paper, Shade(inks.pale, 90, 0.0, 0.9))
    phase = plate.random.uniform(0, 6)
    gap = plate.height / rows
    found: dict[Colour, list[tuple[float, float, float]]] = {}
    for row in range(rows + 1):
        for column in range(int(UNITS_RIGHT / gap) + 1):
            x, y = (column + (row % 2) / 2) * gap, row * gap
            heat = 0.5 + 0.27 * sin(x / 240 + phase) + 0.25 * sin(y / 170 + x / 520 + phase * 2)
            ink = (
                inks.spot
                if heat > 0.93
                else inks.deep
                if heat > 0.72
                else inks.mid
                if heat > 0.42
                else inks.light
            )
            found.setdefault(ink, []).append((x, y, 5 + gap * 0.42 * max(0.0, heat)))
    for ink, dots in found.items():
        plate.draw(ink, lambda pen, d=dots: [pen.disc(*dot) for dot in d])
