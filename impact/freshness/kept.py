"""What a process keeps of one version of the content: everything is forgotten with the next."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from impact.freshness import state

Made = TypeVar("Made")
Key = TypeVar("Key", bound=Hashable)


class Kept(Generic[Made]):
    """Things made from the content, each once for a version; at most `size` of them, the oldest leave first.

    For what many pages share and every visitor sees alike. What ends at a time rather than by a change
    has to be kept with its end.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: tuple[int, dict[Hashable, Made]] = (0, {})

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made for a key, else make it."""
        return self.many([key], lambda _missing: [make()])[0]

    def many(
        self, keys: Sequence[Key], make: Callable[[Sequence[Key]], Iterable[Made]]
    ) -> list[Made]:
        """Return what was made for each key; `make` is asked once for all that is missing."""
        # Before anything is read, so that what is kept is never older than its version says.
        number = state.current()
        made_for, made = self._made
        if made_for != number:
            made = {}
            self._made = (number, made)
        found: dict[Hashable, Made] = {key: made[key] for key in keys if key in made}
        if missing := [key for key in dict.fromkeys(keys) if key not in found]:
            fresh: dict[Hashable, Made] = dict(zip(missing, make(missing), strict=True))
            found |= fresh
            made.update(fresh)
            while len(made) > self._size:
                made.pop(next(iter(made)), None)
        return [found[key] for key in keys]
