"""Where the private cluster keeps its files, and which user its server runs as."""

import os
import pwd
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from subprocess import DEVNULL, run
from typing import TypedDict

from config.errors import StoreProblem
from config.settings import Settings

SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_MAX_BYTES = 103  # Linux ends a socket path at 107 bytes; the lock file beside it needs none of the rest
SERVER_USER = "postgres"


class RunAs(TypedDict, total=False):
    """The arguments of Popen that give up root's rights."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Layout:
    """Name every file of one private cluster."""

    home: Path

    @property
    def cluster(self) -> Path:
        """Folder that appears whole, by a rename, once the cluster is ready to be started."""
        return self.home / "cluster"

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.cluster / "data"

    @property
    def password(self) -> Path:
        """File that holds the password of the owner's role."""
        return self.cluster / "password"

    @property
    def app_password(self) -> Path:
        """File that holds the password of the role that the app's pool logs in as."""
        return self.cluster / "app_password"

    @property
    def log(self) -> Path:
        """File the server writes its messages to."""
        return self.home / "postgres.log"

    @property
    def users(self) -> Path:
        """Lock shared by every process that uses the server."""
        return self.home / "users.lock"

    @property
    def starting(self) -> Path:
        """Lock held alone while the server is being made, started or stopped."""
        return self.home / "start.lock"

    @property
    def keep(self) -> Path:
        """Mark that the server stays up when its last user leaves."""
        return self.home / "keep"

    @property
    def name(self) -> str:
        """Name that the server's processes carry in their titles."""
        return "synergia-" + sha256(str(self.home).encode()).hexdigest()[:8]

    @property
    def sockets(self) -> Path:
        """Folder of the server's socket: below home, or a short one where home's path is too long for a socket."""
        folder = self.home / "run"
        if len(os.fsencode(folder / SOCKET)) <= SOCKET_PATH_MAX_BYTES:
            return folder
        return Path(tempfile.gettempdir()) / f"{self.name}-{os.geteuid()}"


def of(settings: Settings) -> Layout:
    """Give the layout of the cluster that `settings` point at."""
    return Layout(settings.home.absolute())


def run_as() -> RunAs:
    """Give the user that the server runs as: PostgreSQL refuses root, so root's server runs as `postgres`."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(SERVER_USER)
    except KeyError as error:
        raise StoreProblem("cluster.no_server_user", user=SERVER_USER) from error
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def make_home(files: Layout) -> None:
    """Make home, so that the server's user can pass through it and nobody but us can look around in it."""
    _make_reachable(files.home)


def prepare_for_server(files: Layout) -> None:
    """Make the folder of the socket, and make sure that the server's user, who must exist by now, gets there."""
    _make_socket_folder(files.sockets)
    command = ["/usr/bin/test", "-x", str(files.home)]
    reach = run(command, **run_as(), cwd="/", stdin=DEVNULL, check=False)  # noqa: S603 - a fixed command
    if reach.returncode != 0:
        raise StoreProblem("cluster.home_closed", home=files.home)


def _make_reachable(folder: Path) -> None:
    """Make `folder` and its missing parents; a strict umask of root must not shut the server's user out."""
    if folder.is_dir():
        return
    _make_reachable(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise StoreProblem("cluster.home_unwritable", home=folder, reason=error.strerror) from error


def _make_socket_folder(folder: Path) -> None:
    """Make the socket's folder for the server's user alone; refuse one that somebody else laid in our way."""
    owner = run_as().get("user", os.geteuid())
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid not in {owner, os.geteuid()} or folder.is_symlink():
        raise StoreProblem("cluster.foreign_folder", folder=folder)
    if found.st_uid != owner:
        os.chown(folder, owner, run_as().get("group", -1), follow_symlinks=False)
    folder.chmod(0o700)
