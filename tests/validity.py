"""What a validator would say about a page, as far as it can be said without one: nothing is a valid page."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import html5lib

# Elements whose content is words, and elements that are no words.
WORDED = frozenset(
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "span", "strong", "b", "em", "i", "small",
        "code", "sub", "sup", "time", "label", "button", "dfn", "abbr", "q", "cite",
    }
)  # fmt: skip
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "main", "nav", "ol", "p", "pre", "section", "table", "ul", "li", "dt", "dd", "tr", "td", "th",
    }
)  # fmt: skip
INTERACTIVE = frozenset(
    ["a", "button", "details", "input", "select", "textarea", "label", "iframe"]
)
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "picture": {"source", "img"},
    "select": {"option", "optgroup"},
}
POINTS_AT_IDS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
GONE = frozenset(
    {
        "align", "bgcolor", "border", "center", "cellpadding", "cellspacing", "valign", "frameborder",
    }
)  # fmt: skip


def complaints(html: str) -> list[str]:
    """Return what is wrong with a document."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    wrong = [f"{place}: {kind} {data}" for place, kind, data in parser.errors]
    # A tree of SVG has rules of its own.
    elements = [each for each in tree.iter() if isinstance(each.tag, str) and "}" not in each.tag]
    ids = Counter(each.get("id") for each in tree.iter() if each.get("id"))
    wrong += [f"the id {name} stands {number} times" for name, number in ids.items() if number > 1]
    for element in elements:
        wrong += _about(element, ids)
    wrong += _order_of_headings(elements)
    if not tree.get("lang"):
        wrong.append("the document has no language")
    if not (tree.findtext("head/title") or "").strip():
        wrong.append("the document has no title")
    return wrong


def _about(element: Any, ids: Counter[str]) -> Iterator[str]:
    name = element.tag
    inside = [each.tag for each in element.iter() if each is not element]
    if name in WORDED and (found := BLOCKS.intersection(inside)):
        yield f"<{name}> holds {sorted(found)}"
    if name in ("a", "button") and (found := INTERACTIVE.intersection(inside)):
        yield f"<{name}> holds {sorted(found)}"
    if name in CHILDREN:
        children = {each.tag for each in element if isinstance(each.tag, str)}
        if strange := children - CHILDREN[name]:
            yield f"<{name}> has the children {sorted(strange)}"
    if name == "img" and not {"alt", "src", "width", "height"} <= set(element.keys()):
        yield f"<img src={element.get('src')}> has only {sorted(element.keys())}"
    for attribute in POINTS_AT_IDS:
        for target in (element.get(attribute) or "").split():
            if target not in ids:
                yield f"{attribute} points at {target}, which is not there"
    if old := GONE.intersection(element.keys()):
        yield f"<{name}> has {sorted(old)}"
    if name == "a" and element.get("href") == "":
        yield f"a link to nowhere: {''.join(element.itertext()).strip()}"


def _order_of_headings(elements: list[Any]) -> Iterator[str]:
    levels = [
        int(each.tag[1]) for each in elements if each.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
    ]
    if levels.count(1) != 1:
        yield f"there are {levels.count(1)} headings of the first level"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"after a heading of level {before} stands one of level {after}"
