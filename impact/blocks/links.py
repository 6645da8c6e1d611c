"""Links that stand on their own: a card, and a list to learn more."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.blocks.plain import PlainTextBlock
from impact.blocks.rules import one_of, refuse

ONE_TARGET = _("Choose a page or give an address, one of the two.")


def host_of(url: str) -> str:
    """Return the host that an address leads to, without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


class LinkCardValue(blocks.StructValue):
    """A card that leads somewhere."""

    @property
    def heading(self) -> str:
        """What the card says: its own title, the page's, or the host."""
        page = self.get("page")
        return self.get("title") or (page.title if page else host_of(self.get("url") or ""))

    @property
    def text(self) -> str:
        """The description: its own, or what the page says to search engines."""
        page = self.get("page")
        return self.get("description") or (page.search_description if page else "")

    @property
    def host(self) -> str:
        """Where an address leads."""
        return host_of(self.get("url") or "")


class LinkCardBlock(blocks.StructBlock):
    """One link with a title and a sentence."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or address"), required=False, max_length=500)
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Left empty, the title of the page is shown."),
    )
    description = PlainTextBlock(label=_("Description"), required=False, rows=2)

    class Meta:
        icon = "link"
        label = _("Link card")
        label_format = "{title} {page} {url}"
        group = _("Links")
        template = "blocks/link_card.html"
        value_class = LinkCardValue
        description = _("A link as a card with a title and a sentence about where it leads.")
        preview_value = {
            "page": None,
            "url": "https://example.org/handbook",
            "title": _("The gauge keeper’s handbook"),
            "description": _("How to build, read and look after a river gauge."),
        }

    def clean(self, value: Any) -> Any:
        """One target; an address needs a title."""
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors = one_of(value, "page", "url", ONE_TARGET)
        if value["url"] and not value["title"]:
            errors["title"] = ValidationError(_("An address needs a title."))
        refuse(errors)
        return value


class LinkItemValue(blocks.StructValue):
    """One link of a list."""

    @property
    def text(self) -> str:
        """What the link says: its label, the page's title, or the host and path of the address."""
        page = self.get("page")
        return self.get("label") or (page.title if page else _readable(self.get("url") or ""))


def _readable(url: str) -> str:
    """An address as people write it, without scheme and closing slash."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


class LinkItemBlock(blocks.StructBlock):
    """One link of a list."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or address"), required=False, max_length=500)
    label = blocks.CharBlock(
        label=_("Label"),
        required=False,
        max_length=200,
        help_text=_("Left empty, the title of the page or the address is shown."),
    )
    note = blocks.CharBlock(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("A few words after the link: what it is, in which language."),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label} {page} {url}"
        value_class = LinkItemValue

    def clean(self, value: Any) -> Any:
        """One target."""
        value = super().clean(value)
        if not self.is_deferred_validation:
            refuse(one_of(value, "page", "url", ONE_TARGET))
        return value


class LinkListBlock(blocks.StructBlock):
    """Where to read on."""

    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=160, default=_("Learn more")
    )
    links = blocks.ListBlock(LinkItemBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("List of links")
        label_format = "{title}"
        group = _("Links")
        template = "blocks/link_list.html"
        description = _("A titled list of links for readers who want to learn more.")
        preview_value = {
            "title": _("Learn more"),
            "links": [
                {
                    "url": "https://example.org/readings",
                    "label": _("All readings since 2021"),
                    "note": _("open data"),
                },
                {"url": "https://example.org/film", "label": _("The film about the first winter")},
            ],
        }
