"""The promises of the gallery as ratios: what is divided by what, and what it may come to."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Found:
    """What was measured: by measure and number of entries, one value each round."""

    sizes: Sequence[int]
    times: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    statements: dict[tuple[str, int], int] = field(default_factory=dict)
    memory: dict[int, float] = field(default_factory=dict)
    rates: dict[str, list[float]] = field(default_factory=dict)

    @property
    def small(self) -> int:
        """The smallest collection."""
        return min(self.sizes)

    @property
    def large(self) -> int:
        """The largest one."""
        return max(self.sizes)

    def ms(self, measure: str, size: int) -> float:
        """Return the median of a measure in milliseconds."""
        return statistics.median(self.times[measure, size])

    def growth(self, measure: str) -> float:
        """Return how many times as long a measure takes in the largest collection."""
        return self.ms(measure, self.large) / self.ms(measure, self.small)

    def against(self, measure: str, baseline: str) -> float:
        """Return how a measure compares with another, in the largest collection."""
        return self.ms(measure, self.large) / self.ms(baseline, self.large)

    def rate(self, one: str, other: str) -> float:
        """Return how two rates compare; `nan` where one could not be measured."""
        if one not in self.rates or other not in self.rates:
            return math.nan
        return statistics.median(self.rates[one]) / statistics.median(self.rates[other])


@dataclass(frozen=True)
class Ratio:
    """A promise. `sign` is how the ratio has to stand to the limit."""

    name: str
    value: Callable[[Found], float]
    sign: str
    limit: float
    parts: Callable[[Found], str]
    unit: str = ""

    def holds(self, found: Found) -> bool | None:
        """Return whether it is kept; `None` when it could not be measured."""
        value = self.value(found)
        if math.isnan(value):
            return None
        signs: Mapping[str, bool] = {
            "≤": value <= self.limit,
            "=": value == self.limit,
            "≥": value >= self.limit,
        }
        return signs[self.sign]


def _added(found: Found) -> float:
    added = found.ms("gallery", found.large) - found.ms("gallery", found.small)
    return added / found.ms("empty page", found.large)


def _grown(measure: str) -> Callable[[Found], str]:
    return lambda found: (
        f"{found.ms(measure, found.small):.1f} → {found.ms(measure, found.large):.1f} ms"
    )


def _compared(measure: str, baseline: str) -> Callable[[Found], str]:
    return lambda found: (
        f"{found.ms(measure, found.large):.2f} : {found.ms(baseline, found.large):.2f} ms"
    )


def _rates(one: str, other: str) -> Callable[[Found], str]:
    def text(found: Found) -> str:
        if one not in found.rates or other not in found.rates:
            return ""
        medians = [statistics.median(found.rates[name]) for name in (one, other)]
        return f"{medians[0]:,.0f} : {medians[1]:,.0f} a second"

    return text


RATIOS = (
    Ratio(
        "filtered gallery, not kept: time added by the larger collection, in empty Wagtail pages",
        _added,
        "≤",
        1,
        lambda found: (
            f"{_grown('gallery')(found)}, empty {found.ms('empty page', found.large):.1f}"
        ),
    ),
    Ratio(
        "its SQL statements, large : small",
        lambda found: (
            found.statements["gallery", found.large] / found.statements["gallery", found.small]
        ),
        "=",
        1,
        lambda found: (
            f"{found.statements['gallery', found.large]} : {found.statements['gallery', found.small]}"
        ),
    ),
    Ratio(
        "all facet counts : SQL statement of design B",
        lambda found: found.against("counts", "counts, SQL"),
        "≤",
        0.1,
        _compared("counts", "counts, SQL"),
    ),
    Ratio(
        "gallery with counts, not kept : plain Wagtail listing without",
        lambda found: found.against("gallery", "plain listing"),
        "≤",
        0.125,
        _compared("gallery", "plain listing"),
    ),
    Ratio(
        "kept gallery : constant view of that size, requests a second",
        lambda found: found.rate("kept gallery", "constant view"),
        "≥",
        0.6,
        _rates("kept gallery", "constant view"),
    ),
    Ratio(
        "nginx proxy_cache : nginx file of that size, requests a second",
        lambda found: found.rate("nginx proxy_cache", "nginx file"),
        "≥",
        0.9,
        _rates("nginx proxy_cache", "nginx file"),
    ),
    Ratio(
        "search of a word in 5% of entries with counts : bare full-text statement",
        lambda found: found.against("search", "search, SQL"),
        "≤",
        3,
        _compared("search", "search, SQL"),
    ),
    Ratio(
        "publishing one story, large : small",
        lambda found: found.growth("publish"),
        "≤",
        1.5,
        _grown("publish"),
    ),
    Ratio(
        "feed of 50 full entries, large : small",
        lambda found: found.growth("feed"),
        "≤",
        1.3,
        _grown("feed"),
    ),
    Ratio(
        "memory of a worker, large − small",
        lambda found: found.memory[found.large] - found.memory[found.small],
        "≤",
        60,
        lambda found: f"{found.memory[found.small]:.0f} → {found.memory[found.large]:.0f} MB",
        unit=" MB",
    ),
)


def ratio_table(found: Found) -> str:
    """Return every promise, what was measured, and whether it is kept."""
    words = {True: "kept", False: "MISSED", None: "not measured"}
    lines = [f"{'ratio':<90}{'limit':>10}{'measured':>12}  "]
    for ratio in RATIOS:
        value = ratio.value(found)
        shown = "–" if math.isnan(value) else f"{value:.2f}{ratio.unit}"
        limit = f"{ratio.sign} {ratio.limit:g}{ratio.unit}"
        verdict = words[ratio.holds(found)]
        lines.append(f"{ratio.name:<90}{limit:>10}{shown:>12}  {verdict:<13}{ratio.parts(found)}")
    return "\n".join(lines)


def growth_table(found: Found) -> str:
    """Return the median of every measure at every size, with its statements."""
    names = list(dict.fromkeys(name for name, _size in found.times))
    lines = [f"{'':<24}" + "".join(f"{f'{size:,} entries':>32}" for size in found.sizes)]
    for name in names:
        base = found.ms(name, found.small)
        cells = "".join(
            f"{found.ms(name, size):>14.2f} ms ×{found.ms(name, size) / base:<5.2f}"
            f"{found.statements[name, size]:>4} SQL"
            for size in found.sizes
        )
        lines.append(f"{name:<24}{cells}")
    return "\n".join(lines)
