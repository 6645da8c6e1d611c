"""HTML for readers elsewhere: nothing but content, and every address absolute."""

import re
from urllib.parse import urljoin

import nh3

from impact.feeds.channel import legal

TEXT = "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr br div section aside header footer"
WORDS = "a strong b em i u s code kbd samp var sub sup small mark abbr cite q time span del ins"
MEDIA = "figure figcaption img picture source video audio track details summary"
TABLE = "table caption colgroup col thead tbody tfoot tr th td"
TAGS = {*TEXT.split(), *WORDS.split(), *MEDIA.split(), *TABLE.split()}
# What does nothing outside this site goes with all that it holds.
DROPPED = {"script", "style", "svg", "template", "button", "noscript", "form", "dialog", "iframe"}
ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "source": {"src", "srcset", "sizes", "type", "media", "width", "height"},
    "video": {"src", "poster", "controls", "preload", "width", "height"},
    "audio": {"src", "controls", "preload"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "time": {"datetime"},
}
ADDRESSES = {"href", "src", "poster", "cite"}
# In sanitised HTML no text has such a bracket.
FIGURES = re.compile(r"<(/?)(?:figure|figcaption)\b")
CANDIDATES = re.compile(r",\s+|(?<=[wx]),")


def for_readers(html: str, base: str) -> str:
    """Return a fragment of HTML that means the same anywhere; `base` is the page's absolute address.

    Scripts, forms, styles and classes go; links, images, `srcset` and posters become absolute.
    """

    def elsewhere(tag: str, attribute: str, value: str) -> str | None:
        if attribute in ADDRESSES:
            return _absolute(base, value)
        if attribute == "srcset":
            return _absolute_set(base, value)
        return value

    cleaned = nh3.clean(
        legal(html),
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=elsewhere,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return cleaned.strip()


def for_mail(html: str) -> str:
    """Return HTML of `for_readers` in which pictures may be as wide as the column.

    Programs set a figure in by 40 pixels on either side, so that a picture of 600 pixels sticks out.

    >>> for_mail('<figure><img src="a.jpg"><figcaption>By Ana</figcaption></figure>')
    '<div><img src="a.jpg"><div>By Ana</div></div>'
    """
    return FIGURES.sub(r"<\1div", html)


def _absolute(base: str, address: str) -> str | None:
    """Return an absolute address, or `None` for what is none."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return None


def _absolute_set(base: str, candidates: str) -> str:
    """Return a `srcset` with absolute addresses, their widths kept.

    >>> _absolute_set("https://a.org/b/", "/s.jpg 400w, /l.jpg 800w")
    'https://a.org/s.jpg 400w, https://a.org/l.jpg 800w'
    """
    found = []
    for candidate in CANDIDATES.split(candidates.strip()):
        address, _, size = candidate.strip().partition(" ")
        if address and (whole := _absolute(base, address)):
            found.append(f"{whole} {size.strip()}".strip())
    return ", ".join(found)
