"""A quiet pattern where a picture is missing: arcs, waves or contours, drawn from a title.

The same title always gives the same pattern. Its colour comes from the class of the category around it
(`currentColor`), so that the drawing carries no style of its own.
"""

from hashlib import blake2b
from math import cos, pi, sin

WIDTH, HEIGHT = 300, 200
# Standing alone in an `<img>`, no style sheet reaches it: a neutral grey that is seen on light and dark.
ALONE = "#8a8f98"


def placeholder_svg(title: str, *, standalone: bool = False) -> str:
    """Return an SVG of 3:2, about a kilobyte. `standalone` makes it a file of its own."""
    digest = blake2b(title.encode("utf-8", "replace"), digest_size=12).digest()
    pattern = (_arcs, _waves, _contours)[digest[0] % 3]
    colour = ALONE if standalone else "currentColor"
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    return (
        f'<svg{namespace} class="placeholder" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colour}" fill-opacity=".1"/>'
        f'<g fill="none" stroke="{colour}" stroke-width="1.5">{pattern(digest)}</g></svg>'
    )


def _arcs(digest: bytes) -> str:
    """Rings around a point near one corner, a few of them heavier."""
    x = 30 + digest[1] % 240
    y = (20 + digest[2] % 60) if digest[3] % 2 else (120 + digest[2] % 60)
    heavy = 2 + digest[4] % 4
    rings = []
    for number in range(1, 12):
        radius = 18 * number + digest[5] % 10
        width = ' stroke-width="5"' if number % heavy == 0 else ""
        rings.append(
            f'<circle cx="{x}" cy="{y}" r="{radius}"{width} stroke-opacity="{_fade(number, 11)}"/>'
        )
    return "".join(rings)


def _waves(digest: bytes) -> str:
    """Lines that swing together and drift apart, level or at a slant."""
    length, height = 50 + digest[1] % 80, 6 + digest[2] % 20
    apart, shift = 18 + digest[4] % 10, digest[3] % 60
    slant = (0, 0, -24, 32, -58, 90)[digest[5] % 6]
    lines = []
    for number in range(360 // apart):
        y = -70 + number * apart
        swing = height * (1 - number * apart / 520)
        lines.append(
            f'<path d="M{-shift - 120} {y}q{length / 2:g} {-swing:.0f} {length} 0'
            f'{f"t{length} 0" * (520 // length)}"'
            f' stroke-opacity="{_fade(number, 360 // apart)}"/>'
        )
    return f'<g transform="rotate({slant} 150 100)">{"".join(lines)}</g>'


def _contours(digest: bytes) -> str:
    """Closed, uneven rings, like the heights on a map."""
    x, y = 70 + digest[1] % 160, 50 + digest[2] % 100
    rings = []
    for number in range(1, 8):
        radius = 20 * number
        points = []
        for step in range(8):
            angle = step * pi / 4
            reach = radius * (0.8 + (digest[3 + step] % 64) / 160)
            points.append((x + reach * cos(angle), y + reach * 0.75 * sin(angle)))
        rings.append(f'<path d="{_closed(points)}" stroke-opacity="{_fade(number, 7)}"/>')
    return "".join(rings)


def _closed(points: list[tuple[float, float]]) -> str:
    """Return a smooth closed path: quadratic curves between the middles of neighbours."""
    middles = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for a, b in zip(points, [*points[1:], points[0]], strict=True)
    ]
    path = f"M{middles[-1][0]:.0f} {middles[-1][1]:.0f}"
    for point, middle in zip(points, middles, strict=True):
        path += f"Q{point[0]:.0f} {point[1]:.0f} {middle[0]:.0f} {middle[1]:.0f}"
    return path + "Z"


def _fade(number: int, total: int) -> str:
    """Return an opacity that grows weaker from the first line to the last."""
    return f"{0.6 - 0.4 * number / total:.2f}".lstrip("0")
