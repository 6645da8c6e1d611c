"""A digest as the HTML of a mail: tables, styles in the elements, at most 100 kB."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from css_inline import CSSInliner
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from impact.branding.colour import for_themes, to_hex
from impact.newsletter.contents import Digest, Group
from impact.newsletter.mail import passages
from impact.newsletter.mail.disarming import disarmed
from impact.newsletter.mail.passages import Node
from impact.newsletter.mail.targets import ANY, Target
from impact.pages.direction import direction
from impact.pages.head import Picture

# Gmail shows the first 102 kB of a mail and hides the rest, with the link for leaving, behind another.
LIMIT = 100_000
# What fits into the column, and beside a line.
COLUMN, BESIDE = 536, 120
LOGO_HEIGHT = 48
# Mail programs show about so much beside the subject.
PREHEADER = 140

_BETWEEN = re.compile(r"\s*\n\s*")
_inliner = CSSInliner(load_remote_stylesheets=False)


@dataclass(frozen=True)
class Mail:
    """A mail in HTML. `size` is in bytes; `left_out` says what it had to do without, empty when nothing."""

    html: str
    pictures: int
    left_out: str = ""

    @property
    def size(self) -> int:
        """What it weighs, in bytes."""
        return len(self.html.encode())


# What is tried, one after the other, until a mail is small enough.
WHOLE, TITLES, FEWER, FEWEST = "", "sentences", "lines", "words"


def mail_html(digest: Digest, target: Target = ANY, scheme: str = "") -> Mail:
    """Return a digest as a mail that no program cuts off.

    One that would weigh more than `LIMIT` is shortened: to the titles of its lines, then to fewer of
    them, at last without the editor's own words. `scheme` shows it as a program does whose colours are
    set to `light` or `dark`; left empty, the program decides.
    """
    harmless = disarmed(digest)
    for left_out, shorten in _SHORTER:
        mail = _rendered(shorten(harmless), target, scheme, left_out)
        if mail.size <= LIMIT:
            return mail
    return mail


def _rendered(digest: Digest, target: Target, scheme: str, left_out: str) -> Mail:
    lines = [line for group in digest.groups if not group.roll for line in group.lines]
    logo = _fitted(digest.sender.logo, 240, LOGO_HEIGHT)
    lead = _fitted(digest.lead.image, COLUMN) if digest.lead else None
    light, dark = for_themes(digest.sender.accent)
    rtl = direction(digest.language) == "rtl"
    html = render_to_string(
        "newsletter/mail/mail.html",
        {
            "digest": digest,
            "target": target,
            "scheme": scheme,
            "left_out": left_out,
            "direction": "rtl" if rtl else "ltr",
            "start": "right" if rtl else "left",
            "end": "left" if rtl else "right",
            "accent": digest.sender.accent or to_hex(light),
            "accent_dark": to_hex(dark),
            "preheader": preheader(digest),
            "logo": logo,
            "lead_picture": lead,
            "introduction": passage(digest.introduction),
            "closing": passage(digest.closing),
            "groups": list(_groups(digest)),
        },
    )
    pictures = [logo, lead, *(_fitted(line.image, BESIDE) for line in lines)]
    return Mail(_compact(_inliner.inline(html)), sum(map(bool, pictures)), left_out)


def _groups(digest: Digest) -> Iterator[dict[str, Any]]:
    """Yield what the template shows of each group; `level` is that of the headings of its lines."""
    level = 3 if digest.lead else 2
    for group in digest.groups:
        level = 3 if group.heading else level
        yield {
            "heading": group.heading,
            "words": passage(group.words),
            "roll": group.roll,
            "level": level,
            "lines": [(line, _fitted(line.image, BESIDE)) for line in group.lines],
        }


def _compact(html: str) -> str:
    """Return a document without what its templates leave between the lines; no text of it has breaks."""
    return _BETWEEN.sub("\n", html).replace(' data-css-inline="keep"', "")


def preheader(digest: Digest) -> str:
    """Return what mail programs show beside the subject: the summary, or the first titles."""
    lines = [digest.lead, *(line for group in digest.groups for line in group.lines)]
    said = digest.summary or " · ".join(line.title for line in lines if line)
    return said if len(said) <= PREHEADER else f"{said[: PREHEADER - 1].rstrip()}…"


def _fitted(picture: Picture | None, width: int, height: int = 0) -> Picture | None:
    """Return a picture in the size that it is shown in; `None` for one that mail programs don't show."""
    if not picture or not picture.url or not picture.width or not picture.height:
        return None
    if picture.url.lower().split("?")[0].endswith((".svg", ".webp", ".avif")):
        return None
    scale = min(1, width / picture.width, height / picture.height if height else 1)
    return replace(
        picture,
        width=max(1, round(picture.width * scale)),
        height=max(1, round(picture.height * scale)),
    )


def passage(html: str) -> SafeString:
    """Return the editor's own words as HTML for the column, with the classes that the styles know."""
    # Words and addresses are escaped below; nothing else comes from outside.
    return mark_safe("".join(map(_block, passages.read(html))))  # noqa: S308


def _block(node: Node) -> str:
    if node.tag in ("ul", "ol", "li", "blockquote"):
        inside = "".join(map(_block, node.parts))
        return f'<{node.tag} class="{node.tag}">{inside}</{node.tag}>'
    # A heading of the editor's own would have no place in the order of headings.
    return f'<p class="{"heading" if node.tag == "h" else "text"}">{_inline(node)}</p>'


def _inline(node: Node) -> str:
    said = ""
    for child in node.children:
        if isinstance(child, str):
            said += escape(child)
        elif child.tag == "br":
            said += "<br>"
        elif child.tag == "a":
            said += f'<a class="link" href="{escape(child.href)}">{_inline(child)}</a>'
        else:
            said += f"<{child.tag}>{_inline(child)}</{child.tag}>"
    return said


def _whole(digest: Digest) -> Digest:
    return digest


def _titles(digest: Digest) -> Digest:
    """Return a digest whose lines are titles alone."""
    return replace(digest, groups=tuple(_titles_of(group) for group in digest.groups))


def _titles_of(group: Group) -> Group:
    return replace(
        group, lines=tuple(replace(line, sentence="", image=None) for line in group.lines)
    )


def _fewer(number: int, digest: Digest) -> Digest:
    """Return a digest with the first few titles below each heading."""
    groups = (replace(group, lines=group.lines[:number]) for group in _titles(digest).groups)
    return replace(digest, groups=tuple(groups))


def _fewest(digest: Digest) -> Digest:
    """Return the lead and the first titles, whatever else was to be said."""
    groups = [replace(group, words="") for group in _fewer(3, digest).groups[:5]]
    return replace(digest, groups=tuple(groups), introduction="", closing="")


_SHORTER: tuple[tuple[str, Callable[[Digest], Digest]], ...] = (
    (WHOLE, _whole),
    (TITLES, _titles),
    *((FEWER, partial(_fewer, number)) for number in (30, 12, 5)),
    (FEWEST, _fewest),
)
