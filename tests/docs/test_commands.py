"""What the documentation tells people to run exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from impact.settings.env import BASE_DIR

PAGES = [BASE_DIR / "README.md", *sorted((BASE_DIR / "docs").glob("*.md"))]
TARGETS = set(re.findall(r"^([a-z-]+):", (BASE_DIR / "Makefile").read_text(), re.MULTILINE))


def code(doc: Path) -> str:
    """Everything in code blocks and between backticks."""
    text = doc.read_text()
    return "\n".join(
        re.findall(r"```sh\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
    )


@pytest.mark.parametrize("doc", PAGES, ids=lambda doc: doc.name)
def test_make_targets_exist(doc: Path) -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", code(doc)))
    assert named - TARGETS == set()


@pytest.mark.parametrize("doc", PAGES, ids=lambda doc: doc.name)
def test_management_commands_exist(doc: Path) -> None:
    named = set(re.findall(r"\bmanage\.py ([a-z_]+)", code(doc)))
    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("doc", PAGES, ids=lambda doc: doc.name)
def test_links_between_files_lead_somewhere(doc: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", doc.read_text())
    assert [target for target in targets if not (doc.parent / target).exists()] == []


def test_the_readme_is_read_to_the_end() -> None:
    assert len((BASE_DIR / "README.md").read_text().splitlines()) < 120
