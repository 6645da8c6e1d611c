"""Words that a mail tool would take for its own tags, made harmless without changing how they look.

Mailchimp replaces `*|FNAME|*`, Buttondown runs Django's template language (`{{ name }}`, `{% if %}`), others
do the same with the same brackets. A story about templates may well have these in its title. A word joiner
between the two signs, which has no width and breaks no line, ends that, whatever the tool does first.
"""

import re
from dataclasses import replace
from urllib.parse import quote, urlsplit

from impact.newsletter.contents import Digest, Group, Line

JOINER = "\u2060"
_TAGS = re.compile(r"\*(?=\|)|\|(?=\*)|\{(?=[{%#])|[}%#](?=\})")
# Every kind of break and space but those that are meant to hold words together.
_SPACE = re.compile("[\t\n\v\f\r \x1c-\x1f\x85\u2028\u2029]+")
# What no document may hold.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
# What an address must not hold as it is, and what mail tools look for.
_UNSAFE = re.compile(r"""[\s<>"{}|\\^`]""")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def words(text: str) -> str:
    """Return a line of words: without breaks, control characters and tags of mail tools.

    >>> words("Hello, {{ name }}").replace(JOINER, "·")
    'Hello, {·{ name }·}'
    """
    return joined(clean(text).strip())


def clean(text: str) -> str:
    """Return a text without control characters, and with a space for every break."""
    return _SPACE.sub(" ", _CONTROL.sub("", text))


def joined(text: str) -> str:
    """Return a text in which no mail tool finds a tag."""
    return _TAGS.sub(lambda found: found[0] + JOINER, text)


def address(url: str) -> str:
    """Return an address that may be linked, written so that no tool finds a tag in it; else nothing.

    >>> address("https://example.org/a b?c={{d}}"), address("javascript:alert(1)"), address("/here/")
    ('https://example.org/a%20b?c=%7B%7Bd%7D%7D', '', '')
    """
    url = _CONTROL.sub("", url.strip())
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.path):
        return ""
    return _UNSAFE.sub(lambda found: quote(found[0]), url)


def disarmed(digest: Digest) -> Digest:
    """Return a digest whose words and addresses do no harm anywhere; its HTML is read elsewhere."""
    return replace(
        digest,
        title=words(digest.title),
        url=address(digest.url),
        sender=replace(
            digest.sender,
            name=words(digest.sender.name),
            url=address(digest.sender.url),
            footer="\n".join(
                words(each) for each in digest.sender.footer.splitlines() if each.strip()
            ),
            licence=words(digest.sender.licence),
        ),
        summary=words(digest.summary),
        lead=_line(digest.lead) if digest.lead else None,
        groups=tuple(_group(group) for group in digest.groups),
    )


def _group(group: Group) -> Group:
    return replace(
        group, heading=words(group.heading), lines=tuple(_line(line) for line in group.lines)
    )


def _line(line: Line) -> Line:
    image = line.image
    return replace(
        line,
        title=words(line.title),
        url=address(line.url),
        sentence=words(line.sentence),
        publisher=words(line.publisher),
        image=replace(
            image, url=address(image.url), alt=words(image.alt), credit=words(image.credit)
        )
        if image
        else None,
    )
