"""Pictures and other files of a source, each known by the hash of its bytes."""

from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path

from django.conf import settings
from PIL import Image

from impact.media.sniffing import HEAD, is_what_it_says
from impact.portability.values import humanise

DOCUMENTS = frozenset({"csv", "docx", "mp4", "odt", "pdf", "pptx", "vtt", "webm", "xlsx", "zip"})
# Pillow's name of each format that the site accepts, whatever the file calls itself.
PICTURES = frozenset({"AVIF", "GIF", "JPEG", "MPO", "PNG", "WEBP"})
MAX_BYTES = 20 * 1024 * 1024
MAX_DOCUMENT_BYTES = 100 * 1024 * 1024
MAX_PIXELS = 64_000_000
_CHUNK = 1 << 16


class FileRefusedError(ValueError):
    """The site would not accept this file as an upload either; the text says why."""


@dataclass
class PlannedFile:
    """A file to be stored once."""

    hash: str
    path: Path
    title: str
    alt: str = ""


@dataclass
class Files:
    """The files that posts use; two paths with the same bytes are one file."""

    images: dict[str, PlannedFile] = field(default_factory=dict)
    documents: dict[str, PlannedFile] = field(default_factory=dict)
    _hashes: dict[Path, str] = field(default_factory=dict)

    def image(self, path: Path, alt: str = "") -> str:
        """Return the hash of a picture. Raises `FileRefusedError` for what is none."""
        digest = self._hash(path)
        if digest not in self.images:
            check_picture(path)
            self.images[digest] = PlannedFile(digest, path, _title(path))
        if alt and not self.images[digest].alt:
            self.images[digest].alt = alt
        return digest

    def document(self, path: Path) -> str:
        """Return the hash of a document or film. Raises `FileRefusedError` for other kinds."""
        if path.suffix.lower().lstrip(".") not in DOCUMENTS:
            raise FileRefusedError(f"files of type {path.suffix or 'unknown'} are not accepted")
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            raise FileRefusedError(f"larger than {MAX_DOCUMENT_BYTES >> 20} MB")
        with path.open("rb") as file:
            if not is_what_it_says(path.suffix, file.read(HEAD)):
                raise FileRefusedError(f"not what its name says: no {path.suffix} file")
        digest = self._hash(path)
        self.documents.setdefault(digest, PlannedFile(digest, path, _title(path)))
        return digest

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            digest = sha1(usedforsecurity=False)
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
            self._hashes[path] = digest.hexdigest()
        return self._hashes[path]


def check_picture(path: Path) -> None:
    """Raise `FileRefusedError` unless the site accepts the file as a picture."""
    if path.suffix.lower() == ".svg":
        raise FileRefusedError("SVG pictures are not accepted, as they can carry scripts")
    if path.suffix.lower().lstrip(".") not in settings.WAGTAILIMAGES_EXTENSIONS:
        # A picture can be a page of HTML at the same time; served by its name, it would be one.
        raise FileRefusedError(f"files of type {path.suffix or 'unknown'} are no pictures here")
    if path.stat().st_size > MAX_BYTES:
        raise FileRefusedError(f"larger than {MAX_BYTES >> 20} MB")
    try:
        with Image.open(path) as image:
            pixels = image.width * image.height * getattr(image, "n_frames", 1)
            if image.format not in PICTURES:
                raise FileRefusedError(f"pictures of type {image.format} are not accepted")
            if pixels > MAX_PIXELS:
                raise FileRefusedError(f"more than {MAX_PIXELS // 1_000_000} million pixels")
            image.verify()
    except FileRefusedError:
        raise
    except Exception as error:  # decoders raise whatever they like
        raise FileRefusedError("no picture, or a damaged one") from error


def _title(path: Path) -> str:
    words = humanise(path.stem)
    return (words[:1].upper() + words[1:])[:200] or path.name[:200]
