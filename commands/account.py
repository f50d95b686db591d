"""Accounts: who has signed in, and shutting somebody out."""

from typing import Annotated

import typer

from commands import console
from config import settings
from config.errors import StoreProblem
from config.texts import text
from data.ready import ready
from data.store import accounts

app = typer.Typer(no_args_is_help=True)

Subject = Annotated[str, typer.Argument()]


@app.command(name="list")
def list_() -> None:
    """List those who have signed in and those who are shut out."""
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        found = accounts.every(engine).to_dict("records")
    rows = [{name: None if value != value else value for name, value in row.items()} for row in found]  # noqa: PLR0124 - NaT
    lines = [f"{row['subject']}\t{row['name']}\t{_say('out' if row['disabled_at'] else 'in')}" for row in rows]
    console.answer(rows, lines or [_say("none")])


@app.command()
def disable(subject: Subject) -> None:
    """Shut somebody out from the next request on."""
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        accounts.disable(engine, subject)
    console.answer({"subject": subject, "disabled": True}, [_say("disabled", subject=subject)])


@app.command()
def enable(subject: Subject) -> None:
    """Let somebody in again."""
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        known = accounts.enable(engine, subject)
    if not known:
        raise StoreProblem("cli_account.unknown", subject=subject)
    console.answer({"subject": subject, "disabled": False}, [_say("enabled", subject=subject)])


def _say(key: str, **values: object) -> str:
    return text(f"cli_account.{key}", console.language(), **values)
