"""What a process keeps of one version of the content: everything is forgotten with the next."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from impact.freshness import state

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Things made from the content, each once for a version; at most `size` of them, the oldest leave first.

    For what many pages share and every visitor sees alike. What ends at a time rather than by a change
    has to be kept with its end.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: tuple[int, dict[Hashable, Made]] = (0, {})

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made for a key, else make it. Asks for the version first, so nothing is too old."""
        number = state.current()
        made_for, made = self._made
        if made_for != number:
            made = {}
            self._made = (number, made)
        if key in made:
            return made[key]
        found = make()
        while len(made) >= self._size:
            made.pop(next(iter(made)), None)
        made[key] = found
        return found
