"""The blocks that a body of text is made of, in the order in which the editor offers them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.callouts import CalloutBlock
from impact.blocks.closing import AcknowledgementsBlock, DividerBlock
from impact.blocks.code import CodeBlock
from impact.blocks.data import KeyFigureBlock, TableBlock
from impact.blocks.figures import FigureBlock, ImageRowBlock
from impact.blocks.footnotes import FootnotesBlock
from impact.blocks.links import LinkCardBlock, LinkListBlock
from impact.blocks.lists import DefinitionListBlock, TaskListBlock
from impact.blocks.media import VideoBlock
from impact.blocks.prose import HeadingBlock, PullQuoteBlock
from impact.blocks.richtext import TextBlock


class BodyBlock(blocks.StreamBlock):
    """The body of a story or a plain page."""

    heading = HeadingBlock()
    text = TextBlock(group=_("Text"))
    divider = DividerBlock()
    figure = FigureBlock()
    image_row = ImageRowBlock()
    video = VideoBlock()
    pull_quote = PullQuoteBlock()
    callout = CalloutBlock()
    key_figure = KeyFigureBlock()
    link_card = LinkCardBlock()
    link_list = LinkListBlock()
    table = TableBlock()
    task_list = TaskListBlock()
    definition_list = DefinitionListBlock()
    code = CodeBlock()
    acknowledgements = AcknowledgementsBlock()
    footnotes = FootnotesBlock()
