"""Authors, categories and tags of a source, each under one spelling, and as a map wants them."""

from dataclasses import dataclass, field, replace

from django.utils.text import slugify

from impact.portability.mapping import Mapping, Wishes
from impact.portability.messages import FileLog
from impact.portability.nearness import Spellings
from impact.portability.values import humanise, name_key, split_names
from impact.portability.vocabulary import Vocabulary
from impact.taxonomy.normal_form import tag_name, tag_slug

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


@dataclass(frozen=True)
class PlannedCategory:
    """A category to be there; an existing one of the slug is kept as it is.

    `before` is what it would be without the map, None where the map says nothing of it.
    """

    slug: str
    name: str
    colour: str
    description: str = ""
    before: "PlannedCategory | None" = None


@dataclass(frozen=True)
class PlannedTag:
    """A tag to be there under its own name; an existing one of the slug is kept as it is."""

    slug: str
    name: str


@dataclass(frozen=True)
class PlannedAuthor:
    """An author to be there; an existing one of the slug is kept as it is.

    `before` is what they would be without the map, None where the map says nothing of them.
    """

    slug: str
    name: str
    role: str = ""
    bio: str = ""
    picture: str = ""
    links: tuple[tuple[str, str], ...] = ()
    before: "PlannedAuthor | None" = None


@dataclass
class Categories:
    """The categories met so far, in the order in which they came."""

    vocabulary: Vocabulary
    wishes: Wishes = field(default_factory=Wishes)
    planned: dict[str, PlannedCategory] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """Return the slug of a category by any spelling of its name, planning it when it is new."""
        own, slug = tag_slug(name)[:80], self.slug(name)
        if slug not in self.planned:
            words = humanise(name if slug == own else self.vocabulary.name("categories", slug))
            label = (words[:1].upper() + words[1:])[:80]
            colour = PALETTE[len(self.planned) % len(PALETTE)]
            category = PlannedCategory(slug, label, colour)
            if values := self.wishes.changes.get(slug):
                category = replace(category, **values, before=category)
            self.planned[slug] = category
        return slug

    def slug(self, name: str) -> str:
        """Return the slug of a category without planning it."""
        return self.wishes.kept(tag_slug(name)[:80])

    def split(self, names: list[str]) -> tuple[list[str], list[str]]:
        """Return the names that may file a post, and those that the map makes tags."""
        keys = {name: tag_slug(name)[:80] for name in names}
        stay = [name for name in names if keys[name] not in self.wishes.left_out]
        return (
            [name for name in stay if keys[name] not in self.wishes.as_tags],
            [name for name in stay if keys[name] in self.wishes.as_tags],
        )


@dataclass
class Tags:
    """The tags, as the map wants them."""

    vocabulary: Vocabulary
    mapping: Mapping = field(default_factory=Mapping)

    def named(self, name: str) -> tuple[str, str]:
        """Return slug and name of a tag by any spelling; both empty for what is none, or left out."""
        own = tag_slug(name)
        if not own or own in self.mapping.tags.left_out:
            return "", ""
        kept = self.mapping.tags.kept(own)
        slug, new = self.mapping.tag(kept)
        spelled = name if kept == own else self.vocabulary.name("tags", kept)
        return slug, new or tag_name(humanise(spelled))


@dataclass(frozen=True)
class _Near:
    """Two spellings a letter apart: the keys of both names, and where the later one stands."""

    log: FileLog
    line: int
    name: str
    key: str
    other: str


@dataclass
class People:
    """The authors of a source by every spelling of their names, and by the folders of their profiles."""

    planned: dict[str, PlannedAuthor] = field(default_factory=dict)
    _by_name: dict[str, str] = field(default_factory=dict)
    _alone: dict[str, str] = field(default_factory=dict)
    _profiles: dict[str, FileLog] = field(default_factory=dict)
    _spellings: Spellings = field(default_factory=Spellings)
    _near: list[_Near] = field(default_factory=list)

    def add_profile(self, author: PlannedAuthor, folder: str, log: FileLog) -> None:
        """Add somebody who has a profile; a second one of the same name fills what the first lacks."""
        if first := self.planned.get(author.slug):
            _report_dropped(author, first, log)
            author = _filled(first, author)
        self.planned[author.slug] = author
        self._profiles[author.slug] = log
        for spelling in (author.name, folder):
            self._know(name_key(spelling.replace("-", " ")), author.slug)

    def expect(self, text: str) -> None:
        """Note that a text, unless it names several people, is one person's name."""
        if len(split_names(text)) == 1:
            self._alone.setdefault(name_key(text.replace("-", " ")), text)

    def find(self, text: str) -> str:
        """Return the slug of somebody by a name or the folder of a profile; empty for nobody."""
        return self._by_name.get(name_key(text.replace("-", " ")), "")

    def named(self, text: str, log: FileLog, line: int) -> dict[str, str]:
        """Return the people named in a string as slug and spelling, adding those not met before."""
        key = name_key(text.replace("-", " "))
        is_one = key in self._by_name or key in self._alone
        names = [text] if is_one else split_names(text)
        if len(names) > 1:
            log.notice("authors-split", f"“{text}” was read as {len(names)} people", line)
        return {slug: name for name in names if (slug := self._one(name, log, line))}

    def apply(self, wishes: Wishes) -> None:
        """Merge, leave out and change people as a map wants it; report those who are probably the same."""
        found = dict(self.planned)
        for slug, kept in wishes.same_as.items():
            merged = self.planned.pop(slug)
            if log := self._profiles.get(slug):
                _report_dropped(merged, self.planned[kept], log)
            self.planned[kept] = _filled(self.planned[kept], merged)
        for slug in wishes.left_out:
            del self.planned[slug]
        for slug, values in wishes.changes.items():
            self.planned[slug] = replace(self.planned[slug], **values)  # type: ignore[arg-type]
        for slug, author in self.planned.items():
            if author != found[slug]:
                self.planned[slug] = replace(author, before=found[slug])
        gone = dict.fromkeys(wishes.left_out, "")
        for key, slug in self._by_name.items():
            self._by_name[key] = gone.get(slug, wishes.kept(slug))
        for near in self._near:
            one, other = self._by_name[near.key], self._by_name[near.other]
            if one and other and one != other:
                text = f"“{near.name}” is probably the same as “{self.planned[other].name}”"
                near.log.warning("author-spelling", text, near.line)

    def _one(self, name: str, log: FileLog, line: int) -> str:
        key = name_key(name.replace("-", " "))
        if not key:
            log.warning("author", f"“{name}” is no name", line)
            return ""
        if key not in self._by_name:
            self._near += [_Near(log, line, name, key, o) for o in self._spellings.near(key)]
            name = self._alone.get(key, name)[:120]
            slug = self._free_slug(name)
            self.planned[slug] = PlannedAuthor(slug, name)
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


def _filled(kept: PlannedAuthor, other: PlannedAuthor) -> PlannedAuthor:
    """Return an author with what only another profile of theirs has."""
    return replace(
        kept,
        role=kept.role or other.role,
        bio=kept.bio or other.bio,
        picture=kept.picture or other.picture,
        links=tuple(dict.fromkeys((*kept.links, *other.links))),
    )


def _report_dropped(other: PlannedAuthor, kept: PlannedAuthor, log: FileLog) -> None:
    """Say what of a profile has no place, because the one that is kept has its own."""
    lost = [
        f"{name} “{theirs}”"
        for name in ("role", "bio")
        if (theirs := getattr(other, name)) and getattr(kept, name) not in {"", theirs}
    ]
    if other.picture and kept.picture not in {"", other.picture}:
        lost.append("the picture")
    more = f"; left out: {', '.join(lost)}" if lost else ""
    log.warning("merged", f"“{other.name}” is one with “{kept.name}”{more}")
