"""Secrets: from the environment, or from a file that only its owner and group can read; never from anywhere else."""

import os
import secrets
from pathlib import Path
from stat import S_IRWXO

from pydantic import SecretStr

from config.errors import SettingsProblem
from config.settings import ROOT, Settings

LENGTH_MIN = 32  # of the key that signs cookies
SECRET_WORDS = ("SECRET", "PASSWORD", "TOKEN", "DATABASE_URL")


def client_secret(chosen: Settings) -> str:
    """Give the app's secret at the issuer."""
    return _given(chosen.oidc_client_secret, chosen.oidc_client_secret_file)


def metrics_token(chosen: Settings) -> str:
    """Give the token that opens /metrics to others than this machine; empty when there is none."""
    return _given(chosen.metrics_token, chosen.metrics_token_file)


def cookie_secret(chosen: Settings) -> str:
    """Give the key that signs cookies, one that is made once and kept in the home where none is set."""
    given = _given(chosen.cookie_secret, chosen.cookie_secret_file)
    if given and len(given) < LENGTH_MIN:
        raise SettingsProblem("settings.secret_short", name="SYNERGIA_COOKIE_SECRET", length=LENGTH_MIN)
    return given or _kept(chosen.home / "cookie_secret")


def check(chosen: Settings) -> None:
    """Refuse to begin while a secret lies where everybody on the machine can read it."""
    if not chosen.local:
        client_secret(chosen)
        cookie_secret(chosen)
    metrics_token(chosen)
    env = ROOT / ".env"
    if env.is_file() and _holds_secret(env):
        tight(env)


def tight(file: Path) -> None:
    """Raise SettingsProblem where others than the owner and the group may read a file."""
    if file.stat().st_mode & S_IRWXO:
        raise SettingsProblem("settings.secret_open", file=file)


def _given(value: SecretStr, file: Path | None) -> str:
    if file is None:
        return value.get_secret_value().strip()
    try:
        tight(file)
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsProblem("settings.secret_unread", file=file) from error


def _kept(file: Path) -> str:
    """Read a key that was made before, or make one; two processes that start at once end up with the same."""
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(made, file)  # fails where the other was faster, and never shows half a key
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return _given(SecretStr(""), file)


def _holds_secret(env: Path) -> bool:
    lines = env.read_text(encoding="utf-8", errors="replace").splitlines()
    named = (line.partition("=") for line in lines if not line.lstrip().startswith("#"))
    return any(value.strip() and any(word in name.upper() for word in SECRET_WORDS) for name, _, value in named)
