"""What the program stands on: known flaws of its packages, and the list of them (`make audit`)."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import typer

from config import settings
from config.settings import ROOT
from config.texts import text

REQUIREMENTS = ROOT / "requirements.txt"
BILL = ROOT / "build" / "sbom.json"
AUDIT = ("pip_audit", "--requirement", str(REQUIREMENTS), "--no-deps", "--disable-pip", "--progress-spinner", "off")
WAIT_S = "10"


@dataclass(frozen=True)
class Findings:
    """Tell how many packages were looked up, how many could not be, and which flaws are known."""

    audited: int
    skipped: int
    flaws: tuple[str, ...]


def findings(answer: str) -> Findings:
    """Read what pip-audit answers; nothing at all where it got no answer itself."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return Findings(0, 0, ())
    audited = [one for one in packages if "skip_reason" not in one]
    flaws = tuple(f"{one['name']} {one['version']}: {flaw['id']}" for one in audited for flaw in one["vulns"])
    return Findings(len(audited), len(packages) - len(audited), flaws)


def audit() -> Findings:
    """Ask the database of flaws for each package."""
    done = _run([*AUDIT, "--format", "json", "--timeout", WAIT_S])
    return findings(done.stdout)


def bill() -> int:
    """Write the software bill of materials; give the number of packages in it."""
    BILL.parent.mkdir(exist_ok=True)
    told = ("--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--of", "JSON", "-o", str(BILL))
    _run(["cyclonedx_py", "requirements", str(REQUIREMENTS), *told]).check_returncode()
    return len(json.loads(BILL.read_text(encoding="utf-8"))["components"])


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - tools of our own environment
        [sys.executable, "-W", "ignore", "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def main() -> int:
    """Do both and say what came of it; 1 where a flaw is known."""
    language = settings.load().language
    typer.echo(text("packages.bill", language, count=bill(), file=BILL.relative_to(ROOT)))
    found = audit()
    if not found.audited:
        typer.echo(text("packages.away", language))
        return 0
    typer.echo(text("packages.audited", language, count=found.audited, skipped=found.skipped))
    for flaw in found.flaws:
        typer.echo(text("packages.flaw", language, flaw=flaw))
    return 1 if found.flaws else 0


if __name__ == "__main__":
    sys.exit(main())
