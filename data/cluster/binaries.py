"""PostgreSQL with PostGIS: found on this machine, installed, or unpacked into home."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SYSTEM = Path("/")
UNPACKED = "postgis"  # folder below home
VERSION_MIN = 14  # scram by default, and the oldest that a supported Ubuntu offers
PLAIN_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Binaries:
    """Hold one installed PostgreSQL that has PostGIS."""

    version: int
    root: Path

    @property
    def folder(self) -> Path:
        """Folder of postgres, initdb, pg_dump and pg_restore."""
        return self.root / "usr/lib/postgresql" / str(self.version) / "bin"

    def environment(self) -> Mapping[str, str]:
        """Give the environment to run them in: nothing inherited, so that no stray PG* variable leads astray."""
        if self.root == SYSTEM:
            return PLAIN_ENVIRONMENT
        libraries = sorted({str(path.parent) for path in (self.root / "usr/lib").rglob("*.so*")})
        libraries += sorted({str(path.parent) for path in (self.root / "lib").rglob("*.so*")})
        return {
            **PLAIN_ENVIRONMENT,
            "LD_LIBRARY_PATH": ":".join(libraries),
            "PROJ_DATA": str(self.root / "usr/share/proj"),
        }


def installed(root: Path) -> Iterator[Binaries]:
    """Find every PostgreSQL below `root` that has PostGIS, newest first."""
    folders = (root / "usr/lib/postgresql").glob("*/bin/postgres")
    versions = sorted((int(path.parts[-3]) for path in folders if path.parts[-3].isdigit()), reverse=True)
    for version in versions:
        control = root / "usr/share/postgresql" / str(version) / "extension" / "postgis.control"
        if version >= VERSION_MIN and control.exists():
            yield Binaries(version, root)


def clients() -> list[Binaries]:
    """List what can dump and restore a database elsewhere, newest first: that needs no server and no PostGIS here."""
    folders = [path.parent.parent.name for path in (SYSTEM / "usr/lib/postgresql").glob("*/bin/pg_dump")]
    return [
        Binaries(version, SYSTEM) for version in sorted((int(name) for name in folders if name.isdigit()), reverse=True)
    ]


def available(home: Path) -> list[Binaries]:
    """List what can be used without installing anything: the machine's own first, then what is unpacked in home."""
    return [*installed(SYSTEM), *installed(home / UNPACKED)]
