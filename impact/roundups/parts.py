"""The parts of a report as templates show them: plain data with cards and addresses."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from impact.blocks.text import Heading
from impact.metrics.charts import Chart
from impact.metrics.figures import Figure
from impact.pages.cards import Card, Label
from impact.pages.quantities import Quantity
from impact.roundups.composition import Answer, Goal


@dataclass(frozen=True)
class Part:
    """A part under a heading; `anchor` is the heading's id, `text` the editor's own words below it."""

    anchor: str
    title: str
    text: RichText | None = None

    kind: ClassVar[str] = ""

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"roundups/parts/{self.kind}.html"

    @property
    def number(self) -> int | None:
        """How much it holds, as the contents say it; None where that says nothing."""
        return None


@dataclass(frozen=True)
class WordsPart(Part):
    """Words of the editors' own: blocks as HTML, and the headings among them."""

    blocks: tuple[SafeString | str, ...] = ()
    headings: tuple[Heading, ...] = ()
    has_player: bool = False

    kind = "words"


@dataclass(frozen=True)
class KeyFiguresPart(Part):
    """Figures of the year; `counts` are those that it counts by itself."""

    figures: tuple[Figure, ...] = ()
    others: tuple[Figure, ...] = ()
    counts: tuple[Figure, ...] = ()

    kind = "key_figures"


@dataclass(frozen=True)
class SectionPart(Part):
    """Entries under one heading. `slug` is a category's, and empty for all other sections."""

    count: int = 0
    cards: tuple[Card, ...] = ()
    year: int = 0
    slug: str = ""
    tag: str = ""
    description: str = ""
    url: str = ""

    kind = "section"

    @property
    def number(self) -> int | None:
        """Its entries, shown or not."""
        return self.count


@dataclass(frozen=True)
class ShownHighlight:
    """An entry, and what editors say about it."""

    card: Card
    sentence: RichText | None = None


@dataclass(frozen=True)
class HighlightsPart(Part):
    """Entries with a sentence each."""

    highlights: tuple[ShownHighlight, ...] = ()

    kind = "highlights"


@dataclass(frozen=True)
class YearCommunity:
    """A community, and its number of entries in the year."""

    slug: str
    name: str
    count: int
    url: str
    kind: str = ""
    region: str = ""


@dataclass(frozen=True)
class CommunityGroup:
    """Communities of one kind; the title is empty where there is no other kind."""

    title: str
    communities: tuple[YearCommunity, ...]


@dataclass(frozen=True)
class RegionCount:
    """A region, and how many of the communities work there."""

    name: str
    count: int


@dataclass(frozen=True)
class CommunitiesPart(Part):
    """New communities, and those that entries are about; `count` says how many the year had."""

    newcomers: tuple[Label, ...] = ()
    groups: tuple[CommunityGroup, ...] = ()
    regions: tuple[RegionCount, ...] = ()
    count: int = 0

    kind = "communities"

    @property
    def number(self) -> int | None:
        """How many communities there are entries about."""
        return self.count or None


@dataclass(frozen=True)
class ShownMonth:
    """A month with some of its entries; `share` is its count in percent of the fullest month's."""

    day: date
    count: int
    share: Decimal
    url: str = ""
    entries: tuple[Label, ...] = ()


@dataclass(frozen=True)
class TimelinePart(Part):
    """The months of the year."""

    months: tuple[ShownMonth, ...] = ()

    kind = "timeline"


@dataclass(frozen=True)
class ShownSum:
    """What stories report together; `stories` are those that can be read, `count` is how many there are."""

    name: str
    quantity: Quantity
    count: int
    apart: bool = False
    metric: str = ""
    stories: tuple[Label, ...] = ()


@dataclass(frozen=True)
class OutcomesPart(Part):
    """Sums of what stories report."""

    sums: tuple[ShownSum, ...] = ()

    kind = "outcomes"


@dataclass(frozen=True)
class ChartPart(Part):
    """Metrics over the years."""

    chart: Chart | None = None

    kind = "chart"


@dataclass(frozen=True)
class GoalsPart(Part):
    """Goals of the year that comes."""

    goals: tuple[Goal, ...] = ()

    kind = "goals"


@dataclass(frozen=True)
class LastGoalsPart(Part):
    """Goals of last year, answered."""

    answers: tuple[Answer, ...] = ()

    kind = "last_goals"


@dataclass(frozen=True)
class ThanksPart(Part):
    """Thanks, and who supported and who wrote the stories of the year."""

    supporters: tuple[Label, ...] = ()
    authors: tuple[Label, ...] = ()

    kind = "thanks"


@dataclass(frozen=True)
class Contents:
    """A line of the table of contents."""

    anchor: str
    title: str
    number: int | None = None
