"""SVG drawings: taken only after everything is gone that could run, or ask another server for anything.

An allow-list (svg-hush) decides about elements, attributes and addresses. Around it stands what it leaves
to others: what may be parsed at all, references out of the file, style that fetches, and the size.
What comes out is written anew from the parsed tree: no byte of the upload is kept as it was.
"""

import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, tostring

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import XMLParser
from django.utils.translation import gettext as _
from py_svg_hush import filter_svg

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 100
# As drawn: what `<use>` repeats counts each time.
MAX_ELEMENTS = 50_000
# A drawing has no pixels of its own. It says so many that whole ones keep its shape.
LONGEST_SIDES = (256, 4096)

_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
# Pictures and fonts that a drawing may carry in itself, as `data:` addresses. Never SVG or HTML.
_EMBEDDED = {
    "image": ["gif", "jpeg", "jpg", "png", "webp"],
    "font": ["otf", "sfnt", "truetype", "ttf", "woff", "woff2"],
    "application": ["font-woff", "font-woff2", "x-font-ttf", "x-font-woff", "x-font-woff2"],
}
# The elements whose text is shown or read; elsewhere it is nothing but white space, or a trick.
_WORDED = frozenset({"a", "desc", "style", "text", "textPath", "title", "tspan"})
_ANIMATIONS = frozenset({"animate", "animateColor", "set"})

_IMPORT = re.compile(
    r"@import\s*(?:url\(\s*)?(?:\"[^\"]*\"|'[^']*'|[^\s;{}'\"]*)[^;{}]*;?", re.IGNORECASE
)
# What is left in style that could fetch by a plain string, or hide it from those who look.
_FETCHES = re.compile(r"\\|@import|\b(?:image|image-set|src)\(", re.IGNORECASE)
_OUTWARD = re.compile(r"url\(\s*(?![\"']?\s*(?:#|data:))[^)]*\)", re.IGNORECASE)
# A character that no text has: it keeps the filter from indenting, which would put spaces between words.
_GLUE = "\ufdd0"

_LENGTH = re.compile(r"\s*\+?(\d+\.?\d*|\.\d+)(?:e([+-]?\d{1,2}))?\s*([a-z]*)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[\s,]+")
# How many pixels a unit has, for a font of 16 pixels.
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}


class DrawingRefusedError(ValueError):
    """Not a drawing that is taken; the text says why, to whoever brought it."""


def harmless(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a drawing without anything that runs or fetches, and its size in pixels.

    Always UTF-8, with `width`, `height` and `viewBox` as numbers. Harmless ones come out as they went in.
    Raises `DrawingRefusedError` for what is no SVG, or one that can't be shown.
    """
    if len(data) > MAX_BYTES:
        raise DrawingRefusedError(
            _("An SVG drawing may have %(limit)s MB; save it as PNG or WebP.")
            % {"limit": MAX_BYTES >> 20}
        )
    root = _parsed(data)
    if root.tag != f"{{{_SVG}}}svg":
        raise DrawingRefusedError(_("This is no SVG drawing, although its name ends in “.svg”."))
    _prepare(root)
    try:
        filtered = filter_svg(_written(root), _EMBEDDED)
    except ValueError as error:
        raise DrawingRefusedError(_("This SVG drawing can’t be read.")) from error
    root = _parsed(filtered)
    _strip(root)
    _count(root)
    size = _give_size(root)
    # In the order of svg-hush, so that a second time changes nothing.
    root.attrib = {**dict(sorted(root.items())), "xmlns": _SVG}
    return _written(root), size


class _Parser(XMLParser):
    """Takes a document type only as a name; entities and defaults of attributes stand in what follows it."""

    def __init__(self) -> None:
        super().__init__(target=_Builder(), forbid_dtd=True)

    def defused_start_doctype_decl(
        self, name: str, sysid: str, pubid: str, has_internal_subset: int
    ) -> None:
        if has_internal_subset:
            raise DTDForbidden(name, sysid, pubid)


class _Builder(TreeBuilder):
    """Builds a tree that is neither deep nor large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise _too_much()
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def _parsed(data: bytes) -> Element:
    parser = _Parser()
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise DrawingRefusedError(
            _("This SVG drawing declares entities, which are not taken. Export it as plain SVG.")
        ) from error
    # An encoding that Python doesn't know, or can't decode byte by byte, is a LookupError or ValueError.
    except (ParseError, LookupError, ValueError) as error:
        if isinstance(error, DrawingRefusedError):
            raise
        raise DrawingRefusedError(_("This SVG drawing can’t be read.")) from error
    return root


def _written(root: Element) -> bytes:
    return tostring(root, "unicode").encode()


def _too_much() -> DrawingRefusedError:
    return DrawingRefusedError(
        _("This SVG drawing has too many parts, or nests them too deep; save it as PNG or WebP.")
    )


def _prepare(root: Element) -> None:
    """Write names as svg-hush keeps them: SVG without prefix, `href` without a name space."""
    for element in root.iter():
        if _XLINK_HREF in element.attrib:
            address = element.attrib.pop(_XLINK_HREF)
            element.attrib.setdefault("href", address)
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        if element.tag == "style":
            element.text = _IMPORT.sub("", "".join(element.itertext()))
            del element[:]
        if len(element):
            element.text = f"{element.text or ''}{_GLUE}"
            for child in element:
                child.tail = f"{child.tail or ''}{_GLUE}"
    root.set("xmlns", _SVG)


def _strip(root: Element) -> None:
    """Take away what svg-hush leaves: other files of this server, and style that fetches."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        worded = element.tag in _WORDED
        element.text = (element.text or "").replace(_GLUE, "") if worded else None
        for child in list(element):
            child.tail = (child.tail or "").replace(_GLUE, "") if worded else None
            # Without the name of an attribute, which was refused, there is nothing to move.
            if _local(child) in _ANIMATIONS and not child.get("attributeName"):
                element.remove(child)
        if element.tag == "style" and element.text:
            element.text = _within(element.text)
        for name, value in list(element.items()):
            if name == "href" and not value.startswith(("#", "data:")):
                del element.attrib[name]
            elif name == "style" or "url(" in value.lower():
                element.set(name, _within(value))


def _within(style: str) -> str:
    """Return style that asks for nothing outside its file; none at all if that is not plain to see."""
    return "" if _FETCHES.search(style) else _OUTWARD.sub("url(#)", style)


def _local(element: Element) -> str:
    return element.tag.removeprefix(f"{{{_SVG}}}")


def _count(root: Element) -> None:
    """Refuse a drawing that repeats itself without end, or nearly."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    waiting, drawn = [root], 0
    while waiting:
        element = waiting.pop()
        drawn += 1
        if drawn > MAX_ELEMENTS:
            raise _too_much()
        waiting.extend(element)
        if element.tag == "use":
            original = named.get(element.get("href", "").removeprefix("#"))
            waiting.extend([] if original is None else [original])


def _give_size(root: Element) -> tuple[int, int]:
    """Set width and height to whole pixels, and a `viewBox` that makes the drawing fill them."""
    box = _view_box(root.get("viewBox", ""))
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    if box:
        shape = box[3] / box[2]
        width = width or (height / shape if height else box[2])
        height = height or width * shape
    if not (width and height):
        raise DrawingRefusedError(
            _("This SVG drawing says neither its width and height nor its viewBox.")
        )
    longest = max(width, height)
    share = min(max(longest, LONGEST_SIDES[0]), LONGEST_SIDES[1]) / longest
    size = max(1, round(width * share)), max(1, round(height * share))
    if not box:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", str(size[0]))
    root.set("height", str(size[1]))
    return size


def _length(text: str) -> float:
    """Return a length in pixels; 0 for none, and for a share of something unknown."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return 0
    number, exponent, unit = match.groups()
    return float(f"{number}e{exponent or 0}") * _PIXELS.get(unit.lower(), 0)


def _view_box(text: str) -> tuple[float, ...]:
    """Return left, top, width and height; nothing if they are no such numbers."""
    try:
        box = tuple(float(part) for part in _NUMBER.split(text.strip()))
    except ValueError:
        return ()
    # Neither infinite nor empty, and no number that is none.
    return box if len(box) == 4 and all(1e-6 < side < 1e9 for side in box[2:]) else ()
