"""Keeping the read model right: what each change means for rows, and looking for rows that are wrong."""

from collections.abc import Callable, Iterable, Sequence

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from impact.catalogue.models import EntryRow
from impact.catalogue.projection import chunks, drifted, project
from impact.entries.models import EntryPage
from impact.freshness.models import Change, Scope
from impact.freshness.state import mark
from impact.pages.visibility import public


def bring_up_to_date(changes: Sequence[Change], number: int) -> None:
    """Work off marks: rows of the pages that are named, and of the entries below them that are now wrong.

    Names of communities, tags, authors and categories, and whether a community is public, are read with
    each version anew, so no row depends on them.
    """
    named = {int(change.key) for change in changes if change.scope != Scope.SITE}
    found = set(named)
    for some in chunks(sorted(named)):
        # Not only where a branch is named: a slug changes all addresses below, and Wagtail says so
        # only after the commit, when this process may be gone.
        parents = Page.objects.filter(pk__in=some, numchild__gt=0)
        for path in parents.values_list("path", flat=True):
            found |= _wrong_below(path)
    for some in chunks(sorted(found)):
        project(some, number)


def _wrong_below(path: str) -> set[int]:
    """Return the entries of a branch that are public or not, or have an address, otherwise than stored."""
    rows = EntryRow.objects.filter(pk=OuterRef("pk"), public=True)
    entries = EntryPage.objects.order_by().filter(path__startswith=path)
    missing = entries.published().filter(~Exists(rows.filter(url_path=OuterRef("url_path"))))
    closed = entries.filter(~public()).filter(Exists(rows))
    return {*missing.values_list("pk", flat=True), *closed.values_list("pk", flat=True)}


def find_drift(progress: Callable[[int], object] = lambda checked: None) -> list[int]:
    """Return the entries whose rows are wrong; `progress(checked)` is called after each few."""
    wrong = []
    for some in chunks(sorted(everything())):
        wrong += drifted(some)
        progress(len(some))
    return wrong


def everything() -> set[int]:
    """Return the keys of all entries, and of those that only have a row left."""
    rows = EntryRow.objects.filter(public=True)
    return {
        *EntryPage.objects.order_by().values_list("pk", flat=True),
        *rows.values_list("pk", flat=True),
    }


def repair(entries: Iterable[int]) -> None:
    """Have rows written anew, with a new version."""
    mark(Scope.PAGE, *entries)
