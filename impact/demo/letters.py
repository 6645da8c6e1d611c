"""The demo's digests: two that were sent, and the draft of the next one."""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from impact.demo.bodies import Builder
from impact.demo.files import Data
from impact.demo.richtext import PageId
from impact.newsletter.models import DigestPage


def digest(data: Data, build: Builder, page_id: PageId, guid: str) -> DigestPage:
    """Return the page of a digest, not saved yet; `page_id` gives the key of `story:its-slug`."""
    texts = {name: text for name in ("introduction", "closing") if (text := data[name])}
    return DigestPage(
        title=data["title"],
        slug=data["slug"],
        since=data["since"],
        until=data["until"],
        summary=data["summary"],
        lead_id=page_id(f"story:{data['lead']}"),
        lead_sentence=data.get("lead_sentence", ""),
        body=json.dumps(list(_blocks(data, build, page_id))),
        guid=guid,
        live="sent" in data,
        **build.sentences(texts),
    )


def _blocks(data: Data, build: Builder, page_id: PageId) -> Any:
    for number, block in enumerate(data["body"]):
        ((kind, value),) = block.items()
        if kind == "words":
            value = build.sentences({"words": value})["words"]
        elif kind == "entry":
            [key] = [f"{name}:{value[name]}" for name in ("story", "link") if name in value]
            own = {name: value.get(name, "") for name in ("title", "sentence")}
            value = {"entry": page_id(key), **own, "image": True}
        elif kind == "line":
            value = {"url": "", "sentence": "", "image": None, **value}
        elif kind == "thanks":
            value = {"communities": True, "supporters": True, "left_out": [], **value}
        name = f"digest-{data['slug']}#{number}"
        yield {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, name))}
