"""Pictures on other servers: where they are is remembered, and what they are is fetched only on demand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, mkdtemp
from urllib.parse import unquote, urlsplit

from django.utils.text import slugify

from impact.portability.download import Downloader, DownloadError
from impact.portability.files import Files, PlannedPicture
from impact.portability.pictures import FileRefusedError, format_of
from impact.portability.public_addresses import AddressRefusedError
from impact.portability.values import storable

# Formats and the endings of their names.
_SUFFIXES = {
    "AVIF": ".avif",
    "GIF": ".gif",
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "SVG": ".svg",
    "WEBP": ".webp",
}


@dataclass
class RemotePictures:
    """What an import does about pictures of other servers: by itself nothing, they stay links.

    `known` says which picture of this site came from an address; such a one is used again, so that a
    page does not change with the flags of the command. `fetch` brings an unknown one into a file.
    `would_fetch` is for a dry run. Each address is tried once.
    """

    known: Callable[[str], str] = lambda _address: ""
    fetch: Callable[[str], Path] | None = None
    would_fetch: bool = False
    _hashes: dict[str, str] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)

    def picture(self, src: str, files: Files) -> PlannedPicture | None:
        """Return the picture at an address, None where it stays on its server.

        Raises `FileRefusedError` where it should have been fetched, and the reason why it was not.
        """
        address = storable(src.split("#")[0])
        if address.startswith("//"):
            address = f"https:{address}"
        if planned := files.images.get(self._hashes.get(address, "")):
            return planned
        if digest := self.known(address):
            self._hashes[address] = digest
            return files.stored_image(digest)
        if self.fetch is None:
            return None
        if address in self._failed:
            raise FileRefusedError(self._failed[address])
        try:
            planned = files.fetched_image(self.fetch(address), address)
        except FileRefusedError as error:
            self._failed[address] = str(error)
            raise
        self._hashes[address] = planned.hash
        return planned


@contextmanager
def remote_pictures(
    known: Callable[[str], str], downloader: Downloader | None, *, would_fetch: bool
) -> Iterator[RemotePictures]:
    """Offer the pictures of other servers as long as an import runs; what it fetched is deleted then."""
    if downloader is None:
        yield RemotePictures(known, would_fetch=would_fetch)
        return
    with TemporaryDirectory(prefix="import-") as folder:
        yield RemotePictures(known, Fetcher(Path(folder), downloader))


class Fetcher:
    """Brings pictures of other servers into files below a folder."""

    def __init__(self, folder: Path, downloader: Downloader) -> None:
        self.folder = folder
        self.downloader = downloader

    def __call__(self, address: str) -> Path:
        """Return the file of what stands at an address, named by what it is.

        Raises `FileRefusedError` where it can't be fetched.
        """
        path = Path(mkdtemp(dir=self.folder)) / "fetched"
        try:
            with path.open("wb") as file:
                self.downloader.download(address, file)
        except (DownloadError, AddressRefusedError) as error:
            path.unlink()
            raise FileRefusedError(str(error)) from error
        return path.rename(path.with_name(_name(address, format_of(path))))


def _name(address: str, image_format: str) -> str:
    """The file's own name, with the ending of what it is."""
    own = PurePosixPath(unquote(urlsplit(address).path))
    suffix = _SUFFIXES.get(image_format) or f".{slugify(own.suffix)[:8]}"
    return f"{slugify(own.stem)[:80] or 'picture'}{suffix}"
