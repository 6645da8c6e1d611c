"""What a new story starts from: a setting that editors change."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from impact.blocks.body import BodyBlock
from impact.blocks.fields import StreamField
from impact.entries.forms import StoryTemplateForm


@register_setting(icon="doc-empty-inverse", order=20)
class StoryTemplate(BaseSiteSetting):
    """The body with which the editor opens for a new story."""

    body = StreamField(BodyBlock(), verbose_name=_("a new story starts with"), blank=True)

    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "New stories open with these blocks. Leave a block empty for the writer to fill; "
                    "what they leave empty is not published."
                )
            ),
            FieldPanel("body"),
        ],
        base_form_class=StoryTemplateForm,
    )

    class Meta:
        verbose_name = _("story template")
