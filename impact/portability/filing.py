"""Who wrote a post, which category files it and which tags it has, as front matter and a map say."""

from collections import Counter
from collections.abc import Iterable, Sequence

from impact.portability.drafts import Draft
from impact.portability.links import PageIndex
from impact.portability.mapping import Mapping
from impact.portability.messages import Log
from impact.portability.source import Source
from impact.portability.taxonomies import Facet
from impact.portability.terms import Categories, People, Tags
from impact.portability.values import name_key, read_list, read_names, read_text
from impact.portability.vocabulary import DEFAULT_CATEGORY, Vocabulary
from impact.taxonomy.normal_form import tag_slug


class Filing:
    """The terms of a source: met first, so that a map can be checked; then used post by post."""

    def __init__(self, source: Source, log: Log) -> None:
        self.source = source
        self.log = log
        self.keys = source.taxonomies
        self.people = People()
        self.vocabulary = Vocabulary()
        self.categories = Categories(self.vocabulary)
        self.tags = Tags(self.vocabulary)
        self.mapping = Mapping()
        # Where the lists of terms are, if not under their own slug.
        self.moved: dict[tuple[Facet, str], tuple[Facet, str]] = {}

    def meet(self, communities: Sequence[Draft], entries: Sequence[Draft]) -> None:
        """Take in all terms, with the posts that use them."""
        for slug, author in self.people.planned.items():
            self.vocabulary.add("authors", slug, author.name).has_page = True
        for file in self.source.of_kind("author"):
            if slug := self.people.find(file.segments[-1]):
                name = self.people.planned[slug].name
                self.vocabulary.add("authors", slug, name, file.segments[-1])
        for draft in communities:
            key, title = draft.file.key, read_text(draft.data("title"))
            self.vocabulary.add("communities", key, title or key, key).has_page = True
        for draft in entries:
            # Whoever stands alone anywhere is expected: that tells `Ames, Jon` from two people.
            for name in read_names(draft.data(*self.keys.authors)):
                self.people.expect(name)
        unused: Counter[str] = Counter()
        for draft in entries:
            self._meet(draft)
            unused.update(key for key in self.keys.others if draft.data(key))
        for key, number in unused.items():
            text = f"“{key}” is a taxonomy that has no place here; left out, of posts: {number}"
            self.log.add("warning", "taxonomy", "config", 0, text)

    def _meet(self, draft: Draft) -> None:
        for slug, name in self._people(draft).items():
            self.vocabulary.add("authors", slug, self.people.planned[slug].name)
            self.vocabulary.used("authors", slug, name)
        first, *others = self._category_names(draft) or [""]
        if first:
            self.vocabulary.used("categories", self.categories.slug(first), first)
        for name in others:
            self.vocabulary.add("categories", self.categories.slug(name), name)
        tags = {tag_slug(name): name for name in [*self._tag_names(draft), *others]}
        for slug, name in tags.items():
            if slug:
                self.vocabulary.used("tags", slug, name)

    def apply(self, mapping: Mapping, entries: Iterable[Draft]) -> None:
        """Merge, leave out and rename as a map wants it; then plan the categories of the posts."""
        self.mapping = mapping
        self.people.apply(mapping.authors)
        self.categories.wishes = mapping.categories
        self.tags.mapping = mapping
        for slug, term in self.vocabulary.terms["categories"].items():
            if not term.posts:
                # Only ever a further category, which is a tag here.
                self.moved["category", slug] = ("tag", self.tags.named(slug)[0])
        self.moved |= mapping.moved()
        for draft in entries:
            names, _as_tags = self.categories.split(self._category_names(draft))
            for name in names[:1]:
                self.categories.named(name)

    def enter(self, index: PageIndex) -> None:
        """Tell an index of addresses which terms there are, before the first link to one is read."""
        for slug in self.vocabulary.terms["tags"]:
            index.terms["tag"][slug] = slug
        for slug in self.vocabulary.terms["categories"]:
            index.terms["category"][slug] = slug
        for slug, term in self.vocabulary.terms["authors"].items():
            index.terms["author"][slug] = slug
            index.terms["author"][name_key(term.name).replace(" ", "-")] = slug
        for file in self.source.of_kind("author"):
            folder = file.segments[-1]
            if slug := self.vocabulary.find("authors", folder):
                index.terms["author"].setdefault(folder, slug)
        index.moved |= self.moved

    def authors(self, draft: Draft) -> tuple[str, ...]:
        """Return the slugs of the authors of a post, each once."""
        return tuple(self._people(draft))

    def filed(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Return category and tags: the first category files an entry; the others join its tags."""
        found = self._category_names(draft)
        line = draft.line(*self.keys.categories)
        names, as_tags = self.categories.split(found)
        others = [*names[1:], *as_tags]
        if not names:
            why = "the map takes its category away" if found else "no category"
            draft.log.notice("no-category", f"{why}; filed under “{DEFAULT_CATEGORY}”", line)
        category = self.categories.named(names[0] if names else DEFAULT_CATEGORY)
        others = [name for name in others if self.categories.slug(name) != category]
        if names and others:
            text = f"filed under “{names[0]}”; {', '.join(others)} became tags"
            draft.log.notice("categories", text, line)
        tags: dict[str, str] = {}
        for name in [*self._tag_names(draft), *others]:
            slug, label = self.tags.named(name)
            if slug and slug != category:
                tags.setdefault(slug, label)
        return category, tuple(tags.values())

    def _category_names(self, draft: Draft) -> list[str]:
        names = read_list(draft.data(*self.keys.categories))
        return [name for name in names if tag_slug(name)]

    def _tag_names(self, draft: Draft) -> list[str]:
        return read_list(draft.data(*self.keys.tags))

    def _people(self, draft: Draft) -> dict[str, str]:
        """The authors of a post as slug and spelling."""
        value, line = draft.data(*self.keys.authors), draft.line(*self.keys.authors)
        names = read_names(value)
        if value and not names:
            draft.log.warning("author", "the authors have no names that can be read", line)
        found: dict[str, str] = {}
        for name in names:
            for slug, spelling in self.people.named(name, draft.log, line).items():
                found.setdefault(slug, spelling)
        return found
