"""Which copies of a picture the pages ask for, found without a query and never made while a page renders.

A *profile* names a place in the layout ("card", "lead") with its crop and widths. A copy that is already
made is linked directly; for one that is missing the address of the rendition view stands in, which makes it
when a browser asks for it. So a list of cards costs the same whether its pictures are new or old. Copies are
made in the background (`tasks.py`), by what a page would show: see `noting`.

An SVG drawing is its own copy at every size.
"""

import logging
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from PIL.Image import DecompressionBombError
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.images.utils import generate_signature

from impact.media.models import ImpactImage, ImpactRendition
from impact.media.moving import MOVING

logger = logging.getLogger(__name__)

# What `noting` collects; `None` outside of it.
_noted: ContextVar[dict[int, set[str]] | None] = ContextVar("noted", default=None)

# What reading a file that is gone, cut off or no picture at all raises; Pillow has no one class for it.
UNREADABLE = (
    OSError,
    SourceImageIOError,
    InvalidFilterSpecError,
    DecompressionBombError,
    SyntaxError,
    ValueError,
)

# Offered in this order, each in all widths. The last one is the `<img>`, in one size: what reads neither of
# the others is old, or no browser, and a list of its own would be as long as the others together.
PHOTO_FORMATS = ("avif", "webp", "jpeg")
# Logos and portraits may be transparent, which JPEG is not.
LOGO_FORMATS = ("webp", "png")


@dataclass(frozen=True)
class Profile:
    """A place in the layout: the crop, its widths in pixels, and how wide it stands (`sizes`)."""

    operation: str  # with {w} and, for crops, {h}
    widths: tuple[int, ...]
    sizes: str
    ratio: float = 0  # height by width, for crops
    formats: tuple[str, ...] = PHOTO_FORMATS
    drawings: bool = True  # whether an SVG can stand there
    moves: bool = False  # whether an animation goes on there; elsewhere its first picture stands

    def spec(self, width: int, image_format: str) -> str:
        """Return Wagtail's filter of one copy."""
        operation = self.operation.format(w=width, h=round(width * self.ratio))
        return f"{operation}|format-{image_format}"

    @property
    def specs(self) -> tuple[str, ...]:
        """Every filter of the profile."""
        still = [self.spec(width, name) for name in self.formats for width in self.widths]
        moving = [self.moving_spec(width) for width in self.widths] if self.moves else []
        return (*still, *moving)

    def moving_spec(self, width: int) -> str:
        """Return the filter of the one copy that moves."""
        return f"{self.spec(width, 'webp')}|{MOVING}"


PROFILES: dict[str, Profile] = {
    "card": Profile(
        "fill-{w}x{h}",
        (400, 640, 960),
        "(min-width: 75rem) 18rem, (min-width: 62rem) 30vw, (min-width: 40rem) 46vw, 92vw",
        ratio=2 / 3,
    ),
    "feature": Profile(
        "fill-{w}x{h}",
        (400, 640, 800, 1280),
        "(min-width: 62rem) 48rem, (min-width: 40rem) 60vw, 92vw",
        ratio=2 / 3,
    ),
    "thumb": Profile("fill-{w}x{h}", (160, 320), "7rem", ratio=2 / 3),
    "lead": Profile(
        "width-{w}", (400, 640, 960, 1280, 1920), "(min-width: 80rem) 75rem, 92vw", moves=True
    ),
    "hero": Profile(
        "fill-{w}x{h}", (400, 640, 960, 1280), "(min-width: 62rem) 34rem, 92vw", ratio=4 / 5
    ),
    "figure": Profile("width-{w}", (400, 800, 1280), "(min-width: 48rem) 42rem, 92vw", moves=True),
    "narrow": Profile("width-{w}", (400, 800), "(min-width: 48rem) 24rem, 92vw", moves=True),
    "wide": Profile(
        "width-{w}", (400, 640, 960, 1600), "(min-width: 64rem) 60rem, 92vw", moves=True
    ),
    "full": Profile("width-{w}", (400, 640, 1280, 1920), "100vw", moves=True),
    "row": Profile("width-{w}", (400, 800), "(min-width: 40rem) 20rem, 92vw", moves=True),
    # The organisation's, in the header; a community's on its tile; the same below a story.
    "logo": Profile("max-{w}x{h}", (240, 480), "12rem", ratio=1 / 2, formats=LOGO_FORMATS),
    "emblem": Profile(
        "max-{w}x{h}",
        (120, 240, 480),
        "(min-width: 48rem) 14rem, 7rem",
        ratio=1,
        formats=LOGO_FORMATS,
    ),
    "mark": Profile("max-{w}x{h}", (96, 192), "4rem", ratio=1, formats=LOGO_FORMATS),
    # For shares and feeds: one size and a format that all of them can show.
    "share": Profile("width-{w}", (1200,), "100vw", formats=("jpeg",), drawings=False),
    # As wide as the column of a mail; mail programs know no other formats, and no choice of sizes.
    "mail": Profile("width-{w}", (600,), "100vw", formats=("jpeg",), drawings=False),
    # On the page of an author's own; elsewhere beside their name.
    "face": Profile("fill-{w}x{h}", (112, 224), "6.5rem", ratio=1, formats=LOGO_FORMATS),
    "portrait": Profile("fill-{w}x{h}", (48, 96), "2.25rem", ratio=1, formats=LOGO_FORMATS),
}

[_SHARE] = PROFILES["share"].specs
# For whom an animation stands still.
STILL = "(prefers-reduced-motion: reduce)"
# Where the lead image of an entry is seen: in lists, opening a list, on its own page, when shared.
USUAL = ("card", "feature", "lead", "share")


@dataclass(frozen=True)
class Copy:
    """One copy of a picture."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Source:
    """The copies in one format, as `<source>` names them; `media` says for whom, where not for all."""

    mime: str
    srcset: str
    media: str = ""


@dataclass(frozen=True)
class Picture:
    """What `<picture>` needs; `drawing` for an SVG, which has no copies and is cropped by none.

    `moving` is the address of a copy that moves, for those who don't mind; `src` never moves.
    """

    sources: tuple[Source, ...]
    src: str
    sizes: str
    width: int
    height: int
    alt: str
    drawing: bool = False
    moving: str = ""


# Where the focal point is, and how large: x, y, width, height.
_Focus = tuple[int | None, int | None, int | None, int | None]


class _Made(NamedTuple):
    """A copy that is made, as its rendition has it. A list of cards has hundreds of them."""

    filter_spec: str
    focal_point_key: str
    file: str
    width: int
    height: int


@lru_cache(maxsize=512)
def _filter(spec: str) -> Any:
    """Parse a filter once: its operations depend on nothing but the text."""
    return Filter(spec=spec)


def prefetch(images: Iterable[ImpactImage | None], *profiles: str) -> None:
    """Load the copies of the pictures with one query, so that showing them costs none."""
    found = [image for image in images if image is not None]
    specs = {spec for name in (profiles or ("card",)) for spec in PROFILES[name].specs}
    made: dict[int, list[_Made]] = {image.pk: [] for image in found}
    if found:
        rows = ImpactRendition.objects.filter(image__in=made, filter_spec__in=specs)
        for pk, *row in rows.values_list("image", *_Made._fields):
            made[pk].append(_Made(*row))
    for image in found:
        image.made_copies = made[image.pk]


def images(pks: Iterable[int | None], *profiles: str) -> dict[int, ImpactImage]:
    """Return pictures by key, each with its copies for these places, in two queries."""
    wanted = {pk for pk in pks if pk is not None}
    found: dict[int, ImpactImage] = ImpactImage.objects.in_bulk(wanted)
    prefetch(found.values(), *profiles)
    return found


def fingerprint(image: ImpactImage) -> Hashable:
    """Return all that `picture()` reads of a picture with its copies at hand; equal ones look the same.

    None is equal to another where addresses are signed anew each time.
    """
    field = ImpactRendition._meta.get_field("file")
    if getattr(field.storage, "querystring_auth", False):
        return object()
    return (
        image.pk,
        image.file.name,
        (image.width, image.height),
        _focus(image),
        alt_text(image),
        tuple(getattr(image, "made_copies", None) or ()),
        image.animated,
    )


@contextmanager
def noting() -> Iterator[dict[int, set[str]]]:
    """Collect which copies are missing where pictures are shown: filters by the key of the picture."""
    noted: dict[int, set[str]] = defaultdict(set)
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def missing(image: ImpactImage, *profiles: str) -> list[str]:
    """Return the filters of the copies that these places need and that are not made; one query at most.

    What was prefetched is for some places only, and says nothing of the others.
    """
    if image.is_svg() or not (image.width and image.height):
        return []
    names = profiles or USUAL
    needed = {spec: _filter(spec) for name in names for spec in _needed(image, PROFILES[name])}
    existing = {found.spec for found in image.find_existing_renditions(*needed.values())}
    return [spec for spec in needed if spec not in existing]


def make(image: ImpactImage, specs: Iterable[str]) -> int:
    """Make copies ahead of the first visitor; return how many there are.

    A picture that can't be read is logged and has none.
    """
    try:
        return len(image.get_renditions(*specs))
    except UNREADABLE as error:
        logger.warning("The picture %s (%s) can't be read: %s", image.pk, image.file, error)
        return 0


def prepare(image: ImpactImage, *profiles: str) -> int:
    """Make the copies of a picture for these places, or the usual ones; return how many there are.

    A drawing needs none.
    """
    if image.is_svg():
        return 0
    return sum(make(image, _needed(image, PROFILES[name])) for name in profiles or USUAL)


def picture(image: ImpactImage, profile_name: str) -> Picture | None:
    """Return the copies of a picture for a place in the layout.

    None when it has no size, and for a drawing where only photographs can be shown.
    """
    profile = PROFILES[profile_name]
    if not (image.file and image.width and image.height):
        logger.warning("The picture %s has no readable file.", image.pk)
        return None
    if image.is_svg():
        return _drawing(image) if profile.drawings else None
    steps = _steps(image, profile)
    existing = _existing(image, _needed(image, profile))

    def copy(spec: str, width: int) -> Copy:
        found = existing.get(spec)
        if found is None:
            _note(image, spec)
            found = Copy(rendition_url(image, spec), *steps[width])
        return found

    *others, last = profile.formats
    middle = copy(profile.spec(_middle(steps), last), _middle(steps))
    moving = image.animated and profile.moves
    return Picture(
        sources=tuple(
            Source(
                f"image/{name}",
                _srcset(copy(profile.spec(width, name), width) for width in steps),
                STILL if moving else "",
            )
            for name in others
        ),
        moving=copy(profile.moving_spec(_middle(steps)), _middle(steps)).url if moving else "",
        src=middle.url,
        sizes=profile.sizes,
        width=middle.width,
        height=middle.height,
        alt=alt_text(image),
    )


def _drawing(image: ImpactImage) -> Picture:
    return Picture(
        sources=(),
        src=image.file.url,
        sizes="",
        width=image.width,
        height=image.height,
        alt=alt_text(image),
        drawing=True,
    )


def alt_text(image: ImpactImage) -> str:
    """Return what a screen reader says: the words of this place, else those of the picture."""
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", "") or image.default_alt_text


def _steps(image: ImpactImage, profile: Profile) -> dict[int, tuple[int, int]]:
    """Return the size of the copy at each width that differs: nothing is scaled up."""
    steps: dict[int, tuple[int, int]] = {}
    seen: set[int] = set()
    for width in profile.widths:
        size = _size(image, profile.spec(width, profile.formats[0]))
        if size[0] not in seen:
            seen.add(size[0])
            steps[width] = size
    return steps


def _middle(steps: dict[int, tuple[int, int]]) -> int:
    """Return the width that stands for all of them."""
    return list(steps)[len(steps) // 2]


def _needed(image: ImpactImage, profile: Profile) -> list[str]:
    """Return the filters of all copies that a place shows of a picture."""
    steps = _steps(image, profile)
    *others, last = profile.formats
    return [
        *(profile.spec(width, name) for name in others for width in steps),
        profile.spec(_middle(steps), last),
        *([profile.moving_spec(_middle(steps))] if image.animated and profile.moves else []),
    ]


def _note(image: ImpactImage, spec: str) -> None:
    noted = _noted.get()
    if noted is not None:
        noted[image.pk].add(spec)


def _size(image: ImpactImage, spec: str) -> tuple[int, int]:
    """Return the size that a copy has or will have; no format changes it."""
    return _size_of(spec, image.width, image.height, _focus(image))


def _focus(image: ImpactImage) -> _Focus:
    return (
        image.focal_point_x,
        image.focal_point_y,
        image.focal_point_width,
        image.focal_point_height,
    )


@lru_cache(maxsize=4096)
def _size_of(spec: str, width: int, height: int, focus: _Focus) -> tuple[int, int]:
    """Return the size of a copy, which depends on the size of the picture and what is cropped around."""
    names = (f"focal_point_{name}" for name in ("x", "y", "width", "height"))
    like_it = ImpactImage(
        file="-", width=width, height=height, **dict(zip(names, focus, strict=True))
    )
    across, down = _filter(spec).get_transform(like_it).size
    return max(1, int(across)), max(1, int(down))


def _existing(image: ImpactImage, specs: Iterable[str]) -> dict[str, Copy]:
    """Return the copies that are made: the prefetched ones, else with one query."""
    filters = {spec: _filter(spec) for spec in specs}
    made: list[_Made] | None = getattr(image, "made_copies", None)
    if made is None:
        found = image.find_existing_renditions(*filters.values())
        return {f.spec: Copy(each.url, each.width, each.height) for f, each in found.items()}
    address = ImpactRendition._meta.get_field("file").storage.url
    return {
        each.filter_spec: Copy(address(each.file), each.width, each.height)
        for each in made
        if each.filter_spec in filters
        and each.focal_point_key == filters[each.filter_spec].get_cache_key(image)
    }


def rendition_url(image: ImpactImage, spec: str) -> str:
    """Return the signed address that makes a copy when somebody asks for it."""
    return _rendition_path(image.pk, spec)


@lru_cache(maxsize=8192)
def _rendition_path(image_id: int, spec: str) -> str:
    """Sign an address once: a feed of fifty stories shows hundreds of copies."""
    return reverse("rendition", args=(generate_signature(image_id, spec), image_id, spec))


def made_for_shares() -> dict[int, str]:
    """Return the file of the copy for shares, by the key of the picture; one query for all there are."""
    rows = ImpactRendition.objects.filter(filter_spec=_SHARE)
    return dict(rows.values_list("image_id", "file"))


def share_url(image_id: int, file: str, made: Mapping[int, str]) -> str:
    """Return the address of the copy for shares of a picture, or of the file itself where it is a drawing."""
    storage = ImpactImage._meta.get_field("file").storage
    if file.lower().endswith(".svg"):
        return str(storage.url(file))
    return (
        str(storage.url(made[image_id])) if image_id in made else _rendition_path(image_id, _SHARE)
    )


def _srcset(copies: Iterable[Copy]) -> str:
    return ", ".join(f"{copy.url} {copy.width}w" for copy in copies)
