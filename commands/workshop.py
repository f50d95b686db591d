"""Workshops: rehearse one with invented people through the real form, and erase it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import httpx
import typer
from sqlalchemy import Engine

from commands import console
from config import settings
from config.errors import ImportProblem, StoreProblem
from config.texts import text
from dashboard import local_name
from dashboard.live import carry, gate, packing, rehearsal, sheets, telling
from dashboard.live.board import Board
from dashboard.live.rehearsal import Result, Room
from data.importers import Options
from data.queries import events as queries
from data.ready import ready
from data.store import events, practice
from data.store.events import Plan
from data.viewer import Role, Viewer, viewing

app = typer.Typer(no_args_is_help=True)

SERVER = Viewer("server", Role.NATIONAL)
MOST_PEOPLE = 500


@app.callback()
def group() -> None:
    """Rehearse workshops."""


@app.command()
def simulate(
    people: Annotated[int, typer.Option("--people", min=1, max=MOST_PEOPLE)] = 60,
    minutes: Annotated[float, typer.Option("--minutes", min=0.1, max=240)] = 5.0,
    region: Annotated[str, typer.Option("--region")] = "17",
    url: Annotated[str, typer.Option("--url")] = "",
    *,
    keep: Annotated[bool, typer.Option("--keep")] = False,
) -> None:
    """Let invented people enter cards into a practice workshop of the app that runs, and erase it afterwards."""
    chosen = settings.load()
    address = url or f"http://localhost:{chosen.port}"
    _reach(address)
    with console.steps() as steps, ready(chosen, steps) as engine, viewing(SERVER):
        event_id = begin(engine, region)
        code, token = gate.given_out(event_id, 1)["code"], gate.given_out(event_id, 1)["screen"]
        steps("cli_workshop.running", people=people, minutes=minutes, screen=f"{address}/screen?t={token}")
        result = asyncio.run(rehearsal.run(Room(address, code, region, people, minutes * 60)))
        events.set_status(engine, "server", event_id, "closed")
        told = answer(engine, event_id, result)
        if not keep:
            practice.erase(engine, event_id)
    console.answer(told, [text("cli_workshop.done", console.language(), **told)])


@app.command()
def erase(event: Annotated[int, typer.Argument(min=1)]) -> None:
    """Erase a practice workshop that was kept."""
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        counts = practice.erase(engine, event)
    console.answer(counts, [text("cli_workshop.erased", console.language(), **counts)])


@app.command()
def sheet(
    event: Annotated[int, typer.Argument(min=1)],
    file: Annotated[Path, typer.Argument()],
    table: Annotated[int, typer.Option("--table", min=1, max=events.TABLES_MAX)] = 1,
) -> None:
    """Take a table's sheet (CSV or XLSX) into a workshop; a second time adds nothing."""
    with console.steps() as steps, ready(settings.load(), steps) as engine, viewing(SERVER):
        report, new = sheets.take(engine, event, table, file, Options(language=console.language()))
        carry.finish(engine, event)
    counts = {"read": report.rows, "new": new, "rejected": report.rejected}
    lines = [text("cli_workshop.sheet_taken", console.language(), **counts)]
    problems = [problem.message(console.language()) for problem in report.problems]
    console.answer({**counts, "problems": problems}, [*lines, *problems[:20]])


@app.command()
def export(event: Annotated[int, typer.Argument(min=1)], file: Annotated[Path, typer.Argument()]) -> None:
    """Write a workshop that was held without a network into a file."""
    with console.steps() as steps, ready(settings.load(), steps) as engine, viewing(SERVER):
        told = carry.pack(engine, event)
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    count = len(told["cards"])  # type: ignore[arg-type]
    counts = {"cards": count, "file": str(file)}
    console.answer(counts, [text("cli_workshop.exported", console.language(), **counts)])


@app.command()
def merge(file: Annotated[Path, typer.Argument()]) -> None:
    """Take a workshop from such a file into this store; a second time changes nothing."""
    try:
        told = packing.parsed(file.read_bytes(), file.name)
    except OSError as error:
        raise ImportProblem("workshop_carry.unreadable", file=file) from error
    chosen = settings.load()
    with console.steps() as steps, ready(chosen, steps) as engine, viewing(SERVER):
        counts = carry.merge(engine, told, local_name.read(chosen))
    console.answer(counts, [text("cli_workshop.merged", console.language(), **counts)])


@app.command()
def door(
    host: Annotated[str, typer.Option("--host")] = "0.0.0.0",  # noqa: S104 - a room's telephones are to reach it
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8600,
) -> None:
    """Open the form and the screen, and nothing else, to a local network."""
    from commands import room  # noqa: PLC0415 - the other commands need no server

    room.open_door(settings.load(), host, port)


def begin(engine: Engine, region: str) -> int:
    """Begin a practice workshop and let its code in for a day."""
    name = text("cli_workshop.name", console.language())
    event_id = events.begin(engine, "server", Plan(name=name, region=region, practice=True, tables=12))
    events.give_out(engine, "server", event_id, gate.hashes(event_id, 1), datetime.now(UTC) + timedelta(days=1))
    return event_id


def answer(engine: Engine, event_id: int, result: Result) -> dict[str, object]:
    """Tell what came of a rehearsal: cards acknowledged, on the screen, lost."""
    cards = {str(card["id"]): card["status"] for card in queries.cards(engine, event_id)}
    totals = Board().take_all(queries.lines(engine, event_id)).totals()
    return {
        "sent": len(result.acknowledged),
        "failed": result.failed,
        "lost": sum(one not in cards for one in result.acknowledged),
        "shown": sum(status == "shown" for status in cards.values()),
        **telling.figures(totals, "en"),
    }


def _reach(address: str) -> None:
    try:
        httpx.get(f"{address}/healthz", timeout=5, trust_env=False)
    except httpx.HTTPError as error:
        raise StoreProblem("cli_workshop.no_server", url=address) from error
