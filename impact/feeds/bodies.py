"""The bodies of all pieces of a feed, rendered together so that what they point at is looked up once."""

from collections.abc import Sequence

from django.http import HttpRequest
from wagtail.blocks import StreamValue

from impact.blocks.rendering import render_streams
from impact.feeds.options import AS_USUAL, EMAIL, FeedOptions


def render_bodies(
    bodies: Sequence[tuple[StreamValue, ...]],
    request: HttpRequest | None,
    options: FeedOptions = AS_USUAL,
) -> list[str]:
    """Return the HTML of each piece's stream values, joined."""
    streams = [stream for streams in bodies for stream in streams]
    context = {
        "for_feed": True,
        "request": request,
        "pictures_as": "mail" if options.images == EMAIL else "",
    }
    rendered = iter(render_streams(streams, context))
    return ["".join(block for _ in streams for block in next(rendered)) for streams in bodies]
