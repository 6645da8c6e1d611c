"""Videos: of a provider, whose player is asked for only after a click, or uploaded."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from impact.blocks.richtext import InlineBlock
from impact.blocks.rules import one_of, refuse
from impact.blocks.video_urls import Video, parse

MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class VideoValue(blocks.StructValue):
    """A video; knows its provider and how to play it."""

    @cached_property
    def video(self) -> Video | None:
        """The provider's video, read from the address."""
        return parse(self.get("url") or "")

    @property
    def media_type(self) -> str:
        """The type of the uploaded file, as a browser wants to know it."""
        file = self.get("file")
        return MEDIA_TYPES.get(file.file_extension.lower(), "") if file else ""


class VideoBlock(blocks.StructBlock):
    """A film that readers start themselves; nothing is asked of a provider before."""

    title = blocks.CharBlock(
        label=_("What it shows"),
        max_length=200,
        help_text=_("Read aloud by screen readers and shown on the play button."),
    )
    url = blocks.URLBlock(
        label=_("Address"),
        required=False,
        max_length=500,
        help_text=_("The address of the video on YouTube or Vimeo."),
    )
    file = DocumentChooserBlock(
        label=_("Or an uploaded film"), required=False, help_text=_("An mp4 or webm file.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions"),
        required=False,
        help_text=_("A vtt file with what is said, for an uploaded film."),
    )
    poster = ImageChooserBlock(
        label=_("Still picture"),
        required=False,
        help_text=_("Shown until somebody starts the video."),
    )
    caption = InlineBlock(label=_("Caption"), required=False, features=["bold", "italic", "link"])

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"
        group = _("Pictures and video")
        template = "blocks/video.html"
        value_class = VideoValue
        description = _(
            "A video from YouTube or Vimeo, or an uploaded film. The player is loaded only "
            "when a reader starts it."
        )
        preview_value = {
            "title": _("How to read a river gauge"),
            "url": "https://www.youtube.com/watch?v=abcdefghijk",
            "file": None,
            "captions": None,
            "poster": None,
            "caption": "<p>Two minutes, with subtitles.</p>",
        }

    def clean(self, value: Any) -> Any:
        """One of address and file; each of a kind that can be played."""
        value = super().clean(value)
        if not self.is_deferred_validation:
            refuse(
                one_of(
                    value,
                    "url",
                    "file",
                    _("Give the address of a video or choose an uploaded film, one of the two."),
                )
            )
        errors: dict[str, ValidationError] = {}
        if value["url"] and not value.video:
            errors["url"] = ValidationError(_("This is no address of a video on YouTube or Vimeo."))
        if value["file"] and not value.media_type:
            errors["file"] = ValidationError(_("Choose an mp4 or webm file."))
        if value["captions"] and value["captions"].file_extension.lower() != "vtt":
            errors["captions"] = ValidationError(_("Choose a vtt file."))
        refuse(errors)
        return value
