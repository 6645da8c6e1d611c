"""Looking into stored bodies, independently of the importer."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from impact.communities.models import CommunityPage
from impact.entries.models import StoryPage


def rich_texts(block: Any, value: Any) -> Iterator[tuple[list[str], str]]:
    """Yield every rich text of a value with the features that its field offers."""
    if isinstance(block, blocks.RichTextBlock):
        yield block.features, value.source if value else ""
    elif isinstance(block, blocks.BaseStreamBlock):
        for child in value:
            yield from rich_texts(child.block, child.value)
    elif isinstance(block, TypedTableBlock):
        for row in value.row_data if value else []:
            for column, cell in zip(value.columns, row["values"], strict=True):
                yield from rich_texts(column["block"], cell)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from rich_texts(block.child_block, item)
    elif isinstance(block, blocks.BaseStructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from rich_texts(child, value.get(name))


def stored_rich_texts() -> Iterator[tuple[str, list[str], str]]:
    """Yield the rich texts of all pages: slug, features, HTML."""
    for story in StoryPage.objects.all():
        for features, html in rich_texts(story.body.stream_block, story.body):
            yield story.slug, features, html
    features = CommunityPage._meta.get_field("description").features
    for community in CommunityPage.objects.all():
        yield community.slug, features, community.description


def after_the_editor(html: str, features: list[str]) -> str:
    """Return what the editor gives back for rich text that nobody touched."""
    converter = ContentstateConverter(features)
    stored: str = converter.to_database_format(converter.from_database_format(html))
    return stored if html else html
