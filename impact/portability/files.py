"""Pictures and other files of a source, each known by the hash of its bytes."""

from dataclasses import dataclass, field, replace
from hashlib import sha1
from pathlib import Path
from typing import Any

from impact.media.sniffing import HEAD, is_what_it_says
from impact.portability.pictures import FileRefusedError, Measured, check_picture
from impact.portability.values import humanise

DOCUMENTS = frozenset({"csv", "docx", "mp4", "odt", "pdf", "pptx", "vtt", "webm", "xlsx", "zip"})
MAX_DOCUMENT_BYTES = 100 * 1024 * 1024
_CHUNK = 1 << 16


@dataclass(frozen=True)
class PlannedFile:
    """A document or film to be stored once."""

    hash: str
    path: Path
    title: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass
class PlannedPicture:
    """A picture to be stored once.

    `path` is None for one that an earlier import fetched: the site has it. `addresses` are where it was
    found on other servers, as far as that is not remembered yet. `details` are further fields, known of
    the files of an exported site.
    """

    hash: str
    path: Path | None
    title: str
    alt: str = ""
    measured: Measured | None = None
    addresses: set[str] = field(default_factory=set)
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def scaled(self) -> bool:
        """Whether a smaller copy is stored in its place."""
        return self.measured is not None and self.measured.scaled

    @property
    def copied(self) -> bool:
        """Whether another file is stored in its place: a smaller one, or a drawing made harmless."""
        return self.measured is not None and (self.measured.scaled or self.measured.drawing)


@dataclass
class Files:
    """The files that posts use; two paths with the same bytes are one file."""

    images: dict[str, PlannedPicture] = field(default_factory=dict)
    documents: dict[str, PlannedFile] = field(default_factory=dict)
    # Pictures whose paths lead into a folder that is soon gone.
    fetched: set[str] = field(default_factory=set)
    _hashes: dict[Path, str] = field(default_factory=dict)

    def image(self, path: Path) -> PlannedPicture:
        """Return the plan of a picture. Raises `FileRefusedError` for what is none."""
        digest = self._hash(path)
        if digest not in self.images:
            measured = check_picture(path)
            self.images[digest] = PlannedPicture(digest, path, _title(path), measured=measured)
        return self.images[digest]

    def fetched_image(self, path: Path, address: str) -> PlannedPicture:
        """Return the plan of a picture fetched from an address into a file that is ours to delete.

        Raises `FileRefusedError` for what is none.
        """
        digest = hash_of(path)
        try:
            measured = check_picture(path)
        except FileRefusedError:
            path.unlink()
            raise
        if digest in self.images:
            path.unlink()
        else:
            self.images[digest] = PlannedPicture(digest, path, _title(path), measured=measured)
            self.fetched.add(digest)
        self.images[digest].addresses.add(address)
        return self.images[digest]

    def stored_image(self, digest: str) -> PlannedPicture:
        """Return the plan of a picture that is stored already."""
        return self.images.setdefault(digest, PlannedPicture(digest, None, ""))

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

    def describe(self, path: Path, details: dict[str, Any]) -> None:
        """Take a document in with what is known of it. Raises `FileRefusedError`."""
        digest = self.document(path)
        self.documents[digest] = replace(self.documents[digest], details=details)

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = hash_of(path)
        return self._hashes[path]


def hash_of(path: Path) -> str:
    """Return the SHA-1 of a file's bytes, as Wagtail knows files."""
    digest = sha1(usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _title(path: Path) -> str:
    words = humanise(path.stem)
    return (words[:1].upper() + words[1:])[:200] or path.name[:200]
