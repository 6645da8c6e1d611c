"""Pictures that move: GIF and its like, as WebP of the size that is needed where that is smaller."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import Image
from PIL.Image import DecompressionBombError
from wagtail.images.image_operations import FilterOperation

# Formats that may hold more than one picture.
ENDINGS = frozenset({".avif", ".gif", ".png", ".webp"})
# The last part of a filter whose copy moves.
MOVING = "moving"
QUALITY = 70
# Frames times pixels; beyond, the file stays as it is.
MOST = 400_000_000


class MovingOperation(FilterOperation):
    """Only names the copy: `moving_copy` makes it."""

    def construct(self) -> None:
        """Take no arguments."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        """Leave the picture alone."""
        return willow


def moves(file: File) -> bool:
    """Return whether a file holds more than one picture; its position stays where it was."""
    if PurePath(file.name or "").suffix.lower() not in ENDINGS:
        return False
    position = file.tell()
    try:
        file.seek(0)
        with Image.open(file) as image:
            return bool(getattr(image, "is_animated", False))
    except (OSError, SyntaxError, ValueError, DecompressionBombError):
        return False
    finally:
        file.seek(position)


def moving_copy(file: File, name: str, width: int) -> File:
    """Return a copy that moves and is at most so wide: WebP, or a GIF as it is where that is smaller.

    One frame is held in memory at a time.
    """
    data = file.read()
    image: Any  # Pillow gives each format a class of its own
    with Image.open(BytesIO(data)) as image:
        is_gif = image.format == "GIF"
        if is_gif and image.n_frames * image.width * image.height > MOST:
            return ContentFile(data, name=f"{name}.gif")
        size = _fitting(image.size, width)
        durations = [_duration(image, number) for number in range(image.n_frames)]
        frames = _frames(image, size)
        buffer = BytesIO()
        next(frames).save(
            buffer,
            "WEBP",
            save_all=True,
            append_images=frames,
            duration=durations,
            # A GIF that does not say so plays once.
            loop=image.info.get("loop", 1),
            quality=QUALITY,
            method=3,
            allow_mixed=True,
        )
    if is_gif and len(data) <= buffer.tell():
        return ContentFile(data, name=f"{name}.gif")
    return ContentFile(buffer.getvalue(), name=f"{name}.webp")


def _fitting(size: tuple[int, int], width: int) -> tuple[int, int]:
    if size[0] <= width:
        return size
    return width, max(1, round(size[1] * width / size[0]))


def _duration(image: Image.Image, number: int) -> int:
    image.seek(number)
    # WebP tells it with the frame.
    image.load()
    return int(image.info.get("duration") or 100)


def _frames(image: Any, size: tuple[int, int]) -> Iterator[Image.Image]:
    for number in range(image.n_frames):
        image.seek(number)
        frame = image.convert("RGBA")
        yield frame if frame.size == size else frame.resize(size, Image.Resampling.LANCZOS)
