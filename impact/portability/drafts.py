"""A file on its way to a page, and the small decisions about its front matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from django.utils.text import slugify

from impact.pages.registries import RESERVED_SLUGS
from impact.portability.bodies import as_paragraphs, level_depths
from impact.portability.content import Block, Line, RichText, Run, plain
from impact.portability.front_matter import Parsed
from impact.portability.messages import FileLog
from impact.portability.records import PlannedPage
from impact.portability.source import SourceFile
from impact.portability.values import read_text

_NETWORKS = {"github": "GitHub", "linkedin": "LinkedIn", "orcid": "ORCID", "globe": "Website"}
_NETWORKS |= {"envelope": "Email", "link": "Website", "home": "Website", "x-twitter": "X"}

P = TypeVar("P", bound=PlannedPage)


@dataclass
class Draft:
    """A file on its way to a page.

    `old_path`, `aliases` and `spellings` are paths below the old site's root: the page's own, those that
    it also answered at, and those that people may have made of its folder or its name. `key` is another
    file's where a map makes the two one page.
    """

    file: SourceFile
    parsed: Parsed
    log: FileLog
    title: str = ""
    slug: str = ""
    moment: datetime | None = None
    old_path: str = ""
    aliases: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    key: str = ""

    @property
    def is_written(self) -> bool:
        """Whether our own export wrote the file."""
        details = self.parsed.data.get("impact")
        return isinstance(details, dict) and isinstance(details.get("format"), int)

    def data(self, *names: str) -> Any:
        """Return the value of the first key of the front matter that has one, in any case."""
        found = (self._folded.get(name.casefold()) for name in names)
        return next(filter(None, found), None)

    @cached_property
    def _folded(self) -> dict[str, Any]:
        """The front matter, with what Hugo lets writers put below `params`."""
        params = self.parsed.data.get("params")
        below = params if isinstance(params, dict) else {}
        return {str(key).casefold(): value for key, value in (below | self.parsed.data).items()}

    def line(self, *names: str) -> int:
        """Return the line of the key whose value `data` returns, 0 where there is none."""
        held = (name for name in names if self.data(name))
        return next((line for name in held if (line := self.parsed.line_of(name))), 0)


def page_slug(text: str) -> str:
    """Return a slug that a page may have."""
    slug = slugify(text) or slugify(text, allow_unicode=True) or "entry"
    return f"{slug[:200]}-page" if slug in RESERVED_SLUGS else slug[:200]


def with_free_slugs(pages: Sequence[P]) -> list[P]:
    """Return the pages with slugs that differ: the second of a name gets its year, or a number."""
    taken: set[str] = set()
    result = []
    for page in pages:
        moment = getattr(page, "moment", None)
        slug = page.slug
        if slug in taken and moment is not None:
            slug = f"{page.slug}-{moment.year}"
        number = 2
        while slug in taken:
            slug, number = f"{page.slug}-{number}", number + 1
        taken.add(slug)
        result.append(replace(page, slug=slug))
    return result


def never_rendered(data: dict[str, Any]) -> bool:
    """Return whether Hugo itself makes no page of a file."""
    build = data.get("build") or data.get("_build") or {}
    return isinstance(build, dict) and build.get("render") in {"never", False}


def profile_links(value: Any) -> Iterator[tuple[str, str]]:
    """Yield name and address of each place where an author can be found."""
    for item in value if isinstance(value, list) else []:
        if not isinstance(item, dict):
            continue
        url = read_text(item.get("link") or item.get("url"))
        icon = read_text(item.get("name") or item.get("label") or item.get("icon"))
        icon = icon.removeprefix("brands/").removeprefix("fa-")
        if url.startswith(("http://", "https://", "mailto:")):
            yield _NETWORKS.get(icon, icon.replace("-", " ").title() or "Website")[:60], url[:500]


def as_description(blocks: Sequence[Block]) -> RichText:
    """Return what of some blocks a description holds: paragraphs and lists; headings become bold."""
    lines: list[Line] = []
    for block in blocks:
        if block.name == "text":
            lines += as_paragraphs(block.value.lines)
        elif block.name == "heading":
            lines.append(Line((Run(block.value["text"], ("bold",)),)))
        elif block.name in {"callout", "acknowledgements"}:
            if title := block.value["title"]:
                lines.append(Line((Run(title, ("bold",)),)))
            lines += block.value["text"].lines
        elif block.name in {"figure", "video"}:
            lines += block.value["caption"].lines
    return RichText(tuple(level_depths(lines)))


def without_first(text: RichText, summary: str, website: str) -> RichText:
    """Return a description without a first paragraph that only says again what stands above it."""
    if not text or plain(text.lines[0].runs) != summary:
        return text
    links = {run.link for run in text.lines[0].runs if run.link}
    return text if any(link.href != website for link in links) else RichText(text.lines[1:])
