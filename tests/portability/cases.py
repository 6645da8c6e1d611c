"""The small sites of `sites/`, one rule each: what an import makes of one, as a person writes it down.

Beside `content/` an `expected.yaml` states what should come of the site. Of pages it may state any part;
entries and messages it must name all. A key that nothing here knows is an error.

    entries:
      posts/story:                      # the key: the path below content/
        title: A story
        date: 2024-05-01T10:00:00+02:00
        body:
        - heading: "## Part {#part}"
        - text: |
            <p>A <b>word</b> and a <a href="page:posts/other#part">link</a>.</p>
            <ul><li>an item</li></ul>
        - figure: {image: press.png, alt: A press, caption: At <i>work</i>}
        - divider
    messages:
    - "warning link content/posts/story.md:7: “x” leads to no page of the source"
    counts: {links_unresolved: 1}

Rich text is what the database holds, without the keys of its blocks; one paragraph inside another block
stands without its `<p>`. Pages are written `page:KEY`, files by their names; what is empty or as usual is
left out.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from impact.blocks.stored import BLOCK_KEY
from impact.communities.models import CommunityPage
from impact.portability.messages import Log
from impact.portability.plan import make_plan
from impact.portability.records import Plan, PlannedCommunity, PlannedEntry
from impact.portability.source import read
from impact.portability.terms import PlannedAuthor
from impact.portability.writer import Writer

SITES = Path(__file__).parent / "sites"
# What a value need not say; and blocks that are nothing but a list.
_UNSAID = ("", None, [], False, "normal")
_LISTS = {"definitions", "notes", "tasks"}
_RICH = re.compile(r"<(?:p|ul|ol|blockquote)>")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</p>).)*)</p>", re.DOTALL)
_PAGE = re.compile(r'linktype="page" id="(\d+)"(?: fragment="([^"]*)")?(?: query="([^"]*)")?')
_FILE = re.compile(r'linktype="document" id="(\d+)"')
_NOTE = re.compile(r'<a linktype="footnote" key="([^"]*)">[^<]*</a>')


@dataclass
class Numbers:
    """Ids for keys, as a database would give them."""

    keys: list[str] = field(default_factory=list)

    def of(self, key: str) -> int | None:
        if not key:
            return None
        if key not in self.keys:
            self.keys.append(key)
        return self.keys.index(key) + 1

    def key(self, number: int | str | None) -> str:
        return self.keys[int(number) - 1] if number else ""


@dataclass
class Case:
    """A site, planned and written without a database."""

    plan: Plan
    entries: list[PlannedEntry]
    pages: Numbers = field(default_factory=Numbers)
    images: Numbers = field(default_factory=Numbers)
    documents: Numbers = field(default_factory=Numbers)

    def __post_init__(self) -> None:
        self.writer = Writer(self.pages.of, self.images.of, self.documents.of)

    def state(self) -> dict[str, Any]:
        """Everything that an `expected.yaml` may state."""
        plan = self.plan
        return {
            "entries": {entry.key: self._entry(entry) for entry in self.entries},
            "communities": {page.key: self._community(page) for page in plan.communities},
            "authors": {author.slug: self._author(author) for author in plan.authors},
            "categories": {category.slug: category.name for category in plan.categories},
            "refused": plan.refused,
            "left_out": dict(plan.source.left_out),
            "images": sorted(self._image(digest) for digest in plan.files.images),
            "documents": sorted(file.path.name for file in plan.files.documents.values()),
            "messages": [f"{m.level} {m.code} {m}" for m in plan.log.messages],
            "counts": dict(plan.log.counts),
        }

    def _entry(self, entry: PlannedEntry) -> dict[str, Any]:
        return {
            **vars(entry),
            "kind": entry.kind,
            "date": entry.moment.isoformat() if entry.moment else None,
            "updated": entry.updated.isoformat() if entry.updated else None,
            "tags": list(entry.tags),
            "authors": list(entry.authors),
            "aliases": list(entry.aliases),
            "communities": dict(entry.communities),
            "lead": self._image(entry.lead),
            "body": [self._block(block) for block in self.stored_by(self.writer, entry)],
        }

    def _community(self, page: PlannedCommunity) -> dict[str, Any]:
        features = CommunityPage._meta.get_field("description").features
        description = self.writer.rich_text(page.description, features)
        return {
            **vars(page),
            "description": self._rich(description),
            "logo": self._image(page.logo),
        }

    def _author(self, author: PlannedAuthor) -> dict[str, Any]:
        return {
            **vars(author),
            "links": dict(author.links),
            "picture": self._image(author.picture),
        }

    def stored_by(self, writer: Writer, entry: PlannedEntry) -> list[dict[str, Any]]:
        """The body of an entry as the database holds it."""
        return list(json.loads(writer.body(entry.body, "")))

    def _image(self, digest: str) -> str:
        return self.plan.files.images[digest].path.name if digest else ""

    def _document(self, digest: str) -> str:
        return self.plan.files.documents[digest].path.name if digest else ""

    # Notation

    def _block(self, block: dict[str, Any]) -> Any:
        name, value = block["type"], block["value"]
        if name == "heading":
            anchor = f" {{#{value['anchor']}}}" if value["anchor"] else ""
            return {name: f"{'#' * int(value['level'])} {value['text']}{anchor}"}
        if name == "table":
            heads = [column["heading"] for column in value["table"]["columns"]]
            rows = [[self._value(cell) for cell in row["values"]] for row in value["table"]["rows"]]
            caption = {"caption": value["caption"]} if value["caption"] else {}
            return {name: {**caption, "heads": heads, "rows": rows}}
        if name == "text":
            return {name: self._rich(value)}
        return name if value is None else {name: self._value(value)}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            whole = self._rich(value)
            match = _ONE_PARAGRAPH.fullmatch(whole)
            return match[1] if match else whole
        if isinstance(value, list):
            return [self._value(item["value"]) for item in value]
        if isinstance(value, dict) and "alt_text" in value:
            return self._image(self.images.key(value["image"]))
        if isinstance(value, dict):
            parts = {name: self._named(name, part) for name, part in value.items()}
            if isinstance(value.get("image"), dict):
                parts["alt"] = value["image"]["alt_text"]
            parts = {name: part for name, part in parts.items() if part not in _UNSAID}
            return next(iter(parts.values())) if parts.keys() <= _LISTS else parts
        return value

    def _named(self, name: str, value: Any) -> Any:
        if name == "page":
            return self.pages.key(value)
        if name in {"file", "captions"}:
            return self._document(self.documents.key(value))
        return self._value(value)

    def _rich(self, html: str) -> str:
        html = BLOCK_KEY.sub("", html)
        html = _PAGE.sub(self._page_address, html)
        html = _FILE.sub(lambda m: f'href="file:{self._document(self.documents.key(m[1]))}"', html)
        return _NOTE.sub(r"[^\1]", html)

    def _page_address(self, match: re.Match[str]) -> str:
        query = f"?{match[3]}" if match[3] else ""
        fragment = f"#{match[2]}" if match[2] else ""
        return f'href="page:{self.pages.key(match[1])}{query}{fragment}"'


@cache
def case(name: str) -> Case:
    """Read a site as an import does, in every step but those that ask a database."""
    log = Log()
    plan = make_plan(read(SITES / name, log), log)
    found = (plan.read(head) for head in plan.entries)
    return Case(plan, [entry for entry in found if entry is not None])


def names() -> list[str]:
    """The sites that state what is expected of them."""
    return sorted(path.parent.name for path in SITES.glob("*/expected.yaml"))


def expected(name: str) -> dict[str, Any]:
    """What a site states; a list of messages where it states none."""
    data = yaml.safe_load((SITES / name / "expected.yaml").read_text(encoding="utf-8"))
    return {"messages": [], **_walk(data, _joined)}


def stated(actual: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Return of a state what is stated about it; all pages stay. Raises `KeyError` for unknown keys."""
    result = {name: actual[name] for name in wanted}
    for kind in {"entries", "communities", "authors"} & wanted.keys():
        result[kind] = {
            key: {name: page[name] for name in wanted[kind].get(key) or {}}
            for key, page in actual[kind].items()
        }
    if "counts" in wanted:
        result["counts"] = {name: actual["counts"][name] for name in wanted["counts"]}
    return result


def _joined(text: str) -> str:
    """Rich text may be written on several lines."""
    if not _RICH.match(text):
        return text
    return "".join(line.strip() for line in text.splitlines())


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {name: _walk(part, change) for name, part in value.items()}
    if isinstance(value, list):
        return [_walk(part, change) for part in value]
    return change(value) if isinstance(value, str) else value
