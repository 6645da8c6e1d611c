"""Rich text exactly as the editor stores it, for importers: an unedited save then changes nothing."""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.rich_text import features as registry

from impact.blocks.addresses import with_suffix
from impact.blocks.editor import PageLinkElementHandler
from impact.blocks.references import number_of
from impact.blocks.richtext import TEXT_FEATURES

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
VOID = re.compile(r"<(br|hr|img|input|wbr|col|embed|source)\b[^>]*>", re.IGNORECASE)


def as_stored(html: str, features: Sequence[str] = TEXT_FEATURES) -> str:
    """Return HTML in the form that Draftail writes, with block keys that depend on the text alone.

    What the features don't allow is dropped, as the editor would drop it on the first edit. The same
    HTML gives the same result, so a second import writes nothing new. Links must already be in the
    form of the database (`<a linktype="page" id="5" fragment="part">`).
    """
    converter = _converter(tuple(features))
    stored: str = converter.to_database_format(converter.from_database_format(closed(html)))
    seed, number = sha256(html.encode()).hexdigest(), 0

    def key(_match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        digest = sha256(f"{seed}{number}".encode()).hexdigest()
        return f' data-block-key="{digest[:5]}"'

    return BLOCK_KEY.sub(key, stored)


def closed(html: str) -> str:
    """Return HTML as Wagtail's converter can read it: line breaks closed, other empty elements dropped."""
    return VOID.sub(lambda match: "<br/>" if match[1].lower() == "br" else "", html)


@lru_cache(maxsize=8)
def _converter(features: tuple[str, ...]) -> ContentstateConverter:
    # Looking a feature up fills the registry from the hooks.
    registry.get_default_features()
    converter = ContentstateConverter(list(features))
    rules = converter.html_to_contentstate_handler.element_handlers.element_rules
    rules["a"] = [
        (rank, check, _Link("LINK") if isinstance(found, PageLinkElementHandler) else found)
        for rank, check, found in rules.get("a", [])
    ]
    return converter


class _Link(LinkElementHandler):
    """A link to a page without a look at the page: the database keeps its id, query and fragment only."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """Return what is kept."""
        return {"id": number_of(attrs.get("id")), "url": with_suffix("", attrs) or None}
