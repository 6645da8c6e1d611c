"""What is taken as a picture, and making one smaller that is larger than any page shows."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from impact.media import drawings
from impact.media.metadata import KEPT

# Pillow's name of each format that the site accepts, whatever the file calls itself.
PICTURES = frozenset({"AVIF", "GIF", "JPEG", "MPO", "PNG", "WEBP"})
SVG = ".svg"
MAX_BYTES = 20 * 1024 * 1024
MAX_SOURCE_BYTES = 100 * 1024 * 1024
# All frames of an animation together.
MAX_PIXELS = 64_000_000
# The widest copy that a page asks for has 1,920 pixels; this leaves room for a crop.
LONGEST_SIDE = 4096

# The end of a JPEG, which stands nowhere within one.
_EOI = b"\xff\xd9"
_TAIL = 4096
_QUALITY = 90


class FileRefusedError(ValueError):
    """The site would not accept this file as an upload either; the text says why."""


@dataclass(frozen=True)
class Measured:
    """A picture's size in pixels and bytes, whether it moves, and whether it is an SVG drawing."""

    width: int
    height: int
    size: int
    moves: bool
    drawing: bool = False

    @property
    def oversized(self) -> bool:
        """Whether it is larger than the site has use for."""
        large = max(self.width, self.height) > LONGEST_SIDE or self.size > MAX_BYTES
        return large and not self.drawing

    @property
    def megabytes(self) -> int:
        """Its size, rounded up."""
        return -(-self.size >> 20)

    @property
    def scaled(self) -> bool:
        """Whether a smaller copy is stored in its place; what moves would stand still."""
        return self.oversized and not self.moves


def looks_like_picture(path: Path) -> bool:
    """Return whether a name is that of a picture."""
    return path.suffix.lower().lstrip(".") in settings.WAGTAILIMAGES_EXTENSIONS


def check_picture(path: Path) -> Measured:
    """Return the size of a picture. Raises `FileRefusedError` unless the site accepts it as one."""
    if path.suffix.lower().lstrip(".") not in settings.WAGTAILIMAGES_EXTENSIONS:
        # A picture can be a page of HTML at the same time; served by its name, it would be one.
        raise FileRefusedError(f"files of type {path.suffix or 'unknown'} are no pictures here")
    if path.suffix.lower() == SVG:
        drawing, (width, height) = _harmless(path)
        return Measured(width, height, len(drawing), moves=False, drawing=True)
    size = path.stat().st_size
    if size > MAX_SOURCE_BYTES:
        raise FileRefusedError(f"larger than {MAX_SOURCE_BYTES >> 20} MB")
    with _readable():
        return _measured(path, size)


def format_of(path: Path) -> str:
    """Return a file's format as Pillow names it, or SVG; empty for what is no picture."""
    with suppress(FileRefusedError), _readable(), Image.open(path) as image:
        return image.format or ""
    with suppress(FileRefusedError):
        _harmless(path)
        return "SVG"
    return ""


def copied(path: Path) -> BytesIO:
    """Return what is stored in place of a picture: a drawing made harmless, or a smaller picture.

    Raises `FileRefusedError` where there is none.
    """
    return BytesIO(_harmless(path)[0]) if path.suffix.lower() == SVG else scaled(path)


def _harmless(path: Path) -> tuple[bytes, tuple[int, int]]:
    try:
        with path.open("rb") as file:
            return drawings.harmless(file.read(drawings.MAX_BYTES + 1))
    except drawings.DrawingRefusedError as error:
        raise FileRefusedError(str(error)) from error


@contextmanager
def _readable() -> Iterator[None]:
    """Turn whatever decoders raise into `FileRefusedError`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except FileRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefusedError(f"more than {Image.MAX_IMAGE_PIXELS} pixels") from error
    except Exception as error:
        raise FileRefusedError("no picture, or a damaged one") from error


def _measured(path: Path, size: int) -> Measured:
    with Image.open(path) as image:
        if image.format not in PICTURES:
            raise FileRefusedError(f"pictures of type {image.format} are not accepted")
        frames = getattr(image, "n_frames", 1)
        # The further pictures in a camera's file are copies of the first.
        moves = frames > 1 and image.format != "MPO"
        pixels = image.width * image.height * frames
        if moves and (pixels > MAX_PIXELS or size > MAX_BYTES):
            raise FileRefusedError(
                f"an animation of more than {MAX_BYTES >> 20} MB "
                f"or {MAX_PIXELS // 1_000_000} million pixels in all"
            )
        measured = Measured(image.width, image.height, size, moves)
        image_format = image.format
        image.verify()
    if _breaks_off(path, size, image_format):
        with Image.open(path) as image:
            image.load()
    return measured


def scaled(path: Path) -> BytesIO:
    """Return a smaller copy of a picture: upright, in its own format and colours, nothing enlarged.

    What the camera noted stays behind. Raises `FileRefusedError` where it can't be decoded.
    """
    side = LONGEST_SIDE
    with _readable():
        while (copy := _copy(path, side)).getbuffer().nbytes > MAX_BYTES:
            side = side * 3 // 4
    return copy


def _copy(path: Path, side: int) -> BytesIO:
    with Image.open(path) as image:
        image_format = "JPEG" if image.format == "MPO" else image.format
        share = min(1, side / max(image.size))
        size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
        # A JPEG is decoded at a half or a quarter of its size, if that is enough.
        image.draft(None, size)
        picture = _mixable(image)
        if picture.size != size:
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        picture = ImageOps.exif_transpose(picture)
        picture.info = {key: value for key, value in picture.info.items() if key in KEPT}
        buffer = BytesIO()
        profile = picture.info.get("icc_profile")
        colours = {"icc_profile": profile} if profile else {}
        picture.save(buffer, image_format, quality=_QUALITY, **colours)
    return buffer


def _mixable(image: Image.Image) -> Image.Image:
    """Return a picture with colours to mix: between those of a palette there is nothing."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image


def _breaks_off(path: Path, size: int, image_format: str) -> bool:
    """Whether a file seems to lack its end, in a format whose header tells nothing of it."""
    if image_format not in {"GIF", "JPEG", "MPO"}:
        return False
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    # Cameras and old programs leave something behind the end.
    return not tail.rstrip(b"\0").endswith(b";") if image_format == "GIF" else _EOI not in tail
