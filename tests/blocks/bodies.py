"""Bodies for tests: makers of stream values."""

from typing import Any

from django.template import Context, Template
from wagtail.blocks import StreamValue

from impact.blocks.body import BodyBlock
from impact.media.models import ImpactImage

BODY = BodyBlock()
TEMPLATE = Template("{% load block_tags %}{% render_body body %}")


def body(*children: tuple[str, Any]) -> StreamValue:
    """A body as it comes from the database: raw JSON, ids and all."""
    raw = [
        {"type": name, "value": value, "id": f"block-{number}"}
        for number, (name, value) in enumerate(children)
    ]
    return BODY.to_python(raw)


def show(*children: tuple[str, Any], **context: Any) -> str:
    """The HTML of a body."""
    return TEMPLATE.render(Context({"body": body(*children), **context}))


def picture(image: ImpactImage | None, **fields: Any) -> dict[str, Any]:
    """The raw value of an image block."""
    return {
        "image": image.pk if image else None,
        "decorative": False,
        "alt_text": "A boat on a river",
        **fields,
    }


def everything(image: ImpactImage, page_id: int, document_id: int) -> list[tuple[str, Any]]:
    """One of each block, raw."""
    link = f'<a linktype="page" id="{page_id}" fragment="part">the page</a>'
    return [
        ("heading", {"text": "What happened", "level": "2", "anchor": ""}),
        (
            "text",
            f"""<p>It <b>began</b> with {link} and <a linktype="document" id="{document_id}">a file</a>.\
<a linktype="footnote" key="a">[a]</a></p><ul><li>One</li><li>Two</li></ul>\
<blockquote>So it was.</blockquote>""",
        ),
        ("heading", {"text": "In the first winter", "level": "3", "anchor": "winter"}),
        (
            "figure",
            {
                "image": picture(image),
                "caption": f"<p>At the bridge, see {link}.</p>",
                "width": "wide",
                "link": "https://example.org/large",
            },
        ),
        (
            "image_row",
            {
                "images": [
                    {"image": picture(image), "caption": "Before"},
                    {"image": picture(image), "caption": "After"},
                ],
                "caption": "<p>One spring apart.</p>",
            },
        ),
        (
            "video",
            {
                "title": "How to read a gauge",
                "url": "https://youtu.be/abcdefghijk?t=90",
                "file": None,
                "captions": None,
                "poster": image.pk,
                "caption": "<p>Two minutes.</p>",
            },
        ),
        ("callout", {"kind": "warning", "title": "Mind the flood", "text": f"<p>See {link}.</p>"}),
        ("pull_quote", {"text": "Our own river.", "person": "Amara Osei", "role": "coordinator"}),
        ("link_card", {"page": page_id, "url": "", "title": "", "description": "Read it."}),
        (
            "link_list",
            {
                "title": "Learn more",
                "links": [
                    {
                        "type": "item",
                        "id": "l1",
                        "value": {"page": page_id, "url": "", "label": "", "note": "a story"},
                    },
                    {
                        "type": "item",
                        "id": "l2",
                        "value": {
                            "page": None,
                            "url": "https://example.org/data",
                            "label": "Data",
                            "note": "",
                        },
                    },
                ],
            },
        ),
        (
            "key_figure",
            {
                "value": "1200.5000",
                "precision": "about",
                "unit": "people",
                "currency": "",
                "label": "readers",
                "source_url": "https://example.org/source",
            },
        ),
        (
            "table",
            {
                "caption": "Readings",
                "row_headers": True,
                "table": {
                    "columns": [
                        {"type": "text", "heading": "Season"},
                        {"type": "number", "heading": "Readings"},
                    ],
                    "rows": [{"values": [f"<p>{link}</p>", "1,204"]}],
                    "caption": "",
                },
            },
        ),
        (
            "task_list",
            {
                "tasks": [
                    {"text": "<p>Build</p>", "done": True},
                    {"text": "<p>Read</p>", "done": False},
                ]
            },
        ),
        (
            "definition_list",
            {"definitions": [{"term": "Gauge", "definition": "<p>A post with marks.</p>"}]},
        ),
        ("code", {"language": "Python", "code": "if a < b:\n    print(a)", "caption": "Compare"}),
        ("divider", None),
        ("acknowledgements", {"title": "Thanks", "text": "<p>To everybody.</p>"}),
        ("footnotes", {"notes": [{"key": "a", "text": "<p>Counted in May.</p>"}]}),
    ]
