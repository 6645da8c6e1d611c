"""Rich text: what a writer may use where, and the block that carries it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from impact.blocks.text import rich_text_to_plain

# Running text. Headings, pictures and the rest are blocks of their own.
TEXT_FEATURES = [
    "bold",
    "italic",
    "code",
    "link",
    "document-link",
    "ol",
    "ul",
    "blockquote",
    "footnote",
]
# Text inside another block: paragraphs and lists, no footnotes.
PASSAGE_FEATURES = ["bold", "italic", "code", "link", "document-link", "ol", "ul"]
# One line: captions, table cells, tasks, notes.
INLINE_FEATURES = ["bold", "italic", "code", "link", "document-link"]


class RichTextBlock(blocks.RichTextBlock):
    """Rich text that is rendered with what `rendering.Body` has looked up, not link by link."""

    def get_searchable_content(self, value: RichText) -> list[str]:
        """Leave footnote marks out of what search finds."""
        return [rich_text_to_plain(value.source)] if self.search_index else []

    class Meta:
        icon = "pilcrow"
        template = "blocks/rich_text.html"


class InlineBlock(RichTextBlock):
    """One line of rich text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE_FEATURES)
        super().__init__(**kwargs)


class PassageBlock(RichTextBlock):
    """A few paragraphs or a list inside another block."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", PASSAGE_FEATURES)
        super().__init__(**kwargs)


class TextBlock(RichTextBlock):
    """Running text, the block that stories are mostly made of."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        description = _("Paragraphs, lists, quotations and links: the running text.")
        preview_value = (
            "<p>When the first borrowed sensor arrived, the river group had "
            "<b>three volunteers</b> and a notebook. A year later, <i>forty households</i> "
            "read the level every morning.</p><ul><li>Readings are shared the same day.</li>"
            "<li>Anyone can check them.</li></ul>"
        )
