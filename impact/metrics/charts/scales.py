"""Scales: round numbers that cover the data, and where a value lies between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def ticks(values: Iterable[Decimal], most: int) -> list[Decimal]:
    """Return at most `most` (3 or more) round numbers, evenly spaced, that cover all values and zero.

    Whole numbers are never divided: nobody is half a member. Without a difference the scale goes to one.

    >>> [str(tick) for tick in ticks([Decimal(3), Decimal(17)], 5)]
    ['0', '5', '10', '15', '20']
    """
    known = [Decimal(0), *values]
    low, high = min(known), max(known)
    if low == high:
        high = Decimal(1)
    whole = all(value == value.to_integral_value() for value in known)
    power = Decimal(1).scaleb(((high - low) / most).adjusted() - 1)
    while True:
        for factor in ROUND_STEPS:
            step = factor * power
            if whole and step != step.to_integral_value():
                continue
            first = (low / step).to_integral_value(ROUND_FLOOR)
            last = (high / step).to_integral_value(ROUND_CEILING)
            if last - first < most:
                return [_plain(step * n) for n in range(int(first), int(last) + 1)]
        power *= 10


def _plain(value: Decimal) -> Decimal:
    """Without exponent and trailing zeros; and zero is never negative."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()


@dataclass(frozen=True)
class Scale:
    """A straight scale from `low` to `high`, which lie at `start` and `end` in units of the drawing."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, value: Decimal) -> float:
        """Return where a value lies."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + float(share) * (self.end - self.start)
