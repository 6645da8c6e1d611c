"""Wagtail's own search, for the editor: a page that is saved costs the same however many there are.

After every save modelsearch averages the lengths of all titles, to weigh a match in a short title more
than one in a long title: three times a publish, over the whole index. Here only `update_index` does that,
and what was saved since counts as having a title of average length. What is found stays the same.
"""

from functools import cache
from typing import Any

from modelsearch.backends import database


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """Return the search backend of the present database, with an index that leaves norms alone."""
    backend = database.SearchBackend(params)
    backend.index_class = _with_norms_left_alone(backend.index_class)
    return backend


@cache
def _with_norms_left_alone(index_class: Any) -> Any:
    class Index(index_class):
        def _refresh_title_norms(self, full: bool = False) -> None:
            if full:
                super()._refresh_title_norms(full=True)

    return Index
