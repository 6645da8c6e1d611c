"""The files of one exported page: names that no two share, and what is known of each picture."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from django.utils.text import slugify

from impact.media.access import public_documents
from impact.media.models import ImpactDocument, ImpactImage
from impact.portability.content import Attachment, Block, Line, Picture, RichText, Run, joined
from impact.portability.export.folder import Folder
from impact.portability.export.front_matter import filled

_LONGEST = 80
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
# Names by which Hugo's themes and the import know the picture of a page and of a person.
_MEANINGFUL = re.compile("featured|avatar|index")


@dataclass
class Wanted:
    """The pictures and documents that some pages ask for, by id.

    Until their names are known, a text names them by what `picture` and `document` return.
    """

    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)

    @property
    def keys(self) -> set[str]:
        """What texts call them by."""
        images = {_key(ImpactImage, pk) for pk in self.images}
        return images | {_key(ImpactDocument, pk) for pk in self.documents}

    def picture(self, pk: int) -> str:
        """Ask for a picture."""
        self.images.add(pk)
        return _key(ImpactImage, pk)

    def document(self, pk: int) -> str:
        """Ask for a document."""
        self.documents.add(pk)
        return _key(ImpactDocument, pk)


File = ImpactImage | ImpactDocument


def load(wanted: Iterable[Wanted], *, private: bool = False) -> dict[str, File]:
    """Return the files that several pages ask for, by the names that their texts have for them.

    Three queries. Documents that not everybody may have come only when they are asked for.
    """
    image_ids, document_ids = set[int](), set[int]()
    for one in wanted:
        image_ids |= one.images
        document_ids |= one.documents
    images = ImpactImage.objects.filter(pk__in=image_ids).prefetch_related("tags")
    documents = ImpactDocument.objects.all() if private else public_documents()
    files: list[File] = [*images, *documents.filter(pk__in=document_ids)]
    return {_key(type(file), file.pk): file for file in files}


def _key(model: type[File], pk: int) -> str:
    return f"{model._meta.model_name}:{pk}"


@dataclass
class Bundle:
    """Gives names to the files of one page, and copies them beside it."""

    loaded: Mapping[str, File]
    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)

    def name(self, key: str, stem: str = "") -> str:
        """Return the name of a file, `stem` with its suffix where one is given; nothing without it."""
        file = self.loaded.get(key)
        if file is None:
            return ""
        if key not in self.names:
            self.names[key] = self._free_name(file, stem)
            self.files[self.names[key]] = file
        return self.names[key]

    def _free_name(self, file: File, stem: str) -> str:
        path = PurePosixPath(file.file.name)
        suffix = path.suffix.lower() if _SUFFIX.fullmatch(path.suffix.lower()) else ""
        stem = stem or _MEANINGFUL.sub("picture", slugify(path.stem)[:_LONGEST]) or "file"
        name, number = f"{stem}{suffix}", 2
        while name in self.files:
            name, number = f"{stem}-{number}{suffix}", number + 1
        return name

    def named(self, value: Any) -> Any:
        """Return a value with the names of its files in place of what it was asked for by."""
        if isinstance(value, Block):
            return replace(value, value=self.named(value.value))
        if isinstance(value, dict):
            return {name: self.named(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.named(part) for part in value]
        if isinstance(value, (Attachment, Picture)):
            name = self.name(value.file)
            return replace(value, file=name) if name else None
        if isinstance(value, RichText):
            return RichText(tuple(replace(line, runs=self._runs(line)) for line in value.lines))
        return value

    def _runs(self, line: Line) -> tuple[Run, ...]:
        return joined(self._run(run) for run in line.runs) or line.runs

    def _run(self, run: Run) -> Run:
        if run.link is None or not run.link.file:
            return run
        name = self.name(run.link.file)
        return replace(run, link=replace(run.link, file=name) if name else None)

    def resources(self) -> list[dict[str, Any]]:
        """Return what Hugo calls the resources of a page: title and details of each file."""
        return [
            filled(src=name, title=file.title, params=_details(file, name))
            for name, file in self.files.items()
        ]

    def copy(self, folder: Folder, place: str) -> list[str]:
        """Copy the files beside their page; return the names of those that are missing."""
        return [
            file.file.name
            for name, file in self.files.items()
            if not folder.copy(file.file, f"{place}/{name}")
        ]


def _details(file: File, name: str) -> dict[str, Any]:
    own_name = PurePosixPath(file.file.name).name
    details = filled(
        filename=own_name if own_name != name else "",
        credit=file.credit,
        licence=file.licence,
    )
    if isinstance(file, ImpactImage):
        details |= filled(
            alt=file.description,
            source=file.source_url,
            focal_point=_focal_point(file),
            tags=sorted(tag.name for tag in file.tags.all()),
        )
    return details


def _focal_point(image: ImpactImage) -> list[int]:
    """Return centre and size of the part that matters, in pixels; nothing where nobody set it."""
    x, y = image.focal_point_x, image.focal_point_y
    if x is None or y is None:
        return []
    return [x, y, image.focal_point_width or 0, image.focal_point_height or 0]
