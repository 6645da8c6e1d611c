"""Follows the links of a site, as a search engine would, and says which lead nowhere."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import resolve
from lxml import html
from wagtail.images.utils import verify_signature

from impact.media.models import ImpactImage

HOST = "http://testserver"
# Without their filters: each page of the gallery leads to a hundred others, which its own tests read.
LINKS = "//a/@href | //area/@href | //form[not(@method='post')]/@action | //link/@href"
FILES = "//script/@src | //video/@src | //track/@src"
PICTURES = "//img/@src | //video/@poster | //meta[@property='og:image']/@content"


@dataclass
class Crawl:
    """What was found: the ids of each page by its address (`None` where it is none), and what is broken."""

    client: Client
    seen: dict[str, set[str] | None] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def run(self, starts: Iterable[str]) -> "Crawl":
        """Read every page that is named or linked."""
        waiting = deque((start, "") for start in starts)
        fragments: list[tuple[str, str, str]] = []
        while waiting:
            address, source = waiting.popleft()
            url, fragment = urldefrag(address)
            url = url.partition("?")[0]
            if fragment:
                fragments.append((url, unquote(fragment), source))
            if url not in self.seen:
                waiting.extend((each, url) for each in self._read(url, source))
        for url, fragment, source in fragments:
            ids = self.seen.get(url)
            if ids is not None and fragment not in ids:
                self.broken.append(f"{source}: no #{fragment} in {url}")
        return self

    def _read(self, url: str, source: str) -> list[str]:
        """Return where a page leads to in this site."""
        self.seen[url] = None
        if url.startswith(settings.STATIC_URL):
            if fault := _fault(url):
                self.broken.append(f"{source}: {fault}")
            return []
        response = self.client.get(url)
        if response.status_code in (301, 302):
            return [urljoin(url, response["Location"])]
        if response.status_code != 200:
            self.broken.append(f"{source}: {url} answers {response.status_code}")
        elif response["Content-Type"].startswith("text/html"):
            document = html.document_fromstring(response.content.decode())
            self.seen[url] = set(document.xpath("//@id"))
            faults = (_fault(image) for image in _pictures(document))
            self.broken += [f"{url}: {fault}" for fault in faults if fault]
            return list(_links(document, url))
        return []


def _links(document: Any, base: str) -> Iterator[str]:
    for link in chain(document.xpath(LINKS), document.xpath(FILES)):
        url = urljoin(f"{HOST}{base}", link)
        if url.startswith(f"{HOST}/"):
            yield url.removeprefix(HOST)


def _pictures(document: Any) -> Iterator[str]:
    yield from document.xpath(PICTURES)
    for candidates in document.xpath("//source/@srcset"):
        yield from (each.split()[0] for each in candidates.split(", "))


@cache
def _fault(url: str) -> str:
    """Return what is wrong with the address of a file; what is made when it is asked for is not made."""
    path = unquote(urlsplit(url).path)
    for start, there in (
        (settings.MEDIA_URL, default_storage.exists),
        (settings.STATIC_URL, finders.find),
    ):
        if path.startswith(start):
            return "" if there(path.removeprefix(start)) else f"{path} is no file"
    asked = resolve(path)
    if asked.view_name == "share_image":
        return ""
    if asked.view_name != "rendition":
        return f"{path} is no picture"
    key, spec = asked.kwargs["image_id"], asked.kwargs["filter_spec"]
    signed = verify_signature(asked.kwargs["signature"].encode(), key, spec)
    image = ImpactImage.objects.filter(pk=key).first()
    if not signed or image is None or not default_storage.exists(image.file.name):
        return f"{path} can't be made"
    return ""
