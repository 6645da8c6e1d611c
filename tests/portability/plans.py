"""Small sites written and read without a database."""

from pathlib import Path

from impact.portability.map_file import read_map
from impact.portability.messages import Log
from impact.portability.plan import make_plan
from impact.portability.records import Plan
from impact.portability.source import read

POST = "---\ntitle: {title}\ndate: 2024-01-01\n{front_matter}\n---\nText.\n"


def write_post(root: Path, name: str, front_matter: str = "", body: str = "") -> Path:
    """A post of the blog, or of another section that its name begins with."""
    path = root / "content" / (name if "/" in name else f"blog/{name}")
    path = path.with_name(f"{path.name}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POST.format(title=path.stem, front_matter=front_matter) + body)
    return path


def write_file(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def plan_of(root: Path, section: str = "", base_url: str = "", map_text: str = "") -> Plan:
    log = Log()
    map_file = None
    if map_text:
        write_file(root, "map.yaml", map_text)
        map_file = read_map(root / "map.yaml")
    return make_plan(read(root, log, section, base_url), log, map_file=map_file)


def findings(plan: Plan, *codes: str) -> list[tuple[str, int]]:
    """The places of the messages with these codes."""
    return [(message.file, message.line) for message in plan.log.of(*codes)]
