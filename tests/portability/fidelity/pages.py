"""The pages of an import as a visitor gets them: words, links and pictures of their own text."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha1
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.test import Client
from wagtail.models import Page

from impact.media.models import ImpactImage, ImpactRendition
from impact.portability.models import PictureOrigin
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
_COPY = re.compile(r"/pictures/[^/]+/(\d+)/")


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
        return dict(ImpactRendition.objects.values_list("file", "image_id"))

    @cached_property
    def hashes(self) -> dict[int, set[str]]:
        """What each stored picture is known by: its bytes, and those that it was scaled down from."""
        found: dict[int, set[str]] = {}
        for image in ImpactImage.objects.all():
            with image.file.open("rb") as file:
                found[image.pk] = {sha1(file.read(), usedforsecurity=False).hexdigest()}
        for origin in PictureOrigin.objects.all():
            found[origin.image_id].add(origin.hash)
        return found

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
