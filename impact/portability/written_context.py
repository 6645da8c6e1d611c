"""What the text of an exported page can ask: addresses mean what they say, files lie beside the page."""

from impact.portability.content import Link
from impact.portability.context import PageContext
from impact.portability.links import COMMUNITIES, GALLERY, HOME, ROUNDUPS
from impact.portability.written_links import read_link

# The lists of an exported site, by the names that its configuration gives their folders.
LISTS = {"gallery": GALLERY, "communities": COMMUNITIES, "roundups": ROUNDUPS}


class WrittenContext(PageContext):
    """Reads addresses to the letter; one that leads to a page of the site is a link to that page."""

    def link(self, href: str, line: int, thanks: bool) -> Link | None:
        """Return where an address leads; report one of this site that leads nowhere."""
        found = read_link(href, self._page_at, lambda name: self._file_at(name, line))
        self.log.count("links_found")
        if found is None or (href.startswith("/") and not found.page):
            self.log.count("links_unresolved")
            self.log.warning("link", f"“{href}” leads to no page of the source", line)
        elif found.page:
            self.log.count("links_page")
            self.links.append(found)
        else:
            self.log.count("links_file" if found.file else "links_external")
        return found

    def _page_at(self, path: str) -> str:
        folder = path.strip("/")
        if not folder:
            return HOME
        for name, key in LISTS.items():
            if folder == self.site.source.sections.get(name):
                return key
        return self.site.index.at(path)

    def _file_at(self, name: str, line: int) -> str:
        path = self.file.folder / name
        if "." not in name or self.site.source.resources.inside(path) is None:
            return ""
        return self.attachment(name, line) or ""
