"""Reads the demo content: a YAML file for each story, roundup and page, and lists of smaller things."""

import re
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

CONTENT = Path(__file__).parent / "content"
ADDRESS = "https://orrerystreet.example"

Data = dict[str, Any]


# Fields that are no prose.
PLAIN = {"code", "slug", "url", "website", "source_url", "evidence_url"}


def typeset(value: Any) -> Any:
    """Return the prose of a file with the quotation marks and apostrophes that a printer would use."""
    if isinstance(value, dict):
        return {
            k: part if k in PLAIN and isinstance(part, str) else typeset(part)
            for k, part in value.items()
        }
    if isinstance(value, list):
        return [typeset(part) for part in value]
    if not isinstance(value, str):
        return value
    value = re.sub(r"(^|[\s(\[*])\"", r"\1“", value, flags=re.M).replace('"', "”")
    return re.sub(r"(^|[\s(\[*“])'", r"\1‘", value, flags=re.M).replace("'", "’")


def _read(path: Path) -> Any:
    """Return what a file says; a mistake names the file."""
    try:
        return typeset(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _read_folder(folder: Path) -> list[Data]:
    """Return the files of a folder; the name of each is its slug."""
    return [{"slug": path.stem, **_read(path)} for path in sorted(folder.glob("*.yaml"))]


def guid(slug: str) -> str:
    """Return the feed identifier of a demo page: always the same, so that a loaded site is known again."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{ADDRESS}/impact/{slug}/')}"


class Content:
    """All files of the demo, read when they are asked for."""

    @cached_property
    def organisation(self) -> Data:
        """Settings, the home page and the introductions of the index pages."""
        return _read(CONTENT / "organisation.yaml")

    @cached_property
    def categories(self) -> list[Data]:
        """Categories in their order."""
        return _read(CONTENT / "categories.yaml")

    @cached_property
    def authors(self) -> list[Data]:
        """Authors."""
        return _read(CONTENT / "authors.yaml")

    @cached_property
    def communities(self) -> list[Data]:
        """Partner communities."""
        return _read(CONTENT / "communities.yaml")

    @cached_property
    def metrics(self) -> list[Data]:
        """Metrics with their readings."""
        return _read(CONTENT / "metrics.yaml")

    @cached_property
    def links(self) -> list[Data]:
        """Featured links."""
        return _read(CONTENT / "links.yaml")

    @cached_property
    def stories(self) -> list[Data]:
        """Stories, oldest first."""
        return sorted(_read_folder(CONTENT / "stories"), key=lambda story: story["date"])

    @cached_property
    def roundups(self) -> list[Data]:
        """Yearly reports."""
        return _read_folder(CONTENT / "roundups")

    @cached_property
    def digests(self) -> list[Data]:
        """Digests of the newsletter, oldest first."""
        return _read_folder(CONTENT / "digests")

    @cached_property
    def pages(self) -> list[Data]:
        """Plain pages."""
        return _read_folder(CONTENT / "pages")

    @property
    def guids(self) -> list[str]:
        """The feed identifiers of all entries."""
        return [guid(entry["slug"]) for entry in (*self.stories, *self.links)]
