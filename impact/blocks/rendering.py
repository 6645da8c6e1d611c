"""Shows a body with a constant number of queries: looks everything up at once, then renders.

A body with one link and a body with twenty cost the same: pages, documents and copies of pictures are
fetched together before the first block is rendered. A link to a page that isn't public, or isn't there
any more, becomes plain text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import nh3
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.blocks import StreamValue
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.rich_text.rewriters import extract_attrs

from impact.blocks.addresses import with_suffix
from impact.blocks.loading import load_together
from impact.blocks.references import LINK, References, number_of, references
from impact.blocks.text import anchors
from impact.media import renditions
from impact.media.access import public_documents
from impact.pages.visibility import public

PICTURE_PROFILES = ("narrow", "figure", "wide", "full", "row")
# What rich text may hold. Everything else was not written in the editor and is not shown.
TAGS = {
    "a", "b", "strong", "i", "em", "code", "p", "ol", "ul", "li", "blockquote",
    "br", "sub", "sup", "s", "del", "h2", "h3", "h4", "hr",
}  # fmt: skip
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "linktype", "id", "fragment", "query", "key"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


@dataclass
class Body:
    """A body with everything that its blocks point at.

    `pages` and `documents` give the address of what readers may open, by id. `prefix` keeps the ids of
    two bodies on one page apart; a portable body (a feed) has no ids, as it shares its page with others.
    """

    pages: dict[int, str] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)
    anchors: dict[int, str] = field(default_factory=dict)
    marks: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, int] = field(default_factory=dict)
    prefix: str = ""
    portable: bool = False
    shown: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        *values: Any,
        request: HttpRequest | None = None,
        notes: bool = True,
        profiles: Sequence[str] = PICTURE_PROFILES,
        **options: Any,
    ) -> "Body":
        """Look up what the values point at: three queries at most, whatever they hold.

        With `notes=False` the values stand alone (a preview): marks are numbered without their notes.
        """
        found = references(*values)
        renditions.prefetch(found.images, *profiles)
        return cls(
            pages=_public_pages(found, request),
            documents=_documents(found),
            **_numbering(found, notes),
            **options,
        )

    @classmethod
    def of_each(
        cls,
        streams: Sequence[StreamValue],
        request: HttpRequest | None = None,
        profiles: Sequence[str] = PICTURE_PROFILES,
        **options: Any,
    ) -> "list[Body]":
        """Return a body for each stream; fifty of them need no more queries than one."""
        shared = cls.of(*streams, request=request, profiles=profiles)
        return [
            cls(
                pages=shared.pages,
                documents=shared.documents,
                **_numbering(references(stream), notes=True),
                **options,
            )
            for stream in streams
        ]

    def page_url(self, page: Page | None) -> str:
        """Return the address of a page that readers may open, else nothing."""
        return self.pages.get(page.pk, "") if page else ""

    def document_url(self, document: AbstractDocument | None) -> str:
        """Return the address of a document that anybody may have, else nothing."""
        return self.documents.get(document.pk, "") if document else ""

    def note_id(self, key: str) -> str:
        """Return the id of a note."""
        return f"{self._start}note-{self.numbers.get(key, 0)}"

    def mark_id(self, key: str, number: int) -> str:
        """Return the id of a mark: the same note may be marked several times."""
        first = f"{self._start}mark-{self.numbers.get(key, 0)}"
        return first if number == 1 else f"{first}-{number}"

    def mark_ids(self, key: str) -> list[str]:
        """Return the ids of all marks of a note, the ways back to the text."""
        return [self.mark_id(key, number + 1) for number in range(self.marks[key])]

    def rich_text(self, source: str) -> SafeString:
        """Return rich text as HTML: cleaned, its links resolved, its footnote marks numbered."""
        clean = CLEANER.clean(str(source or ""))
        # Cleaned above; what replaces a link is escaped in `_link`.
        return mark_safe(LINK.sub(lambda m: self._link(extract_attrs(m[1]), m[2]), clean))  # noqa: S308

    @property
    def _start(self) -> str:
        return f"{self.prefix}-" if self.prefix else ""

    def _link(self, attrs: dict[str, str], text: str) -> str:
        """Return a link with its address, or its words alone when it leads nowhere."""
        match attrs.get("linktype"):
            case "footnote":
                return self._mark(attrs.get("key", ""))
            case "page":
                url = self.pages.get(number_of(attrs.get("id")) or 0, "")
                url = with_suffix(url, attrs) if url else ""
            case "document":
                url = self.documents.get(number_of(attrs.get("id")) or 0, "")
            case None:
                url = attrs.get("href", "")
            case _:
                url = ""
        return f'<a href="{conditional_escape(url)}">{text}</a>' if url else text

    def _mark(self, key: str) -> str:
        """Return the number that leads to a note; nothing when there is no such note."""
        if key not in self.marks:
            return ""
        if self.portable:
            return format_html("<sup>{}</sup>", self.numbers[key])
        self.shown[key] += 1
        return format_html(
            '<sup class="footnote-mark"><a href="#{}" id="{}" role="doc-noteref" '
            'aria-label="{}">{}</a></sup>',
            self.note_id(key),
            self.mark_id(key, self.shown[key]),
            gettext("Note %(number)s") % {"number": self.numbers[key]},
            self.numbers[key],
        )


def render_stream(stream: StreamValue, context: dict[str, Any], prefix: str = "") -> list[str]:
    """Return the blocks of a body, each as HTML, in the context of the page they stand on."""
    [blocks] = render_streams([stream], context, prefix)
    return blocks


def render_streams(
    streams: Sequence[StreamValue], context: dict[str, Any], prefix: str = ""
) -> list[list[str]]:
    """Return the blocks of several bodies; how many there are doesn't change the number of queries."""
    together = load_together(streams) if len(streams) > 1 else streams
    bodies = Body.of_each(
        together,
        request=context.get("request"),
        profiles=[one] if (one := context.get("pictures_as")) else PICTURE_PROFILES,
        prefix=prefix,
        portable=bool(context.get("for_feed")),
    )
    return [
        render_with(body, stream, context) for stream, body in zip(together, bodies, strict=True)
    ]


def render_with(body: Body, stream: StreamValue, context: dict[str, Any]) -> list[str]:
    """Return the blocks of a body for which everything has been looked up."""
    body.anchors = anchors(stream, body.prefix)
    return [
        child.render(context={**context, "body": body, "anchor": body.anchors.get(index, "")})
        for index, child in enumerate(stream)
    ]


def _numbering(found: References, notes: bool) -> dict[str, Any]:
    """Return how often each footnote is marked, and its number."""
    keys = set(found.notes if notes else found.marks)
    marks = [key for key in found.marks if key in keys]
    ordered = dict.fromkeys([*marks, *found.notes])
    numbers = {key: number for number, key in enumerate(ordered, start=1)}
    return {"marks": Counter(marks), "numbers": numbers}


def _public_pages(found: References, request: HttpRequest | None) -> dict[int, str]:
    if not found.pages:
        return {}
    pages = Page.objects.filter(public(), pk__in=found.pages)
    return {page.pk: url for page in pages if (url := page.get_url(request))}


def _documents(found: References) -> dict[int, str]:
    if not found.documents:
        return {}
    documents = public_documents().filter(pk__in=found.documents)
    return {document.pk: document.url for document in documents}


__all__ = ["Body", "render_stream", "render_streams", "render_with"]
