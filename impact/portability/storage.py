"""Storing pictures and documents: each once, found again by the hash of its bytes."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.utils.file import hash_filelike

from impact.media.models import ImpactDocument, ImpactImage
from impact.portability.files import Files, PlannedFile, PlannedPicture
from impact.portability.models import PictureOrigin
from impact.portability.pictures import FileRefusedError, copied

_LONGEST_SOURCE = ImpactImage._meta.get_field("source_url").max_length


class Store:
    """Gives the ids of planned files, storing those that the site does not have yet.

    Pages are written one by one, each in a `transaction`, and `tidy` follows each of them.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self.stored = 0
        self._described: set[str] = set()
        # What the transaction at hand stored: where its id is kept, under which hash, and its file.
        self._fresh: list[tuple[dict[str, int], str, Any]] = []

    @cached_property
    def _images(self) -> dict[str, int]:
        origins = PictureOrigin.objects.order_by("-pk").values_list("hash", "image_id")
        return dict(origins) | _ids(ImpactImage)

    @cached_property
    def _documents(self) -> dict[str, int]:
        return _ids(ImpactDocument)

    def image_id(self, digest: str) -> int | None:
        """Return the id of a picture by its hash."""
        if not digest:
            return None
        planned = self.files.images[digest]
        number = self._images.get(digest) or self._add_image(planned)
        if planned.alt and digest not in self._described:
            self._describe(number, planned.alt)
            self._described.add(digest)
        while planned.addresses:
            self._remember(planned, number, planned.addresses.pop())
        return number

    def document_id(self, digest: str) -> int | None:
        """Return the id of a document by its hash."""
        if digest not in self._documents:
            self._add_document(self.files.documents[digest])
        return self._documents[digest]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do what is inside in a transaction, with which files stored there come and go."""
        self._fresh.clear()
        try:
            with transaction.atomic():
                yield
        except BaseException:
            for ids, digest, file in self._fresh:
                del ids[digest]
                if file is not None:
                    file.delete(save=False)
                    self.stored -= 1
            raise

    def tidy(self) -> None:
        """Delete what was fetched for a page; what it did not store is fetched again if need be."""
        for digest in self.files.fetched:
            planned = self.files.images[digest]
            if planned.path is not None:
                planned.path.unlink(missing_ok=True)
            if digest not in self._images:
                del self.files.images[digest]
        self.files.fetched.clear()

    def _add_image(self, planned: PlannedPicture) -> int:
        if planned.path is None:
            raise ValueError("a picture that an earlier import fetched was deleted meanwhile")
        name = planned.path.name
        if not planned.copied:
            with planned.path.open("rb") as file:
                return self._save_image(planned, ImageFile(file, name), planned.hash)
        # The copy is known by its own hash, as any picture is; the ledger has that of the source.
        with closing(_copied(planned.path)) as copy:
            digest = hash_filelike(copy)
            number = self._images.get(digest)
            number = number or self._save_image(planned, ImageFile(copy, name), digest)
        if digest != planned.hash:
            self._remember(planned, number, "")
            self._keep(self._images, planned.hash, number)
        return number

    def _save_image(self, planned: PlannedPicture, file: ImageFile, digest: str) -> int:
        source_url = min(planned.addresses, default="")
        known = dict(planned.details)
        tags, file.name = known.pop("tags", []), known.pop("filename", "") or file.name
        image = ImpactImage(
            **{
                "title": planned.title,
                "description": planned.alt[:255],
                "source_url": source_url if len(source_url) <= _LONGEST_SOURCE else "",
                **known,
            },
            file=file,
            file_size=file.size,
            file_hash=digest,
        )
        image.save()
        image.tags.add(*tags)
        self._keep(self._images, digest, image.pk, image.file)
        number: int = image.pk
        return number

    def _describe(self, number: int, alt: str) -> None:
        """Give a picture alt text, if it has none."""
        if image := ImpactImage.objects.filter(pk=number, description="").first():
            image.description = alt[:255]
            image.save(update_fields=["description"])

    def _remember(self, planned: PlannedPicture, number: int, address: str) -> None:
        PictureOrigin.objects.get_or_create(
            hash=planned.hash, address=address, defaults={"image_id": number}
        )

    def _add_document(self, planned: PlannedFile) -> None:
        with planned.path.open("rb") as file:
            known = dict(planned.details)
            name = known.pop("filename", "") or planned.path.name
            document = ImpactDocument(
                **{"title": planned.title, **known},
                file=File(file, name=name),
                file_size=planned.path.stat().st_size,
                file_hash=planned.hash,
            )
            document.save()
        self._keep(self._documents, planned.hash, document.pk, document.file)

    def _keep(self, ids: dict[str, int], digest: str, number: int, file: Any = None) -> None:
        ids[digest] = number
        self._fresh.append((ids, digest, file))
        self.stored += file is not None


def _copied(path: Path) -> BytesIO:
    try:
        return copied(path)
    except FileRefusedError as error:
        raise FileRefusedError(f"{path.name}: {error}") from error


def known_pictures() -> Callable[[str], str]:
    """Return what knows the hashes of fetched pictures by their addresses; empty for other addresses.

    The database is asked once, when the first address is.
    """

    @cache
    def hashes() -> dict[str, str]:
        origins = PictureOrigin.objects.exclude(address="").order_by("pk")
        return dict(origins.values_list("address", "hash"))

    return lambda address: hashes().get(address, "")


def _ids(model: Any) -> dict[str, int]:
    """Return the ids of all files that are stored already, by hash; of doubles the oldest."""
    rows = model.objects.exclude(file_hash="").order_by("-pk")
    return dict(rows.values_list("file_hash", "pk"))
