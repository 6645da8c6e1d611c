"""The addresses that Hugo gave to pages and to the pages of terms, by its own rules; pure.

All of them are paths below the site's root without a leading slash: `blog/first-harvest/`. They are
not percent-encoded.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

_TOKEN = re.compile(r":([a-z]+)(?:\[([^\]]*)\])?")
_KEPT = frozenset("./\\_#+~-@")


@dataclass(frozen=True)
class PageFacts:
    """What the address of a page is made of.

    `key` is its folder or file below the content without suffix, `sections` those folders above it that
    Hugo counts as sections, `url` what front matter sets as the whole address, `language` the folder of
    its translation, empty for the site's own language.
    """

    key: str
    title: str = ""
    slug: str = ""
    url: str = ""
    moment: datetime | None = None
    sections: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Permalinks:
    """The rules of one site: patterns of pages by section, of terms by taxonomy, and three switches.

    The names of sections and taxonomies are in lower case.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    keeps_case: bool = False
    removes_accents: bool = False
    is_ugly: bool = False

    def page(self, facts: PageFacts) -> str:
        """Return the path of a page."""
        if facts.url:
            return _written(facts.url)
        path = self._page(facts)
        return f"{facts.language}/{path}" if facts.language else path

    def _page(self, facts: PageFacts) -> str:
        *folders, name = facts.key.split("/")
        pattern = self.pages.get(folders[0].lower(), "") if folders else ""
        if not pattern:
            last = self._joined(facts.slug) or self._part(name)
            return self._closed("/".join([*map(self._part, folders), last]))
        # In a pattern, a plus is a space and a title has no folders.
        slug = self._joined(facts.slug.replace("+", " "))
        title = self._joined(facts.title.replace("+", " ").replace("/", " "))
        name = self._joined(name.replace("+", " "))
        sections = [self._joined(part) for part in facts.sections]
        values = {
            "slug": slug or title or name,
            "title": title,
            "filename": name,
            "contentbasename": name,
            "slugorfilename": slug or name,
            "slugorcontentbasename": slug or name,
            "section": self._joined(folders[0]),
            **_dates(facts.moment),
        }

        def value(match: re.Match[str]) -> str:
            if match[1] == "sections":
                return "/".join(_slice(sections, match[2]))
            return values.get(match[1], "")

        return self._closed(_TOKEN.sub(value, pattern))

    def term(self, taxonomy: str, name: str) -> str:
        """Return the path of the page of a term; `taxonomy` is the plural, as `categories`."""
        pattern = self.terms.get(taxonomy.lower(), "")
        if not pattern:
            return self._closed(f"{taxonomy}/{self._part(name)}")
        joined = self._joined(name.replace("+", " "))
        values = {"slug": joined, "title": joined, "section": taxonomy}
        return self._closed(_TOKEN.sub(lambda match: values.get(match[1], ""), pattern))

    def _closed(self, path: str) -> str:
        bare = re.sub(r"/{2,}", "/", path).strip("/")
        return f"{bare}.html" if self.is_ugly else f"{bare}/"

    def _joined(self, text: str) -> str:
        """What Hugo makes of a text: spaces, with what falls out between them, become one hyphen."""
        result = ""
        pending = False
        for c in self._plain(text):
            if _is_kept(c):
                result += f"-{c}" if pending and c != "-" else c
                pending = False
            elif c.isspace() and result and not result.endswith("-"):
                pending = True
        return result

    def _part(self, name: str) -> str:
        """What Hugo makes of a folder or a term without a pattern: a hyphen for each space.

        Only where it changes the case as well.
        """
        if self.keeps_case:
            return self._joined(name)
        kept = (c for c in self._plain(name) if c.isspace() or _is_kept(c))
        return "".join("-" if c.isspace() else c for c in kept)

    def _plain(self, text: str) -> str:
        text = " ".join(text.strip().splitlines())
        if self.removes_accents:
            decomposed = unicodedata.normalize("NFD", text)
            bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
            text = unicodedata.normalize("NFC", bare)
        # Without the dot that Python leaves of İ.
        return text if self.keeps_case else text.lower().replace("i\u0307", "i")


def _is_kept(c: str) -> bool:
    return c in _KEPT or unicodedata.category(c)[0] in "LM" or unicodedata.category(c) == "Nd"


def _written(url: str) -> str:
    """A whole address that a post sets itself: as it is, and a folder unless it ends like a file."""
    bare = re.sub(r"/{2,}", "/", url).strip("/").removesuffix("index.html").strip("/")
    is_file = not url.endswith("/") and bare.endswith((".html", ".htm", ".xml", ".json", ".txt"))
    return bare if is_file or not bare else f"{bare}/"


def _dates(moment: datetime | None) -> dict[str, str]:
    if moment is None:
        return {}
    return {
        "year": f"{moment:%Y}",
        "month": f"{moment:%m}",
        "monthname": f"{moment:%B}".lower(),
        "day": f"{moment:%d}",
        "weekday": f"{moment:%w}",
        "weekdayname": f"{moment:%A}".lower(),
        "yearday": str(moment.timetuple().tm_yday),
    }


def _slice(parts: Sequence[str], text: str | None) -> Sequence[str]:
    """Return what `[1:]`, `[:2]`, `[0]` or `[last]` takes of the sections; all for nothing."""
    if not text:
        return parts
    start, colon, end = text.replace("last", str(len(parts) - 1)).partition(":")
    try:
        first = int(start or 0)
        return parts[first : int(end) if end else None] if colon else parts[first : first + 1]
    except ValueError:
        return parts
