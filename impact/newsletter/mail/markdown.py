"""A digest as Markdown, as Buttondown and other tools read it.

What could be taken for a sign of Markdown is escaped so that CommonMark and Python-Markdown agree: the signs
that both know with a backslash, the others as references. Whatever a title says, it comes out as it was.
"""

import re
from collections.abc import Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from impact.newsletter.contents import Digest, Group, Line
from impact.newsletter.mail import passages
from impact.newsletter.mail.disarming import disarmed
from impact.newsletter.mail.passages import Node
from impact.newsletter.mail.targets import ANY, Target

_BACKSLASH = re.compile(r"[\\`*_{}\[\]#]")
_REFERENCES = str.maketrans({sign: f"&#{ord(sign)};" for sign in "<>&~|=^$"})
# What means something at the beginning of a line only.
_OPENING = re.compile(r"^(\d+)([.)])|^([+\-:])")
# An address may hold these, but not between the brackets of a link.
_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D"})
INDENT = "    "


def markdown(digest: Digest, target: Target = ANY) -> str:
    """Return a digest as Markdown. Without the title where the tool shows the subject by itself."""
    return "\n\n".join(filter(None, _blocks(disarmed(digest), target))) + "\n"


def escaped(text: str) -> str:
    """Return words as Markdown shows them, wherever in a line they stand.

    >>> escaped("2 * 3 < [x]")
    '2 \\\\* 3 &#60; \\\\[x\\\\]'
    """
    # Programs that link bare addresses would read the backslashes in them as part of them.
    referenced = text.translate(_REFERENCES).replace("://", "&#58;//")
    # The references are ours: their sign stays.
    return re.sub(
        r"&#\d+;|" + _BACKSLASH.pattern,
        lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}",
        referenced,
    )


def paragraph(text: str) -> str:
    """Return words as a paragraph of their own, whatever they begin with."""
    return _opened(escaped(text))


def link(text: str, url: str) -> str:
    """Return a link on words, or the words where it leads nowhere."""
    return f"[{escaped(text)}]({_address(url)})" if url else escaped(text)


def _address(url: str) -> str:
    # `&copy` would be a sign for which nobody has asked.
    return url.translate(_ADDRESS).replace("&", "&amp;")


def _opened(markdown: str) -> str:
    """Return a line in which nothing at the beginning makes a list, a heading or a rule of it."""
    return _OPENING.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else _sign(found[3]), markdown
    )


def _sign(sign: str) -> str:
    return f"\\{sign}" if sign in "+-" else f"&#{ord(sign)};"


def _blocks(digest: Digest, target: Target) -> Iterator[str]:
    if target.note:
        yield paragraph(target.note)
    if target.title:
        yield f"# {escaped(digest.title)}"
    if digest.summary:
        yield paragraph(digest.summary)
    yield link(_("Read it on the site"), digest.url)
    yield from _passage(digest.introduction)
    if digest.lead:
        yield from _lead(digest.lead)
    for group in digest.groups:
        yield from _group(group)
    yield from _passage(digest.closing)
    yield "---"
    yield from _foot(digest, target)


def _lead(lead: Line) -> Iterator[str]:
    if lead.image and lead.image.url:
        yield f"![{escaped(lead.image.alt)}]({_address(lead.image.url)})"
    yield f"## {_title(lead)}"
    yield paragraph(lead.sentence)


def _group(group: Group) -> Iterator[str]:
    if group.heading:
        yield f"## {escaped(group.heading)}"
    yield from _passage(group.words)
    if group.roll and group.lines:
        yield _opened(get_text_list([link(line.title, line.url) for line in group.lines], _("and")))
    elif group.lines:
        yield "\n".join(_item(line) for line in group.lines)


def _item(line: Line) -> str:
    title = f"- {_opened(_title(line))}"
    return f"{title}  \n{INDENT}{paragraph(line.sentence)}" if line.sentence else title


def _title(line: Line) -> str:
    title = link(line.title, line.url)
    return f"{title} ({escaped(line.publisher)})" if line.publisher else title


def _foot(digest: Digest, target: Target) -> Iterator[str]:
    """Yield who sends it, and how to get no more of it where that has to be said here."""
    yield _opened(link(digest.sender.name, digest.sender.url))
    yield "  \n".join(map(paragraph, digest.sender.footer.splitlines()))
    yield paragraph(digest.sender.licence)
    yield target.postal
    if target.unsubscribe:
        yield f"[{escaped(_('Unsubscribe'))}]({target.unsubscribe})"


def _passage(html: str) -> Iterator[str]:
    before = ""
    for node in passages.read(html):
        if node.tag == before and node.tag in ("ul", "ol"):
            # Two lists that follow each other would become one.
            yield "<!-- -->"
        yield "\n".join(_lines(node))
        before = node.tag


def _lines(node: Node) -> Iterator[str]:
    """Yield the lines of a block."""
    if node.tag in ("ul", "ol"):
        for number, item in enumerate(node.parts, start=1):
            yield from _listed(item, f"{number}. " if node.tag == "ol" else "- ")
    elif node.tag == "blockquote":
        yield from (f"> {line}" if line else ">" for line in _inside(node))
    else:
        first, *rest = _inline(node).strip().split("\n")
        yield f"### {first}" if node.tag == "h" else _opened(first)
        yield from (_opened(line.lstrip()) for line in rest)


def _listed(item: Node, mark: str) -> Iterator[str]:
    for index, line in enumerate(_inside(item)):
        yield f"{INDENT if index else mark}{line}" if line else ""


def _inside(node: Node) -> Iterator[str]:
    """Yield the lines of the blocks in a block, an empty one between two of them."""
    for index, part in enumerate(node.parts):
        if index:
            yield ""
        yield from _lines(part)


def _inline(node: Node) -> str:
    """Return what stands in a paragraph. A mark that could go wrong beside its neighbours is a tag."""
    said = ""
    for child in node.children:
        if isinstance(child, str):
            said += escaped(child)
            continue
        inside = _inline(child)
        if child.tag == "br":
            said += "  \n"
        elif child.tag == "a":
            # Before a link this sign would make a picture of it.
            said = f"{said[:-1]}\\!" if said.endswith("!") else said
            said += f"[{inside}]({_address(child.href)})" if inside.strip() else inside
        elif child.tag in ("strong", "em"):
            said += _marked(child.tag, inside, after=said[-1:])
        elif child.tag == "code":
            said += f"<code>{inside}</code>"
        else:
            said += inside
    return said


def _marked(tag: str, inside: str, after: str) -> str:
    signs = "**" if tag == "strong" else "*"
    if after != "*" and inside and inside[0].isalnum() and inside[-1].isalnum():
        return f"{signs}{inside}{signs}"
    return f"<{tag}>{inside}</{tag}>" if inside.strip() else inside
