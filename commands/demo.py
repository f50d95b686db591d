"""Demo data: an invented Finland to look around in, loaded and removed as a whole."""

from typing import Annotated

import typer

from commands import console
from config import settings
from config.texts import text
from dashboard import wording
from data.ready import ready
from data.store import demo

app = typer.Typer(no_args_is_help=True)

LARGEST_SCALE = 200


@app.command()
def load(scale: Annotated[int, typer.Option("--scale", min=1, max=LARGEST_SCALE)] = 1) -> None:
    """Load the demo data; what is there already stays."""
    chosen = settings.load()
    with console.steps() as steps, ready(chosen, steps) as engine:
        steps("cli_demo.loading", scale=scale)

        def progress(done: int, total: int) -> None:
            if total > 1:
                steps("cli_demo.part", done=done, total=total)

        counts = demo.load(engine, chosen, scale, progress=progress)
    _answer("loaded", counts)


@app.command()
def clear() -> None:
    """Remove the demo data and nothing else."""
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        steps("cli_demo.clearing")
        counts = demo.clear(engine)
    _answer("cleared", counts)


def _answer(key: str, counts: dict[str, int]) -> None:
    language = console.language()
    told = {name: wording.number(rows, language) for name, rows in counts.items()}
    console.answer(counts, [text(f"cli_demo.{key}", language, **told)])
