"""The settings of the program; nothing else reads the environment."""

from functools import cache
from hashlib import sha256
from os import geteuid
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.errors import SettingsProblem
from config.sign_in import SignIn

ROOT = Path(__file__).resolve().parent.parent


def _home() -> Path:
    # PostgreSQL won't run as root and /root is closed to other users, so root's data can't lie below its home.
    base = Path("/var/lib") if geteuid() == 0 else Path.home() / ".local" / "share"
    # One home a checkout: two clones on a machine never share a database by accident.
    return base / "synergiakartta" / sha256(str(ROOT).encode()).hexdigest()[:8]


class Settings(BaseSettings, SignIn):
    """Hold every setting, read from SYNERGIA_* variables and an optional .env file."""

    model_config = SettingsConfigDict(
        env_prefix="SYNERGIA_", env_file=ROOT / ".env", frozen=True, extra="ignore", env_ignore_empty=True
    )

    # A plain string, because pydantic's type knows no address of a socket: postgresql://user:password@/name?host=/run/x
    database_url: str | None = Field(
        default=None,
        pattern=r"^postgres(ql)?(\+psycopg)?://",
        repr=False,
        description="A managed PostGIS; empty: the private cluster",
    )
    app_database_url: str | None = Field(
        default=None,
        pattern=r"^postgres(ql)?(\+psycopg)?://",
        repr=False,
        description="The same database for a login that is a member of synergia_app and nothing more;"
        " empty: the owner's",
    )
    home: Path = Field(default_factory=_home, description="Folder of the private cluster, road graphs and caches")
    language: Literal["fi", "sv", "en"] = Field(default="fi", description="Language where a user has chosen none")
    host: str = Field(default="127.0.0.1", description="Address the web server listens on")
    port: int = Field(default=8501, ge=0, le=65535, description="Port the web server listens on")
    user: str = Field(default="", max_length=100, description="Name written into the history of changes")
    workshop_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/]+$",
        description="Address at which a workshop's telephones reach its form, where that is not the app's own",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least serious log line"
    )
    development: bool = Field(default=False, description="Hot reload of pages instead of frozen memory")
    demo: bool = Field(default=True, description="Load demo data into an empty database at start")
    pool_size: int = Field(default=12, ge=1, le=50, description="Database connections a process keeps")
    dask: str | None = Field(
        default=None,
        pattern=r"^(tcp|tls|ws|wss)://",
        description="Dask scheduler whose workers, reachable from here, count suggestions; empty: this process does",
    )
    import_max_mb: int = Field(default=64, ge=1, le=1024, description="Largest file an import accepts, in MiB")
    import_isolation: Literal["available", "required"] = Field(
        default="available",
        description="Read XLSX and map files behind whatever walls this machine allows, or refuse them where one lacks",
    )
    import_max_rows: int = Field(default=200_000, ge=1, description="Most rows an import accepts")
    audit_days: int = Field(default=730, ge=30, description="Days that the audit keeps what it tells")
    showcase_framed_by: str = Field(
        default="'self'",
        pattern=r"^('none'|'self'|\*|('self' )?https?://[^\s;,'\"]+( https?://[^\s;,'\"]+)*)$",
        description="Who may show /showcase?embed=true in a frame: addresses apart by spaces, 'self', 'none' or *",
    )
    fintraffic_url: str = Field(
        default="https://tie.digitraffic.fi/tmc/noncertified/",
        description="Folder of the Alert-C tables; its latest.txt names the newest",
    )
    geofabrik_url: str = Field(
        default="https://download.geofabrik.de/europe/finland-latest.osm.pbf",
        description="OpenStreetMap extract of Finland",
    )
    overpass_url: str = Field(
        default="https://overpass-api.de/api", description="Overpass service that the roads of a region come from"
    )
    nominatim_url: str = Field(
        default="https://nominatim.openstreetmap.org/", description="Nominatim service that finds a region by name"
    )

    @property
    def roads(self) -> Path:
        """Folder of the road networks that were built here; all of them are used."""
        return self.home / "roads"

    @property
    def reference(self) -> Path:
        """Folder of the compact reference tables that ship with the program."""
        return ROOT / "data" / "reference"


@cache
def load() -> Settings:
    """Read the settings once; raise SettingsProblem naming the first that makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(["SYNERGIA", *(str(part) for part in first["loc"])]).upper()
        raise SettingsProblem("settings.invalid", name=name, reason=first["msg"]) from error
