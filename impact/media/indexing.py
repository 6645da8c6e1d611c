"""The search index of many things saved in a row, as an import does.

Wagtail writes an entry at every save. Inside `together` entries wait, and each is written once; titles are
weighed when all is done, which no save does (`impact/pages/search.py`). Killed before, `update_index` does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from modelsearch.backends import get_search_backends

# How modelsearch's backends for SQLite, PostgreSQL and MySQL call it.
_WEIGH = "_refresh_title_norms"
_waiting: ContextVar["Waiting | None"] = ContextVar("waiting", default=None)


class Waiting:
    """Things whose entries wait to be written, by their model."""

    def __init__(self) -> None:
        self._keys: defaultdict[type[Model], set[Any]] = defaultdict(set)

    def add(self, thing: Model) -> None:
        """Let a thing wait."""
        self._keys[type(thing)].add(thing.pk)

    def write(self) -> None:
        """Write the entries of everything that waits."""
        for model, keys in self._keys.items():
            things = list(model.get_indexed_objects().filter(pk__in=keys))  # type: ignore[attr-defined]
            for backend in get_search_backends(with_auto_update=True):
                backend.get_index_for_model(model).add_items(model, things)
        self._keys.clear()


def weigh(model: type[Model]) -> None:
    """Weigh all titles, where the backend does so."""
    for backend in get_search_backends(with_auto_update=True):
        index = backend.get_index_for_model(model)
        getattr(index, _WEIGH, lambda full: None)(full=True)


@contextmanager
def together() -> Iterator[Waiting]:
    """Let the entries of what is saved meanwhile wait for `write`; what is never written is forgotten."""
    waiting = Waiting()
    token = _waiting.set(waiting)
    try:
        yield waiting
    finally:
        _waiting.reset(token)


def waits() -> bool:
    """Return whether many things are being saved in a row."""
    return _waiting.get() is not None


def unless_waiting(thing: Model, indexed: Callable[[], Any]) -> Any:
    """Answer for a model's `get_indexed_instance`: nothing while its entry waits."""
    if (waiting := _waiting.get()) is None:
        return indexed()
    waiting.add(thing)
    return None
