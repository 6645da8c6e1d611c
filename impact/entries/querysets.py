"""The domain's verbs: one meaning of "published" for gallery, feeds, roundups and reports."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from impact.pages.visibility import public


class EntryQuerySet(PageQuerySet):
    """Sentences about entries: `EntryPage.objects.published().in_year(2025).with_community("reef")`."""

    def published(self) -> Self:
        """Live and readable by anybody: no draft, nothing expired, private or under a private parent."""
        return self.filter(public())

    def in_year(self, *years: int) -> Self:
        """Dated in one of the years."""
        return self.filter(date__year__in=years)

    def of_kind(self, *kinds: str) -> Self:
        """`"story"` or `"link"`."""
        from impact.entries.kinds import content_type_ids

        return self.filter(content_type_id__in=content_type_ids(kinds))

    def in_category(self, *slugs: str) -> Self:
        """With one of the categories."""
        return self.filter(category__slug__in=slugs)

    def with_community(self, *slugs: str, role: str = "about") -> Self:
        """That name one of the communities in a role. A subquery, so no entry comes twice."""
        return self._linked("community_links", role=role, community__slug__in=slugs)

    def with_tag(self, *slugs: str) -> Self:
        """With one of the tags."""
        return self._linked("tagged_items", tag__slug__in=slugs)

    def with_author(self, *slugs: str) -> Self:
        """By one of the authors."""
        return self._linked("author_links", author__slug__in=slugs)

    def announced_between(self, since: date | None, until: date | None) -> Self:
        """First published from one day to another, each included; `None` sets no limit.

        By the day that feeds go by (`EntryPage.announced_on`): no edit and no corrected date moves an entry
        into another month. An entry that was taken down keeps its day; say `published()` as well.
        """
        announced = self.filter(announced_on__isnull=False)
        if since is not None:
            announced = announced.filter(announced_on__gte=since)
        if until is not None:
            announced = announced.filter(announced_on__lte=until)
        return announced

    def last_announced_first(self) -> Self:
        """By the day of the first publication, then by key, as feeds are."""
        return self.order_by("-announced_on", "-pk")

    def newest_first(self) -> Self:
        """By date, then by key, so that paging is stable."""
        return self.order_by("-date", "-pk")

    def oldest_first(self) -> Self:
        """By date, then by key."""
        return self.order_by("date", "pk")

    def _linked(self, relation: str, **conditions: str | Iterable[str]) -> Self:
        """Keep entries that have a row in a relation that meets the conditions."""
        from impact.entries.models import EntryPage

        related = EntryPage._meta.get_field(relation)
        rows = related.related_model._default_manager.filter(
            **{related.field.attname: OuterRef("pk")}, **conditions
        )
        return self.filter(Exists(rows))


EntryManager = PageManager.from_queryset(EntryQuerySet)
