"""Pictures: one, or several in a row."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from impact.blocks.richtext import InlineBlock

CAPTION_FEATURES = ["bold", "italic", "link"]


# How wide a figure stands, and the copies of the picture that this asks for.
PROFILES = {"narrow": "narrow", "normal": "figure", "wide": "wide", "full": "full"}


class FigureValue(blocks.StructValue):
    """A figure; an unknown width is the normal one."""

    @property
    def safe_width(self) -> str:
        """The width as part of a class."""
        width = self.get("width")
        return width if width in PROFILES else "normal"

    @property
    def profile(self) -> str:
        """The profile of its copies."""
        return PROFILES[self.safe_width]


class FigureBlock(blocks.StructBlock):
    """A picture with its caption, credit and licence."""

    image = ImageBlock(label=_("Picture"))
    caption = InlineBlock(
        label=_("Caption"),
        required=False,
        features=CAPTION_FEATURES,
        help_text=_("Stands below the picture. Credit and licence are added from the picture."),
    )
    width = blocks.ChoiceBlock(
        label=_("Width"),
        choices=[
            ("narrow", _("Narrower than the text")),
            ("normal", _("As wide as the text")),
            ("wide", _("Wider than the text")),
            ("full", _("The whole page")),
        ],
        default="normal",
        search_index=False,
    )
    link = blocks.URLBlock(
        label=_("Leads to"),
        required=False,
        max_length=500,
        help_text=_("An address that opens when somebody clicks on the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        form_layout = blocks.BlockGroup(["image", "caption"], settings=["width", "link"])
        group = _("Pictures and video")
        template = "blocks/figure.html"
        value_class = FigureValue
        description = _("A picture with a caption; its credit and licence are shown below it.")
        preview_value = {
            "image": None,
            "caption": "<p>The first reading of the day, at the old mill bridge.</p>",
            "width": "normal",
        }


class RowImageBlock(blocks.StructBlock):
    """One picture of a row."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Picture")


class ImageRowBlock(blocks.StructBlock):
    """Two to six pictures side by side."""

    images = blocks.ListBlock(RowImageBlock(), label=_("Pictures"), min_num=1, max_num=6)
    caption = InlineBlock(label=_("Caption of the row"), required=False, features=CAPTION_FEATURES)

    class Meta:
        icon = "grid"
        label = _("Pictures in a row")
        group = _("Pictures and video")
        template = "blocks/image_row.html"
        description = _("Pictures side by side, below one another on a phone.")
        preview_value = {
            "images": [
                {"image": None, "caption": _("Before")},
                {"image": None, "caption": _("After")},
            ],
            "caption": "<p>The same bank, one spring apart.</p>",
        }
