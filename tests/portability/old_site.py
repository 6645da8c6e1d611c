"""The addresses of a source as the real Hugo builds it: front matter and configuration, without texts."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.portability.fidelity.posts import read_config

_SETTINGS = (
    "baseurl",
    "permalinks",
    "taxonomies",
    "removepathaccents",
    "disablepathtolower",
    "uglyurls",
)
_DRAWN = {"home", "page", "section", "taxonomy", "term", "list", "single"}


def addresses(source: Path, work: Path) -> set[str]:
    """Build a copy without texts and theme in an empty folder; return the paths that it answers.

    Raises `CalledProcessError` where Hugo can't build it.
    """
    site = work / "site"
    for path in (source / "content").rglob("*.md"):
        if "_templates" not in path.parts and path.name != "README.md":
            copy = site / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_front_matter(path.read_text(encoding="utf-8")), encoding="utf-8")
    config = read_config(source)
    config = {name: config[name] for name in _SETTINGS if name in config}
    (site / "hugo.json").write_text(json.dumps(config), encoding="utf-8")
    (site / "layouts").mkdir()
    for name in _DRAWN:
        (site / "layouts" / f"{name}.html").write_text("{{ .Title }}")
    hugo = shutil.which("hugo", path=str(Path(sys.executable).parent)) or "hugo"
    command = [hugo, "build", "--source", str(site), "--destination", "out"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a tool on a copy
    found = (path.relative_to(site / "out") for path in (site / "out").rglob("*"))
    return {_path(path) for path in found if path.suffix in {".html", ".xml"}}


def _front_matter(text: str) -> str:
    """A file up to the first line that starts as its first one does: there its front matter ends."""
    lines = text.split("\n")
    closing = next(n for n, line in enumerate(lines[1:], 1) if line.startswith(lines[0].rstrip()))
    return "\n".join([*lines[:closing], lines[0], ""])


def _path(file: Path) -> str:
    path = f"/{file.as_posix()}"
    return path.removesuffix("index.html") if path.endswith("/index.html") else path
