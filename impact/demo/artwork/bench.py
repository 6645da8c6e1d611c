"""The bench: dials, bottles, tools, shelves, notebooks, parcels, and the people's work."""

from math import sin

from impact.demo.artwork.palette import Colour, mix
from impact.demo.artwork.plate import Pen, Plate, Shade, around, turned


def dial(plate: Plate, *, needle: float = 235, second: bool = True) -> None:
    """The face of an instrument that fills the sheet."""
    inks = plate.inks
    plate.fill(inks.deep, Shade(inks.ink, 0, 0.1, 0.7))
    cx, cy = (560, 520) if second else (750, 520)
    plate.draw(inks.ink, lambda pen: pen.disc(cx, cy, 440))
    plate.draw(inks.glow, lambda pen: pen.disc(cx, cy, 418), Shade(inks.spot, 90, 0.4, 0.7))
    plate.draw(inks.paper, lambda pen: pen.disc(cx, cy, 378), Shade(inks.pale, 90, 0.3, 0.8))
    plate.draw(
        inks.ink,
        lambda pen: [
            pen.line(
                [
                    around(cx, cy, 300 if n % 5 else 276, 140 + n * 5.2),
                    around(cx, cy, 338, 140 + n * 5.2),
                ],
                4 if n % 5 else 9,
            )
            for n in range(51)
        ],
    )
    plate.draw(inks.mid, lambda pen: pen.arc(cx, cy, 252, 140, 300, 18))
    plate.draw(inks.spot, lambda pen: pen.arc(cx, cy, 252, 300, 395, 18))
    hand = turned([(-70, -13), (300, -3), (300, 3), (-70, 13)], cx, cy, needle)
    plate.draw(inks.ink, lambda pen: (pen.polygon(hand), pen.disc(cx, cy, 38)))
    plate.draw(inks.glow, lambda pen: pen.disc(cx, cy, 15))
    if second:
        _small_dial(plate, 1190, 330, 210, 30)
        _small_dial(plate, 1190, 770, 160, 200)


def _small_dial(plate: Plate, x: float, y: float, r: float, needle: float) -> None:
    inks = plate.inks
    plate.draw(inks.ink, lambda pen: pen.disc(x, y, r))
    plate.draw(inks.light, lambda pen: pen.disc(x, y, r * 0.92), Shade(inks.mid, 90, 0.3, 0.8))
    plate.draw(
        inks.ink,
        lambda pen: [
            pen.line([around(x, y, r * 0.7, n * 30), around(x, y, r * 0.82, n * 30)], 6)
            for n in range(12)
        ],
    )
    plate.draw(
        inks.spot,
        lambda pen: pen.line([around(x, y, -r * 0.2, needle), around(x, y, r * 0.66, needle)], 11),
    )
    plate.draw(inks.ink, lambda pen: pen.disc(x, y, r * 0.1))


def bottles(plate: Plate, *, count: int = 7) -> None:
    """Sample bottles in a row, each with its label and its own clearness."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.paper, 90, 0.1, 0.8))
    plate.draw(inks.deep, lambda pen: pen.box(-10, 800, 1510, 1010), Shade(inks.ink, 90, 0.1, 0.7))
    gap = 1340 / count
    for number in range(count):
        x, wide = 80 + number * gap + gap * 0.14, gap * 0.72
        tall = plate.random.choice([330, 400, 470])
        top, base = 800 - tall, 830
        level = top + tall * plate.random.uniform(0.12, 0.5)
        ink = mix(inks.light, inks.deep, (number * 0.37) % 1)
        plate.draw(
            inks.paper,
            lambda pen, x=x, w=wide, t=top, b=base: (
                pen.box(x, t, x + w, b, 26),
                pen.box(x + w * 0.28, t - 74, x + w * 0.72, t + 30),
            ),
            opacity=0.92,
        )
        plate.draw(
            ink,
            lambda pen, x=x, w=wide, top=level, b=base: pen.box(
                x + 10, top, x + w - 10, b - 10, 18
            ),
            Shade(mix(ink, inks.ink, 0.45), 90, 0.2, 0.8),
        )
        plate.draw(
            inks.spot if number % 3 == 1 else inks.ink,
            lambda pen, x=x, w=wide, t=top: pen.box(x + w * 0.2, t - 112, x + w * 0.8, t - 62, 8),
        )
        y = base - tall * 0.44
        plate.draw(inks.paper, lambda pen, x=x, w=wide, y=y: pen.box(x + 10, y, x + w - 10, y + 92))
        plate.draw(
            inks.ink,
            lambda pen, x=x, w=wide, y=y: [
                pen.line(
                    [(x + 24, y + 22 + n * 22), (x + w - 28 - (n * 37) % 60, y + 22 + n * 22)], 5
                )
                for n in range(3)
            ],
            opacity=0.8,
        )


def shelf(plate: Plate, *, columns: int = 6, rows: int = 4) -> None:
    """Pigeonholes of an instrument library; some stand empty, for what is out on loan."""
    inks = plate.inks
    plate.fill(inks.ink, Shade(inks.deep, 90, 0.1, 0.5))
    wide, tall = 1420 / columns, 920 / rows
    tones = [inks.pale, inks.light, mix(inks.light, inks.mid, 0.5), inks.mid, inks.glow, inks.paper]
    things = [_globe, _scale, _scope, _glass, _cups, _box, _compass, _flask, _coil]
    order = [things[n % len(things)] for n in range(columns * rows)]
    plate.random.shuffle(order)
    for number, thing in enumerate(order):
        column, row = number % columns, number // columns
        x, y = 40 + column * wide, 40 + row * tall
        empty = plate.random.random() < 0.17
        back = mix(inks.deep, inks.ink, 0.45) if empty else plate.random.choice(tones)
        plate.draw(
            back,
            lambda pen, x=x, y=y: pen.box(x + 8, y + 8, x + wide - 8, y + tall - 8),
            Shade(mix(back, inks.ink, 0.5), 270, 0.55, 0.7),
        )
        if empty:
            plate.draw(
                inks.paper,
                lambda pen, x=x, y=y: pen.box(
                    x + wide * 0.33, y + tall * 0.66, x + wide * 0.67, y + tall - 10
                ),
            )
            plate.draw(
                inks.spot,
                lambda pen, x=x, y=y: pen.box(
                    x + wide * 0.38, y + tall * 0.74, x + wide * 0.62, y + tall * 0.78
                ),
            )
            continue
        bright = sum(back) > 430
        main = inks.deep if bright else inks.paper
        thing(plate, x + wide / 2, y + tall - 10, min(wide, tall) * 0.8, main, inks.spot)


def _globe(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    plate.draw(
        main,
        lambda pen: (
            pen.disc(x, y - s * 0.52, s * 0.3),
            pen.box(x - s * 0.25, y - s * 0.07, x + s * 0.25, y, 4),
            pen.box(x - s * 0.03, y - s * 0.2, x + s * 0.03, y),
        ),
    )
    plate.draw(spot, lambda pen: pen.arc(x, y - s * 0.52, s * 0.4, 60, 250, s * 0.05))


def _scale(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    plate.draw(
        main,
        lambda pen: (
            pen.box(x - s * 0.025, y - s * 0.8, x + s * 0.025, y),
            pen.box(x - s * 0.24, y - s * 0.06, x + s * 0.24, y, 4),
            pen.line([(x - s * 0.4, y - s * 0.7), (x + s * 0.4, y - s * 0.78)], s * 0.045),
        ),
    )
    plate.draw(
        spot,
        lambda pen: (
            pen.sector(x - s * 0.4, y - s * 0.4, s * 0.2, 0, 180),
            pen.sector(x + s * 0.4, y - s * 0.48, s * 0.2, 0, 180),
        ),
    )
    plate.draw(
        main,
        lambda pen: [
            pen.line([(x + a * s, y + b * s), (x + a * s + d * s, y + b * s + 0.3 * s)], 3)
            for a, b in ((-0.4, -0.7), (0.4, -0.78))
            for d in (-0.17, 0.17)
        ],
    )


def _scope(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    plate.draw(
        main,
        lambda pen: (
            pen.line([(x - s * 0.32, y - s * 0.38), (x + s * 0.34, y - s * 0.74)], s * 0.2),
            [
                pen.line([(x, y - s * 0.5), (x + d * s, y - 2)], s * 0.045)
                for d in (-0.26, 0.02, 0.28)
            ],
        ),
    )
    plate.draw(
        spot,
        lambda pen: pen.line(
            [(x + s * 0.3, y - s * 0.72), (x + s * 0.37, y - s * 0.757)], s * 0.25
        ),
    )


def _glass(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    plate.draw(
        main,
        lambda pen: (
            pen.box(x - s * 0.3, y - s * 0.07, x + s * 0.3, y, 5),
            pen.line(
                [(x + s * 0.2, y - 4), (x + s * 0.2, y - s * 0.5), (x, y - s * 0.72)], s * 0.1
            ),
            pen.box(x - s * 0.3, y - s * 0.27, x + s * 0.12, y - s * 0.2),
        ),
    )
    plate.draw(
        spot,
        lambda pen: pen.line(
            [(x - s * 0.07, y - s * 0.36), (x - s * 0.07, y - s * 0.82)], s * 0.16
        ),
    )


def _cups(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    hub = (x, y - s * 0.66)
    plate.draw(
        main,
        lambda pen: (
            pen.box(x - s * 0.03, y - s * 0.66, x + s * 0.03, y),
            pen.box(x - s * 0.2, y - s * 0.06, x + s * 0.2, y, 4),
            [pen.line([hub, around(*hub, s * 0.36, a)], s * 0.04) for a in (200, 320, 80)],
        ),
    )
    plate.draw(
        spot,
        lambda pen: ([pen.disc(*around(*hub, s * 0.36, a), s * 0.11) for a in (200, 320, 80)]),
    )


def _box(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    plate.draw(
        main,
        lambda pen: (
            pen.box(x - s * 0.4, y - s * 0.46, x + s * 0.4, y, 8),
            pen.arc(x, y - s * 0.46, s * 0.15, 180, 360, s * 0.06),
        ),
    )
    plate.draw(spot, lambda pen: pen.box(x - s * 0.4, y - s * 0.32, x + s * 0.4, y - s * 0.25))


def _compass(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    c = (x, y - s * 0.42)
    plate.draw(
        main,
        lambda pen: (
            pen.ring(*c, s * 0.4, s * 0.07),
            pen.polygon(turned([(0, -s * 0.3), (s * 0.07, 0), (-s * 0.07, 0)], *c, 215)),
        ),
    )
    plate.draw(
        spot,
        lambda pen: pen.polygon(turned([(0, -s * 0.3), (s * 0.07, 0), (-s * 0.07, 0)], *c, 35)),
    )


def _flask(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    plate.draw(
        main,
        lambda pen: pen.polygon(
            [
                (x - s * 0.08, y - s * 0.8),
                (x + s * 0.08, y - s * 0.8),
                (x + s * 0.08, y - s * 0.5),
                (x + s * 0.36, y),
                (x - s * 0.36, y),
                (x - s * 0.08, y - s * 0.5),
            ]
        ),
    )
    plate.draw(
        spot,
        lambda pen: pen.polygon(
            [
                (x - s * 0.21, y - s * 0.24),
                (x + s * 0.21, y - s * 0.24),
                (x + s * 0.32, y - s * 0.04),
                (x - s * 0.32, y - s * 0.04),
            ]
        ),
    )


def _coil(plate: Plate, x: float, y: float, s: float, main: Colour, spot: Colour) -> None:
    plate.draw(
        main,
        lambda pen: ([pen.ring(x, y - s * 0.4, s * r, s * 0.035) for r in (0.38, 0.3, 0.22)]),
    )
    plate.draw(
        spot,
        lambda pen: (
            pen.disc(x, y - s * 0.4, s * 0.12),
            pen.line([(x + s * 0.38, y - s * 0.4), (x + s * 0.38, y - 2)], s * 0.04),
        ),
    )


def notebook(plate: Plate, *, bars: int = 12, lines: int = 12) -> None:
    """An open notebook: figures in rows on the left, a drawn chart on the right, a pencil across."""
    inks = plate.inks
    plate.fill(inks.mid, Shade(inks.deep, 0, 0.1, 0.8))
    plate.draw(inks.ink, lambda pen: pen.box(160, 130, 1360, 900, 18), opacity=0.5)
    plate.draw(
        inks.paper,
        lambda pen: (pen.box(140, 110, 750, 880, 14), pen.box(750, 110, 1340, 880, 14)),
        Shade(inks.pale, 0, 0.4, 0.6),
    )
    plate.draw(inks.light, lambda pen: pen.line([(750, 112), (750, 878)], 8))
    for row in range(lines):
        y = 180 + row * 56
        plate.draw(inks.light, lambda pen, y=y: pen.line([(190, y), (700, y)], 2.5))
        for column in range(4):
            length = plate.random.uniform(28, 88)
            x = 205.0 + column * 128
            ink = inks.spot if column == 3 and row % 5 == 2 else inks.ink
            plate.draw(
                ink,
                lambda pen, x=x, y=y, w=length: pen.line(
                    [(x + t * w / 6, y - 16 + (7 if t % 2 else -5)) for t in range(7)], 4.5
                ),
            )
    width = 480 / bars
    for number in range(bars):
        tall = 60 + 430 * abs(sin(number * 0.62 + plate.random.uniform(0, 0.5))) ** 1.4
        x = 805 + number * width
        ink = inks.spot if number == bars - 4 else inks.deep if tall > 300 else inks.mid
        plate.draw(
            ink,
            lambda pen, x=x, t=tall: pen.box(x + 4, 790 - t, x + width - 4, 790),
            Shade(mix(ink, inks.paper, 0.4), 270, 0.5, 0.8),
        )
    plate.draw(
        inks.ink,
        lambda pen: (
            (pen.line([(795, 795), (1300, 795)], 5), pen.line([(795, 250), (795, 795)], 5))
        ),
    )
    _pencil(plate, 1210, 250, 118, 560)


def _pencil(plate: Plate, x: float, y: float, angle: float, length: float) -> None:
    inks = plate.inks
    for points, ink in (
        ([(0, -17), (length * 0.84, -17), (length * 0.84, 17), (0, 17)], inks.spot),
        ([(length * 0.84, -17), (length, 0), (length * 0.84, 17)], inks.pale),
        ([(length * 0.95, -5), (length, 0), (length * 0.95, 5)], inks.ink),
        ([(-46, -17), (0, -17), (0, 17), (-46, 17)], inks.ink),
    ):
        plate.draw(ink, lambda pen, p=points: pen.polygon(turned(p, x, y, angle)))


def tools(plate: Plate) -> None:
    """Tools and the parts of a clockwork laid out on cloth."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.light, 90, 0.1, 0.7))
    plate.draw(
        inks.light,
        lambda pen: [pen.line([(x, 0), (x - 300, 1010)], 3) for x in range(0, 1850, 62)],
        opacity=0.6,
    )
    for x, y, r, teeth, ink in (
        (330, 330, 170, 22, inks.deep),
        (560, 520, 112, 15, inks.spot),
        (300, 720, 140, 18, inks.mid),
        (1240, 250, 120, 16, inks.mid),
    ):
        plate.draw(
            ink,
            lambda pen, x=x, y=y, r=r, t=teeth: _gear(pen, x, y, r, t),
            Shade(mix(ink, inks.ink, 0.5), 90, 0.3, 0.8),
        )
    plate.draw(
        inks.ink,
        lambda pen: pen.line([around(980, 770, 12 + n * 1.9, n * 21) for n in range(76)], 7),
    )
    for x, y, angle, ink in ((760, 170, 62, inks.glow), (900, 130, 62, inks.deep)):
        plate.draw(
            inks.ink,
            lambda pen, x=x, y=y, a=angle: pen.polygon(
                turned([(150, -8), (520, -6), (540, 0), (520, 6), (150, 8)], x, y, a)
            ),
        )
        plate.draw(
            ink,
            lambda pen, x=x, y=y, a=angle: pen.polygon(
                turned(
                    [(-30, -30), (130, -36), (165, -14), (165, 14), (130, 36), (-30, 30)], x, y, a
                )
            ),
            Shade(mix(ink, inks.ink, 0.5), 90, 0.3, 0.7),
        )
    plate.draw(
        inks.spot,
        lambda pen: [
            pen.line(
                [(1270 + side * 34, 900), (1250 + side * 60, 690), (1250 + side * 22, 560)], 34
            )
            for side in (-1, 1)
        ],
    )
    plate.draw(
        inks.ink,
        lambda pen: (
            pen.disc(1252, 560, 34),
            pen.polygon([(1222, 545), (1246, 545), (1249, 410), (1236, 410)]),
            pen.polygon([(1258, 545), (1282, 545), (1268, 410), (1255, 410)]),
        ),
    )
    screws = [(plate.random.uniform(620, 1150), plate.random.uniform(620, 940)) for _ in range(9)]
    plate.draw(inks.ink, lambda pen: [pen.disc(x, y, 15) for x, y in screws])
    plate.draw(
        inks.pale,
        lambda pen: [pen.line(turned([(-9, 0), (9, 0)], x, y, x), 4) for x, y in screws],
    )


def _gear(pen: Pen, x: float, y: float, r: float, teeth: int) -> None:
    for n in range(teeth):
        a = n * 360 / teeth
        pen.polygon(
            turned(
                [
                    (r * 0.86, -r * 0.1),
                    (r * 1.08, -r * 0.06),
                    (r * 1.08, r * 0.06),
                    (r * 0.86, r * 0.1),
                ],
                x,
                y,
                a,
            )
        )
    pen.disc(x, y, r * 0.92)
    pen.disc(x, y, r * 0.66, 0)
    for n in range(4):
        pen.line(
            [around(x, y, r * 0.1, n * 90 + 20), around(x, y, r * 0.75, n * 90 + 20)], r * 0.14
        )
    pen.disc(x, y, r * 0.22)
    pen.disc(x, y, r * 0.09, 0)


def parcels(plate: Plate) -> None:
    """Boxes strapped and labelled, ready to go out or just come back."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.paper, 90, 0.1, 0.7))
    plate.draw(inks.light, lambda pen: pen.box(-10, 830, 1510, 1010), Shade(inks.mid, 90, 0.1, 0.8))
    boxes = [
        (120, 520, 430, 860, inks.mid),
        (150, 300, 380, 520, inks.glow),
        (450, 380, 860, 860, inks.deep),
        (520, 210, 790, 380, inks.light),
        (880, 600, 1130, 860, inks.spot),
        (900, 430, 1090, 600, inks.mid),
        (1150, 340, 1400, 860, inks.deep),
    ]
    for number, (x0, y0, x1, y1, ink) in enumerate(boxes):
        dark = mix(ink, inks.ink, 0.5)
        plate.draw(ink, lambda pen, b=(x0, y0, x1, y1): pen.box(*b, 8), Shade(dark, 0, 0.4, 0.8))
        middle, thick = (x0 + x1) / 2, 15
        plate.draw(
            inks.ink,
            lambda pen, a=x0, b=x1, t=y0, u=y1, m=middle: (
                pen.box(m - thick, t, m + thick, u),
                pen.box(a, (t + u) / 2 - thick, b, (t + u) / 2 + thick) if number % 2 else None,
            ),
        )
        lx, ly = x0 + (x1 - x0) * 0.12, y0 + (y1 - y0) * 0.14
        plate.draw(inks.paper, lambda pen, x=lx, y=ly: pen.box(x, y, x + 92, y + 62, 4))
        plate.draw(
            inks.ink,
            lambda pen, x=lx, y=ly: [
                pen.line([(x + 13, y + 17 + n * 15), (x + 78 - n * 16, y + 17 + n * 15)], 5)
                for n in range(3)
            ],
        )
        plate.draw(inks.ink, lambda pen, m=middle, t=y0: pen.arc(m, t, 30, 180, 360, 10))


def hands(plate: Plate, *, count: int = 8) -> None:
    """Discs of many tones that overlap around a table: people around one instrument."""
    inks = plate.inks
    plate.fill(inks.pale, Shade(inks.light, 90, 0.2, 0.7))
    cx, cy = 750, 500
    plate.draw(inks.ink, lambda pen: pen.oval(cx + 14, cy + 26, 480, 345), opacity=0.35)
    plate.draw(inks.glow, lambda pen: pen.oval(cx, cy, 470, 335), Shade(inks.spot, 90, 0.3, 0.55))
    tones = [inks.deep, inks.mid, inks.ink, inks.light, inks.spot]
    for number in range(count):
        angle = number * 360 / count + 14
        x, y = cx + 560 * around(0, 0, 1, angle)[0], cy + 410 * around(0, 0, 1, angle)[1]
        ink = tones[number % len(tones)]
        facing = angle + 180
        plate.draw(
            ink,
            lambda pen, x=x, y=y: pen.oval(x, y, 128, 108),
            Shade(mix(ink, inks.ink, 0.45), 90, 0.3, 0.8),
        )
        for side in (-1, 1):
            arm = around(x, y, 92, facing + side * 48)
            reach = around(*arm, 165, facing - side * 9)
            plate.draw(ink, lambda pen, a=arm, b=reach: pen.line([a, b], 34))
            plate.draw(
                mix(inks.paper, (150, 98, 66), 0.25 + (number * 0.23) % 0.7),
                lambda pen, b=reach: pen.disc(*b, 25),
            )
        head = around(x, y, 26, facing)
        plate.draw(
            mix(inks.ink, (120, 84, 60), (number * 0.31) % 0.6),
            lambda pen, h=head: pen.disc(*h, 58),
        )
    _gauge_on_table(plate, cx, cy)


def _gauge_on_table(plate: Plate, x: float, y: float) -> None:
    inks = plate.inks
    plate.draw(inks.ink, lambda pen: pen.disc(x, y, 128))
    plate.draw(inks.paper, lambda pen: pen.disc(x, y, 108), Shade(inks.pale, 90, 0.3, 0.7))
    plate.draw(
        inks.ink,
        lambda pen: [
            pen.line([around(x, y, 82, n * 20), around(x, y, 98, n * 20)], 5) for n in range(18)
        ],
    )
    plate.draw(inks.spot, lambda pen: pen.line([around(x, y, -28, 305), around(x, y, 84, 305)], 10))


def sheets(plate: Plate, *, count: int = 6) -> None:
    """One instruction sheet in many languages, fanned out."""
    inks = plate.inks
    plate.fill(inks.deep, Shade(inks.ink, 90, 0.1, 0.6))
    tones = [inks.light, inks.pale, inks.glow, inks.paper, inks.light, inks.paper, inks.pale]
    for number in range(count):
        angle = -34 + number * 68 / max(1, count - 1)
        corners = turned(
            [(-170, -760), (170, -760), (170, -260), (-170, -260)], 750, 1130, angle, 1.12
        )
        ink = tones[number % len(tones)]
        plate.draw(
            inks.ink,
            lambda pen, c=corners: pen.polygon([(x + 10, y + 12) for x, y in c]),
            opacity=0.35,
        )
        plate.draw(
            ink, lambda pen, c=corners: pen.polygon(c), Shade(mix(ink, inks.mid, 0.4), 90, 0.5, 0.6)
        )
        plate.draw(
            inks.spot,
            lambda pen, a=angle: pen.line(
                turned([(-135, -715), (20, -715)], 750, 1130, a, 1.12), 18
            ),
        )
        for row in range(9):
            end = 130 - ((row * 53 + number * 31) % 110)
            plate.draw(
                inks.ink,
                lambda pen, a=angle, r=row, e=end: pen.line(
                    turned([(-135, -665 + r * 30), (e, -665 + r * 30)], 750, 1130, a, 1.12), 6
                ),
                opacity=0.75,
            )
        plate.draw(
            inks.mid,
            lambda pen, a=angle: pen.polygon(
                turned([(-135, -375), (-60, -375), (-97, -300)], 750, 1130, a, 1.12)
            ),
        )


def shopfront(plate: Plate) -> None:
    """The shop: two doors, a lit window of instruments, three gilt balls above."""
    inks = plate.inks
    plate.fill(inks.light, Shade(inks.pale, 90, 0.1, 0.7))
    plate.draw(inks.deep, lambda pen: pen.box(110, 90, 1390, 900), Shade(inks.ink, 270, 0.5, 0.6))
    plate.draw(inks.ink, lambda pen: pen.box(80, 250, 1420, 350))
    plate.draw(
        inks.glow,
        lambda pen: [pen.box(300 + n * 66, 285, 340 + n * 66, 315) for n in range(14)],
    )
    for x in (220, 520, 820, 1120):
        plate.draw(inks.mid, lambda pen, x=x: pen.box(x, 120, x + 160, 225))
        plate.draw(inks.ink, lambda pen, x=x: pen.line([(x + 80, 120), (x + 80, 225)], 7))
    plate.draw(inks.glow, lambda pen: pen.box(440, 400, 1060, 740), Shade(inks.spot, 90, 0.4, 0.6))
    for number, thing in enumerate((_globe, _scope, _scale, _cups, _glass)):
        thing(plate, 510 + number * 120, 740, 150, inks.ink, inks.mid)
    plate.draw(
        inks.ink,
        lambda pen: [pen.line([(x, 400), (x, 740)], 8) for x in (440, 646, 853, 1060)],
    )
    for x, ink in ((190, inks.mid), (1130, inks.spot)):
        plate.draw(
            ink,
            lambda pen, x=x: pen.box(x, 400, x + 190, 900),
            Shade(mix(ink, inks.ink, 0.5), 90, 0.4, 0.6),
        )
        plate.draw(inks.glow, lambda pen, x=x: pen.box(x + 38, 440, x + 152, 620))
        plate.draw(inks.ink, lambda pen, x=x: pen.disc(x + 160, 690, 12))
    plate.draw(
        inks.pale, lambda pen: pen.box(-10, 900, 1510, 1010), Shade(inks.light, 90, 0.2, 0.7)
    )
    plate.draw(
        inks.ink,
        lambda pen: (
            (
                pen.line([(1210, 250), (1210, 60), (1320, 60)], 12),
                pen.line([(1320, 60), (1320, 100)], 6),
            )
        ),
    )
    plate.draw(
        inks.spot,
        lambda pen: ((pen.disc(1290, 128, 30), pen.disc(1350, 128, 30), pen.disc(1320, 180, 30))),
    )
