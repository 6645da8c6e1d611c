"""The authors and categories of a plan in the database; those that are there already keep what they say."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from impact.people.models import Author, AuthorLink
from impact.portability.records import Plan
from impact.portability.storage import Store
from impact.portability.terms import PlannedAuthor, PlannedCategory
from impact.taxonomy.models import Category

# What a map may change of a term that an earlier import made.
_FIELDS: Mapping[type, tuple[str, ...]] = {
    Author: ("name", "role", "bio"),
    Category: ("name", "colour"),
}


class StoredTerms:
    """Authors and categories by the slugs of the plan."""

    def __init__(self, plan: Plan, store: Store, *, overwrite: bool) -> None:
        self.plan = plan
        self.store = store
        self.overwrite = overwrite
        self.categories: dict[str, Category] = {}
        self.authors: dict[str, Author] = {}

    @property
    def are_made(self) -> bool:
        """Whether `make` has been called."""
        return bool(self.categories or self.authors)

    def make(self) -> None:
        """Find all terms of the plan, adding those that are not there."""
        for order, category in enumerate(self.plan.categories):
            self.categories[category.slug] = self._category(category, order)
        for author in self.plan.authors:
            self.authors[author.slug] = self._author(author)

    def _category(self, planned: PlannedCategory, order: int) -> Category:
        # Names are unique too: an editor may have given one another slug.
        known = Category.objects.filter(Q(slug=planned.slug) | Q(name=planned.name))
        found = sorted(known, key=lambda category: category.slug != planned.slug)
        return next(iter(found), None) or Category.objects.create(
            slug=planned.slug,
            name=planned.name,
            colour=planned.colour,
            description=planned.description,
            sort_order=order,
        )

    @transaction.atomic
    def _author(self, planned: PlannedAuthor) -> Author:
        if found := Author.objects.filter(slug=planned.slug).first():
            return found
        author = Author(
            slug=planned.slug,
            name=planned.name,
            role=planned.role,
            bio=planned.bio,
            picture_id=self.store.image_id(planned.picture),
        )
        author.links = [AuthorLink(name=name, url=url) for name, url in planned.links]
        author.save()
        return author

    def bring_up_to_date(self, *, dry_run: bool) -> int:
        """Give terms of earlier imports what the map says of them; return how many change.

        A value that somebody has set here is left alone and reported, unless the source decides.
        """
        mapped = [
            (model, planned)
            for model, terms in ((Author, self.plan.authors), (Category, self.plan.categories))
            for planned in terms
            if planned.before
        ]
        number = 0
        for model, planned in mapped:
            found = model.objects.filter(slug=planned.slug).first()
            if found is not None and self._takes(found, planned) and self._is_valid(found):
                number += 1
                if not dry_run:
                    with transaction.atomic():
                        found.save()
        self._report_unused()
        return number

    def _takes(self, found: Any, planned: PlannedAuthor | PlannedCategory) -> bool:
        changes = False
        for name in _FIELDS[type(found)]:
            new, before = getattr(planned, name), getattr(planned.before, name)
            now = getattr(found, name)
            if new in {before, now}:
                continue
            if self.overwrite or now in {"", before}:
                setattr(found, name, new)
                changes = True
            else:
                self._report(found, f"its {name} is “{now}” here, not “{new}”; left alone")
        return changes

    def _is_valid(self, found: Any) -> bool:
        try:
            found.full_clean()
        except ValidationError as error:
            self._report(found, "; ".join(error.messages))
            return False
        return True

    def _report_unused(self) -> None:
        """Name the terms of earlier imports that a map has merged away since: they are not deleted."""
        for model, wishes in (
            (Author, self.plan.mapping.authors),
            (Category, self.plan.mapping.categories),
        ):
            gone = {*wishes.same_as, *wishes.left_out, *wishes.as_tags}
            for found in model.objects.filter(slug__in=gone) if gone else ():
                self._report(found, "no post of the source names it any more; left alone")

    def _report(self, found: Any, text: str) -> None:
        place = str(found._meta.verbose_name_plural)
        self.plan.log.add("warning", "left-alone", place, 0, f"“{found}”: {text}")
