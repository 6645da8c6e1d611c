"""What a measurement found: numbers, and every loss by name."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.portability.fidelity.words import Comparison

# What the importer leaves out on purpose, and why nobody misses it.
ON_PURPOSE = {
    "title": "the first heading repeats the title, which stands above it",
    "site-wide": "the same on every page of the old site; the new site says it in its own place",
    "address": "an address that stood alone shows the title of its page, or itself without https://",
    "front matter": "rest of the line that closes the front matter, reported",
}


@dataclass(frozen=True)
class Loss:
    """Something of the source that the site does not show; `what` is a row of the table."""

    file: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}: {self.text}"


@dataclass
class Report:
    """The numbers by row, the words, the shortcodes, what is lost, and what is good to know."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    words: Comparison = field(default_factory=Comparison)
    mapped: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    losses: list[Loss] = field(default_factory=list)
    notes: list[Loss] = field(default_factory=list)

    @property
    def is_faithful(self) -> bool:
        """Whether nothing was lost."""
        return not self.losses

    def count(self, row: str, name: str, by: int = 1) -> None:
        """Add to a number of a row."""
        self.rows.setdefault(row, Counter())[name] += by

    def lose(self, file: str, what: str, text: str) -> None:
        """Keep a loss."""
        self.losses.append(Loss(file, what, text))

    def note(self, file: str, what: str, text: str) -> None:
        """Keep something that is no loss, but no success either."""
        self.notes.append(Loss(file, what, text))

    def as_data(self) -> dict[str, Any]:
        """Return everything as JSON can hold it."""
        return {
            "faithful": self.is_faithful,
            "rows": self.rows,
            "words": {**self.word_numbers, "left out by reason": self.words.on_purpose},
            "shortcodes": {
                "mapped": self.mapped,
                "not mapped": self.unmapped,
                "left out": self.left_out,
            },
            "losses": [asdict(loss) for loss in self.losses],
            "notes": [asdict(note) for note in self.notes],
        }

    @property
    def word_numbers(self) -> dict[str, int]:
        """The numbers of words, as the table shows them."""
        return {
            "in the source": self.words.source,
            "on the page in order": self.words.in_order,
            "moved": self.words.moved,
            "left out on purpose": sum(self.words.on_purpose.values()),
            "lost": self.words.number_lost,
            "added by the site": self.words.added,
        }

    def as_text(self) -> str:
        """Return the table, and below it every loss."""
        words = self.words
        lines = [_line(name, numbers) for name, numbers in self.rows.items()]
        lines.append(_line("words", self.word_numbers))
        for reason, number in sorted(words.on_purpose.items()):
            lines.append(f"{'':<12}{number:>6,} left out: {ON_PURPOSE.get(reason, reason)}")
        for title, numbers in (
            ("mapped", self.mapped),
            ("not mapped", self.unmapped),
            ("left out", self.left_out),
        ):
            names = ", ".join(f"{name} {number}" for name, number in sorted(numbers.items()))
            lines.append(f"{'shortcodes':<12}{title}: {names or 'none'}")
        lines += ["", *(f"note: {note}" for note in self.notes)] if self.notes else []
        lines += ["", *(f"lost: {loss}" for loss in self.losses)] if self.losses else []
        verdict = "Nothing was lost." if self.is_faithful else f"{len(self.losses)} losses."
        return "\n".join([*lines, "", verdict])


def _line(name: str, numbers: Any) -> str:
    cells = "  ".join(f"{number:,} {label}" for label, number in numbers.items())
    return f"{name:<12}{cells}"
