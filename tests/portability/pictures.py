"""Pictures for tests, made as they are needed."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

Colour = tuple[int, ...]


def picture(
    kind: str = "PNG", size: tuple[int, int] = (20, 20), colour: Colour = (9, 9, 9)
) -> bytes:
    return encoded(Image.new("RGB", size, colour), kind)


def animation(kind: str, size: tuple[int, int] = (20, 20)) -> bytes:
    frames = [Image.new("RGB", size, (n, 0, 0)) for n in (0, 120, 240)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def write_picture(path: Path, data: bytes | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture() if data is None else data)
    return path
