"""Draftail's conversions of our link types: what the editor keeps of a link, and what the database keeps.

Wagtail's own link to a page keeps the page's id only. Here `query` and `fragment` stay with it:
`<a linktype="page" id="5" fragment="part">`. In the editor both are part of the link's address, so that
choosing another page drops them, as it should, and no JavaScript of ours is needed.
"""

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate import link_entity as wagtail_link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    InlineEntityElementHandler,
    LinkElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.models import Page
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from impact.blocks.addresses import suffix_of, with_suffix
from impact.blocks.references import number_of
from impact.pages.visibility import public


class PageLinkHandler(WagtailPageLinkHandler):
    """Shows a link to a page with query and fragment; nothing to click where readers may not go."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return an opening tag for each link, with one query for all."""
        ids = {number for attrs in attrs_list if (number := number_of(attrs.get("id")))}
        pages = {page.pk: page.url for page in Page.objects.filter(public(), pk__in=ids)}
        urls = [pages.get(number_of(attrs.get("id")) or 0) for attrs in attrs_list]
        return [
            f'<a href="{escape(with_suffix(url, attrs))}">' if url else "<a>"
            for url, attrs in zip(urls, attrs_list, strict=True)
        ]


class FootnoteLinkHandler(LinkHandler):
    """Outside a body a footnote's mark leads nowhere."""

    identifier = "footnote"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return an opening tag for each mark."""
        return ["<a>"] * len(attrs_list)


class PageLinkElementHandler(LinkElementHandler):
    """From the database to the editor: the address carries query and fragment."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """Return what the editor knows of the link; a page that is gone keeps its id."""
        number = number_of(attrs.get("id"))
        page = Page.objects.filter(pk=number).first()
        if page is None:
            return {"id": number, "url": with_suffix("", attrs) or None, "parentId": None}
        parent = page.get_parent()
        return {
            "id": page.pk,
            "url": with_suffix(page.url or "", attrs),
            "parentId": parent.pk if parent else None,
        }


def link_entity(props: dict[str, Any]) -> Any:
    """From the editor to the database: query and fragment are read from the address."""
    if props.get("id") is None:
        return wagtail_link_entity(props)
    attributes = {"linktype": "page", "id": props["id"], **suffix_of(props.get("url"))}
    return DOM.create_element("a", attributes, props["children"])


class FootnoteElementHandler(InlineEntityElementHandler):
    """From the database to the editor: a mark that is changed as a whole."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Return the key of the note."""
        return {"key": attrs.get("key", "")}


def footnote_entity(props: dict[str, Any]) -> Any:
    """From the editor to the database."""
    attributes = {"linktype": "footnote", "key": props.get("key") or ""}
    return DOM.create_element("a", attributes, props["children"])


def register(features: FeatureRegistry) -> None:
    """Teach Wagtail's rich text our links and footnotes."""
    features.register_link_type(PageLinkHandler)
    features.register_link_type(FootnoteLinkHandler)
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': PageLinkElementHandler("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": link_entity}},
        },
    )
    features.register_converter_rule(
        "contentstate",
        "footnote",
        {
            "from_database_format": {'a[linktype="footnote"]': FootnoteElementHandler("FOOTNOTE")},
            "to_database_format": {"entity_decorators": {"FOOTNOTE": footnote_entity}},
        },
    )
    features.register_editor_plugin(
        "draftail",
        "footnote",
        EntityFeature(
            {
                "type": "FOOTNOTE",
                "icon": "superscript",
                "description": _("Footnote"),
                "attributes": ["key"],
            },
            js=["js/footnote-editor.js"],
            css={"all": ["css/blocks-editor.css"]},
        ),
    )
