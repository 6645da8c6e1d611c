"""Tags by which pages show a body, and blocks show what they hold."""

import re
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.rich_text import RichText

from impact.blocks.rendering import Body, render_stream
from impact.media import renditions
from impact.media.models import ImpactImage

register = template.Library()

ONE_PARAGRAPH = re.compile(r"\s*<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)


@register.inclusion_tag("blocks/body.html", takes_context=True)
def render_body(context: Context, stream: StreamValue | None, prefix: str = "") -> dict[str, Any]:
    """Show a body: `{% render_body page.body %}`.

    A page with two bodies gives the second a `prefix`, so that no id stands twice. With `for_feed`
    in the context the HTML is plain enough for feed readers and mail.
    """
    flat: dict[Any, Any] = context.flatten()
    return {
        "blocks": render_stream(stream, flat, prefix) if stream else [],
        "for_feed": flat.get("for_feed", False),
        "has_notes": any(child.block_type == "footnotes" for child in stream or ()),
        "has_player": any(
            child.block_type == "video" and child.value.video for child in stream or ()
        ),
    }


@register.simple_tag(takes_context=True)
def rich_text(context: Context, value: RichText | str | None) -> SafeString:
    """Show rich text with its links resolved."""
    if not value:
        return SafeString("")
    # A field outside a body holds plain text; its links are looked up all the same.
    rich = value if isinstance(value, RichText) else RichText(value)
    return _body(context, rich).rich_text(rich.source)


@register.simple_tag(takes_context=True)
def inline_text(context: Context, value: RichText | str | None) -> SafeString:
    """Show rich text of one paragraph without its `<p>`, for captions and cells."""
    html = rich_text(context, value)
    match = ONE_PARAGRAPH.fullmatch(html)
    # A part of what `rich_text` made safe.
    return mark_safe(match[1]) if match else html  # noqa: S308


@register.simple_tag(takes_context=True)
def public_url(context: Context, page: Page | None) -> str:
    """Return the address of a page that readers may open, else nothing."""
    return _body(context, page).page_url(page) if page else ""


@register.simple_tag(takes_context=True)
def public_document_url(context: Context, document: AbstractDocument | None) -> str:
    """Return the address of a document that anybody may have, else nothing."""
    return _body(context, document).document_url(document) if document else ""


@register.simple_tag(takes_context=True)
def numbered_notes(context: Context, notes: Any) -> list[dict[str, Any]]:
    """Return the notes by number, each with its text, id and ways back; unmarked ones come last."""
    body = _body(context, notes)
    return sorted(
        (
            {
                "text": note["text"],
                "number": body.numbers.get(note["key"]),
                "id": body.note_id(note["key"]),
                "marks": body.mark_ids(note["key"]),
            }
            for note in notes
        ),
        key=lambda note: note["number"] or len(notes) + len(body.numbers),
    )


@register.simple_tag(takes_context=True)
def single_picture(
    context: Context, image: ImpactImage | None, profile: str
) -> renditions.Picture | None:
    """Return one copy of a picture, for where no choice can be offered; None when it can't be read.

    With `pictures_as` in the context (a mail) all pictures stand in the copies of that profile.
    """
    return renditions.picture(image, context.get("pictures_as") or profile) if image else None


def _body(context: Context, *values: Any) -> Body:
    """Return the body that is being shown, or for a block on its own one that is just this block."""
    found = context.get("body")
    if isinstance(found, Body):
        return found
    return Body.of(*values, request=context.get("request"), notes=False)
