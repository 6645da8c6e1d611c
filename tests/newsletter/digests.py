"""Digests for tests of what is written from them; none of them needs a database."""

from dataclasses import replace
from typing import Any

from impact.newsletter.contents import Digest, Group, Line, Sender
from impact.pages.head import Picture

SITE = "https://stories.example.org"


def picture(name: str = "a", **fields: Any) -> Picture:
    given = {"width": 600, "height": 400, "alt": f"What {name} shows", **fields}
    return Picture(f"{SITE}/media/{name}.jpg", **given)


def line(title: str, sentence: str = "", **fields: Any) -> Line:
    return Line(title, **{"url": f"{SITE}/impact/{len(title)}/", "sentence": sentence, **fields})


DIGEST = Digest(
    title="November 2024",
    url=f"{SITE}/newsletter/2024-11/",
    language="en",
    sender=Sender(
        "River & Reef",
        f"{SITE}/",
        "#0f6e66",
        footer="Harbour Road 1\nKalmi Char",
        licence="CC BY 4.0",
    ),
    summary="Five stories, and a date.",
    introduction='<p>Dear <b>friends</b>, <a href="https://a.org/?a=1&amp;copy=2">look</a>.</p>',
    lead=line("Forty gauges", "Nobody had to ask twice.", image=picture("lead")),
    groups=(
        Group(
            "Water",
            (
                line("A tide table", "The school measured for a year.", image=picture("tide")),
                line("In the paper", "They wrote of it.", publisher="Harbour Times", language="es"),
            ),
            words="<p>Wet feet, all of us.</p>",
        ),
        Group("Coming up", (line("Open day", "Bring a friend.", url=""),)),
        Group("Thanks", (line("Kalmi Char School"), line("A friend", url="")), roll=True),
    ),
    closing="<p>Until <i>December</i>.</p><ul><li>Write to us</li></ul>",
)


def saying(title: str, sentence: str = "") -> Digest:
    """A digest that says the same thing in all its places."""
    said = line(
        title, sentence, url=f"{SITE}/impact/said/", publisher=title, image=picture(alt=title)
    )
    return replace(
        DIGEST,
        title=title,
        summary=sentence,
        lead=said,
        groups=(
            Group(title, (said, replace(said, url="", image=None, publisher=""))),
            Group("Thanks", (Line(title, f"{SITE}/"),), roll=True),
        ),
    )


def long_digest(lines: int, sentence: str = "A sentence of the usual length. " * 8) -> Digest:
    """A digest of many lines."""
    many = tuple(
        line(f"The story number {n}", sentence, image=picture(f"p{n}")) for n in range(lines)
    )
    return replace(DIGEST, groups=(Group("Everything", many),))
