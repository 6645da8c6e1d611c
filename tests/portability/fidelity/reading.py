"""The source as the real Hugo reads it: the HTML of every body, without a theme."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.portability.fidelity import shortcodes
from tests.portability.fidelity.posts import Post, read_config

_HOME = """
{{- $pages := slice -}}
{{- range site.RegularPages -}}
  {{- $summaries := slice -}}
  {{- $page := . -}}
  {{- range .Params.summaries }}{{ $summaries = $summaries | append (. | $page.RenderString) }}{{ end -}}
  {{- $pages = $pages | append (dict
    "number" .Params.number
    "title" (.Params.heading | .RenderString)
    "summaries" $summaries
    "body" .Content) -}}
{{- end -}}
{{- $pages | jsonify -}}
"""
_BROKEN_FILE = re.compile(r"content/(\d+)\.md(?::(\d+))?")
_MOST_BROKEN = 50


@dataclass(frozen=True)
class Read:
    """A post as HTML: its title, what its front matter says in summary, and its body."""

    title: str
    summaries: tuple[str, ...]
    body: str


@dataclass
class Reading:
    """What Hugo made of each post, by key, and what it said of those that it could not read."""

    posts: dict[str, Read] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)


def read(source: Path, posts: Sequence[Post]) -> Reading:
    """Let Hugo read the posts. Raises `RuntimeError` where Hugo fails altogether."""
    with_inner = shortcodes.paired(post.body for post in posts)
    names = {name for post in posts for name in shortcodes.names(post.body)} | with_inner
    unreadable: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="impact-fidelity-") as folder:
        site = Path(folder)
        _write_site(site, read_config(source), shortcodes.layouts(names, with_inner))
        for number, post in enumerate(posts):
            body = shortcodes.prepare(post.body, with_inner)
            _write_post(site / "content" / f"{number}.md", number, post, body)
        while message := _build(site):
            match = _BROKEN_FILE.search(message)
            if match is None or len(unreadable) == _MOST_BROKEN:
                raise RuntimeError(f"Hugo can't build the posts: {message}")
            unreadable[posts[int(match[1])].key] = message
            (site / "content" / f"{match[1]}.md").unlink(missing_ok=True)
        pages = json.loads((site / "public" / "index.json").read_text(encoding="utf-8")) or []
    found = {
        posts[page["number"]].key: Read(page["title"], tuple(page["summaries"]), page["body"])
        for page in pages
    }
    return Reading(found, unreadable)


def _write_site(site: Path, config: dict[str, Any], layouts: dict[str, str]) -> None:
    goldmark = _key(_key(config, "markup"), "goldmark")
    parser, extensions = _key(goldmark, "parser"), _key(goldmark, "extensions")
    wanted = {
        "baseURL": "https://fidelity.example/",
        "enableEmoji": str(config.get("enableemoji", not config)).lower() == "true",
        "disableKinds": ["section", "taxonomy", "term", "RSS", "sitemap", "404"],
        "outputs": {"home": ["json"]},
        "markup": {
            "goldmark": {
                "renderer": {"unsafe": True},
                "parser": {k: v for k, v in parser.items() if k != "_merge"},
                "extensions": {
                    **{k: v for k, v in extensions.items() if k != "_merge"},
                    "typographer": {"disable": True},
                },
                # The addresses as they were written, not as Hugo would mend them.
                "renderHooks": {
                    "link": {"useEmbedded": "never"},
                    "image": {"useEmbedded": "never"},
                },
            }
        },
    }
    folder = site / "layouts" / "_shortcodes"
    folder.mkdir(parents=True)
    (site / "content").mkdir()
    (site / "hugo.json").write_text(json.dumps(wanted), encoding="utf-8")
    (site / "layouts" / "home.json").write_text(_HOME.strip(), encoding="utf-8")
    (site / "layouts" / "single.html").write_text("", encoding="utf-8")
    for name, layout in layouts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(layout, encoding="utf-8")


def _key(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _write_post(path: Path, number: int, post: Post, body: str) -> None:
    """Write a post with front matter that can't be broken."""
    head = {
        "title": str(number),
        "number": number,
        "heading": post.text("title"),
        "summaries": [
            t for t in (post.text(n) for n in ("summary", "subtitle", "description")) if t
        ],
    }
    path.write_text(f"{json.dumps(head)}\n\n{body}", encoding="utf-8")


def _build(site: Path) -> str:
    """Build the scratch site; return what Hugo says against it."""
    hugo = shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")
    if hugo is None:
        raise RuntimeError("Hugo is missing; `make setup` with the development tools brings it")
    done = subprocess.run(  # noqa: S603 - a tool of this environment on a folder made here
        [hugo, "--source", str(site), "--logLevel", "error", "--noBuildLock"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return ""
    said = f"{done.stdout}\n{done.stderr}".splitlines()
    return "\n".join(line for line in said if line and "Running Hugo" not in line) or "no reason"
