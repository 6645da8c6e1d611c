"""The whole import as one call, for the command, the demo and tests."""

from dataclasses import dataclass
from pathlib import Path

from impact.portability.apply import Outcome, Progress, apply
from impact.portability.download import Downloader
from impact.portability.ledger import known_pages
from impact.portability.messages import Log
from impact.portability.plan import make_plan
from impact.portability.records import Plan
from impact.portability.remote import remote_pictures
from impact.portability.settings import take_over
from impact.portability.source import read
from impact.portability.storage import known_pictures


@dataclass(frozen=True)
class Result:
    """The plan, and what was written or, in a dry run, would be."""

    plan: Plan
    outcome: Outcome


def import_hugo(
    path: Path,
    *,
    dry_run: bool = False,
    section: str = "",
    base_url: str = "",
    overwrite: bool = False,
    fetch_remote: bool = False,
    downloader: Downloader | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Result:
    """Import a Hugo site, or a folder of posts.

    Raises `SourceError` where there is none. A dry run reads the database and writes nothing. With
    `overwrite` the source decides about pages that were edited here since the import; `fetch_remote`
    brings in the pictures of other servers, through `downloader` if one is given, but not in a dry run.
    """
    log = Log()
    source = read(path, log, section, base_url)
    fetching = (downloader or Downloader()) if fetch_remote and not dry_run else None
    with remote_pictures(known_pictures(), fetching, would_fetch=fetch_remote) as remote:
        plan = make_plan(source, log, known_pages(source.name), remote)
        outcome = apply(plan, progress, dry_run=dry_run, overwrite=overwrite)
    if not outcome.wrote_nothing:
        take_over(source, log)
    return Result(plan, outcome)
