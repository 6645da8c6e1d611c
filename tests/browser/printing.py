"""What comes out of the printer: a page printed by Chromium, its paper counted and its words read back."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page


@dataclass(frozen=True)
class Printed:
    """A document on paper: the words of each of its pages, and the size of the paper as it is named."""

    pages: tuple[str, ...]
    size: str

    def says(self, text: str, *pages: int) -> bool:
        """Return whether the paper, or some of its pages, says something; where it is spaced is no matter."""
        read = [self.pages[number] for number in pages] or self.pages
        return "".join(text.split()) in "".join("".join(read).split())

    def together(self, *texts: str) -> bool:
        """Return whether some page says all of it."""
        return any(all(self.says(text, n) for text in texts) for n in range(len(self.pages)))


def printed(page: Page, directory: Path) -> Printed:
    """Print what the browser shows. Needs poppler's tools: skipped without, but in continuous integration."""
    if not shutil.which("pdftotext"):
        message = "pdftotext is missing: install poppler-utils"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    path = directory / "printed.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    facts = dict(
        (part.strip() for part in line.split(":", 1)) for line in _run("pdfinfo", path).splitlines()
    )
    pages = _run("pdftotext", "-raw", path, "-").removesuffix("\f").split("\f")
    assert len(pages) == int(facts["Pages"])
    return Printed(tuple(pages), facts["Page size"])


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
