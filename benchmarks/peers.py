"""Get peers for a benchmark into a folder that is thrown away, and ask them in processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SCRIPT = Path(__file__).with_name("peer.py")
# What they need besides (NumPy, pandas, scikit-learn) is here already. pandana is under the AGPL: never a requirement.
PACKAGES = {"pandana": "pandana", "routingkit-cch": "routingkit-cch"}

Say = Callable[[str], None]


@contextmanager
def installed(say: Say) -> Iterator[dict[str, Path]]:
    """Install the peers for as long as the block lasts; give the folder of each that could be had."""
    with TemporaryDirectory(prefix="synergia-peers-") as folder:
        found = {}
        for name, package in PACKAGES.items():
            target = Path(folder) / name
            problem = _install(package, target)
            if problem:
                say(f"{name} could not be installed and is left out: {problem}")
            else:
                found[name] = target
        yield found


def _install(package: str, target: Path) -> str:
    """Put a package into a folder and see whether it can be imported; give what went wrong."""
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
    steps = (
        [sys.executable, *pip, "--target", str(target), package],
        ["env", f"PYTHONPATH={target}", sys.executable, "-c", f"import {package.replace('-', '_')}"],
    )
    for step in steps:
        done = subprocess.run(step, check=False, capture_output=True, text=True)  # noqa: S603 - fixed commands
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return ""


class Peer:
    """Hold the process of one peer on one network, which lies in a folder as arrays."""

    def __init__(self, name: str, packages: Path, network: Path) -> None:
        self.name = name
        command = ["env", f"PYTHONPATH={packages}", sys.executable, str(SCRIPT), name, str(network)]
        self._process = subprocess.Popen(  # noqa: S603 - ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.prepared_s = self._took()

    def matrix(self, rows: int) -> float:
        """Let the peer find the first rows of the matrix; give the seconds."""
        assert self._process.stdin is not None  # noqa: S101 - opened above
        self._process.stdin.write(f"{rows}\n")
        self._process.stdin.flush()
        return self._took()

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=60)

    def _took(self) -> float:
        """Read the next answer; what a library prints by itself is passed over."""
        for line in self._process.stdout or ():
            if line.startswith("took "):
                return float(line.split()[1])
        message = f"{self.name} ended with status {self._process.wait()}"
        raise RuntimeError(message)
