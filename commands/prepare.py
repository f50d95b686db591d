"""Make the virtual environment and fetch what tests need; runs on a bare Python, before any library is there."""

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from os import geteuid
from pathlib import Path
from typing import NoReturn

from config.texts import LANGUAGES, Language, text

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = (str(PYTHON), "-m", "playwright", "--version")
REQUIREMENTS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}


class Preparation:
    """Do the steps that are not done yet, each with its time."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def run(self) -> None:
        """Install what the program needs."""
        self._require("run")

    def dev(self) -> None:
        """Install what the program, its tests and its checks need."""
        self._require("dev")

    def uv(self) -> None:
        """Install the compiler of the requirement files."""
        self._require("run")
        if not (VENV / "bin" / "uv").exists():
            self._step("prepare.installing", ["uv"], file="uv")

    def chromium(self) -> None:
        """Find a Chromium for the journeys and what its driver needs, or install them as root."""
        if not any(map(shutil.which, BROWSERS)):
            self._apt("chromium", "prepare.no_chromium")
            if not any(map(shutil.which, BROWSERS)):
                self._stop("prepare.no_chromium")
        # The driver that comes with Playwright is linked against a library that a bare Debian lacks.
        if not _succeeds(DRIVER):
            self._apt("libatomic1", "prepare.no_driver")
            if not _succeeds(DRIVER):
                self._stop("prepare.no_driver", package="libatomic1")

    def _require(self, kind: str) -> None:
        stamps = {name: VENV / f"{name}.{self._fingerprint(name)}" for name in REQUIREMENTS}
        # What the tests need includes what the program needs.
        if stamps[kind].exists() or (kind == "run" and stamps["dev"].exists()):
            return
        self._make_venv()
        for old in VENV.glob(f"{kind}.*"):
            old.unlink()
        self._step("prepare.installing", ["-r", REQUIREMENTS[kind]], file=REQUIREMENTS[kind])
        stamps[kind].touch()

    def _fingerprint(self, kind: str) -> str:
        content = sys.version + str(VENV) + (ROOT / REQUIREMENTS[kind]).read_text(encoding="utf-8")
        return sha256(content.encode()).hexdigest()[:12]

    def _make_venv(self) -> None:
        if _succeeds([str(PYTHON), "-m", "pip", "--version"]):
            return
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        if not _succeeds([sys.executable, "-c", "import ensurepip, venv"]):
            self._apt(f"python{version}-venv", "prepare.no_venv")
        began = time.monotonic()
        if not _succeeds([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            self._stop("prepare.no_venv", package=f"python{version}-venv")
        self._say(began, "prepare.venv", version=version)

    def _step(self, key: str, wanted: Sequence[str], **values: object) -> None:
        began = time.monotonic()
        pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", *wanted]
        if subprocess.run(pip, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode != 0:  # noqa: S603 - pip
            self._stop("prepare.install_failed", **values)
        self._say(began, key, **values)

    def _apt(self, package: str, otherwise: str) -> None:
        if geteuid() != 0 or shutil.which("apt-get") is None:
            self._stop(otherwise, package=package)
        began = time.monotonic()
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
        install = [*apt, "install", "-y", "--no-install-recommends", package]
        if not (_succeeds(install) or (_succeeds([*apt, "update"]) and _succeeds(install))):
            self._stop(otherwise, package=package)
        self._say(began, "prepare.installing", file=package)

    def _say(self, began: float, key: str, **values: object) -> None:
        took = f"{time.monotonic() - began:.1f} s"
        took = took if self._language == "en" else took.replace(".", ",")
        sys.stderr.write(f"{took:>8}  {text(key, self._language, **values)}\n")

    def _stop(self, key: str, **values: object) -> NoReturn:
        sys.stderr.write(text(key, self._language, **values) + "\n")
        sys.exit(1)


def _succeeds(command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - ours
    except OSError:
        return False
    return done.returncode == 0


def main() -> None:
    """Do what the arguments name, in their order."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", choices=LANGUAGES, default="fi")
    parser.add_argument("what", nargs="+", choices=("run", "dev", "uv", "chromium"))
    asked = parser.parse_args()
    preparation = Preparation(asked.lang)
    steps: dict[str, Callable[[], None]] = {
        "run": preparation.run,
        "dev": preparation.dev,
        "uv": preparation.uv,
        "chromium": preparation.chromium,
    }
    for what in asked.what:
        steps[what]()


if __name__ == "__main__":
    main()
