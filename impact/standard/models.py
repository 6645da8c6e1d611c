"""Plain pages: about, contact, privacy."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from impact.blocks.body import BodyBlock
from impact.blocks.fields import StreamField
from impact.pages.models import BasePage


class StandardPage(BasePage):
    """A page of text beside the stories."""

    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two sentences below the title.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    parent_page_types = ["home.HomePage", "standard.StandardPage"]
    subpage_types = ["standard.StandardPage"]
    template = "standard/standard_page.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
