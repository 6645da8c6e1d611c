"""The editor's form of an image."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholeImageField(WagtailImageField):
    """Refuses a picture that breaks off or can't be decoded; Wagtail's own field raises there."""

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
