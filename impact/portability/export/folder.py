"""The folder of an export: made beside its place, and put there when it is whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class DestinationError(ValueError):
    """Nothing can be exported there; the text says why."""


class Folder:
    """Takes files at paths below it; without a root it only pretends, for a dry run."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self.files = 0

    def write(self, path: str, text: str) -> None:
        """Write a text file."""
        self.files += 1
        if self.root is not None:
            self._place(path).write_text(text, encoding="utf-8", newline="\n")

    def copy(self, file: Any, path: str) -> bool:
        """Copy a stored file; return whether it was there."""
        try:
            with file.storage.open(file.name, "rb") as source:
                self.files += 1
                if self.root is not None:
                    with self._place(path).open("wb") as target:
                        shutil.copyfileobj(source, target, 1 << 20)
        except FileNotFoundError:
            return False
        return True

    def _place(self, path: str) -> Path:
        assert self.root is not None  # noqa: S101
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def check(destination: Path) -> None:
    """Raise `DestinationError` unless a folder can be put there."""
    if destination.is_dir():
        if any(destination.iterdir()):
            raise DestinationError(
                f"{destination} is not empty; name a folder that is not there yet"
            )
    elif destination.exists() or destination.is_symlink():
        raise DestinationError(f"{destination} is no folder")
    if not destination.absolute().parent.is_dir():
        raise DestinationError(f"{destination.absolute().parent} is no folder")


@contextmanager
def made_whole(destination: Path) -> Iterator[Folder]:
    """Give a folder that takes its place at the end; where something fails, nothing is left."""
    check(destination)
    place = destination.absolute()
    root = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        yield Folder(root)
        mask = os.umask(0)
        os.umask(mask)
        root.chmod(0o777 & ~mask)
        root.rename(place)
    except BaseException:
        shutil.rmtree(root, ignore_errors=True)
        raise
