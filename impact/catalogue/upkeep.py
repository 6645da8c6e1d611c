"""Keeping the read model right: what each change means for rows, and looking for rows that are wrong."""

from collections.abc import Callable, Iterable, Sequence

from wagtail.models import Page

from impact.catalogue.models import EntryRow
from impact.catalogue.projection import chunks, drifted, project, project_branch
from impact.entries.models import EntryPage
from impact.freshness.models import Change, Scope
from impact.freshness.state import mark


def bring_up_to_date(changes: Sequence[Change], number: int) -> None:
    """Work off marks: the rows of the pages that are named, and those below a page that is named as a tree.

    Names of communities, tags, authors and categories, and whether a community is public, are read with
    each version anew, so no row depends on them.
    """
    found = {int(change.key) for change in changes if change.scope != Scope.SITE}
    trees = {int(change.key) for change in changes if change.scope == Scope.TREE}
    branches = Page.objects.filter(pk__in=trees, numchild__gt=0)
    for path in branches.values_list("path", flat=True):
        found |= project_branch(path, number)
    for some in chunks(sorted(found)):
        project(some, number)


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
