"""Storing pictures and documents: each once, found again by the hash of its bytes."""

from functools import cached_property
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile

from impact.media.models import ImpactDocument, ImpactImage
from impact.portability.files import Files, PlannedFile


class Store:
    """Gives the ids of planned files, storing those that the site does not have yet."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.stored = 0

    @cached_property
    def _images(self) -> dict[str, int]:
        return _ids(ImpactImage)

    @cached_property
    def _documents(self) -> dict[str, int]:
        return _ids(ImpactDocument)

    def image_id(self, digest: str) -> int | None:
        """Return the id of a picture by its hash."""
        if not digest:
            return None
        if digest not in self._images:
            self._images[digest] = self._add_image(self.files.images[digest])
        return self._images[digest]

    def document_id(self, digest: str) -> int | None:
        """Return the id of a document by its hash."""
        if digest not in self._documents:
            self._documents[digest] = self._add_document(self.files.documents[digest])
        return self._documents[digest]

    def _add_image(self, planned: PlannedFile) -> int:
        with planned.path.open("rb") as file:
            image = ImpactImage(
                title=planned.title,
                description=planned.alt[:255],
                file=ImageFile(file, name=planned.path.name),
                file_size=planned.path.stat().st_size,
                file_hash=planned.hash,
            )
            image.save()
        self.stored += 1
        number: int = image.pk
        return number

    def _add_document(self, planned: PlannedFile) -> int:
        with planned.path.open("rb") as file:
            document = ImpactDocument(
                title=planned.title,
                file=File(file, name=planned.path.name),
                file_size=planned.path.stat().st_size,
                file_hash=planned.hash,
            )
            document.save()
        self.stored += 1
        number: int = document.pk
        return number


def _ids(model: Any) -> dict[str, int]:
    """Return the ids of all files that are stored already, by hash; of doubles the oldest."""
    rows = model.objects.exclude(file_hash="").order_by("-pk")
    return dict(rows.values_list("file_hash", "pk").iterator())
