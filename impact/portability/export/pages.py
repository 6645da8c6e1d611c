"""Pages as content files: front matter under the names that Hugo's themes know, the rest under `impact`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage
from impact.portability.closed_years import as_file, file_of
from impact.portability.content import Block
from impact.portability.export import inline
from impact.portability.export.bodies import BodyWriter, reading
from impact.portability.export.bundles import Bundle, Wanted
from impact.portability.export.closed_years import ClosedYear
from impact.portability.export.front_matter import as_page, filled
from impact.portability.export.inline import NotInMarkdownError
from impact.portability.export.stored import StoredReader
from impact.portability.export.tree import Place, Tree
from impact.portability.written import FORMAT
from impact.portability.written_links import read_link, write_link


@dataclass(frozen=True)
class PageFiles:
    """What becomes of one page: its texts by their paths, and what could not be said in Markdown.

    `data` are files that stand beside the content. `dangling` counts links to pages that stay behind, whose
    words stand without a link.
    """

    texts: dict[str, str]
    as_html: int = 0
    spelled_out: int = 0
    dangling: int = 0
    data: dict[str, str] = field(default_factory=dict)


class PageWriter:
    """Writes one page, in two steps: what it is made of, and what it looks like once its files are known."""

    def __init__(self, tree: Tree, page: Any, place: Place, aliases: Sequence[str] = ()) -> None:
        self.tree, self.page, self.place, self.aliases = tree, page, place, list(aliases)
        self.wanted = Wanted()
        self.dangling = 0
        self.stored = StoredReader(
            self._page_key, tree.key_at, self.wanted.picture, self.wanted.document
        )
        names = ("lead_image_id", "logo_id", "hero_image_id")
        lead = next((pk for name in names if (pk := getattr(page, name, None))), None)
        self.lead = self.wanted.picture(lead) if lead else ""
        self.closed = self._closed()
        own: Callable[[], tuple[dict[str, Any], list[list[Block]]]]
        own = getattr(self, f"_{place.kind}")
        self.own, self.bodies = own()

    def files(self, bundle: Bundle) -> PageFiles:
        """Return the content file."""
        # First, so that it has its name when the text shows the same picture.
        lead = bundle.name(self.lead, "featured")
        bodies = [bundle.named(body) for body in self.bodies]
        files = self._data_files(bundle)
        names = frozenset(bundle.files)
        writer = BodyWriter(
            lambda link: write_link(link, self.tree.path_of),
            lambda href: read_link(
                href, self.tree.key_at, lambda name: name if name in names else ""
            ),
        )
        written = [writer.write(body) for body in bodies]
        name = "_index.md" if self._is_branch() else "index.md"
        data = self._data(lead, bundle)
        texts = {f"{self._folder}{name}": as_page(data, written[0].text if written else "")}
        return PageFiles(
            texts,
            sum(text.as_html for text in written),
            sum(text.spelled_out for text in written),
            self.dangling,
            files,
        )

    @property
    def _folder(self) -> str:
        return f"{self.place.folder}/".lstrip("/")

    # What all pages have

    def _data(self, lead: str, bundle: Bundle) -> dict[str, Any]:
        page, own = self.page, dict(self.own)
        summary, to_the_letter = as_summary(getattr(page, "summary", ""))
        details = own.pop("impact", {})
        hidden = self.place.private or not page.live
        dates = filled(
            date=own.pop("date", None),
            publishDate=_utc(page.first_published_at),
            lastmod=_utc(page.last_published_at),
            expiryDate=_utc(page.expire_at),
        )
        return {
            "title": page.title,
            **filled(
                slug=page.slug if self.place.kind not in {"home", "section"} else "",
                url=self.place.url,
            ),
            **dates,
            **filled(
                draft=hidden,
                description=page.search_description,
                summary=summary,
            ),
            **own,
            **filled(
                images=[lead] if lead else [], aliases=self.aliases, resources=bundle.resources()
            ),
            "impact": {
                "format": FORMAT,
                "kind": self.place.kind,
                **details,
                **filled(
                    summary=to_the_letter,
                    seo_title=page.seo_title,
                    private=self.place.private,
                    go_live_at=_utc(page.go_live_at),
                ),
            },
        }

    def _is_branch(self) -> bool:
        """Whether Hugo must look for other pages below this one."""
        return self.place.kind in {"home", "section"} or self.tree.has_children(self.place)

    def _page_key(self, pk: int) -> str:
        key = self.tree.key_of(pk)
        self.dangling += not key
        return key

    # Entries

    def _story(self) -> tuple[dict[str, Any], list[list[Block]]]:
        outcomes = [
            filled(
                value=number(outcome.value),
                precision=outcome.precision,
                unit=outcome.unit,
                currency=outcome.currency,
                what=outcome.what,
                evidence=outcome.evidence_url,
                metric=outcome.metric.slug if outcome.metric else "",
            )
            for outcome in self.page.outcomes.all()
        ]
        return self._entry(outcomes=outcomes), [self.stored.body(self.page.body)]

    def _link(self) -> tuple[dict[str, Any], list[list[Block]]]:
        own = self._entry(publisher=self.page.publisher)
        return {**own, "external_link": self.page.external_url}, []

    def _entry(self, **details: Any) -> dict[str, Any]:
        page: EntryPage = self.page
        communities = [
            {"community": key.rpartition("/")[2], "role": link.role}
            for link in page.community_links.all()
            if (key := self.tree.key_of(link.community_id))
        ]
        return {
            "date": page.date,
            **filled(
                categories=[page.category.slug] if page.category else [],
                tags=[item.tag.slug for item in page.tagged_items.all()],
                authors=[link.author.slug for link in page.author_links.all()],
                featured=page.featured,
                language=page.language,
            ),
            "impact": filled(
                guid=page.guid,
                # Everywhere else it follows from the dates.
                announced=(
                    page.announced_on if page.announced_on != page.would_be_announced_on else None
                ),
                communities=communities,
                **details,
            ),
        }

    # The other pages

    def _community(self) -> tuple[dict[str, Any], list[list[Block]]]:
        page: CommunityPage = self.page
        own = filled(
            website=page.website,
            impact=filled(
                relation=page.kind,
                region=page.region,
                country=page.country,
                latitude=number(page.latitude),
                longitude=number(page.longitude),
                active_since=page.active_since,
                active_until=page.active_until,
            ),
        )
        description = self.stored.rich_text(page.description)
        return own, [[Block("text", description)] if description else []]

    def _page(self) -> tuple[dict[str, Any], list[list[Block]]]:
        return {}, [self.stored.body(self.page.body)]

    def _roundup(self) -> tuple[dict[str, Any], list[list[Block]]]:
        details = filled(guid=self.page.guid, year=self.page.year)
        return {"impact": details}, [self.stored.body(self.page.body)]

    def _closed(self) -> ClosedYear | None:
        """Return the record of a report whose year is closed."""
        closed = getattr(self.page, "closed", None) if self.place.kind == "roundup" else None
        return ClosedYear(self.tree, self.page, closed, self.wanted) if closed else None

    def _data_files(self, bundle: Bundle) -> dict[str, str]:
        if self.closed is None:
            return {}
        return {file_of(self.page.year): as_file(self.closed.carried(bundle))}

    def _section(self) -> tuple[dict[str, Any], list[list[Block]]]:
        return {}, []

    def _home(self) -> tuple[dict[str, Any], list[list[Block]]]:
        return {"impact": filled(headline=self.page.headline)}, []


def as_summary(text: str) -> tuple[str, str]:
    """Return a summary as Hugo reads it, which is as Markdown; and as it is, where that says less."""
    try:
        written = inline.plain_line(text)
    except NotInMarkdownError:
        return "", text
    return written, "" if reading(lambda _href: None).words(written, 1) == text else text


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def number(value: Any) -> str | None:
    """Return a decimal as it is written, without the noughts that only fill its column."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
