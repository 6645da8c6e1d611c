"""Where the old site's lists of authors, categories and tags lead, as posts, profiles and a map say."""

from impact.portability.drafts import Draft
from impact.portability.filing import Filing
from impact.portability.old_addresses import AddressBook, Claim, Goal, read_aliases
from impact.portability.old_lists import OldLists
from impact.portability.taxonomies import Facet
from impact.portability.values import read_list, read_names
from impact.taxonomy.normal_form import tag_slug


class OldTerms:
    """Enters terms under the names by which their lists were known; a term that a map moved leads on."""

    def __init__(self, filing: Filing, lists: OldLists, book: AddressBook) -> None:
        self.filing = filing
        self.lists = lists
        self.book = book

    def of_post(self, draft: Draft, category: str) -> None:
        """Enter the terms that a post names, as it spells them."""
        keys = self.filing.keys
        for name in read_list(draft.data(*keys.categories)):
            self.lists.term("category", name, self._goal("category", tag_slug(name)[:80]))
        for name in read_list(draft.data(*keys.tags)):
            if tag_slug(name) != category:
                self.lists.term("tag", name, self._goal("tag", tag_slug(name)))
            self.lists.perhaps("tag", name, Goal.filtered("category", category))
        for text in read_names(draft.data(*keys.authors)):
            found = self.filing.people.named(text, draft.log, draft.line(*keys.authors))
            self.lists.perhaps("author", text, Goal.filtered("author", *found))

    def of_profile(self, draft: Draft) -> None:
        """Enter an author by the folder of the profile and the names that it gives itself."""
        folder = draft.file.segments[-1]
        slug = self.filing.people.find(folder)
        goal = Goal.filtered("author", *filter(None, [slug]))
        for name in (folder, *read_names(draft.data("authors"))):
            self.lists.term("author", name, goal)
        for alias in read_aliases(
            read_list(draft.data("aliases")),
            self.filing.source.permalinks.term("authors", draft.title),
            self.filing.source.base_url,
            draft.log,
            draft.line("aliases"),
        ):
            self.book.filed(Claim.ALIAS, alias, goal)

    def of_everybody(self) -> None:
        """Enter all authors by name and by slug."""
        for slug, term in self.filing.vocabulary.terms["authors"].items():
            for name in (term.name, slug):
                self.lists.term("author", name, self._goal("author", slug))

    def _goal(self, facet: Facet, slug: str) -> Goal:
        facet, slug = self.filing.moved.get((facet, slug), (facet, slug))
        return Goal.filtered(facet, *filter(None, [slug]))
