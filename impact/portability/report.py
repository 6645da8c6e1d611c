"""What an import found and did: as a table for the terminal, and as data for a file."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from impact.portability import report_page
from impact.portability.apply import Outcome
from impact.portability.messages import Message
from impact.portability.old_addresses import permalink_url
from impact.portability.records import Plan

_DONE = frozenset({"made", "updated", "overwritten"})
_WRITTEN = frozenset({"pages", "redirects", "terms"})


def numbers(plan: Plan, outcome: Outcome) -> dict[str, int]:
    """Return the numbers of an import, in the order in which they are shown."""
    counts = plan.log.counts
    entries = plan.accepted
    drafts = sum(entry.draft for entry in entries)
    redirects = Counter(one.state for one in outcome.redirects)
    shortcodes = sum(n for name, n in counts.items() if name.startswith("shortcode_"))
    left_out = sum(
        n
        for name, n in counts.items()
        if name.startswith("shortcode_") and name.endswith("_left_out")
    )
    result = {
        "posts found": len(entries) + len(plan.refused),
        "posts published": len(entries) - drafts,
        "posts as drafts": drafts,
        "posts refused": len(plan.refused),
        "stories": sum(entry.kind == "story" for entry in entries),
        "featured links": sum(entry.kind == "link" for entry in entries),
        "communities": len(plan.communities),
        "authors": len(plan.authors),
        "categories": len(plan.categories),
        "pictures stored": len(plan.files.images),
        "pictures missing": counts["images_missing"],
        "pictures refused": counts["images_refused"],
        "pictures stored smaller": sum(picture.scaled for picture in plan.images),
        "pictures without alt text": counts["images_without_alt"],
        "pictures on other servers": counts["images_remote"],
        "pictures fetched": counts["images_fetched"],
        "pictures not fetched": counts["images_not_fetched"],
        "documents and films": len(plan.files.documents),
        "links found": counts["links_found"],
        "links to pages here": counts["links_page"],
        "links elsewhere": counts["links_external"] + counts["links_fragment"],
        "links to the old site": counts["links_old_site"],
        "links to files": counts["links_file"],
        "links unresolved": counts["links_unresolved"],
        "shortcodes mapped": shortcodes - left_out,
        "shortcodes unknown": counts["shortcodes_unknown"],
        "shortcodes left out": left_out,
    }
    result |= {f"files left out: {name}": n for name, n in sorted(plan.source.left_out.items())}
    result |= {
        "pages made": outcome.count("new", "unfinished") - len(outcome.failed),
        "pages updated": outcome.count("changed"),
        "pages overwritten": outcome.count("overwritten"),
        "pages unchanged": outcome.count("unchanged"),
        "pages left alone": outcome.count("edited", "deleted"),
        "pages that failed": len(outcome.failed),
        "terms updated": outcome.terms_changed,
        "redirects made": redirects["made"],
        "redirects already there": redirects["there"],
        "redirects in conflict": redirects["conflict"] + counts["addresses_met"],
    }
    if outcome.dry_run:
        result["pictures to be fetched"] = counts["images_to_fetch"]
    return {_planned(name): n for name, n in result.items()} if outcome.dry_run else result


def _planned(name: str) -> str:
    """What a number is called as long as nothing has been written."""
    things, _space, done = name.partition(" ")
    return f"{things} to be {done}" if done in _DONE and things in _WRITTEN else name


def table(rows: dict[str, int]) -> str:
    """Return a table of two columns."""
    width = max(len(name) for name in rows)
    return "\n".join(f"{name:<{width}}  {number:>6}" for name, number in rows.items())


def as_data(plan: Plan, outcome: Outcome) -> dict[str, Any]:
    """Return everything as JSON can hold it."""
    return {
        "source": plan.source.name,
        "dry_run": outcome.dry_run,
        "numbers": numbers(plan, outcome),
        "counts": dict(sorted(plan.log.counts.items())),
        "messages": [_message(message) for message in plan.log.messages],
        "refused": plan.refused,
        "pages": [
            {
                "file": page.file,
                "title": page.title,
                "slug": page.slug,
                "state": outcome.states.get(page.key, "refused"),
                "old_address": permalink_url(plan.source.base_url, page.old_path) or page.old_path,
                "address": outcome.paths.get(page.key, ""),
            }
            for page in plan.pages
        ],
        "redirects": [
            {"from": one.old, "to": outcome.address(one.goal), "state": one.state, "why": one.why}
            for one in outcome.redirects
        ],
    }


def write(path: Path, plan: Plan, outcome: Outcome) -> None:
    """Write the report to a file: a page for people where it is called `.html`, else JSON.

    Raises `OSError` where that can't be written.
    """
    if path.suffix.lower() in {".html", ".htm"}:
        text = report_page.render(plan, outcome, numbers(plan, outcome))
    else:
        text = json.dumps(as_data(plan, outcome), indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def by_level(messages: Sequence[Message], *levels: str) -> list[Message]:
    """Return the messages of some levels."""
    return [message for message in messages if message.level in levels]


def _message(message: Message) -> dict[str, Any]:
    return {
        "level": message.level,
        "code": message.code,
        "file": message.file,
        "line": message.line,
        "text": message.text,
    }
