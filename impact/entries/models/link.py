"""`FeaturedLinkPage`: something published elsewhere that belongs among the stories."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from impact.entries import panels
from impact.entries.kinds import LINK
from impact.entries.models.base import EntryPage
from impact.entries.structured import pointer
from impact.pages.structured import Node, Subject


class FeaturedLinkPage(EntryPage):
    """A link out, with its publisher and a summary of our own."""

    external_url = models.URLField(_("address"), max_length=500)
    publisher = models.CharField(
        _("publisher"), max_length=120, help_text=_("Who published it; shown on the card.")
    )

    kind = LINK
    page_description = _("Something published elsewhere that belongs among the stories.")
    is_creatable = True
    indexable = False
    content_panels = panels.LINK_CONTENT
    search_fields = [*EntryPage.search_fields, index.SearchField("publisher")]
    template = "entries/featured_link_page.html"

    class Meta:
        verbose_name = _("featured link")
        verbose_name_plural = _("featured links")

    def clean(self) -> None:
        """A reader's browser can open it."""
        super().clean()
        if self.external_url and not self.external_url.lower().startswith(("https://", "http://")):
            raise ValidationError(
                {"external_url": _("Give an address that begins with https:// or http://.")}
            )

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """A page about something that stands elsewhere."""
        return [pointer(self, subject)]
