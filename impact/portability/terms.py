"""Authors, categories and tags of a source, each under one spelling."""

from dataclasses import dataclass, field

from django.utils.text import slugify

from impact.portability.messages import FileLog
from impact.portability.nearness import Spellings
from impact.portability.values import humanise, name_key, split_names
from impact.taxonomy.normal_form import tag_slug

# Hues far enough apart to be told from each other in a legend of ten; the design sets the lightness.
PALETTE = (
    "#0f6e66",
    "#b4531f",
    "#3d5a98",
    "#8a3b6b",
    "#6b7a1e",
    "#a12f3a",
    "#2f7fa3",
    "#7a5c2e",
    "#5b4b9a",
    "#3f7d46",
)
DEFAULT_CATEGORY = "General"


@dataclass(frozen=True)
class PlannedCategory:
    """A category to be there; an existing one of the slug is kept as it is."""

    slug: str
    name: str
    colour: str


@dataclass(frozen=True)
class PlannedAuthor:
    """An author to be there; an existing one of the slug is kept as it is."""

    slug: str
    name: str
    role: str = ""
    bio: str = ""
    picture: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass
class Categories:
    """The categories met so far, in the order in which they came."""

    planned: dict[str, PlannedCategory] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """Return the slug of a category by any spelling of its name."""
        slug = tag_slug(name)[:80]
        if slug not in self.planned:
            words = humanise(name)
            label = (words[:1].upper() + words[1:])[:80]
            colour = PALETTE[len(self.planned) % len(PALETTE)]
            self.planned[slug] = PlannedCategory(slug, label, colour)
        return slug


@dataclass
class People:
    """The authors of a source by every spelling of their names, and by the folders of their profiles."""

    planned: dict[str, PlannedAuthor] = field(default_factory=dict)
    _by_name: dict[str, str] = field(default_factory=dict)
    _alone: dict[str, str] = field(default_factory=dict)
    _spellings: Spellings = field(default_factory=Spellings)

    def add_profile(self, author: PlannedAuthor, folder: str) -> None:
        """Add somebody who has a profile."""
        self.planned[author.slug] = author
        for spelling in (author.name, folder):
            self._know(name_key(spelling.replace("-", " ")), author.slug)

    def expect(self, text: str) -> None:
        """Note that a text, unless it names several people, is one person's name."""
        if len(split_names(text)) == 1:
            self._alone.setdefault(name_key(text.replace("-", " ")), text)

    def find(self, text: str) -> str:
        """Return the slug of somebody by a name or the folder of a profile; empty for nobody."""
        return self._by_name.get(name_key(text.replace("-", " ")), "")

    def named(self, text: str, log: FileLog, line: int) -> list[str]:
        """Return the slugs of the people named in a string, adding those not met before."""
        key = name_key(text.replace("-", " "))
        is_one = key in self._by_name or key in self._alone
        names = [text] if is_one else split_names(text)
        if len(names) > 1:
            log.notice("authors-split", f"“{text}” was read as {len(names)} people", line)
        return [slug for name in names if (slug := self._one(name, log, line))]

    def _one(self, name: str, log: FileLog, line: int) -> str:
        key = name_key(name.replace("-", " "))
        if not key:
            log.warning("author", f"“{name}” is no name", line)
            return ""
        if key not in self._by_name:
            for other in self._spellings.near(key):
                known = self.planned[self._by_name[other]]
                text = f"“{name}” is probably the same as “{known.name}”"
                log.warning("author-spelling", text, line)
            name = self._alone.get(key, name)
            slug = self._free_slug(name)
            self.planned[slug] = PlannedAuthor(slug, name[:120])
            self._know(key, slug)
        return self._by_name[key]

    def _know(self, key: str, slug: str) -> None:
        self._by_name.setdefault(key, slug)
        self._spellings.add(key)

    def _free_slug(self, name: str) -> str:
        base = (slugify(name) or slugify(name, allow_unicode=True) or "author")[:110]
        slug, number = base, 2
        while slug in self.planned:
            slug, number = f"{base}-{number}", number + 1
        return slug
