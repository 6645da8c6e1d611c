"""The pages of an import as a visitor gets them: words, links and pictures of their own text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha1
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.test import Client
from lxml import etree
from PIL import Image
from wagtail.models import Page

from impact.media.models import ImpactImage, ImpactRendition
from tests.portability.fidelity.seen import Seen, below, look, parse

# What the site says in its own words beside the writer's: no part of the text.
LABELS = frozenset(
    {
        "callout-kind",
        "code-language",
        "link-card-host",
        "link-card-text",
        "video-host",
        "visually-hidden",
    }
)
_TEXTS = (
    "entry-lead",
    "entry-body",
    "entry-out",
    "community-logo",
    "community-description",
    "community-facts",
)
# The average of shades, of 255, from which two thumbnails show different things.
_LOOKS_DIFFERENT = 6
_COPY = re.compile(r"/pictures/[^/]+/(\d+)/")


def thumbnail(file: Any) -> bytes | None:
    """Return what a picture looks like in 256 shades; None for what Pillow can't read."""
    try:
        with Image.open(file) as image:
            return image.convert("RGBA").convert("L").resize((16, 16)).tobytes()
    except OSError:
        return None


def outline(data: bytes) -> list[str]:
    """Return the lines and words of an SVG drawing in their order; nothing for what is none."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        return []
    found = root.xpath("//@d | //@points | //*[local-name()='text']//text()")
    return [" ".join(piece.split()) for piece in found if piece.strip()]


def _alike(one: bytes, other: bytes | None) -> bool:
    differences = (abs(a - b) for a, b in zip(one, other or b"\0" * len(one), strict=True))
    return sum(differences) / len(one) < _LOOKS_DIFFERENT


@dataclass
class Shown:
    """A page as it is shown. `pictures` has the ids of those in its text or leading it."""

    url: str
    title: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    text: Seen = field(default_factory=Seen)
    pictures: list[int] = field(default_factory=list)


class Visitor:
    """Asks for pages, and knows which picture an address shows."""

    def __init__(self) -> None:
        self.client = Client()
        self._hashes: dict[int, str] = {}

    def page(self, page: Page) -> Shown:
        """Return a page as it is shown; a draft as its editors see it. Raises `LookupError`."""
        specific = page.specific
        if page.live:
            response: Any = self.client.get(page.url)
        else:
            draft = specific.get_latest_revision_as_object()
            response = draft.make_preview_request()
        if response.status_code != 200:
            raise LookupError(f"{page.url} answers {response.status_code}")
        return self._read(page.url, response.content.decode())

    def status(self, url: str) -> int:
        """Return the answer to an address of this site, redirects followed."""
        return int(self.client.get(url, follow=True).status_code)

    def picture_of(self, src: str) -> int | None:
        """Return the id of the picture that an address shows a copy of."""
        if match := _COPY.search(src):
            return int(match[1])
        return self._copies.get(unquote(urlsplit(src).path).removeprefix(settings.MEDIA_URL))

    @cached_property
    def _copies(self) -> dict[str, int]:
        # A drawing is its own copy.
        return dict(ImpactRendition.objects.values_list("file", "image_id")) | dict(
            ImpactImage.objects.values_list("file", "pk")
        )

    def shows(self, numbers: Iterable[int], file: Path) -> bool:
        """Return whether one of the pictures is a file of the source, or looks like it: scaled or cleaned."""
        digest = sha1(file.read_bytes(), usedforsecurity=False).hexdigest()
        if any(self._hash(number) == digest for number in numbers):
            return True
        if file.suffix.lower() == ".svg":
            drawn = outline(file.read_bytes())
            return bool(drawn) and any(drawn == self._outline(number) for number in numbers)
        look = thumbnail(file)
        return look is not None and any(_alike(look, self._look(number)) for number in numbers)

    def _hash(self, number: int) -> str:
        if number not in self._hashes:
            with ImpactImage.objects.get(pk=number).file.open("rb") as file:
                self._hashes[number] = sha1(file.read(), usedforsecurity=False).hexdigest()
        return self._hashes[number]

    def _outline(self, number: int) -> list[str]:
        with ImpactImage.objects.get(pk=number).file.open("rb") as file:
            return outline(file.read())

    def _look(self, number: int) -> bytes | None:
        with ImpactImage.objects.get(pk=number).file.open("rb") as file:
            return thumbnail(file)

    def _read(self, url: str, html: str) -> Shown:
        # The rest of a page costs as much again to parse.
        root = parse(html[html.index("<main") : html.rindex("</main>")])
        shown = Shown(url)
        for heading in root.iter("h1"):
            shown.title = [word.text for word in look(heading).words]
        for lede in below(root, "lede"):
            shown.summary = [word.text for word in look(lede).words]
        for name in _TEXTS:
            for element in below(root, name):
                seen = look(element, hidden=LABELS)
                shown.text.words += seen.words
                shown.text.links += seen.links
                shown.text.images += seen.images
                shown.text.players += seen.players
                shown.text.ids |= seen.ids
                shown.text.players += [
                    frame.get("data-video", "") for frame in below(element, "video-frame")
                ]
        for image in shown.text.images:
            if (number := self.picture_of(image.src)) is not None:
                shown.pictures.append(number)
        return shown
