"""Pages, snippets, images and figures."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from io import BytesIO
from itertools import count
from typing import Any, ParamSpec, TypeVar

from django.core.files.images import ImageFile
from django.utils.text import slugify
from PIL import Image as PillowImage
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)

from home.site_tree import ensure_site
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.models import (
    CommunityRole,
    EntryAuthor,
    EntryCommunity,
    EntryPage,
    FeaturedLinkPage,
    StoryOutcome,
    StoryPage,
)
from impact.gallery.models import GalleryPage
from impact.media.drawings import harmless
from impact.media.models import ImpactImage
from impact.metrics.models import Metric, Reading
from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.people.models import Author
from impact.roundups.models import RoundupIndexPage, RoundupPage
from impact.standard.models import StandardPage
from impact.taxonomy.models import Category

_numbers = count(1)
_P = ParamSpec("_P")
_Made = TypeVar("_Made")


def _not_listed(make: Callable[_P, _Made]) -> Callable[_P, _Made]:
    """Make something without entering what it refers to into the editor's index of that.

    It takes an eighth of the time of all tests, and those that are about it save what they look at.
    """

    @wraps(make)
    def made(*args: _P.args, **kwargs: _P.kwargs) -> _Made:
        if getattr(reference_index_auto_update_disabled, "value", False):
            return make(*args, **kwargs)
        with disable_reference_index_auto_update():
            return make(*args, **kwargs)

    return made


@_not_listed
def make_image(
    title: str = "A picture", size: tuple[int, int] = (1200, 800), **fields: Any
) -> ImpactImage:
    """A plain picture with alt text."""
    buffer = BytesIO()
    PillowImage.new("RGB", size, (200, 120, 80)).save(buffer, "PNG")
    buffer.seek(0)
    number = next(_numbers)
    return ImpactImage.objects.create(
        title=title,
        file=ImageFile(buffer, name=f"picture-{number}.png"),
        **{"description": f"Alt text {number}", **fields},
    )


def make_drawing(title: str = "A drawing", **fields: Any) -> ImpactImage:
    """A wide SVG drawing of 800 by 400, with a dark frame that shows where it is cropped."""
    drawing, _size = harmless(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400">'
        b'<rect x="4" y="4" width="792" height="392" fill="none" stroke="#123" stroke-width="8"/>'
        b'<circle cx="200" cy="200" r="120" fill="#0a7d70"/>'
        b'<text x="380" y="230" font-size="90">Reefs</text></svg>'
    )
    return ImpactImage.objects.create(
        title=title,
        file=ImageFile(BytesIO(drawing), name=f"drawing-{next(_numbers)}.svg"),
        **{"description": title, **fields},
    )


@_not_listed
def make_category(name: str = "Research", **fields: Any) -> Category:
    """The category of that name."""
    return Category.objects.get_or_create(
        slug=fields.pop("slug", slugify(name)), defaults={"name": name, **fields}
    )[0]


@_not_listed
def make_author(name: str = "Ada Writer", **fields: Any) -> Author:
    """The author of that name."""
    return Author.objects.get_or_create(
        slug=fields.pop("slug", slugify(name)), defaults={"name": name, **fields}
    )[0]


@_not_listed
def make_community(title: str = "", **fields: Any) -> CommunityPage:
    """A partner community below the index."""
    ensure_site()
    title = title or f"Community {next(_numbers)}"
    page = CommunityPage(
        title=title, **{"slug": slugify(title), "summary": f"Who {title} are.", **fields}
    )
    return CommunityIndexPage.objects.get().add_child(instance=page)


@_not_listed
def _make_entry(
    model: type[EntryPage],
    title: str,
    *,
    category: Category | str | None = "Research",
    communities: Sequence[CommunityPage] = (),
    supporters: Sequence[CommunityPage] = (),
    authors: Sequence[Author] = (),
    tags: Iterable[str] = (),
    **fields: Any,
) -> Any:
    ensure_site()
    number = next(_numbers)
    title = title or f"Entry {number}"
    page = model(
        title=title,
        category=make_category(category) if isinstance(category, str) else category,
        **{
            "slug": f"{slugify(title)}-{number}",
            "summary": f"What changed: {title}.",
            "date": date(2024, 5, 1),
            **fields,
        },
    )
    page.community_links = [
        EntryCommunity(community=c, role=CommunityRole.ABOUT) for c in communities
    ] + [EntryCommunity(community=c, role=CommunityRole.SUPPORTER) for c in supporters]
    page.author_links = [EntryAuthor(author=a) for a in authors]
    page.tags.set(list(tags))
    GalleryPage.objects.get().add_child(instance=page)
    return page


def make_story(title: str = "", *, body: Any = None, **fields: Any) -> StoryPage:
    """A published story; `live=False` makes a draft."""
    if body is None:
        body = [("text", "<p>Something good happened.</p>")]
    return _make_entry(StoryPage, title, body=body, **fields)


def make_link(title: str = "", **fields: Any) -> FeaturedLinkPage:
    """A published featured link."""
    return _make_entry(
        FeaturedLinkPage,
        title,
        **{"external_url": "https://example.org/news", "publisher": "Example News", **fields},
    )


def add_outcome(
    story: StoryPage, value: Any, what: str = "people trained", **fields: Any
) -> StoryOutcome:
    """An outcome of a story."""
    return StoryOutcome.objects.create(page=story, value=value, what=what, **fields)


@_not_listed
def make_roundup(year: int = 2024, **fields: Any) -> RoundupPage:
    """The roundup of a year."""
    ensure_site()
    page = RoundupPage(year=year, **{"title": f"Impact report {year}", "slug": str(year), **fields})
    return RoundupIndexPage.objects.get().add_child(instance=page)


@_not_listed
def make_digest(
    since: date = date(2024, 5, 1), until: date = date(2024, 5, 31), body: Any = (), **fields: Any
) -> DigestPage:
    """The digest of a span of days; `body` are its blocks as they are stored."""
    ensure_site()
    page = DigestPage(
        since=since,
        until=until,
        body=json.dumps(list(body)),
        **{"title": f"{since:%B %Y}", "slug": f"{since:%Y-%m}", **fields},
    )
    return NewsletterIndexPage.objects.get().add_child(instance=page)


def make_metric(name: str = "Members", **fields: Any) -> Metric:
    """A headline metric."""
    return Metric.objects.create(name=name, **{"slug": slugify(name), "headline": True, **fields})


def make_reading(metric: Metric, value: Any, on: date, **fields: Any) -> Reading:
    """A reading of a metric on a day."""
    return Reading.objects.create(metric=metric, value=value, date=on, **fields)


@_not_listed
def make_standard_page(title: str = "About", **fields: Any) -> StandardPage:
    """A plain page below home."""
    home = ensure_site()
    return home.add_child(instance=StandardPage(title=title, **{"slug": slugify(title), **fields}))
