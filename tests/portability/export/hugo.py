"""The real Hugo, as the development tools bring it."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.services import missing


def build(site: Path, public: Path) -> str:
    """Build a site; return what Hugo said against it, nothing when all is well."""
    hugo = shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")
    if hugo is None:
        missing("Hugo")
    done = subprocess.run(  # noqa: S603 - a tool of this environment on a folder made here
        [
            *(str(hugo), "--source", str(site), "--destination", str(public), "--noBuildLock"),
            *("--panicOnWarning", "--printPathWarnings"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    said = f"{done.stdout}\n{done.stderr}"
    complaints = [line for line in said.splitlines() if line.startswith(("WARN", "ERROR", "panic"))]
    return "\n".join(complaints) or ("" if done.returncode == 0 else said)
