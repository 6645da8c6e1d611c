"""What the conversion of one file can ask about the rest of the site, and what it was seen to use."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings

from impact.portability.content import Link
from impact.portability.files import FileRefusedError, Files
from impact.portability.links import PageIndex
from impact.portability.messages import FileLog
from impact.portability.source import Source, SourceFile


@dataclass
class SiteContext:
    """What is known of the site as a whole."""

    source: Source
    index: PageIndex
    files: Files = field(default_factory=Files)
    titles: dict[str, str] = field(default_factory=dict)
    community_keys: set[str] = field(default_factory=set)


class PageContext:
    """What a text of one file can ask, and what it was seen to use."""

    def __init__(self, site: SiteContext, file: SourceFile, log: FileLog, title: str) -> None:
        self.site = site
        self.file = file
        self.log = log
        self.title = title
        self.emoji = site.source.has_emoji
        self.links: list[Link] = []
        self._communities: dict[str, bool] = {}

    def link(self, href: str, line: int, thanks: bool) -> Link | None:
        """Resolve an address, remember a community, report what leads nowhere."""
        path = self._linked_file(href, line)
        if path is not None:
            return path
        folder = self.file.segments if self.file.is_bundle else self.file.segments[:-1]
        found = self.site.index.resolve(href, folder)
        self.log.count("links_found")
        self.log.count(f"links_{found.outcome.replace('-', '_')}")
        if found.outcome == "unresolved":
            near = f"; perhaps {found.near}" if found.near else ""
            self.log.warning("link", f"“{href}” leads to no page of the source{near}", line)
        if found.link is not None:
            self.links.append(found.link)
            self._remember(found.link.page, thanks)
        return found.link

    def _linked_file(self, href: str, line: int) -> Link | None:
        if "://" in href or href.startswith(("#", "mailto:", "//")):
            return None
        name = href.split("#")[0].split("?")[0]
        if "." not in name.rsplit("/", 1)[-1] or name.endswith((".md", ".html")):
            return None
        path = self.site.source.find_file(name, self.file)
        if path is None or path.suffix.lower() == ".md":
            return None
        files = self.site.files
        try:
            if path.suffix.lower().lstrip(".") in settings.WAGTAILIMAGES_EXTENSIONS:
                found = Link(picture=files.image(path))
            else:
                found = Link(file=files.document(path))
        except FileRefusedError:
            return None
        self.log.count("links_found")
        self.log.count("links_file")
        return found

    def _remember(self, key: str, thanks: bool) -> None:
        if key in self.site.community_keys and key != self.file.key:
            self._communities[key] = self._communities.get(key, True) and thanks

    def communities(self) -> tuple[tuple[str, str], ...]:
        """Return the communities linked to, each with its role: thanked only is a supporter."""
        return tuple(
            (key, "supporter" if thanked else "about") for key, thanked in self._communities.items()
        )

    def page_title(self, key: str) -> str:
        """Return the title of a page of the source."""
        return self.site.titles.get(key, "")

    def picture(self, src: str, line: int) -> str | None:
        """Find a picture; count and report what is missing."""
        self.log.count("images_found")
        path = self._find(src)
        if path is None:
            self.log.warning("missing-image", f"{src} does not exist", line)
            self.log.count("images_missing")
            return None
        try:
            return self.site.files.image(path)
        except FileRefusedError as error:
            self.log.warning("image-refused", f"{src}: {error}", line)
            self.log.count("images_refused")
            return None

    def attachment(self, src: str, line: int) -> str | None:
        """Find a film; count and report what is missing."""
        path = self._find(src)
        if path is None:
            self.log.warning("missing-file", f"{src} does not exist", line)
            return None
        try:
            return self.site.files.document(path)
        except FileRefusedError as error:
            self.log.warning("file-refused", f"{src}: {error}", line)
            return None

    def _find(self, src: str) -> Path | None:
        name = unquote(src.split("?")[0].split("#")[0])
        try:
            return self.site.source.find_file(name, self.file)
        except (OSError, ValueError):
            return None
