"""The editor's form of an image."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from impact.media.drawings import MAX_BYTES, DrawingRefusedError, harmless


class WholeImageField(WagtailImageField):
    """Refuses a picture that breaks off or can't be decoded; Wagtail's own field raises there.

    Of an SVG drawing nothing but what is harmless goes on.
    """

    def to_python(self, data: Any) -> Any:
        """Clean a drawing before anything else reads it."""
        if isinstance(data, UploadedFile) and PurePath(data.name or "").suffix.lower() == ".svg":
            _make_harmless(data)
        return super().to_python(data)

    def check_image_pixel_size(self, f: Any) -> None:
        """Count the pixels, which decodes the picture."""
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # decoders raise whatever they like
            raise ValidationError(
                _("This picture is damaged. Export it again and upload the new file."),
                code="damaged_image",
            ) from error


def _make_harmless(upload: UploadedFile) -> None:
    """Write the harmless drawing over the one that was sent.

    In its place, as views keep what was sent by the name of the field, also where a form is invalid.
    """
    try:
        drawing, _size = harmless(upload.read(MAX_BYTES + 1))
    except DrawingRefusedError as error:
        raise ValidationError(str(error), code="drawing_refused") from error
    upload.seek(0)
    upload.truncate()
    upload.write(drawing)
    upload.seek(0)
    upload.size = len(drawing)


class ImageForm(BaseImageForm):
    """The base of every form through which a picture is uploaded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                widget=file.widget, label=file.label, required=file.required, initial=file.initial
            )
        if description := self.fields.get("description"):
            description.label = _("Alternative text")
            description.help_text = _(
                "What the picture shows, for readers who can’t see it. A story may say it differently."
            )
