"""The database: up, down, status, migrate, backup and restore."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url

from commands import console
from config import settings
from config.texts import text
from data import backup as backups
from data import cluster, store
from data.importers import sandbox
from data.migrate import current, head, migrate, migrate_to
from data.queries.status import status as find_status
from data.ready import ready
from data.store import audit, undo

app = typer.Typer(no_args_is_help=True)


@app.command()
def install() -> None:
    """Install PostGIS unless it is there, without starting anything."""
    with console.steps() as steps:
        found = cluster.tools(settings.load(), steps)
    console.answer({"version": found.version, "folder": str(found.folder)}, [])


@app.command()
def up() -> None:
    """Start the database and leave it running."""
    chosen = settings.load()
    with console.steps() as steps, ready(chosen, steps):
        cluster.keep_up(chosen)
        address = _address(cluster.url(chosen))
    console.answer({"url": address}, [_text("cli_db.is_up", url=address)])


@app.command()
def down(*, force: Annotated[bool, typer.Option("--force")] = False) -> None:
    """Stop the database that `up` left running."""
    was_up = cluster.is_up(settings.load())
    cluster.down(settings.load(), force=force)
    console.answer({"stopped": was_up}, [_text("cli_db.stopped" if was_up else "cli_db.was_stopped")])


@app.command()
def status() -> None:
    """Tell what the database is and what it holds."""
    chosen = settings.load()
    with console.steps() as steps, cluster.running(chosen, steps) as url:
        engine = store.engine(url)
        found = {"url": _address(url), **find_status(engine), "sandbox": ", ".join(sandbox.walls())}
        engine.dispose()
    lines = [f"{_text(f'cli_db.{name}')}: {'–' if value is None else value}" for name, value in found.items()]
    console.answer(found, lines)


@app.command(name="migrate")
def migrate_(to: Annotated[str | None, typer.Option("--to")] = None) -> None:
    """Bring the schema up to date, or to an older migration for the program that goes with it."""
    with console.steps() as steps, cluster.running(settings.load(), steps) as url:
        engine = store.engine(url)
        changed = migrate(engine) if to is None else migrate_to(engine, to)
        at = current(engine)
        engine.dispose()
    key = "cli_db.migrated" if changed else "cli_db.was_migrated"
    console.answer({"migration": at, "head": head(), "changed": changed}, [_text(key, migration=at)])


@app.command()
def backup(file: Annotated[Path, typer.Argument()]) -> None:
    """Write the whole database into FILE."""
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        steps("cli_db.backing_up")
        done = backups.write(settings.load(), engine, file)
        told = audit.Event(person=_user(settings.load()), subject=file.name, rows=int(str(done["rows"])))
        audit.record(engine, audit.Kind.BACKED_UP, told)
    console.answer(done, [_text("cli_db.backed_up", file=file, rows=done["rows"], megabytes=done["megabytes"])])


@app.command()
def restore(file: Annotated[Path, typer.Argument()]) -> None:
    """Put the database back to what FILE holds, once the file has proved whole."""
    with console.steps() as steps, cluster.running(settings.load(), steps) as url:
        done = backups.restore(settings.load(), url, file, steps)
        engine = store.engine(url)
        told = audit.Event(person=_user(settings.load()), subject=file.name, rows=int(str(done["rows"])))
        audit.record(engine, audit.Kind.PUT_BACK, told)
        engine.dispose()
    console.answer(done, [_text("cli_db.restored", file=file, rows=done["rows"], kept=done["previous"])])


@app.command()
def retention() -> None:
    """Forget what is kept no longer: audit events, and rows whose deletion could be taken back for long enough."""
    chosen = settings.load()
    with console.steps() as steps, ready(chosen, steps) as engine:
        steps("cli_db.forgetting")
        forgotten = audit.forget(engine, chosen.audit_days)
        purged = undo.purge(engine, _user(chosen))
    values = {"audit": forgotten, "purged": sum(purged.values()), "days": undo.KEPT_DAYS, "kept": chosen.audit_days}
    console.answer({"audit": forgotten, "purged": purged}, [_text("cli_db.forgotten", **values)])


def _user(chosen: settings.Settings) -> str:
    return chosen.user or _text("cli_db.nobody")


def _address(url: str) -> str:
    return make_url(url)._replace(drivername="postgresql", password=None).render_as_string()


def _text(key: str, **values: object) -> str:
    return text(key, console.language(), **values)
