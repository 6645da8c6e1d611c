"""What the conversion of one file can ask about the rest of the site, and what it was seen to use."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from impact.portability.content import Link
from impact.portability.files import Files, PlannedPicture
from impact.portability.links import PageIndex
from impact.portability.media_blocks import is_remote
from impact.portability.messages import FileLog
from impact.portability.pictures import LONGEST_SIDE, FileRefusedError
from impact.portability.remote import RemotePictures
from impact.portability.resources import Found
from impact.portability.source import Source, SourceFile

# Some addresses hold the whole picture.
_LONGEST_NAME = 200


@dataclass
class SiteContext:
    """What is known of the site as a whole."""

    source: Source
    index: PageIndex
    files: Files = field(default_factory=Files)
    remote: RemotePictures = field(default_factory=RemotePictures)
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
        language = self.site.source.language_folder(self.file)
        found = self.site.index.resolve(href, self.file.place, language)
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
        name = self.site.source.resources.on_site(href)
        if not name or name.startswith(("#", "mailto:")):
            return None
        bare = name.split("#")[0].split("?")[0]
        if "." not in bare.rsplit("/", 1)[-1] or bare.endswith((".md", ".html")):
            return None
        found = self._find(name, line)
        if found is None or found.path.suffix.lower() == ".md":
            return None
        link = self._file_link(found.path, href, line)
        if link is not None:
            self.log.count("links_found")
            self.log.count("links_file")
        return link

    def _file_link(self, path: Path, href: str, line: int) -> Link | None:
        if path.suffix.lower().lstrip(".") in settings.WAGTAILIMAGES_EXTENSIONS:
            digest = self.place(path, href, line)
            return Link(picture=digest) if digest else None
        try:
            return Link(file=self.site.files.document(path))
        except FileRefusedError as error:
            self.log.warning("file-refused", f"{href}: {error}", line)
            return None

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

    def picture(self, src: str, line: int, alt: str = "") -> str | None:
        """Find a picture of the source; count and report what is missing."""
        self.log.count("images_found")
        if src.startswith("data:"):
            text = "a picture written into the text is not taken in; save it as a file beside it"
            self.log.warning("image-refused", text, line)
            self.log.count("images_refused")
            return None
        found = self._find(src, line)
        if found is None:
            self.log.warning("missing-image", f"{src[:_LONGEST_NAME]} does not exist", line)
            self.log.count("images_missing")
            return None
        return self.place(found.path, src, line, alt)

    def place(self, path: Path, src: str, line: int, alt: str = "") -> str | None:
        """Take a picture in; report what is refused, and what is stored smaller."""
        try:
            planned = self.site.files.image(path)
        except FileRefusedError as error:
            self.log.warning("image-refused", f"{src}: {error}", line)
            self.log.count("images_refused")
            return None
        return self._taken(planned, src, line, alt)

    def _taken(self, planned: PlannedPicture, src: str, line: int, alt: str) -> str:
        planned.alt = planned.alt or alt
        if (measured := planned.measured) and measured.oversized:
            size = f"{src} has {measured.width} × {measured.height} pixels, {measured.megabytes} MB"
            if measured.scaled:
                text = f"{size}; stored with at most {LONGEST_SIDE} a side"
                self.log.notice("image-scaled", text, line)
            else:
                self.log.notice("image-large", f"{size}; it moves, so it was left as it is", line)
        return planned.hash

    def remote_picture(self, src: str, line: int, alt: str = "") -> str | None:
        """Return a picture of another server where it has been fetched, else None."""
        path = self.site.source.resources.on_site(src)
        if path is not None and (found := self._find(path, line)):
            self.log.count("images_found")
            return self.place(found.path, src, line, alt)
        # The text of a community or an author holds no pictures.
        if self.file.kind != "entry":
            return None
        remote = self.site.remote
        try:
            planned = remote.picture(src, self.site.files)
        except FileRefusedError as error:
            self.log.warning("not-fetched", f"{src} was not fetched: {error}", line)
            self.log.count("images_not_fetched")
            return None
        if planned is None:
            if remote.would_fetch:
                self.log.notice("to-fetch", f"{src} would be fetched", line)
                self.log.count("images_to_fetch")
            return None
        self.log.count("images_fetched")
        return self._taken(planned, src, line, alt)

    def lead(self, src: str, line: int, alt: str = "") -> str | None:
        """Return a picture that front matter names; one that stays on another server can't lead."""
        if not is_remote(src):
            return self.picture(src, line, alt)
        file = self.remote_picture(src, line, alt)
        if file is None:
            text = f"lead picture on another server, left out: {src}"
            self.log.warning("remote-lead", text, line)
            self.log.count("images_remote")
        return file

    def no_alt(self, src: str, line: int) -> None:
        """Report a picture without alt text, where one is shown: the logo of a community needs none."""
        if self.file.kind == "entry":
            self.log.warning("no-alt", f"{src} has no alt text", line)
            self.log.count("images_without_alt")

    def attachment(self, src: str, line: int) -> str | None:
        """Find a film; count and report what is missing."""
        found = self._find(src, line)
        if found is None:
            self.log.warning("missing-file", f"{src} does not exist", line)
            return None
        try:
            return self.site.files.document(found.path)
        except FileRefusedError as error:
            self.log.warning("file-refused", f"{src}: {error}", line)
            return None

    def _find(self, src: str, line: int) -> Found | None:
        """Find a file of the source; one whose name differs by case is reported."""
        found = self.site.source.resources.find(src, self.file.folder, self.file.key)
        if found is not None and found.called:
            text = f"{src} is called {found.called} on disk; a web server may not find it"
            self.log.notice("name-case", text, line)
        return found


@dataclass
class WordsContext:
    """What a text can ask of which nothing but words is shown: its links and pictures lead nowhere."""

    log: FileLog
    emoji: bool
    title: str = ""

    def link(self, _href: str, _line: int, _thanks: bool) -> Link | None:
        """Return no place to go to."""
        return None

    def page_title(self, _key: str) -> str:
        """Return no title."""
        return ""

    def picture(self, _src: str, _line: int) -> str | None:
        """Return no picture, so that its words are taken."""
        return None

    def remote_picture(self, _src: str, _line: int) -> str | None:
        """Leave a picture where it is."""
        return None

    def no_alt(self, _src: str, _line: int) -> None:
        """Say nothing of a picture that is not shown."""

    def attachment(self, _src: str, _line: int) -> str | None:
        """Return no file."""
        return None
