"""One PostgreSQL server of our own: made, started, found again after a crash, and stopped."""

import os
import shutil
import signal
import time
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, Popen, run

import psycopg
import structlog

from config.errors import StoreProblem
from data.cluster import roles
from data.cluster.binaries import Binaries
from data.cluster.layout import SOCKET, Layout, run_as

DATABASE = "synergia"
OWNER = "synergia"
START_MAX_S = 300  # recovery after a crash replays the log before anybody may connect
STOP_MAX_S = 60
LOG_MAX_BYTES = 5_000_000
POLL_S = 0.02

# Sized for a machine of two cores and a few GB that also runs the app.
CONFIGURATION = """
listen_addresses = ''
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
synchronous_commit = on
password_encryption = 'scram-sha-256'
log_min_messages = warning
# Statements and row values are personal data as soon as somebody types a contact.
log_min_error_statement = panic
log_error_verbosity = terse
timezone = 'UTC'
"""
ACCESS = """
local all postgres peer map=server
local all all scram-sha-256
"""

log = structlog.get_logger(__name__)


def make(files: Layout, binaries: Binaries) -> None:
    """Make the cluster, its owner and its database; it appears by a rename, so a crash leaves nothing half made."""
    if files.cluster.is_dir():
        return
    unfinished = files.home / "cluster.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    unfinished.chmod(0o711)
    user = run_as()
    data = unfinished / "data"
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, user["user"], user["group"])
    # The superuser has no password: it enters by peer alone, and only as the user that the server runs as.
    options = ["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
    options += ["--auth-local=peer", "--auth-host=reject"]
    _tool(binaries, ["initdb", f"--pgdata={data}", *options], "")
    _write(data / "postgresql.auto.conf", CONFIGURATION)
    _write(data / "pg_hba.conf", ACCESS)
    _write(data / "pg_ident.conf", f"server {data.owner()} postgres\n")
    password, app_password = roles.new_password(), roles.new_password()
    single = ["postgres", "--single", "-D", str(data)]
    _tool(binaries, [*single, "template1"], f"CREATE EXTENSION postgis\n{roles.leakproof()}")
    # The owner may create databases: a restore goes into a fresh one before it takes the old one's place.
    owner = f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE {DATABASE} OWNER {OWNER}\n"
    _tool(binaries, [*single, "postgres"], owner + roles.made(app_password, OWNER))
    _keep(unfinished / files.password.name, password)
    _keep(unfinished / files.app_password.name, app_password)
    unfinished.rename(files.cluster)


def add_roles(files: Layout, binaries: Binaries) -> None:
    """Give a stopped cluster that was made before there were roles what `make` gives a new one."""
    _clear_remains(files)
    password = roles.new_password()
    single = ["postgres", "--single", "-D", str(files.data)]
    for database in ("template1", DATABASE):
        _tool(binaries, [*single, database], roles.leakproof())
    # Stopped halfway, it begins again at the next start.
    _tool(binaries, [*single, "postgres"], roles.made(password, OWNER))
    _keep(files.app_password, password)


def _keep(secret: Path, password: str) -> None:
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="ascii")


def start(files: Layout, binaries: Binaries) -> Popen[bytes]:
    """Start the server as a direct child and wait until it answers."""
    _clear_remains(files)
    _rotate(files.log)
    command = [str(binaries.folder / "postgres"), "-D", str(files.data), "-k", str(files.sockets)]
    command += ["-c", f"cluster_name={files.name}"]
    # A session of its own: Ctrl-C in the terminal reaches the app, which then stops its server in order.
    files.log.touch(mode=0o600)
    with files.log.open("ab") as output:
        child = Popen(  # noqa: S603 - our own binaries
            command,
            cwd="/",
            env=binaries.environment(),
            stdin=DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            umask=0o077,
            **run_as(),
        )
    _wait_until_ready(files, child)
    return child


def stop(files: Layout) -> None:
    """Stop the server in order: cut its clients off, write a checkpoint; by force if that takes too long."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        pid = pid_of(files)
        if pid is None:
            return
        _signal(pid, how)
        deadline = time.monotonic() + STOP_MAX_S
        while _is_postmaster(files, pid) and time.monotonic() < deadline:
            time.sleep(POLL_S)
    log.error("database_would_not_stop")


def pid_of(files: Layout) -> int | None:
    """Give the pid of the running server; a zombie, and a stranger who got its pid, do not count."""
    try:
        pid = int((files.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _is_postmaster(files, pid) else None


def _is_postmaster(files: Layout, pid: int) -> bool:
    return os.fsencode(files.data) in _command_line(Path(f"/proc/{pid}"))


def crashed(files: Layout) -> bool:
    """Tell whether the server ended without stopping in order, which would have removed its pid file."""
    return (files.data / "postmaster.pid").exists() and pid_of(files) is None


def connect(files: Layout, database: str = DATABASE) -> psycopg.Connection:
    """Connect as the owner."""
    password = files.password.read_text(encoding="ascii")
    return psycopg.connect(host=str(files.sockets), user=OWNER, password=password, dbname=database, connect_timeout=5)


def _wait_until_ready(files: Layout, child: Popen[bytes]) -> None:
    deadline = time.monotonic() + START_MAX_S
    while time.monotonic() < deadline:
        if child.poll() is not None:
            break
        try:
            connect(files).close()
        except psycopg.OperationalError:
            time.sleep(POLL_S)
        else:
            return
    raise StoreProblem("cluster.start_failed", log=files.log)


def _clear_remains(files: Layout) -> None:
    """Remove what a killed server left behind, once none of its processes can touch the data any more."""
    deadline = time.monotonic() + STOP_MAX_S
    while remains := _processes(files):
        if time.monotonic() > deadline:
            raise StoreProblem("cluster.start_failed", log=files.log)
        for pid in remains:  # they have lost their postmaster; SIGQUIT ends them at once and safely
            _signal(pid, signal.SIGQUIT)
        time.sleep(POLL_S)
    # The pid in these may by now be a zombie's or a stranger's, and PostgreSQL would then refuse to start.
    for stale in (files.data / "postmaster.pid", files.sockets / SOCKET, files.sockets / f"{SOCKET}.lock"):
        stale.unlink(missing_ok=True)


def _processes(files: Layout) -> list[int]:
    """List the server's processes by their titles, which anybody may read (their folders only sometimes)."""
    title = f"postgres: {files.name}: ".encode()
    data = os.fsencode(files.data)
    lines = ((int(path.name), _command_line(path)) for path in Path("/proc").glob("[0-9]*"))
    return [pid for pid, line in lines if line and (line[0].startswith(title) or data in line)]


def _command_line(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:  # it ended meanwhile
        return []


def _signal(pid: int, how: signal.Signals) -> None:
    try:
        os.kill(pid, how)
    except ProcessLookupError:  # it ended meanwhile
        log.debug("already_gone", pid=pid)


def _tool(binaries: Binaries, command: list[str], text: str) -> None:
    """Run one of PostgreSQL's programs as the server's user with `text` as its input."""
    done = run(  # noqa: S603 - our own binaries
        [binaries.folder / command[0], *command[1:]],
        **run_as(),
        cwd="/",
        env=binaries.environment(),
        input=text,
        stdout=PIPE,
        stderr=STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    # A single-user server goes on after an error and ends with 0.
    if done.returncode != 0 or " ERROR: " in done.stdout:
        log.error("cluster_tool_failed", tool=command[0], output=done.stdout.splitlines()[-20:])
        raise StoreProblem("cluster.make_failed", tool=command[0])


def _write(path: Path, content: str) -> None:
    """Replace what a file of the server holds; it stays the server's own."""
    with path.open("r+", encoding="utf-8") as file:
        file.truncate()
        file.write(content)


def _rotate(path: Path) -> None:
    if path.exists() and path.stat().st_size > LOG_MAX_BYTES:
        path.replace(path.with_suffix(".old.log"))
