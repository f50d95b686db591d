"""What is known of a person: handed over as JSON, or erased everywhere."""

import json
from pathlib import Path
from typing import Annotated

import typer

from commands import console
from config import settings
from config.errors import StoreProblem
from config.texts import text
from data.queries import person as people
from data.queries.person import Person
from data.ready import ready
from data.store import audit, erasure

Names = Annotated[list[str] | None, typer.Option("--name")]
Emails = Annotated[list[str] | None, typer.Option("--email")]
Phones = Annotated[list[str] | None, typer.Option("--phone")]
Words = Annotated[list[str] | None, typer.Option("--word")]

app = typer.Typer(no_args_is_help=True)


@app.command()
def export(
    file: Annotated[Path, typer.Argument()],
    name: Names = None,
    email: Emails = None,
    phone: Phones = None,
    word: Words = None,
) -> None:
    """Write everything about a person into FILE as JSON."""
    person = _person(name, email, phone, word)
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        steps("cli_gdpr.looking")
        known = people.known(engine, person)
        rows = sum(map(len, known.values()))
        _write(file, known)
        audit.record(
            engine, audit.Kind.PERSON_EXPORTED, audit.Event(person=_user(), subject=", ".join(person.signs), rows=rows)
        )
    console.answer({"file": str(file), "rows": rows}, [_text("cli_gdpr.exported", file=file, rows=rows)])


@app.command()
def erase(
    name: Names = None,
    email: Emails = None,
    phone: Phones = None,
    word: Words = None,
    *,
    yes: Annotated[bool, typer.Option("--yes")] = False,
) -> None:
    """Erase a person everywhere, history included; without --yes only tell what would go."""
    person = _person(name, email, phone, word)
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        steps("cli_gdpr.looking")
        if yes:
            counts = dict(erasure.erase(engine, _user(), person, _text("person.erased")))
        else:
            counts = {table: len(rows) for table, rows in people.known(engine, person).items()}
    listed = [f"{table}: {rows}" for table, rows in counts.items()]
    key = "erased" if yes else "would_erase"
    console.answer({"erased": yes, "tables": counts}, [_text(f"cli_gdpr.{key}", rows=sum(counts.values())), *listed])


def _person(name: Names, email: Emails, phone: Phones, word: Words) -> Person:
    person = Person(tuple(name or ()), tuple(email or ()), tuple(phone or ()), tuple(word or ()))
    _ = person.pattern  # nobody at all is refused before anything is started
    return person


def _write(file: Path, known: dict[str, list[dict[str, object]]]) -> None:
    if not file.parent.is_dir():
        raise StoreProblem("backup.no_folder", folder=file.parent)
    file.touch(mode=0o600)
    file.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")


def _user() -> str:
    return settings.load().user or _text("cli_db.nobody")


def _text(key: str, **values: object) -> str:
    return text(key, console.language(), **values)
