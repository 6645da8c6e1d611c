"""From degrees to the map: the Equal Earth projection, which keeps areas; pure.

B. Šavrič, T. Patterson, B. Jenny: The Equal Earth map projection (2018), equations 1 and 2.
"""

from math import asin, cos, radians, sin, sqrt

WIDTH = 2000
# The middle of the map: with it, no land but a few islands is cut by the edge.
CENTRE = 11.0
# Further south there is only ice, and further north only sea.
NORTH, SOUTH = 84.0, -58.0

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Return x and y of a place on a globe of radius 1; longitude in degrees from the middle.

    >>> equal_earth(0, 0)
    (0.0, 0.0)
    """
    theta = asin(_M * sin(radians(latitude)))
    square = theta**2
    sixth = square**3
    x = radians(longitude) * cos(theta)
    x /= _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return x, y


_SCALE = WIDTH / 2 / equal_earth(180, 0)[0]
_TOP = equal_earth(0, NORTH)[1]
HEIGHT = round((_TOP - equal_earth(0, SOUTH)[1]) * _SCALE)


def from_centre(longitude: float) -> float:
    """Return degrees east of the map's middle, from -180 to 180."""
    return (longitude - CENTRE + 180) % 360 - 180


def project(longitude: float, latitude: float, *, shifted: bool = False) -> tuple[float, float]:
    """Return where a place lies on the map, from its top left corner, in units of `WIDTH`.

    `shifted` takes the longitude as counted from the middle already.
    """
    east = longitude if shifted else from_centre(longitude)
    x, y = equal_earth(east, latitude)
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE
