"""Code, shown as it was written."""

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.plain import VerbatimBlock


class CodeValue(blocks.StructValue):
    """Code and its language."""

    @property
    def language_class(self) -> str:
        """`language-python`; empty when no language, or none that can be a class, is given."""
        name = re.sub(r"[^a-z0-9+#_-]", "", (self.get("language") or "").strip().lower())
        return f"language-{name}" if name else ""


class CodeBlock(blocks.StructBlock):
    """Lines of a program or a terminal."""

    language = blocks.CharBlock(
        label=_("Language"),
        required=False,
        max_length=40,
        search_index=False,
        help_text=_("For example python, r, shell."),
    )
    code = VerbatimBlock(label=_("Code"), rows=6)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)

    class Meta:
        icon = "code"
        label = _("Code")
        label_format = "{caption} {language}"
        group = _("Lists and tables")
        template = "blocks/code.html"
        value_class = CodeValue
        description = _("Code in a fixed-width font, exactly as written.")
        preview_value = {
            "language": "python",
            "code": 'levels = read("gauge.csv")\nprint(levels.tail(7).mean())',
            "caption": _("The mean level of the last week"),
        }
