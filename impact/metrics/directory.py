"""The communities that a reading may be of, by their names."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from impact.communities.models import CommunityPage


class Directory:
    """The communities by key, title and slug, read in one statement when first asked for."""

    @cached_property
    def communities(self) -> dict[int, CommunityPage]:
        """All of them by key, in the order of their titles."""
        found = CommunityPage.objects.order_by("title", "pk").only("title", "slug")
        return {community.pk: community for community in found}

    @cached_property
    def names(self) -> dict[int, str]:
        """The title of each by key; the slug where others have the same title."""
        titles = Counter(page.title.casefold() for page in self.communities.values())
        return {
            pk: page.title if titles[page.title.casefold()] == 1 else page.slug
            for pk, page in self.communities.items()
        }

    def find(self, name: str) -> CommunityPage | None:
        """Return the community of a slug, or of a title that only one has."""
        wanted = name.strip().casefold()
        return self._by_slug.get(wanted) or self._by_name.get(wanted)

    def called(self) -> Iterable[str]:
        """Return what each is called in a list to choose from."""
        return self.names.values()

    @cached_property
    def _by_slug(self) -> dict[str, CommunityPage]:
        return {page.slug.casefold(): page for page in self.communities.values()}

    @cached_property
    def _by_name(self) -> dict[str, CommunityPage]:
        return {name.casefold(): self.communities[pk] for pk, name in self.names.items()}
