"""What an RSS 2.0 feed must be, as a table: each rule names its source and finds its violations."""

import re
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from tests.feeds.conftest import NS

SPECIFICATION = "RSS 2.0 specification"
PROFILE = "RSS Advisory Board, best practices profile"
CONTENT = "RDF Site Summary 1.0 modules: content"
DUBLIN_CORE = "RDF Site Summary 1.0 modules: Dublin Core"
MEDIA = "Media RSS 1.5.1"
PRODUCT = "this product's promise"

Check = Callable[[etree._Element], Iterator[Any]]
RULES: dict[str, tuple[str, Check]] = {}

CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate",
    "lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput",
    "skipHours", "skipDays", "item",
}  # fmt: skip
ITEM = {
    "title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate",
    "source",
}  # fmt: skip
REPEATABLE = {"category", "item"}
DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} ([+-]\d{4}|GMT)"
)
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
RELATIVE_ATTRIBUTES = ("href", "src", "poster", "cite")


def rule(name: str, source: str) -> Callable[[Check], Check]:
    """Put a check into the table."""

    def add(check: Check) -> Check:
        RULES[name] = (source, check)
        return check

    return add


def is_absolute(address: str) -> bool:
    """Whether an address stands on its own on the web."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in address


def local(element: etree._Element) -> str:
    """Return the name of an element of RSS itself; empty for one of a module."""
    return "" if str(element.tag).startswith("{") else str(element.tag)


def each(tree: etree._Element, path: str) -> list[Any]:
    """Return what an XPath finds."""
    return tree.xpath(path, namespaces=NS)


@rule("the root is rss 2.0", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    if tree.tag != "rss" or tree.get("version") != "2.0":
        yield tree.tag, tree.get("version")


@rule("there is one channel", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    if [child.tag for child in tree] != ["channel"]:
        yield [child.tag for child in tree]


@rule("the channel has title, link and description with text", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for name in ("title", "link", "description"):
        if not (tree.findtext(f"channel/{name}") or "").strip():
            yield name


@rule("channel and items hold only elements that RSS knows, or those of a module", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for path, known in (("channel", CHANNEL), ("channel/item", ITEM)):
        for parent in tree.iterfind(path):
            yield from (name for child in parent if (name := local(child)) and name not in known)


@rule("nothing stands twice that may stand once", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for parent in each(tree, "//channel | //item"):
        names = [local(child) for child in parent if local(child)]
        yield from {n for n in names if names.count(n) > 1 and n not in REPEATABLE}


@rule("dates are RFC 822 with a year of four digits", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for text in each(tree, "//pubDate/text() | //lastBuildDate/text()"):
        if not DATE.fullmatch(text) or parsedate_to_datetime(text).tzinfo is None:
            yield text


@rule("the weekday of a date is right", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for text in each(tree, "//pubDate/text() | //lastBuildDate/text()"):
        if parsedate_to_datetime(text).strftime("%a") != text[:3]:
            yield text


@rule("the channel says when it last changed", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    if tree.find("channel/lastBuildDate") is None:
        yield "no lastBuildDate"


@rule("language is a code", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    if not LANGUAGE.fullmatch(tree.findtext("channel/language") or ""):
        yield tree.findtext("channel/language")


@rule("an item has a title or a description", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for item in each(tree, "//item"):
        if not (item.findtext("title") or item.findtext("description")):
            yield etree.tostring(item)


@rule("an item has title, link, description, guid and pubDate", PRODUCT)
def _(tree: etree._Element) -> Iterator[Any]:
    for item in each(tree, "//item"):
        for name in ("title", "link", "description", "guid", "pubDate"):
            if not (item.findtext(name) or "").strip():
                yield item.findtext("title"), name


@rule("links begin with a scheme", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    yield from (text for text in each(tree, "//link/text()") if not is_absolute(text))


@rule("guids are unique", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    guids = each(tree, "//guid/text()")
    yield from {guid for guid in guids if guids.count(guid) > 1}


@rule("a guid is marked as no permalink", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    for guid in each(tree, "//guid"):
        if guid.get("isPermaLink") != "false":
            yield guid.text


@rule("items stand newest first", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    dates = [parsedate_to_datetime(text) for text in each(tree, "//item/pubDate/text()")]
    if dates != sorted(dates, reverse=True):
        yield dates


@rule("there are at most 50 items", PRODUCT)
def _(tree: etree._Element) -> Iterator[Any]:
    if len(each(tree, "//item")) > 50:
        yield len(each(tree, "//item"))


@rule("no item changed after the channel did", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    built = parsedate_to_datetime(tree.findtext("channel/lastBuildDate"))
    yield from (t for t in each(tree, "//item/pubDate/text()") if parsedate_to_datetime(t) > built)


@rule("author is an address of mail, so names stand in dc:creator", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    yield from (text for text in each(tree, "//item/author/text()") if "@" not in text)


@rule("dc:creator is not empty and repeats per author", DUBLIN_CORE)
def _(tree: etree._Element) -> Iterator[Any]:
    for item in each(tree, "//item"):
        names = [creator.text or "" for creator in item.findall("dc:creator", NS)]
        if len(set(names)) != len(names) or not all(name.strip() for name in names):
            yield names


@rule("categories are not empty and stand once", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for item in each(tree, "//item"):
        names = [category.text or "" for category in item.findall("category")]
        if len(set(names)) != len(names) or not all(name.strip() for name in names):
            yield names


@rule("a description in plain text is escaped as HTML", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    for text in each(tree, "//item/description/text()"):
        if re.search(r"<|&(?!(amp|lt|gt|#\d+|#x[0-9a-fA-F]+);)", text):
            yield text


@rule("full content stands once, after the description", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    for item in each(tree, "//item"):
        order = [child.tag for child in item]
        encoded = f"{{{NS['content']}}}encoded"
        if order.count(encoded) != 1 or order.index(encoded) < order.index("description"):
            yield item.findtext("title")


@rule("full content has text or a picture", CONTENT)
def _(tree: etree._Element) -> Iterator[Any]:
    for item in each(tree, "//item"):
        if not (item.findtext("content:encoded", "", NS) or "").strip():
            yield item.findtext("title")


@rule("every address in the content is absolute", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    for text in each(tree, "//content:encoded/text()"):
        fragment = html.fragment_fromstring(text, create_parent=True)
        for name in RELATIVE_ATTRIBUTES:
            for value in fragment.xpath(f".//@{name}"):
                if not is_absolute(value) and not value.startswith(("mailto:", "tel:")):
                    yield name, value
        for value in fragment.xpath(".//@srcset"):
            yield from (c for c in value.split(", ") if not is_absolute(c.split()[0]))


@rule("content holds nothing that acts", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    for text in each(tree, "//content:encoded/text()"):
        fragment = html.fragment_fromstring(text, create_parent=True)
        path = ".//script | .//style | .//form | .//iframe | .//button | .//object | .//input"
        yield from (element.tag for element in fragment.xpath(path))
        yield from fragment.xpath(".//@*[starts-with(name(), 'on') or name() = 'style']")


@rule("the feed says where it lives, with its type", PROFILE)
def _(tree: etree._Element) -> Iterator[Any]:
    links = each(tree, "channel/atom:link[@rel='self']")
    if len(links) != 1:
        yield len(links)
    for link in links:
        if not is_absolute(link.get("href")) or link.get("type") != "application/rss+xml":
            yield dict(link.attrib)


@rule("media:content has url, medium, type, width and height", MEDIA)
def _(tree: etree._Element) -> Iterator[Any]:
    for content in each(tree, "//media:content"):
        if not is_absolute(content.get("url", "")) or content.get("medium") != "image":
            yield dict(content.attrib)
        if not (content.get("width", "").isdigit() and content.get("height", "").isdigit()):
            yield dict(content.attrib)


@rule("a lead image is at most 1200 wide, in a format that mail shows", PRODUCT)
def _(tree: etree._Element) -> Iterator[Any]:
    for content in each(tree, "//media:content"):
        if not 0 < int(content.get("width")) <= 1200:
            yield content.get("width")
        if content.get("type") not in ("image/jpeg", "image/png"):
            yield content.get("type")


@rule("there is at most one lead image an item", PRODUCT)
def _(tree: etree._Element) -> Iterator[Any]:
    yield from (
        i.findtext("title") for i in each(tree, "//item") if len(i.findall("media:content", NS)) > 1
    )


@rule("media:description says that it is plain text", MEDIA)
def _(tree: etree._Element) -> Iterator[Any]:
    yield from (d.text for d in each(tree, "//media:description") if d.get("type") != "plain")


@rule("an enclosure has url, length and type", SPECIFICATION)
def _(tree: etree._Element) -> Iterator[Any]:
    for enclosure in each(tree, "//enclosure"):
        if not all(enclosure.get(name) for name in ("url", "length", "type")):
            yield dict(enclosure.attrib)
