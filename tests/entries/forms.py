"""What the editor's forms send."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from impact.entries.models import CommunityRole
from tests.factories import make_category

PARAGRAPH = {"blocks": [{"key": "a", "text": "It works.", "type": "unstyled"}], "entityMap": {}}


def story_data(**changes: Any) -> dict[str, Any]:
    """The form of a complete story as the browser sends it; `changes` replace fields.

    `communities` is a list of pages or of `(page, role)`, `authors` one of authors.
    """
    import json

    communities = [
        c if isinstance(c, tuple) else (c, "about") for c in changes.pop("communities", [])
    ]
    authors = changes.pop("authors", [])
    body = changes.pop("body", [("text", json.dumps(PARAGRAPH))])
    assert all(role in CommunityRole.values for _, role in communities)
    fields = {
        "title": "A story",
        "slug": "a-story",
        "date": "2024-05-01",
        "summary": "What changed.",
        "lead_image": "",
        "category": make_category().pk if "category" not in changes else "",
        "tags": "",
        "language": "en",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "body": streamfield(body),
        "community_links": inline_formset(
            [{"community": page.pk, "role": role} for page, role in communities]
        ),
        "author_links": inline_formset([{"author": author.pk} for author in authors]),
        "outcomes": inline_formset([]),
        "comments": inline_formset([]),
        "comment_notifications": "",
    }
    return nested_form_data({**fields, **changes})
