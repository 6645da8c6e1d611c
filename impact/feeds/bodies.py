"""The bodies of all pieces of a feed, rendered together so that what they point at is looked up once."""

from collections.abc import Sequence

from django.http import HttpRequest
from wagtail.blocks import StreamValue

from impact.blocks.rendering import render_streams


def render_bodies(bodies: Sequence[tuple[StreamValue, ...]], request: HttpRequest) -> list[str]:
    """Return the HTML of each piece's stream values, joined."""
    streams = [stream for streams in bodies for stream in streams]
    rendered = iter(render_streams(streams, {"for_feed": True, "request": request}))
    return ["".join(block for _ in streams for block in next(rendered)) for streams in bodies]
