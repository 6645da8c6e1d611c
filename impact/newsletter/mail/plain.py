"""A digest as plain text: at most 72 characters a line, every address on a line of its own."""

import textwrap
from collections.abc import Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from impact.newsletter.contents import Digest, Group, Line
from impact.newsletter.mail import passages
from impact.newsletter.mail.disarming import disarmed, joined
from impact.newsletter.mail.passages import Node
from impact.newsletter.mail.targets import ANY, Target

WIDTH = 72


def plain_text(digest: Digest, target: Target = ANY) -> str:
    """Return a digest as a text that every mail program shows as it is."""
    return "\n\n".join(_blocks(disarmed(digest), target)) + "\n"


def _blocks(digest: Digest, target: Target) -> Iterator[str]:
    """Yield the parts between which an empty line stands."""
    if target.note:
        yield _wrapped(target.note)
    yield _underlined(digest.title, "=")
    if digest.summary:
        yield _wrapped(digest.summary)
    yield f"{_('Read it on the site:')}\n{digest.url}"
    yield from _passage(digest.introduction)
    if digest.lead:
        yield _underlined(_title(digest.lead), "-")
        yield from filter(None, [_wrapped(digest.lead.sentence), digest.lead.url])
    for group in digest.groups:
        yield from _group(group)
    yield from _passage(digest.closing)
    yield "\n".join(["-" * WIDTH, *_foot(digest, target)])


def _group(group: Group) -> Iterator[str]:
    if group.heading:
        yield _underlined(group.heading, "-")
    yield from _passage(group.words)
    if group.roll and group.lines:
        yield _wrapped(get_text_list([line.title for line in group.lines], _("and")))
        return
    for line in group.lines:
        yield "\n".join(
            filter(
                None,
                [
                    _wrapped(_title(line), "* ", "  "),
                    _wrapped(line.sentence, "  "),
                    f"  {line.url}" if line.url else "",
                ],
            )
        )


def _title(line: Line) -> str:
    return f"{line.title} ({line.publisher})" if line.publisher else line.title


def _foot(digest: Digest, target: Target) -> Iterator[str]:
    """Yield who sends it, and how to get no more of it where that has to be said here."""
    yield _wrapped(digest.sender.name)
    yield from filter(None, [digest.sender.url])
    yield from map(_wrapped, digest.sender.footer.splitlines())
    yield from filter(None, [_wrapped(digest.sender.licence)])
    if target.postal:
        yield target.postal
    if target.unsubscribe:
        yield f"{_('Unsubscribe:')} {target.unsubscribe}"


def _passage(html: str) -> Iterator[str]:
    for node in passages.read(html):
        yield "\n".join(_lines(node))


def _lines(node: Node) -> Iterator[str]:
    """Yield the lines of a block, of what stands in it indented."""
    if node.tag in ("ul", "ol"):
        for number, item in enumerate(node.parts, start=1):
            mark = f"{number}. " if node.tag == "ol" else "* "
            inside = [line for part in item.parts for line in _lines(part)]
            yield from _indented(inside, mark)
    elif node.tag == "blockquote":
        inside = [line for part in node.parts for line in _lines(part)]
        yield from (f"> {line}" for line in inside)
    else:
        links: list[str] = []
        # A sign of one element may meet that of the next.
        text = joined(_words(node, links))
        for line in text.split("\n"):
            yield from _wrapped(line.strip()).split("\n")
        yield from (f"[{number}] {url}" for number, url in enumerate(links, start=1))


def _indented(lines: list[str], mark: str) -> Iterator[str]:
    for index, line in enumerate(lines):
        yield f"{' ' * len(mark) if index else mark}{line}"


def _words(node: Node, links: list[str]) -> str:
    """Return the words of a paragraph; links are numbered, and their addresses added to `links`."""
    said = ""
    for child in node.children:
        if isinstance(child, str):
            said += child
        elif child.tag == "br":
            said += "\n"
        elif child.tag == "a":
            words = _words(child, links)
            if words.strip() == child.href:
                said += words
            else:
                links.append(child.href)
                said += f"{words} [{len(links)}]"
        else:
            said += _words(child, links)
    return said


def _underlined(text: str, sign: str) -> str:
    wrapped = _wrapped(text)
    longest = max(len(line) for line in wrapped.split("\n"))
    return f"{wrapped}\n{sign * min(longest, WIDTH)}"


def _wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """Return a text in lines; a word that is longer than one stays whole, as addresses must."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
