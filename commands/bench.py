"""Benchmarks: figures with their bounds, as a table and in build/bench.json."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

import benchmarks
from benchmarks import Figure
from commands import console
from config import settings
from config.settings import ROOT

app = typer.Typer(no_args_is_help=True)

Sources = Annotated[Path, typer.Option("--sources")]
SOURCES = ROOT.parent / "shared" / "data"  # the official files, where they lie beside the project
PLOT = ROOT / "build" / "transport.svg"
MATCHING_PLOT = ROOT / "build" / "matching_time.svg"


@app.command()
def store(sources: Sources = SOURCES) -> None:
    """Measure imports and reads of the store."""
    _show([lambda: _store(sources)])


@app.command()
def dashboard(
    times: Annotated[list[int], typer.Option("--scale", min=1)] = [1, 100],  # noqa: B006 - typer's way of many values
    home: Annotated[Path | None, typer.Option("--home", exists=True, file_okay=False)] = None,
) -> None:
    """Measure how fast pages answer; with --home on the demo data of one scale that lie there already."""
    _show([lambda: _dashboard(times, home)])


@app.command()
def quality(
    part: Annotated[
        Literal[
            "dev",
            "own_dev",
            "fresh_dev",
            "wide_dev",
            "abroad_dev",
            "rare_dev",
            "held",
            "fresh_held",
            "branches_held",
            "streams_held",
        ],
        typer.Option("--part"),
    ] = "dev",
    plot: Annotated[Path | None, typer.Option("--plot")] = None,
    peer_table: Annotated[Path | None, typer.Option("--peer-table")] = None,
    *,
    calibrate: Annotated[bool, typer.Option("--calibrate")] = False,
) -> None:
    """Measure how good the ranking is on our own listings; with --calibrate fit how scores become chances, no more."""
    if calibrate:
        from benchmarks import quality as benchmark  # noqa: PLC0415 - loads what it measures

        typer.echo("power {}, even {}".format(*benchmark.calibrate()))
        return
    _show([lambda: _quality(part, plot, peer_table)])


@app.command()
def transport(
    zip_: Annotated[Path | None, typer.Option("--zip")] = None,
    nodes: Annotated[int, typer.Option("--nodes", min=0)] = 1_000_000,
    plot: Annotated[Path, typer.Option("--plot")] = PLOT,
) -> None:
    """Measure the road index beside its peers, on the Alert-C roads of a zip and on an invented network."""
    _show([lambda: _transport(zip_ or _road_table(SOURCES), nodes, plot)])


@app.command()
def matching(
    scale: Annotated[Literal["small", "usual", "full"], typer.Option("--scale")] = "usual",
    plot: Annotated[Path, typer.Option("--plot")] = MATCHING_PLOT,
) -> None:
    """Measure how fast matches are found; small takes a minute, full also half a million resources and an hour."""
    _show([lambda: _matching(scale, plot), _ecosystems])


@app.command()
def workshop(
    people: Annotated[int, typer.Option("--people", min=1)] = 60,
    screens: Annotated[int, typer.Option("--screens", min=1)] = 10,
    minutes: Annotated[float, typer.Option("--minutes", min=0.2)] = 2.0,
    entries: Annotated[int, typer.Option("--entries", min=0)] = 0,
    hours: Annotated[float, typer.Option("--hours", min=0)] = 0,
    every: Annotated[float, typer.Option("--every", min=1)] = 300.0,
) -> None:
    """Measure how soon the wall shows what a room of people enters.

    With --entries instead what is lost or doubled of so many, while connections break and app and database are
    killed; with --hours instead whether the server's memory stays flat over so many hours of a full room, in which
    everybody enters something --every so many seconds.
    """
    if entries:
        _show([lambda: _workshop_faults(entries)])
    elif hours:
        _show([lambda: _workshop_memory(hours, every)])
    else:
        _show([lambda: _workshop(people, screens, minutes)])


@app.command()
def fuzz(
    minutes: Annotated[float, typer.Option("--minutes", min=0.1)] = 5.0,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
) -> None:
    """Feed every importer files that nobody meant to write; what goes wrong is kept in build/fuzz."""
    _show([lambda: _fuzz(minutes, seed)])


@app.command("all")
def everything(sources: Sources = SOURCES) -> None:
    """Measure all there is."""
    roads, room = partial(_transport, _road_table(sources)), partial(_workshop, 60, 10, 2.0)
    _show([partial(_store, sources), _dashboard, _quality, roads, _matching, _ecosystems, room])


def _store(sources: Path) -> Sequence[Figure]:
    from benchmarks import store as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(settings.load(), sources)


def _dashboard(scales: Sequence[int] = (1, 100), home: Path | None = None) -> Sequence[Figure]:
    from benchmarks import dashboard as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(_tell, scales, home)


def _quality(part: str = "dev", plot: Path | None = None, table: Path | None = None) -> Sequence[Figure]:
    from benchmarks import quality as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(part, plot, table)


def _road_table(sources: Path) -> Path | None:
    return max((sources / "roads").glob("FI_LC*.zip"), default=None)


def _transport(zip_: Path | None, nodes: int = 1_000_000, plot: Path = PLOT) -> Sequence[Figure]:
    from benchmarks import transport as benchmark  # noqa: PLC0415 - loads what it measures

    order = benchmark.Order(zip_, nodes, plot)
    return benchmark.measure(settings.load(), order, lambda sentence: typer.echo(sentence, err=True))


def _matching(scale: str = "usual", plot: Path = MATCHING_PLOT) -> Sequence[Figure]:
    from benchmarks import matching as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(settings.load(), scale, plot)


def _workshop(people: int, screens: int, minutes: float) -> Sequence[Figure]:
    from benchmarks import workshop as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(benchmark.Order(people, screens, minutes), _tell)


def _workshop_faults(entries: int) -> Sequence[Figure]:
    from benchmarks import workshop_faults as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(entries, _tell)


def _workshop_memory(hours: float, every_s: float) -> Sequence[Figure]:
    from benchmarks import workshop_memory as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(hours, every_s, _tell)


def _tell(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _ecosystems() -> Sequence[Figure]:
    from benchmarks import ecosystems as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure()


def _fuzz(minutes: float, seed: int) -> Sequence[Figure]:
    from benchmarks import fuzz as benchmark  # noqa: PLC0415 - loads what it measures

    return benchmark.measure(settings.load(), minutes, seed)


def _show(parts: Sequence[Callable[[], Sequence[Figure]]]) -> None:
    figures = [figure for part in parts for figure in part()]
    benchmarks.keep(figures)
    rows = [asdict(figure) for figure in figures]
    console.answer({"figures": rows}, [benchmarks.HEADER, *map(str, figures)])
