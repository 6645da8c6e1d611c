"""A small site with one of each page type, for tests that visit them all."""

from datetime import date
from typing import Any

from tests.factories import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_digest,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_standard_page,
    make_story,
)
from tests.newsletter.bodies import entry, heading, thanks

BODY: list[Any] = [
    ("heading", {"text": "What happened", "level": "2", "anchor": ""}),
    ("text", '<p>They opened <b>all</b> of it, <a href="https://example.org/">see here</a>.</p>'),
    ("heading", {"text": "Why it matters", "level": "2", "anchor": ""}),
    ("pull_quote", {"text": "Now we can see it.", "person": "Amara Osei", "role": "keeper"}),
    ("callout", {"kind": "tip", "title": "Try it", "text": "<p>Ask for a key.</p>"}),
    ("code", {"language": "python", "code": "print('reef')", "caption": ""}),
    ("divider", None),
    ("acknowledgements", {"title": "Acknowledgements", "text": "<p>With thanks.</p>"}),
]


def build() -> dict[str, str]:
    """Publish one of each; return a name and a path for each page worth looking at."""
    ada = make_author("Ada Writer", role="Editor")
    research, training = make_category("Research"), make_category("Training", colour="#b4531f")
    reef = make_community("Reef Watch", region="oceania", country="Fiji", website="https://a.org/")
    fund = make_community("Blue Fund", kind="funder")
    story = make_story(
        "A shared hub for reef data",
        slug="hub",
        body=BODY,
        lead_image=make_image(credit="Ada", licence="CC BY 4.0"),
        communities=[reef],
        supporters=[fund],
        authors=[ada],
        category=research,
        tags=["Open Source", "Reefs"],
        featured=True,
    )
    add_outcome(story, 312, "keepers trained", unit="people")
    make_story("Another story", communities=[reef, fund], category=training, tags=["Reefs"])
    make_story("An old story", date=date(2023, 6, 1), communities=[reef], category=training)
    link = make_link("Elsewhere", slug="elsewhere", communities=[reef], category=training)
    members = make_metric("Members", unit="people", description="Who pays a fee.")
    make_reading(members, 40, date(2023, 12, 31))
    make_reading(members, 52, date(2024, 12, 31), precision="about")
    make_roundup(2023)
    make_roundup(2024, summary="The year in two sentences.")
    make_digest(slug="2024-04", title="April 2024", summary="The month before.")
    make_digest(
        summary="The month in a sentence.",
        introduction="<p>What a month it was.</p>",
        lead=story,
        body=[
            heading("Elsewhere"),
            entry(link),
            {"type": "line", "value": {"title": "Open day", "sentence": "Come and see."}},
            heading("With thanks to"),
            thanks(),
        ],
        closing="<p>Until next month.</p>",
    )
    make_standard_page("About", summary="Who we are.", body=BODY)
    return {
        "home": "/",
        "gallery": "/impact/",
        "gallery, filtered": "/impact/?community=reef-watch&category=training",
        "gallery, searched": "/impact/?q=story",
        "gallery, empty": "/impact/?category=research&year=2023&q=nothing",
        "story": "/impact/hub/",
        "featured link": "/impact/elsewhere/",
        "communities": "/communities/",
        "communities, filtered": "/communities/?region=oceania&q=reef",
        "community": "/communities/reef-watch/",
        "roundups": "/roundups/",
        "roundup": "/roundups/2024/",
        "newsletter": "/newsletter/",
        "digest": "/newsletter/2024-05/",
        "standard": "/about/",
        "not found": "/nowhere/",
    }
