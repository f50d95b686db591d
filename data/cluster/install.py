"""Bring PostGIS onto a machine that has none: by apt as root, unpacked into home as anybody else."""

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, CompletedProcess, run

import structlog

from config.errors import StoreProblem
from data.cluster.binaries import UNPACKED, VERSION_MIN
from data.steps import Say

PACKAGE = re.compile(r"^postgresql-(\d+)-postgis-3\b", re.MULTILINE)
APT = ("env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300")
CREATECLUSTER = Path("/etc/postgresql-common/createcluster.conf")
KEEP_LINES = 20

log = structlog.get_logger(__name__)


def bring(home: Path, say: Say) -> None:
    """Install PostGIS by apt where we may, else unpack it into `home`; raise StoreProblem where neither works."""
    if shutil.which("apt-get") is None:
        raise StoreProblem("cluster.no_postgis", package="PostgreSQL + PostGIS 3")
    if os.geteuid() == 0:
        _install_as_root(say)
    else:
        _unpack(home, say)


def _install_as_root(say: Say) -> None:
    package = _newest_package([])
    if package is None:
        say("cluster.apt_update")
        _apt(["update"])
        package = _newest_package([])
    if package is None:
        raise StoreProblem("cluster.no_postgis", package="postgresql-postgis")
    say("cluster.apt_install", package=package)
    without_default = _without_default_cluster()
    done = _apt(["install", "-y", "--no-install-recommends", package], check=False)
    if done.returncode != 0:  # lists older than the archive name files that are gone
        _apt(["update"])
        _apt(["install", "-y", "--no-install-recommends", package])
    if without_default:
        CREATECLUSTER.unlink(missing_ok=True)


def _without_default_cluster() -> bool:
    """Ask Debian not to make and start a cluster of its own; leave a choice that is already there alone."""
    if CREATECLUSTER.exists():
        return False
    CREATECLUSTER.parent.mkdir(parents=True, exist_ok=True)
    CREATECLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
    return True


def _unpack(home: Path, say: Say) -> None:
    """Download the packages and all they need that is not installed, and unpack them below home."""
    if shutil.which("dpkg") is None:
        raise StoreProblem("cluster.no_postgis", package="PostgreSQL + PostGIS 3")
    private = _private_apt(home)
    say("cluster.apt_update")
    _apt([*private, "update"])
    package = _newest_package(private)
    if package is None:
        raise StoreProblem("cluster.no_postgis", package="postgresql-postgis")
    say("cluster.apt_download", package=package)
    # Without locks, because only root may lock; nothing but our own folders is written.
    _apt([*private, "-o", "Debug::NoLocking=1", "install", "-y", "--no-install-recommends", "--download-only", package])
    target = home / UNPACKED
    unfinished = home / f"{UNPACKED}.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for file in sorted((home / "apt" / "cache" / "archives").glob("*.deb")):
        _run(["dpkg", "-x", str(file), str(unfinished)])
    _link_controls(unfinished)
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)
    shutil.rmtree(home / "apt", ignore_errors=True)


def _private_apt(home: Path) -> list[str]:
    """Give the options that keep apt's lists and downloads in folders of our own."""
    lists, cache = home / "apt" / "lists", home / "apt" / "cache"
    for folder in (lists / "partial", cache / "archives" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    return ["-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={cache}"]


def _link_controls(root: Path) -> None:
    """Link postgis.control to postgis-3.control, which the package leaves to update-alternatives."""
    for control in root.glob("usr/share/postgresql/*/extension/postgis-3.control"):
        link = control.with_name("postgis.control")
        link.unlink(missing_ok=True)
        link.symlink_to(control.name)


def _newest_package(options: Sequence[str]) -> str | None:
    command = ["apt-cache", *options, "search", "--names-only", r"^postgresql-[0-9]+-postgis-3$"]
    found = PACKAGE.findall(_run(command).stdout)
    versions = [int(version) for version in found if int(version) >= VERSION_MIN]
    return f"postgresql-{max(versions)}-postgis-3" if versions else None


def _apt(arguments: Sequence[str], *, check: bool = True) -> CompletedProcess[str]:
    return _run([*APT, *arguments], check=check)


def _run(command: Sequence[str], *, check: bool = True) -> CompletedProcess[str]:
    """Run a command quietly; when it fails, its last lines go to the log and the user gets one sentence."""
    done = run(command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, text=True, errors="replace", check=False)  # noqa: S603 - fixed commands
    if check and done.returncode != 0:
        log.error("install_failed", command=" ".join(command), output=done.stdout.splitlines()[-KEEP_LINES:])
        raise StoreProblem("cluster.install_failed", command=" ".join(command), reason=_last_line(done.stdout))
    return done


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "?"
