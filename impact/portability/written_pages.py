"""Pages that `export_hugo` wrote, planned as they were: nothing is tidied, guessed or left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from impact.portability.closed_years import LEAD, Carried, file_of, read_file
from impact.portability.content import Block, RichText
from impact.portability.context import SiteContext
from impact.portability.drafts import Draft
from impact.portability.exact import Exact, Fields
from impact.portability.pictures import FileRefusedError, looks_like_picture
from impact.portability.records import (
    EntryHead,
    PlannedCommunity,
    PlannedEntry,
    PlannedRoundup,
    PlannedStandard,
)
from impact.portability.terms import PlannedAuthor, PlannedCategory, PlannedTag
from impact.portability.values import storable
from impact.portability.written import FORMAT, WrittenConverter
from impact.portability.written_context import WrittenContext
from impact.roundups.codec import DamagedError


class MatterError(ValueError):
    """A value of front matter is not what it must be; the text names it."""


@dataclass
class Matter:
    """The front matter of such a page; `details` is what stands in it below `impact`.

    Raises `MatterError` for a value that is not of its kind.
    """

    data: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.details: Mapping[str, Any] = self.data.get("impact") or {}

    def text(self, name: str) -> str:
        """Return a text to the letter; empty where there is none."""
        return _text(self.data.get(name))

    def detail(self, name: str) -> str:
        """Return a text below `impact`."""
        return _text(self.details.get(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(_text(item) for item in _list(self.data.get(name), name))

    def details_of(self, name: str) -> list[Mapping[str, Any]]:
        """Return the mappings of a list below `impact`."""
        return _mappings(self.details.get(name), name)

    def moment(self, name: str) -> datetime | None:
        """Return a moment, None where there is none."""
        return _moment(self.data.get(name), name)

    def day(self, name: str) -> date | None:
        """Return a day below `impact`, None where there is none."""
        return _day(self.details.get(name), name)

    def number(self, name: str) -> int:
        """Return a number below `impact`."""
        value = self.details.get(name)
        if not isinstance(value, int):
            raise MatterError(f"{name}: {str(value)[:40]!r} is no number")
        return value

    def resources(self) -> list[Mapping[str, Any]]:
        """Return what is known of the files beside the page."""
        return _mappings(self.data.get("resources"), "resources")


class WrittenPages:
    """Plans the pages of an exported site one by one.

    What can't be read is reported with its key, and left empty.
    """

    def __init__(self, site: SiteContext) -> None:
        self.site = site

    def name(self, draft: Draft) -> tuple[str, str]:
        """Return title and slug."""
        matter = Matter(draft.parsed.data)
        return matter.text("title"), matter.text("slug") or draft.file.segments[-1]

    def order(self, draft: Draft) -> int:
        """Return where a category stands among the others."""
        weight = draft.parsed.data.get("weight")
        return weight if isinstance(weight, int) else 0

    # Terms

    def author(self, draft: Draft) -> PlannedAuthor:
        """Return an author."""
        matter = self._matter(draft)
        links = _mappings(matter.data.get("links"), "links")
        return PlannedAuthor(
            slug=draft.slug,
            name=draft.title,
            role=matter.text("role"),
            bio=matter.text("bio"),
            picture=self._lead(draft, matter),
            links=tuple((_text(link.get("name")), _text(link.get("url"))) for link in links),
        )

    def category(self, draft: Draft) -> PlannedCategory:
        """Return a category."""
        matter = self._matter(draft)
        return PlannedCategory(
            draft.slug, draft.title, matter.detail("colour"), matter.text("description")
        )

    def tag(self, draft: Draft) -> PlannedTag:
        """Return a tag."""
        return PlannedTag(draft.slug, draft.title)

    # Pages

    def community(self, draft: Draft) -> PlannedCommunity:
        """Return a community."""
        matter = self._matter(draft)
        blocks = self._blocks(draft, draft.parsed.body, draft.parsed.body_line)
        lines = [line for block in blocks if block.name == "text" for line in block.value.lines]
        further = {
            **{name: matter.detail(name) for name in ("region", "country")},
            **{name: matter.detail(name) or None for name in ("latitude", "longitude")},
            **{name: matter.day(name) for name in ("active_since", "active_until")},
        }
        return PlannedCommunity(
            **self._shared(draft, matter, further),
            description=RichText(tuple(lines)),
            kind=matter.detail("relation"),
            website=matter.text("website"),
            logo=self._lead(draft, matter),
        )

    def head(self, draft: Draft) -> EntryHead:
        """Return what front matter says of an entry."""
        matter = self._matter(draft)
        [category] = matter.texts("categories")[:1] or [""]
        outcomes = tuple(_outcome(data) for data in matter.details_of("outcomes"))
        day = _day(matter.data.get("date"), "date")
        announced = matter.day("announced")
        further = {
            **({"date": day} if day else {}),
            **({"announced_on": announced} if announced else {}),
        }
        return EntryHead(
            **self._shared(draft, matter, further, outcomes),
            moment=matter.moment("publishDate"),
            featured=matter.data.get("featured") is True,
            language=matter.text("language"),
            guid=matter.detail("guid"),
            category=category,
            tags=matter.texts("tags"),
            authors=matter.texts("authors"),
            external_url=matter.text("external_link"),
        )

    def entry(self, draft: Draft, head: EntryHead) -> PlannedEntry:
        """Return an entry with its text."""
        matter = self._matter(draft)
        section = self.site.source.sections["communities"]
        communities = (
            (f"{section}/{_text(data.get('community'))}", _text(data.get("role")))
            for data in matter.details_of("communities")
        )
        blocks = self._blocks(draft, draft.parsed.body, draft.parsed.body_line)
        return PlannedEntry(
            **vars(head),
            communities=tuple(communities),
            lead=self._lead(draft, matter),
            publisher=matter.detail("publisher"),
            body=tuple(blocks),
        )

    def page(self, draft: Draft) -> PlannedStandard:
        """Return a plain page; the folder above its own is that of its parent."""
        matter = self._matter(draft)
        blocks = self._blocks(draft, draft.parsed.body, draft.parsed.body_line)
        parent = draft.file.key.rpartition("/")[0]
        return PlannedStandard(
            **self._shared(draft, matter, {}),
            parent=parent if "/" in parent else "",
            body=tuple(blocks),
        )

    def roundup(self, draft: Draft) -> PlannedRoundup:
        """Return a yearly report."""
        matter = self._matter(draft)
        return PlannedRoundup(
            **self._shared(draft, matter, {}),
            year=matter.number("year"),
            guid=matter.detail("guid"),
            lead=self._lead(draft, matter),
            body=tuple(self._blocks(draft, draft.parsed.body, draft.parsed.body_line)),
            closed=self._closed(draft, matter.number("year")),
        )

    def _closed(self, draft: Draft, year: int) -> Carried | None:
        """Return the record of a year; one that is damaged is reported, and the report imported open."""
        name = file_of(year)
        path = self.site.source.resources.inside(self.site.source.root / name)
        if path is None:
            return None
        try:
            carried = read_file(path, year)
        except DamagedError as error:
            text = f"the record of the closed year is refused, the report is open again: {error}"
            draft.log.log.about(name).error("closed-year", text)
            return None
        context = self._context(draft)
        pictures = (
            replace(
                each, name=each.name if each.name == LEAD else context.picture(each.name, 0) or ""
            )
            for each in carried.pictures
        )
        return replace(carried, pictures=tuple(pictures))

    # Parts

    def _matter(self, draft: Draft) -> Matter:
        matter = Matter(draft.parsed.data)
        if (number := matter.details["format"]) > FORMAT:
            text = f"written by a newer version (format {number}); what is new in it is left out"
            draft.log.warning("format", text, draft.parsed.line_of("format"))
        if matter.details.get("private") is True:
            draft.log.notice("private", "it was private; imported as a draft")
        return matter

    def _shared(
        self,
        draft: Draft,
        matter: Matter,
        further: Mapping[str, Any],
        outcomes: tuple[Fields, ...] = (),
    ) -> dict[str, Any]:
        """Return what all pages have in common."""
        fields = {
            "seo_title": matter.detail("seo_title"),
            "search_description": matter.text("description"),
            "first_published_at": matter.moment("publishDate"),
            "expire_at": matter.moment("expiryDate"),
            "go_live_at": _moment(matter.details.get("go_live_at"), "go_live_at"),
            **further,
        }
        return {
            "key": draft.file.key,
            "file": draft.file.label,
            "title": draft.title,
            "slug": draft.slug,
            "summary": matter.detail("summary") or self._words(draft, matter.text("summary")),
            "old_path": draft.old_path,
            "aliases": draft.aliases,
            "draft": matter.data.get("draft") is True,
            "exact": Exact(
                kind=matter.detail("kind"),
                fields=tuple(fields.items()),
                last_published_at=matter.moment("lastmod"),
                outcomes=outcomes,
            ),
        }

    def _words(self, draft: Draft, text: str) -> str:
        """Return a text that Hugo reads as Markdown."""
        return WrittenConverter(self._context(draft)).words(text, draft.line("summary"))

    def _blocks(self, draft: Draft, text: str, line: int) -> list[Block]:
        self._take_files(draft)
        return WrittenConverter(self._context(draft)).blocks(text, line)

    def _lead(self, draft: Draft, matter: Matter) -> str:
        self._take_files(draft)
        names = matter.texts("images")
        context = self._context(draft)
        return (context.picture(names[0], draft.line("images")) or "") if names else ""

    def _context(self, draft: Draft) -> WrittenContext:
        return WrittenContext(self.site, draft.file, draft.log, draft.title)

    def _take_files(self, draft: Draft) -> None:
        """Take in what is said of the files beside a page, before it asks for them."""
        for data in Matter(draft.parsed.data).resources():
            path = self.site.source.resources.inside(draft.file.folder / _text(data.get("src")))
            if path is None:
                continue
            try:
                if looks_like_picture(path):
                    self.site.files.image(path).details = _picture(data)
                else:
                    self.site.files.describe(path, _document(data))
            except FileRefusedError:
                # Reported where it is asked for.
                continue


def _outcome(data: Mapping[str, Any]) -> Fields:
    names = {name: name for name in ("value", "precision", "unit", "currency", "what", "metric")}
    names["evidence_url"] = "evidence"
    return tuple((name, _text(data.get(key))) for name, key in names.items())


def _picture(data: Mapping[str, Any]) -> dict[str, Any]:
    params = _params(data)
    details = {
        **_document(data),
        "description": _text(params.get("alt")),
        "source_url": _text(params.get("source")),
    }
    names = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
    focal_point = [n for n in _list(params.get("focal_point"), "focal_point") if type(n) is int]
    details |= dict(zip(names, focal_point, strict=False))
    return {**details, "tags": [_text(tag) for tag in _list(params.get("tags"), "tags")]}


def _document(data: Mapping[str, Any]) -> dict[str, Any]:
    params = _params(data)
    return {
        "title": _text(data.get("title")),
        "filename": _text(params.get("filename")),
        "credit": _text(params.get("credit")),
        "licence": _text(params.get("licence")),
    }


def _params(data: Mapping[str, Any]) -> Mapping[str, Any]:
    params = data.get("params")
    return params if isinstance(params, dict) else {}


def _mappings(value: Any, name: str) -> list[Mapping[str, Any]]:
    return [item for item in _list(value, name) if isinstance(item, dict)]


def _text(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return storable(str(value))


def _list(value: Any, name: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise MatterError(f"{name}: {str(value)[:40]!r} is no list")
    return value or []


def _moment(value: Any, name: str) -> datetime | None:
    text = _text(value)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise MatterError(f"{name}: {text[:40]!r} is no moment") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: Any, name: str) -> date | None:
    moment = _moment(value, name)
    return moment.date() if moment else None
