"""There and back: a site exported, built by the real Hugo, taken away, and imported from the export."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from impact.portability.export.exports import Summary, export_hugo
from impact.portability.imports import Result, import_hugo
from tests.portability.export import hugo
from tests.portability.export.clearing import clear
from tests.portability.export.snapshot import snapshot


@dataclass
class Journey:
    """What there was, what it became, and what came back."""

    before: dict[str, Any]
    summary: Summary
    folder: Path
    public: Path
    complaints: str
    result: Result
    after: dict[str, Any]

    def html(self, path: str) -> str:
        """A page of the built site."""
        return (self.public / path.strip("/") / "index.html").read_text()

    def words(self, path: str) -> str:
        """What a page says to a reader, in one line."""
        html = re.sub(r"<(script|style)\b.*?</\1>", " ", self.html(path), flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def travel(folder: Path) -> Journey:
    """Move the site of the database out to a folder, and in again."""
    before = snapshot()
    summary = export_hugo(folder / "site")
    complaints = hugo.build(folder / "site", folder / "public")
    clear()
    result = import_hugo(folder / "site")
    return Journey(
        before, summary, folder / "site", folder / "public", complaints, result, snapshot()
    )
