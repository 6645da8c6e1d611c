"""Marks: portraits and the signs of communities, as flat geometry on a square sheet."""

from dataclasses import replace
from math import sin

from impact.demo.artwork.palette import Colour, mix
from impact.demo.artwork.plate import Pen, Plate, Shade, around, turned

# A square sheet is 1500 units wide and high.
MIDDLE = 750.0
SKIN: tuple[Colour, ...] = (
    (236, 196, 164),
    (112, 72, 50),
    (198, 148, 108),
    (228, 186, 148),
    (142, 94, 66),
    (240, 206, 178),
    (160, 108, 74),
    (188, 132, 96),
)


def portrait(
    plate: Plate, *, skin: int = 0, hair: str = "short", collar: str = "round", extra: str = ""
) -> None:
    """A bust without features, told apart by hair, collar and what they wear."""
    inks, tone = plate.inks, SKIN[skin]
    plate.fill(inks.light, Shade(inks.pale, 90, 0.0, 0.9))
    plate.draw(inks.pale, lambda pen: pen.disc(MIDDLE, 640, 560), Shade(inks.light, 90, 0.4, 0.7))
    dark = mix(inks.ink, (70, 48, 40), 0.35) if hair != "grey" else (186, 184, 180)
    if hair in ("long", "wrap"):
        plate.draw(
            inks.spot if hair == "wrap" else dark,
            lambda pen: (pen.disc(MIDDLE, 590, 330), pen.box(430, 600, 1070, 1090, 150)),
        )
    if hair == "cloud":
        plate.draw(dark, lambda pen: pen.disc(MIDDLE, 540, 390))
    body = [(230, 1510), (300, 1180), (560, 1060), (940, 1060), (1200, 1180), (1270, 1510)]
    plate.draw(inks.deep, lambda pen: pen.polygon(body), Shade(inks.ink, 0, 0.3, 0.7))
    neck = mix(tone, (70, 40, 30), 0.22)
    plate.draw(neck, lambda pen: pen.box(640, 860, 860, 1130, 60))
    if collar == "v":
        plate.draw(neck, lambda pen: pen.polygon([(600, 1062), (900, 1062), (750, 1290)]))
    elif collar == "high":
        plate.draw(inks.spot, lambda pen: pen.box(590, 1000, 910, 1130, 40))
    elif collar == "shirt":
        plate.draw(
            inks.paper,
            lambda pen: pen.polygon(
                [(560, 1062), (750, 1210), (940, 1062), (880, 1020), (620, 1020)]
            ),
        )
    else:
        plate.draw(neck, lambda pen: pen.sector(750, 1060, 150, 0, 180))
    plate.draw(
        tone,
        lambda pen: pen.oval(MIDDLE, 680, 235, 290),
        Shade(mix(tone, inks.ink, 0.3), 0, 0.55, 0.6),
    )
    if hair in ("short", "grey", "long"):
        plate.draw(
            dark,
            lambda pen: (
                pen.sector(MIDDLE, 615, 262, 180, 360),
                pen.polygon(
                    [
                        (488, 612),
                        (700, 612),
                        (1000, 500),
                        (1012, 690),
                        (950, 560),
                        (560, 600),
                        (520, 760),
                    ]
                ),
            ),
        )
    elif hair == "bun":
        plate.draw(
            dark,
            lambda pen: ((pen.disc(MIDDLE, 330, 118), pen.sector(MIDDLE, 620, 262, 180, 360))),
        )
    elif hair == "wrap":
        plate.draw(inks.spot, lambda pen: pen.sector(MIDDLE, 600, 300, 190, 350))
        plate.draw(inks.glow, lambda pen: pen.arc(MIDDLE, 600, 272, 195, 345, 22))
    elif hair == "bald":
        plate.draw(dark, lambda pen: pen.sector(MIDDLE, 850, 225, 20, 160))
    elif hair == "cloud":
        plate.draw(dark, lambda pen: pen.sector(MIDDLE, 560, 300, 195, 345))
    if extra == "glasses":
        plate.draw(
            inks.ink,
            lambda pen: (
                pen.ring(655, 700, 82, 16),
                pen.ring(845, 700, 82, 16),
                pen.line([(737, 695), (763, 695)], 16),
            ),
        )
    elif extra == "hat":
        plate.draw(
            inks.mid,
            lambda pen: (pen.oval(MIDDLE, 505, 430, 74), pen.sector(MIDDLE, 505, 255, 180, 360)),
            Shade(inks.deep, 90, 0.4, 0.7),
        )
    elif extra == "earrings":
        plate.draw(inks.spot, lambda pen: (pen.disc(512, 800, 26), pen.disc(988, 800, 26)))


def emblem(plate: Plate, *, form: str, bare: bool = False, dark: bool = False) -> None:
    """The sign of a community on paper, or `bare` of any ground, for light pages or `dark` ones."""
    if dark:
        plate.inks = replace(plate.inks, ink=plate.inks.paper, deep=plate.inks.light)
    if not bare:
        plate.fill(plate.inks.paper)
    _EMBLEMS[form](plate)


def _lough(plate: Plate) -> None:
    inks = plate.inks
    disc = plate.draw(inks.deep, lambda pen: pen.disc(MIDDLE, MIDDLE, 540))
    for n in range(4):
        line = [(x, 660 + n * 150 + 44 * sin(x / 130 + n)) for x in range(100, 1400, 10)]
        plate.within(disc, lambda pen, p=line: pen.line(p, 46), inks.paper)
    plate.within(disc, lambda pen: pen.disc(900, 430, 120), inks.spot)


def _star(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(inks.deep, lambda pen: pen.polygon([(750, 190), (1310, 1250), (190, 1250)]))
    points = [around(750, 880, 330 if n % 2 == 0 else 105, n * 45 - 90) for n in range(8)]
    plate.draw(inks.spot, lambda pen: pen.polygon(points))


def _drop(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(
        inks.mid,
        lambda pen: ((pen.disc(750, 930, 370), pen.polygon([(750, 180), (1085, 775), (415, 775)]))),
    )
    for n in range(4):
        plate.draw(
            inks.paper,
            lambda pen, n=n: pen.box(560, 760 + n * 125, 790 + (n % 2) * 150, 800 + n * 125),
        )


def _well(plate: Plate) -> None:
    inks = plate.inks
    for r, ink in ((560, inks.deep), (430, inks.glow), (300, inks.mid), (170, inks.ink)):
        plate.draw(ink, lambda pen, r=r: pen.disc(750, 750, r))
    plate.draw(inks.paper, lambda pen: pen.sector(750, 750, 170, 20, 160))


def _dune(plate: Plate) -> None:
    inks = plate.inks
    disc = plate.draw(inks.glow, lambda pen: pen.box(200, 200, 1300, 1300, 60))
    plate.within(disc, lambda pen: pen.disc(750, 640, 240), inks.spot)
    for n, ink in enumerate((inks.light, inks.mid, inks.deep)):
        line = [
            (float(x), 800 + n * 150 + 110 * sin(x / 260 + n * 2.1)) for x in range(150, 1360, 10)
        ]
        plate.within(disc, plate.ground(line), ink)


def _reef(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(inks.mid, lambda pen: pen.sector(750, 1180, 560, 180, 360))
    for angle, size in ((-90, 470), (-128, 400), (-52, 400), (-160, 330), (-20, 330)):
        tip = around(750, 1180, size, angle)
        plate.draw(
            inks.spot,
            lambda pen, t=tip: (pen.line([(750, 1180), t], 62), pen.disc(*t, 68)),
        )
    plate.draw(inks.deep, lambda pen: pen.box(190, 1180, 1310, 1270))


def _reed(plate: Plate) -> None:
    inks = plate.inks
    for n in range(5):
        x, top = 390 + n * 180, 300 + (n % 3) * 130
        plate.draw(
            inks.deep,
            lambda pen, x=x, t=top: (
                pen.line([(x, 1290), (x + 40, t + 260)], 34),
                pen.line([(x + 40, t + 260), (x + 62, t)], 92),
            ),
        )
    plate.draw(inks.spot, lambda pen: pen.box(230, 1230, 1270, 1300))


def _snow(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(inks.deep, lambda pen: pen.box(220, 220, 1280, 1280, 240))
    for n in range(6):
        a = n * 60 - 90
        plate.draw(
            inks.paper,
            lambda pen, a=a: (
                pen.line([(750, 750), around(750, 750, 420, a)], 46),
                [
                    pen.line(
                        [around(750, 750, 250, a), around(*around(750, 750, 250, a), 145, a + s)],
                        36,
                    )
                    for s in (-50, 50)
                ],
            ),
        )


def _char(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(inks.mid, lambda pen: pen.oval(750, 950, 590, 330))
    plate.draw(inks.glow, lambda pen: pen.oval(720, 880, 360, 130))
    plate.draw(
        inks.deep,
        lambda pen: (
            (pen.box(560, 600, 880, 890), pen.polygon([(490, 630), (720, 370), (950, 630)]))
        ),
    )
    plate.draw(inks.paper, lambda pen: pen.box(670, 710, 770, 890))


def _buoy(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(
        inks.spot,
        lambda pen: pen.polygon(
            turned([(-330, 200), (-220, -120), (220, -120), (330, 200), (0, 420)], 750, 830, 10)
        ),
    )
    plate.draw(
        inks.ink,
        lambda pen: (
            pen.line(turned([(0, -120), (0, -560)], 750, 830, 10), 42),
            pen.disc(*turned([(0, -560)], 750, 830, 10)[0], 82),
        ),
    )
    plate.draw(
        inks.mid,
        lambda pen: pen.line([(x, 1190 + 45 * sin(x / 95)) for x in range(200, 1310, 8)], 52),
    )


def _ruler(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(
        inks.deep,
        lambda pen: pen.polygon(
            turned([(-560, -190), (560, -190), (560, 190), (-560, 190)], 750, 750, -35)
        ),
    )
    for n in range(11):
        x = -500 + n * 100
        deep = 210 if n % 5 == 0 else 130
        plate.draw(
            inks.glow if n % 5 == 0 else inks.paper,
            lambda pen, x=x, d=deep: pen.polygon(
                turned(
                    [(x - 14, -190), (x + 14, -190), (x + 14, -190 + d), (x - 14, -190 + d)],
                    750,
                    750,
                    -35,
                )
            ),
        )


def _alder(plate: Plate) -> None:
    inks = plate.inks
    plate.draw(inks.deep, lambda pen: pen.line([(750, 1320), (750, 420)], 40))
    for n in range(5):
        y, wide = 420 + n * 150, 190 + n * 38
        for side in (-1, 1):
            leaf = [(0, 0), (wide * 0.5, -120), (wide, -150), (wide * 0.8, -20), (wide * 0.4, 40)]
            plate.draw(
                (inks.mid, inks.deep)[(n + (side > 0)) % 2],
                lambda pen, p=leaf, s=side, y=y: pen.polygon(
                    [(750 + px * s, y + 60 + py) for px, py in p]
                ),
            )
    plate.draw(inks.spot, lambda pen: pen.disc(750, 330, 78))


def _orrery(plate: Plate) -> None:
    inks = plate.inks
    planets = [
        (*around(750, 750, r, a), size, ink)
        for r, a, size, ink in (
            (240, 215, 82, inks.ink),
            (410, 330, 108, inks.deep),
            (590, 120, 134, inks.mid),
        )
    ]

    def orbits(pen: Pen) -> None:
        for r in (240, 410, 590):
            pen.ring(750, 750, r, 46)
        for x, y, size, _ink in planets:
            pen.disc(x, y, size + 40, 0)

    plate.draw(inks.ink, orbits)
    plate.draw(inks.glow, lambda pen: pen.disc(750, 750, 130))
    for x, y, size, ink in planets:
        plate.draw(ink, lambda pen, x=x, y=y, s=size: pen.disc(x, y, s))


_EMBLEMS = {
    "lough": _lough,
    "star": _star,
    "drop": _drop,
    "well": _well,
    "dune": _dune,
    "reef": _reef,
    "reed": _reed,
    "snow": _snow,
    "char": _char,
    "buoy": _buoy,
    "ruler": _ruler,
    "alder": _alder,
    "orrery": _orrery,
}

__all__ = ["SKIN", "Pen", "emblem", "portrait"]
