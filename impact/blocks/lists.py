"""Lists with a meaning of their own: tasks, and terms with their definitions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.richtext import InlineBlock, PassageBlock


class TaskBlock(blocks.StructBlock):
    """One task."""

    text = InlineBlock(label=_("Task"))
    done = blocks.BooleanBlock(label=_("Done"), required=False)

    class Meta:
        icon = "check"
        label = _("Task")
        label_format = "{text}"


class TaskListBlock(blocks.StructBlock):
    """What is done and what is left to do."""

    tasks = blocks.ListBlock(TaskBlock(), label=_("Tasks"))

    class Meta:
        icon = "tasks"
        label = _("Task list")
        group = _("Lists and tables")
        template = "blocks/task_list.html"
        description = _("Tasks with a mark that says which are done.")
        preview_value = {
            "tasks": [
                {"text": "<p>Build the first gauge</p>", "done": True},
                {"text": "<p>Train ten readers</p>", "done": True},
                {"text": "<p>Publish the first year of readings</p>", "done": False},
            ]
        }


class DefinitionBlock(blocks.StructBlock):
    """A term and what it means."""

    term = blocks.CharBlock(label=_("Term"), max_length=255)
    definition = PassageBlock(label=_("Definition"))

    class Meta:
        icon = "help"
        label = _("Definition")
        label_format = "{term}"


class DefinitionListBlock(blocks.StructBlock):
    """Terms and what they mean."""

    definitions = blocks.ListBlock(DefinitionBlock(), label=_("Definitions"))

    class Meta:
        icon = "help"
        label = _("Definitions")
        group = _("Lists and tables")
        template = "blocks/definition_list.html"
        description = _("Terms, each with what it means.")
        preview_value = {
            "definitions": [
                {"term": _("Gauge"), "definition": "<p>A post with marks that show the level.</p>"},
                {"term": _("Reading"), "definition": "<p>One level, with its time and reader.</p>"},
            ]
        }
