"""Everything that a site holds, as plain data without ids: two sites with equal snapshots are the same.

Reads the stored values itself, without the code of the export.
"""

import json
import re
from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from impact.communities.models import CommunityPage
from impact.entries.models import EntryPage, FeaturedLinkPage, StoryPage
from impact.media.models import ImpactDocument, ImpactImage
from impact.metrics.models import Metric
from impact.people.models import Author
from impact.roundups.models import RoundupPage
from impact.standard.models import StandardPage
from impact.taxonomy.models import Category, Tag

Data = dict[str, Any]

COMMON = (
    "title",
    "slug",
    "live",
    "summary",
    "seo_title",
    "search_description",
    "expire_at",
    "go_live_at",
)
COMMON = (*COMMON, "first_published_at", "last_published_at")
COMMUNITY = (
    "kind",
    "website",
    "region",
    "country",
    "latitude",
    "longitude",
    "active_since",
    "active_until",
)
PICTURE = (
    "title",
    "description",
    "credit",
    "licence",
    "source_url",
    "focal_point_x",
    "focal_point_y",
)
PICTURE = (*PICTURE, "focal_point_width", "focal_point_height")
LINK = re.compile(r'linktype="(page|document)" id="(\d+)"|id="(\d+)" linktype="(page|document)"')


def snapshot() -> Data:
    """Return all content, by kind and by what names it."""
    names = _Names()
    return {
        "pages": {names.pages[page.pk]: dict(_page(page, names)) for page in _pages()},
        "authors": {author.slug: _author(author, names) for author in Author.objects.all()},
        "categories": list(
            Category.objects.order_by("sort_order").values_list(
                "slug", "name", "colour", "description"
            )
        ),
        "tags": dict(Tag.objects.values_list("slug", "name")),
        "pictures": {
            names.images[image.pk]: _fields(image, PICTURE) for image in ImpactImage.objects.all()
        },
        "documents": {
            names.documents[document.pk]: _fields(document, ("title", "credit", "licence"))
            for document in ImpactDocument.objects.all()
        },
        "metrics": {metric.slug: _metric(metric, names) for metric in Metric.objects.all()},
        "redirects": {
            redirect.old_path: redirect.link or "" for redirect in Redirect.objects.all()
        },
    }


class _Names:
    """What stands for ids."""

    def __init__(self) -> None:
        self.pages = dict(Page.objects.values_list("pk", "url_path"))
        self.images = {image.pk: _hash(image.file) for image in ImpactImage.objects.all()}
        self.documents = {file.pk: _hash(file.file) for file in ImpactDocument.objects.all()}
        # What the number in a field of a block stands for, by the name of the field.
        self.tables: dict[str, dict[int, str]] = {
            "image": self.images,
            "poster": self.images,
            **dict.fromkeys(("page", "entry", "first", "left_out"), self.pages),
            "category": dict(Category.objects.values_list("pk", "slug")),
            "tag": dict(Tag.objects.values_list("pk", "slug")),
            "metrics": dict(Metric.objects.values_list("pk", "slug")),
            "limit": {},
        }


def _hash(file: Any) -> str:
    with file.open("rb") as opened:
        return sha1(opened.read(), usedforsecurity=False).hexdigest()


def _pages() -> Iterator[Any]:
    for model in (StoryPage, FeaturedLinkPage, CommunityPage, StandardPage, RoundupPage):
        for page in model.objects.order_by("path"):
            yield page if page.live else page.get_latest_revision_as_object()


def _fields(thing: Any, names: tuple[str, ...]) -> Data:
    return {name: getattr(thing, name) for name in names}


def _page(page: Any, names: _Names) -> Iterator[tuple[str, Any]]:
    yield "type", type(page).__name__
    yield from _fields(page, COMMON).items()
    for name in ("lead_image_id", "logo_id"):
        if hasattr(page, name):
            yield name, names.images.get(getattr(page, name))
    for name in ("body",):
        if hasattr(page, name):
            yield name, [_block(child, names) for child in getattr(page, name)]
    if isinstance(page, EntryPage):
        yield from _entry(page, names).items()
    if isinstance(page, CommunityPage):
        yield from _fields(page, COMMUNITY).items()
        yield "description", _text(page.description, names)
    if isinstance(page, RoundupPage):
        yield from _fields(page, ("guid", "year")).items()
        # The record itself is compared where it has more to say.
        yield "closed_at", page.snapshot and page.snapshot["closed_at"]


def _entry(page: Any, names: _Names) -> Data:
    found = _fields(page, ("date", "announced_on", "guid", "featured", "language"))
    found["category"] = page.category.slug if page.category else None
    found["tags"] = sorted(item.tag.slug for item in page.tagged_items.all())
    found["authors"] = [link.author.slug for link in page.author_links.all()]
    found["communities"] = [
        (names.pages[link.community_id], link.role) for link in page.community_links.all()
    ]
    if isinstance(page, FeaturedLinkPage):
        return found | _fields(page, ("external_url", "publisher"))
    measured = ("value", "precision", "unit", "currency", "what", "evidence_url")
    found["outcomes"] = [
        {**_fields(outcome, measured), "metric": outcome.metric and outcome.metric.slug}
        for outcome in page.outcomes.all()
    ]
    return found


def _author(author: Author, names: _Names) -> Data:
    links = [(link.name, link.url) for link in author.links.all()]
    picture = names.images.get(author.picture_id)
    return {**_fields(author, ("name", "role", "bio")), "links": links, "picture": picture}


def _metric(metric: Metric, names: _Names) -> Data:
    reading = ("value", "precision", "period_start", "date", "source_url", "note")
    found = _fields(metric, ("name", "unit", "currency", "description", "direction", "headline"))
    found["readings"] = [
        {**_fields(row, reading), "community": names.pages.get(row.community_id)}
        for row in metric.readings.order_by("date", "community__slug")
    ]
    return found


def _block(child: Any, names: _Names) -> Any:
    """Return a block in the one form in which Wagtail stores it, however it was stored before."""
    value = json.loads(json.dumps(child.block.get_prep_value(child.value), cls=DjangoJSONEncoder))
    return [child.block_type, _plain(value, names)]


def _plain(value: Any, names: _Names, name: str = "") -> Any:
    """Return a stored value with names in place of ids; nothing at all is an empty text."""
    if isinstance(value, dict):
        return {
            key: _plain(part, names, name if key == "value" else key)
            for key, part in value.items()
            if key != "id" or not isinstance(part, str)
        }
    if isinstance(value, list):
        return [_plain(part, names, name) for part in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return names.tables.get(name, names.documents).get(value, value)
    if value is None:
        return ""
    return _text(value, names) if isinstance(value, str) else value


def _text(html: str, names: _Names) -> str:
    """Return rich text without the editor's keys; an empty paragraph alone is no text."""

    def named(match: re.Match[str]) -> str:
        kind, number = match[1] or match[4], int(match[2] or match[3])
        table = names.pages if kind == "page" else names.documents
        return f'linktype="{kind}" to="{table.get(number)}"'

    text = LINK.sub(named, re.sub(r' data-block-key="[^"]*"', "", html))
    return "" if text == "<p></p>" else text
