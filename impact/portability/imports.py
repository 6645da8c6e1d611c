"""The whole import as one call, for the command, the demo and tests."""

from dataclasses import dataclass
from pathlib import Path

from impact.portability.apply import Outcome, Progress, apply
from impact.portability.download import Downloader
from impact.portability.ledger import known_pages
from impact.portability.map_file import MapError, Problem, read_map
from impact.portability.messages import Log
from impact.portability.plan import make_plan
from impact.portability.proposal import write_proposal
from impact.portability.records import Plan
from impact.portability.remote import remote_pictures
from impact.portability.settings import take_over
from impact.portability.source import read
from impact.portability.storage import known_pictures


@dataclass(frozen=True)
class Result:
    """The plan, and what was written or, in a dry run, would be; `proposed` is a map that is there now."""

    plan: Plan
    outcome: Outcome
    proposed: Path | None = None


def import_hugo(
    path: Path,
    *,
    dry_run: bool = False,
    section: str = "",
    base_url: str = "",
    overwrite: bool = False,
    fetch_remote: bool = False,
    downloader: Downloader | None = None,
    map_path: Path | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Result:
    """Import a Hugo site, or a folder of posts.

    Raises `SourceError` where there is none. A dry run reads the database and writes nothing. With
    `overwrite` the source decides about pages that were edited here since the import; `fetch_remote`
    brings in the pictures of other servers, through `downloader` if one is given, but not in a dry run.
    A map is applied; where there is none yet, a dry run proposes one. Raises `MapError` where it can't be
    used or written.
    """
    log = Log()
    propose = map_path is not None and dry_run and not map_path.exists()
    map_file = read_map(map_path) if map_path and not propose else None
    source = read(path, log, section, base_url)
    fetching = (downloader or Downloader()) if fetch_remote and not dry_run else None
    with remote_pictures(known_pictures(), fetching, would_fetch=fetch_remote) as remote:
        plan = make_plan(source, log, known_pages(source.name), remote, map_file)
        outcome = apply(plan, progress, dry_run=dry_run, overwrite=overwrite)
    if not outcome.wrote_nothing:
        take_over(source, log)
    if propose and map_path:
        _propose(map_path, plan)
    return Result(plan, outcome, map_path if propose else None)


def _propose(path: Path, plan: Plan) -> None:
    try:
        write_proposal(path, plan.source.name, plan.vocabulary)
    except OSError as error:
        raise MapError([Problem(str(path), 0, error.strerror or "can't be written")]) from error
