"""The name of the one person at this machine, asked once and kept in the home: it stands in the history of changes."""

from contextlib import suppress
from pathlib import Path

from config.settings import Settings

LENGTH_MAX = 100


def read(chosen: Settings) -> str:
    """Give the name that was kept, else the one in the settings, else nothing."""
    with suppress(OSError, UnicodeDecodeError):
        return clean(_file(chosen).read_text(encoding="utf-8")) or chosen.user
    return chosen.user


def keep(chosen: Settings, name: str) -> None:
    """Keep a name for later visits; a home that can't be written keeps it for this visit only."""
    with suppress(OSError):
        chosen.home.mkdir(parents=True, exist_ok=True)
        file = _file(chosen)
        file.write_text(clean(name), encoding="utf-8")
        file.chmod(0o600)


def clean(name: str) -> str:
    """Put a name on one line of ordinary length."""
    return " ".join(name.split())[:LENGTH_MAX]


def _file(chosen: Settings) -> Path:
    return chosen.home / "name"
