"""A digest as it is read: its lines looked up all at once, in a number of statements that never changes.

What is no longer public is passed over. Once a digest has been sent its lines keep the words that were
sent; where they lead is asked anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest
from wagtail.rich_text import RichText

from impact.blocks.rendering import Body
from impact.catalogue.cards import address
from impact.catalogue.models import EntryRow
from impact.catalogue.selection import rows, select
from impact.catalogue.terms import Term, Terms
from impact.entries.models import EntryPage
from impact.filters.gallery import GalleryFilter
from impact.media import renditions
from impact.media.models import ImpactImage
from impact.newsletter.composition import Composition, EntryLine, OwnLine, Part, Thanks, read
from impact.newsletter.sentences import sentence_of, shortened
from impact.pages.addresses import Addresses

if TYPE_CHECKING:
    from impact.newsletter.models import DigestPage

# The lead has room for its whole summary.
LONGEST_LEAD = 400


@dataclass(frozen=True)
class ToldLine:
    """A line with the picture itself, for whoever shows it in a size of their own; addresses are paths."""

    title: str
    url: str = ""
    sentence: str = ""
    image: ImpactImage | None = None
    publisher: str = ""
    key: str = ""
    language: str = ""
    entry: int | None = None
    slug: str = ""
    category: Term | None = None

    @property
    def outbound(self) -> bool:
        """Whether it leads to another site."""
        return bool(self.publisher)


@dataclass(frozen=True)
class ToldPart:
    """Lines below a heading; `words` is HTML that has been cleaned, its links resolved.

    `below_heading` says whether there is a heading above them, be it that of an earlier part.
    """

    heading: str
    lines: tuple[ToldLine, ...] = ()
    words: str = ""
    roll: bool = False
    below_heading: bool = False


@dataclass(frozen=True)
class Told:
    """All that a digest says."""

    introduction: str = ""
    lead: ToldLine | None = None
    parts: tuple[ToldPart, ...] = ()
    closing: str = ""
    # The keys of entries that are named and can't be read now.
    missing: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[ToldLine, ...]:
        """All lines about entries, the lead first."""
        every = [line for part in self.parts for line in part.lines if line.entry]
        return (self.lead, *every) if self.lead else tuple(every)


@dataclass(frozen=True)
class Said:
    """What a digest said of an entry when it was sent."""

    title: str
    sentence: str


@dataclass(frozen=True)
class Found:
    """What the lines of a digest point at."""

    rows: Mapping[int, EntryRow]
    guids: Mapping[int, str]
    images: Mapping[int, ImpactImage]
    body: Body
    terms: Terms
    said: Mapping[str, Said] = field(default_factory=dict)
    request: HttpRequest | None = None

    @cached_property
    def addresses(self) -> Addresses:
        """Addresses by paths."""
        return Addresses(self.request)

    def line(self, line: EntryLine, longest: int | None = None) -> ToldLine | None:
        """Return a line about an entry; `None` where nobody can read it."""
        row = self.rows.get(line.entry or 0)
        if row is None:
            return None
        guid = self.guids[row.pk]
        said = self.said.get(guid)
        short = shortened(row.summary, longest) if longest else sentence_of(row.summary)
        return ToldLine(
            title=line.title or (said.title if said else row.title),
            url=address(row, self.addresses),
            sentence=line.sentence or (said.sentence if said else short),
            image=self.images.get(row.image_id or 0) if line.image else None,
            publisher=row.publisher,
            key=guid,
            language=row.language,
            entry=row.pk,
            slug=row.slug,
            category=self.terms.get("category", row.filing["category"][0]),
        )

    def own(self, line: OwnLine) -> ToldLine:
        """Return a line of the editor's own."""
        image = copy(self.images.get(line.image or 0))
        if image is not None:
            image.contextual_alt_text, image.decorative = line.alt, line.decorative
        return ToldLine(line.title, line.url, line.sentence, image)


def tell(page: "DigestPage", request: HttpRequest | None = None) -> Told:
    """Return what a digest says, a draft as it is being edited."""
    return tell_each([page], request)[0]


def tell_each(pages: Sequence["DigestPage"], request: HttpRequest | None = None) -> list[Told]:
    """Return what several digests say; fifty of them need no more statements than one."""
    compositions = [read(page.body.raw_data) for page in pages]
    found = _look_up(pages, compositions, request)
    said = _said(pages)
    return [
        _told(page, composition, replace(found, said=said.get(page.pk, {})))
        for page, composition in zip(pages, compositions, strict=True)
    ]


def _told(page: "DigestPage", composition: Composition, found: Found) -> Told:
    lead = lead_of(page, composition)
    told_lead = found.line(lead, LONGEST_LEAD) if lead else None
    others = [each for each in composition.entry_lines if not _is(each, told_lead)]
    shown = [line for each in others if (line := found.line(each))]
    thanked = [*([told_lead] if told_lead else []), *shown]
    parts = [
        part
        for planned in composition.parts
        for part in _parts(planned, found, told_lead, thanked)
        if part.lines or part.words
    ]
    return Told(
        introduction=found.body.rich_text(page.introduction) if page.introduction else "",
        lead=told_lead,
        parts=tuple(_nested(parts)),
        closing=found.body.rich_text(page.closing) if page.closing else "",
        missing=tuple(key for key in _named(page, composition) if key not in found.rows),
    )


def lead_of(page: "DigestPage", composition: Composition) -> EntryLine | None:
    """Return the line of the lead story: its own words, else those of its line in the body."""
    if not page.lead_id:
        return None
    own = next((line for line in composition.entry_lines if line.entry == page.lead_id), None)
    return EntryLine(
        block="",
        entry=page.lead_id,
        title=page.lead_title.strip() or (own.title if own else ""),
        sentence=page.lead_sentence.strip() or (own.sentence if own else ""),
    )


def _named(page: "DigestPage", composition: Composition) -> dict[int, None]:
    """Return the entries that a digest names, each once."""
    lead = [page.lead_id] if page.lead_id else []
    return dict.fromkeys([*lead, *composition.entries])


def _look_up(
    pages: Sequence["DigestPage"],
    compositions: Sequence[Composition],
    request: HttpRequest | None,
) -> Found:
    named = [key for each in zip(pages, compositions, strict=True) for key in _named(*each)]
    # Asked of all that is public now, so that a change of a moment ago counts.
    public = select(GalleryFilter())
    found = {row.pk: row for row in rows(public.held(dict.fromkeys(named)))}
    guids = EntryPage.objects.filter(pk__in=found).values_list("pk", "guid")
    own = [key for composition in compositions for key in composition.images]
    images = renditions.images(
        [*(row.image_id for row in found.values()), *own], "feature", "card", "mail"
    )
    texts = [text for page in pages for text in (page.introduction, page.closing)]
    texts += [text for composition in compositions for text in composition.words]
    body = Body.of(*(RichText(text) for text in texts if text), request=request)
    return Found(found, dict(guids), images, body, public.content.terms, request=request)


def _said(pages: Sequence["DigestPage"]) -> Mapping[int, Mapping[str, Said]]:
    """Return what each digest said of entries when it was last sent."""
    from impact.newsletter.models import SentEntry

    sent = SentEntry.objects.filter(sending__digest__in=[page.pk for page in pages])
    ordered = sent.order_by("sending__sent_at", "pk")
    said: defaultdict[int, dict[str, Said]] = defaultdict(dict)
    for digest, guid, *words in ordered.values_list("sending__digest", "guid", "title", "sentence"):
        said[digest][guid] = Said(*words)
    return said


def _parts(
    planned: Part, found: Found, lead: ToldLine | None, told: Iterable[ToldLine]
) -> Iterator[ToldPart]:
    """Yield a part; what is thanked stands in a row of its own, in its place."""
    heading, words = planned.heading, planned.words
    words = found.body.rich_text(words) if words else ""
    lines: list[ToldLine] = []
    for item in planned.items:
        match item:
            case EntryLine():
                line = None if _is(item, lead) else found.line(item)
                lines += [line] if line else []
            case OwnLine():
                lines += [found.own(item)] if item.title else []
            case Thanks():
                if lines or words:
                    yield ToldPart(heading, tuple(lines), words)
                    heading, words, lines = "", "", []
                yield ToldPart(heading, tuple(_thanked(item, found, told)), roll=True)
                heading = ""
    yield ToldPart(heading, tuple(lines), words)


def _nested(parts: Iterable[ToldPart]) -> Iterator[ToldPart]:
    below = False
    for part in parts:
        below = below or bool(part.heading)
        yield replace(part, below_heading=below)


def _thanked(thanks: Thanks, found: Found, lines: Iterable[ToldLine]) -> Iterator[ToldLine]:
    """Yield the communities of entries, then their supporters, each once and by name."""
    entries = [found.rows[line.entry] for line in lines if line.entry]
    seen = set(thanks.left_out)
    kinds = (("community", thanks.communities), ("supporter", thanks.supporters))
    for role in (role for role, wanted in kinds if wanted):
        keys = {key for row in entries for key in row.filing.get(role, ())} - seen
        seen |= keys
        named = [term for key in keys if (term := found.terms.get("community", key))]
        for term in sorted(named, key=lambda each: (each.name.casefold(), each.slug)):
            yield ToldLine(term.name, found.addresses.of(term.url_path))


def _is(line: EntryLine, lead: ToldLine | None) -> bool:
    return lead is not None and line.entry == lead.entry
