"""Images and documents with what a publisher must say about them."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from impact.media.indexing import unless_waiting
from impact.media.metadata import SilentFilter
from impact.media.moving import MOVING, moves, moving_copy
from impact.media.sniffing import HEAD, is_what_it_says


class ImpactImage(AbstractImage):
    """A picture; alt text is Wagtail's `description`."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made it; shown below the picture."),
    )
    licence = models.CharField(
        _("licence"), max_length=120, blank=True, help_text=_("For example CC BY 4.0.")
    )
    source_url = models.URLField(
        _("source"), max_length=500, blank=True, help_text=_("Where the picture comes from.")
    )
    # Read from the file when it is uploaded: a page that shows the picture must not open it.
    animated = models.BooleanField(_("animated"), default=False, editable=False)

    admin_form_fields = (
        *(name for name in Image.admin_form_fields if name != "tags"),
        "credit",
        "licence",
        "source_url",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note whether a new file moves."""
        if self.file and not self.file._committed:
            self.animated = moves(self.file)
        super().save(*args, **kwargs)

    def get_indexed_instance(self) -> Any:
        """Return what search is to know of the picture: nothing yet while its entry waits."""
        return unless_waiting(self, super().get_indexed_instance)

    @property
    def default_alt_text(self) -> str:
        """Alt text is what somebody wrote about the picture, never its file name."""
        return self.description

    def generate_rendition_file(
        self,
        filter: Filter,  # noqa: A002 - the name is Wagtail's
        *,
        source: File | None = None,
    ) -> File:
        """Make a copy without what the camera noted about place and person; of what moves, one that does."""
        if filter.spec.endswith(f"|{MOVING}"):
            width = filter.get_transform(self).size[0]
            stem = f"{PurePath(self.file.name).stem[:30]}.{filter.spec.replace('|', '.')}"
            if source is not None:
                return moving_copy(source, stem, round(width))
            with self.open_file() as file:
                return moving_copy(file, stem, round(width))
        copy: File = super().generate_rendition_file(SilentFilter(filter.spec), source=source)
        return copy


class ImpactRendition(AbstractRendition):
    """A scaled or converted copy of an image."""

    image = models.ForeignKey(ImpactImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class ImpactDocument(AbstractDocument):
    """A file offered for download, or a video and its captions."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Refuse a file that isn't what its name says: a page of HTML called `report.pdf`."""
        super().clean()
        if not self.file or self.file._committed:
            return
        extension = PurePath(self.file.name).suffix.lstrip(".")
        self.file.seek(0)
        head = self.file.read(HEAD)
        self.file.seek(0)
        if not is_what_it_says(extension, head):
            raise ValidationError(
                {
                    "file": _(
                        "This is no %(format)s file, although its name ends in “.%(ending)s”."
                    )
                    % {"format": extension.upper(), "ending": extension}
                }
            )
