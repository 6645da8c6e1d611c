"""The whole export as one call, for the command and for tests."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from wagtail.models import Page, Site

from impact.communities.models import CommunityPage
from impact.entries.models import FeaturedLinkPage, StoryPage
from impact.portability.export import data, redirects, site, terms
from impact.portability.export.bundles import Bundle, load
from impact.portability.export.folder import Folder, check, made_whole
from impact.portability.export.front_matter import as_yaml, filled
from impact.portability.export.pages import PageWriter
from impact.portability.export.tree import Place, read_tree
from impact.portability.messages import Log
from impact.portability.written_rows import DATA
from impact.roundups.models import RoundupPage
from impact.standard.models import StandardPage

# Called with the number of pages done and of all.
Progress = Callable[[int, int], None]

_AT_ONCE = 100
_ENTRY = ("author_links__author", "community_links", "tagged_items__tag")
# The models of the kinds, and what a page of each needs beside its own row.
_MODELS: dict[str, tuple[type[Page], tuple[str, ...]]] = {
    "story": (StoryPage, (*_ENTRY, "category", "outcomes__metric")),
    "link": (FeaturedLinkPage, (*_ENTRY, "category")),
    "community": (CommunityPage, ()),
    "roundup": (RoundupPage, ()),
    "page": (StandardPage, ()),
}


@dataclass
class Summary:
    """What was exported, and what stayed behind; `log` has the findings that a person should see."""

    numbers: dict[str, int] = field(default_factory=dict)
    log: Log = field(default_factory=Log)
    dry_run: bool = False

    def count(self, name: str, by: int = 1) -> None:
        """Add to a number."""
        self.numbers[name] = self.numbers.get(name, 0) + by


def export_hugo(
    destination: Path,
    *,
    private: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Summary:
    """Write everything as a Hugo site into a new folder, which appears when it is whole.

    Raises `DestinationError` where there is something already.
    """
    check(destination)
    with nullcontext(Folder(None)) if dry_run else made_whole(destination) as folder:
        exporter = _Exporter(folder, private, progress)
        exporter.run()
    exporter.summary.dry_run = dry_run
    return exporter.summary


class _Exporter:
    def __init__(self, folder: Folder, private: bool, progress: Progress) -> None:
        self.folder, self.private, self.progress = folder, private, progress
        self.summary = Summary()
        self.site = Site.objects.select_related("root_page").get(is_default_site=True)
        self.tree = read_tree(self.site, private=private)
        self.old_paths = redirects.read_redirects(self.site, self.tree)

    def run(self) -> None:
        self._pages()
        self._terms()
        self._data()
        self._count_the_rest()

    def _pages(self) -> None:
        done, places = 0, list(self.tree.places.values())
        for some in _portions(places):
            pages = _load(some)
            writers = [
                PageWriter(self.tree, page, place, self.old_paths.aliases.get(place.pk, ()))
                for place in some
                if (page := pages.get(place.pk)) is not None
            ]
            loaded = load([writer.wanted for writer in writers], private=self.private)
            for writer in writers:
                self._page(writer, Bundle(loaded))
            done += len(some)
            self.progress(done, len(places))

    def _page(self, writer: PageWriter, bundle: Bundle) -> None:
        place, page = writer.place, writer.page
        files = writer.files(bundle)
        absent = writer.wanted.keys - bundle.loaded.keys()
        self.summary.count("files that stay behind", len(absent))
        for path, text in files.texts.items():
            self.folder.write(f"content/{path}", text)
        for path, text in files.data.items():
            self.folder.write(path, text)
        self.summary.count("closed years", len(files.data))
        self._copy(bundle, f"content/{place.folder}", page.title)
        self.summary.count(_NAMES[place.kind])
        if not page.live or place.private:
            self.summary.count("drafts among them")
        elif page.has_unpublished_changes:
            self.summary.count("drafts of changes that stay behind")
        self.summary.count("texts as HTML", files.as_html)
        self.summary.count("blocks as JSON", files.spelled_out)
        self.summary.count("links to pages that stay behind", files.dangling)

    def _copy(self, bundle: Bundle, place: str, whose: str) -> None:
        missing = bundle.copy(self.folder, place)
        for name in missing:
            self.summary.log.add("warning", "missing-file", place, 0, f"{whose}: {name} is missing")
        self.summary.count("pictures and documents", len(bundle.files) - len(missing))
        self.summary.count("files missing", len(missing))

    def _terms(self) -> None:
        for folder, text, bundle in terms.authors():
            self.folder.write(f"content/{folder}/_index.md", text)
            self._copy(bundle, f"content/{folder}", folder)
            self.summary.count("authors")
        for name, rows in (("categories", terms.categories()), ("tags", terms.tags())):
            for folder, text in rows:
                self.folder.write(f"content/{folder}/_index.md", text)
                self.summary.count(name)

    def _data(self) -> None:
        self.folder.write("hugo.yaml", as_yaml(site.configuration(self.site, self.tree)))
        found = data.metrics(self.tree)
        others = data.redirects(self.old_paths)
        self.summary.count("metrics", len(found))
        if found or others:
            self.folder.write(DATA, as_yaml(filled(metrics=found, redirects=others)))
        if others:
            self.folder.write("static/_redirects", redirects.as_lines(self.old_paths, self.tree))
        site.copy_layouts(self.folder)

    def _count_the_rest(self) -> None:
        self.summary.count("redirects", len(self.old_paths))
        self.summary.count("private pages that stay behind", self.tree.left_behind["private"])
        self.summary.count("digests that stay behind", self.tree.left_behind["digests"])
        self.summary.count("pages of other kinds that stay behind", self.tree.left_behind["other"])
        self.summary.count("files written", self.folder.files)


_NAMES = {
    "story": "stories",
    "link": "featured links",
    "community": "communities",
    "roundup": "roundups",
    "page": "plain pages",
    "section": "lists",
    "home": "home pages",
}


def _portions(places: Sequence[Place]) -> Iterator[list[Place]]:
    by_kind = sorted(places, key=_kind)
    for _name, group in groupby(by_kind, key=_kind):
        same = list(group)
        for start in range(0, len(same), _AT_ONCE):
            yield same[start : start + _AT_ONCE]


def _kind(place: Place) -> str:
    return place.kind


def _load(places: Sequence[Place]) -> dict[int, Any]:
    """Return pages of one kind by id: as they are published, or as their latest draft is.

    The number of queries does not depend on how many there are, but for drafts.
    """
    kind, ids = places[0].kind, [place.pk for place in places]
    if kind in {"section", "home"}:
        pages = [page.specific for page in Page.objects.filter(pk__in=ids)]
    else:
        model, related = _MODELS[kind]
        pages = list(model._default_manager.filter(pk__in=ids).prefetch_related(*related))
    return {page.pk: page if page.live else page.get_latest_revision_as_object() for page in pages}
