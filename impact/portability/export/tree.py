"""Which pages go out, and where each stands in the exported site. One query, however many pages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Value, When
from wagtail.models import Page, Site

from impact.pages.visibility import unrestricted
from impact.portability.links import COMMUNITIES, GALLERY, HOME, ROUNDUPS

# The folders of Hugo's own lists, which no section may take.
TAXONOMIES = {"author": "authors", "category": "categories", "tag": "tags"}

_SECTIONS = {
    "gallery.gallerypage": GALLERY,
    "communities.communityindexpage": COMMUNITIES,
    "roundups.roundupindexpage": ROUNDUPS,
}
_KINDS = {
    "entries.storypage": "story",
    "entries.featuredlinkpage": "link",
    "communities.communitypage": "community",
    "roundups.rounduppage": "roundup",
    "standard.standardpage": "page",
}
# A mail that was sent is nothing to import again; its archive is no page of its own.
_NEWSLETTER = {"newsletter.newsletterindexpage": 0, "newsletter.digestpage": 1}


@dataclass(frozen=True)
class Place:
    """Where a page stands: `folder` below the content, `path` on the site (`/impact/a-story/`)."""

    pk: int
    kind: str
    key: str
    folder: str
    path: str
    private: bool = False

    @property
    def url(self) -> str:
        """The path, where Hugo would give the folder another one; else nothing."""
        return "" if self.path == f"/{self.folder}/" else self.path


@dataclass
class Tree:
    """The pages of an export by id, and how many stay behind by reason."""

    places: dict[int, Place] = field(default_factory=dict)
    sections: dict[str, Place] = field(default_factory=dict)
    pages_folder: str = "pages"
    left_behind: Counter[str] = field(default_factory=Counter)
    _by_key: dict[str, Place] = field(default_factory=dict)
    _by_path: dict[str, Place] = field(default_factory=dict)
    _parents: set[str] = field(default_factory=set)

    def add(self, place: Place) -> None:
        """Add a page."""
        self.places[place.pk] = self._by_key[place.key] = self._by_path[place.path] = place
        self._parents.add(place.path.rstrip("/").rpartition("/")[0])

    def of_kind(self, *kinds: str) -> list[Place]:
        """Return the pages of some kinds in the order of the site."""
        return [place for place in self.places.values() if place.kind in kinds]

    def key_of(self, pk: int) -> str:
        """Return the key of a page by its id, nothing where it stays behind."""
        place = self.places.get(pk)
        return place.key if place else ""

    def path_of(self, key: str) -> str:
        """Return the path of a page by its key."""
        return self._by_key[key].path

    def key_at(self, path: str) -> str:
        """Return the key of the page at a path, nothing where there is none."""
        place = self._by_path.get(path)
        return place.key if place else ""

    def has_children(self, place: Place) -> bool:
        """Whether other pages stand below one."""
        return place.path.rstrip("/") in self._parents


def read_tree(site: Site, *, private: bool = False) -> Tree:
    """Return the pages of a site; those that not everybody may read only when they are asked for."""
    tree = Tree()
    root = site.root_page
    rows = list(_rows(root))
    sections = {row[2] for row in rows if row[4] in _SECTIONS}
    tree.pages_folder = _free("pages", sections)
    above = root.url_path
    for pk, slug, url_path, is_private, label in rows:
        path = f"/{url_path.removeprefix(above)}"
        if is_private and not private:
            tree.left_behind["private"] += 1
        elif pk == root.pk:
            tree.sections[HOME] = Place(pk, "home", HOME, "", "/")
            tree.add(tree.sections[HOME])
        elif label in _SECTIONS:
            key, folder = _SECTIONS[label], _free(slug, TAXONOMIES.values())
            tree.sections[key] = Place(pk, "section", key, folder, path, is_private)
            tree.add(tree.sections[key])
        elif label in _KINDS:
            folder = _folder(tree, label, path)
            tree.add(Place(pk, _KINDS[label], folder, folder, path, is_private))
        elif label in _NEWSLETTER:
            tree.left_behind["digests"] += _NEWSLETTER[label]
        else:
            tree.left_behind["other"] += 1
    return tree


def _rows(root: Page) -> Iterable[tuple[int, str, str, bool, str]]:
    restricted = Case(
        When(unrestricted(), then=Value(False)), default=Value(True), output_field=BooleanField()
    )
    rows = (
        Page.objects.descendant_of(root, inclusive=True)
        .annotate(restricted=restricted)
        .order_by("path")
        .values_list(
            "pk", "slug", "url_path", "restricted", "content_type__app_label", "content_type__model"
        )
    )
    for pk, slug, url_path, is_private, app, model in rows:
        yield pk, slug, url_path, is_private, f"{app}.{model}"


def _folder(tree: Tree, label: str, path: str) -> str:
    """Pages of a section stand in its folder, plain ones in a folder of their own."""
    if label == "standard.standardpage":
        return f"{tree.pages_folder}{path}".rstrip("/")
    section, _slash, rest = path.strip("/").partition("/")
    return f"{_free(section, TAXONOMIES.values())}/{rest}"


def _free(name: str, taken: Iterable[str]) -> str:
    while name in taken:
        name = f"{name}-pages"
    return name
