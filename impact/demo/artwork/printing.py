"""Prints pictures to files by several processes, which import this module: it knows nothing of Django."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from typing import Any

from PIL import Image

from impact.demo.artwork.scenes import draw

QUALITY = 84
# Kept as PNG: flat, sharp and perhaps transparent.
MARKS = ("emblem", "wordmark")


@dataclass(frozen=True)
class Sheet:
    """What one picture needs: its name, the scene, the inks, and the scene's options."""

    name: str
    scene: str
    inks: str
    alt: str
    options: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, name: str, picture: dict[str, Any], inks: str) -> "Sheet":
        """Return the sheet of a picture as a file describes it; `inks` where it names none."""
        options = tuple((key, _frozen(value)) for key, value in picture.get("options", {}).items())
        return cls(name, picture["scene"], picture.get("inks", inks), picture["alt"], options)

    @property
    def file_name(self) -> str:
        """Marks keep their edges as PNG."""
        return f"{self.name}.{'png' if self.scene in MARKS else 'jpg'}"


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def print_sheet(sheet: Sheet) -> bytes:
    """Return the file of a picture. Runs in a process of its own: it knows nothing of Django."""
    image = draw(sheet.scene, sheet.inks, sheet.name, **dict(sheet.options))
    buffer = BytesIO()
    if sheet.scene in MARKS:
        image.quantize(64, method=Image.Quantize.FASTOCTREE).save(buffer, "PNG", optimize=True)
    else:
        image.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def print_all(sheets: Iterable[Sheet], workers: int) -> Iterator[tuple[Sheet, bytes]]:
    """Yield every picture's file, in order, drawn by several processes."""
    sheets = list(sheets)
    if workers < 2:
        yield from ((sheet, print_sheet(sheet)) for sheet in sheets)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from zip(sheets, pool.map(print_sheet, sheets), strict=True)
