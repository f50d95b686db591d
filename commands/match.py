"""Matching: refresh all suggestions, ask for one resource, measure the ranking."""

import time
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer
from sqlalchemy import Engine

from commands import console, proposing, roads_fill
from config import settings
from config.errors import MatchProblem
from config.settings import Settings
from config.texts import text
from dashboard import lessons, match_index, reasons, wording
from dashboard.views import lesson as lesson_view
from data import queries
from data.queries import distances
from data.ready import ready
from data.store import distances as cache
from geo import distance, regions
from matching import evaluate as evaluation
from matching import scaleout
from matching.everything import Everything, Progress, match_all
from matching.explain import explain
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_matches
from matching.weights import Weights

app = typer.Typer(no_args_is_help=True)


@app.command()
def refresh() -> None:
    """Count all suggestions again and record new ones."""
    began = time.monotonic()
    chosen = settings.load()
    with console.steps() as steps, ready(chosen, steps) as engine:
        steps("cli_match.reading")
        index = _index(engine)

        def progress(done: int, total: int) -> None:
            steps("cli_match.scoring", done=done, total=total)

        hauls = _hauls(engine)
        steps("cli_match.learning")
        lesson = lessons.learn(engine, chosen.user, index, hauls)
        weights = lessons.weights(engine)
        found = _everything(chosen, index, hauls, weights, progress)
        steps("cli_match.writing")
        written = proposing.write(engine, chosen, index, found.pairs, hauls, weights)
        done = written.proposed
        if cache.fits(engine):  # whoever asks for one resource next need not wait for its ways
            roads_fill.missing(engine, steps)
    data = {
        "resources": len(index),
        "pairs_scored": found.scored,
        "synergies_proposed": done.created,
        "synergies_rescored": done.updated,
        "synergies_lapsed": written.lapsed,
        "synergies_returned": written.returned,
        "decisions": lesson.n,
        "learned": lesson.model is not None,
        "seconds": round(time.monotonic() - began, 2),
    }
    pairs = wording.number(found.scored, console.language())
    words = _text("refreshed", resources=len(index), pairs=pairs, created=done.created, updated=done.updated)
    ended = text("cli_proposals.ended", console.language(), lapsed=written.lapsed, returned=written.returned)
    console.answer(data, [words, ended, lesson_view.learned(lesson, console.language())])


@app.command(name="for")
def for_(
    resource_id: Annotated[int, typer.Argument()],
    top: Annotated[int, typer.Option("--top", min=1)] = 10,
    within: Annotated[str | None, typer.Option("--within")] = None,
) -> None:
    """Show the best partners of a resource."""
    if within is not None and within not in regions.load().regions:
        raise MatchProblem("match.unknown_region", code=within)
    with console.steps() as steps, ready(settings.load(), steps) as engine:
        steps("cli_match.reading")
        index = _index(engine)
        k = None if within else top
        found = find_matches(index, resource_id, _hauls(engine), k, lessons.weights(engine))
    if within is not None:
        partner_regions = index.resources["region_code"].to_numpy()[found["partner_row"].to_numpy(dtype=int)]
        found = found[partner_regions == within].head(top)
    rows = [_row(index, row) for row in found.to_dict("records")]
    console.answer(rows, [_line(row) for row in rows] or [_text("nothing")])


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument()],
    scores: Annotated[Path | None, typer.Option("--scores")] = None,
) -> None:
    """Measure the ranking on a file whose right pairs are known."""
    pairs = _pairs(file)
    runs = list(evaluation.run_all(pairs))
    if scores is not None:
        evaluation.scores_table(runs).to_csv(scores, index=False)
    found = evaluation.figures(runs, evaluation.relevant_needs(pairs))
    lines = [
        f"{condition:>6}  recall@10 {figure['recall_at_10']:.3f}  MRR {figure['mrr']:.3f}  n {figure['n']}"
        for condition, figure in found.items()
    ]
    console.answer(found, lines)


def _pairs(file: Path) -> pd.DataFrame:
    try:
        pairs = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:  # also a wrong encoding and what pandas can't parse
        raise MatchProblem("match.unreadable_file", file=file) from error
    missing = evaluation.missing(pairs)
    if missing:
        raise MatchProblem("match.missing_column", file=file, column=missing[0])
    if not (pairs["kind"] == "pair").any():
        raise MatchProblem("match.no_pairs", file=file)
    if not evaluation.conditions(pairs):
        raise MatchProblem("match.no_language", file=file)
    return pairs


def _everything(chosen: Settings, index: MatchIndex, hauls: Hauls, weights: Weights, progress: Progress) -> Everything:
    if chosen.dask is None:
        return match_all(index, hauls, weights=weights, progress=progress)
    # The workers know no store, and so no distance but those that they reckon.
    own = partial(distance.pairs, engine=distance.default_engine(chosen))
    return scaleout.match_all(chosen.dask, index, own, weights=weights, progress=progress)


def _index(engine: Engine) -> MatchIndex:
    """Give the index that the pages use as well, so that both count alike."""
    return match_index.live(engine, settings.load(), beside=False).current(queries.stamp(engine))


def _hauls(engine: Engine) -> Hauls:
    return distances.hauls(engine, distance.default_engine(settings.load()))


def _row(index: MatchIndex, row: dict[Any, Any]) -> dict[str, object]:
    return {
        "resource_id": int(row["partner_id"]),
        "title": index.resources["title"].iloc[int(row["partner_row"])],
        "score": round(float(row["score"]), 4),
        "km": None if np.isnan(row["km"]) else round(float(row["km"]), 1),
        "method": str(row["method"]),
        "inside": bool(row["inside"]),
        "reasons": [reasons.say(reason, console.language()) for reason in explain(index, row)],
    }


def _line(row: dict[str, Any]) -> str:
    return f"{row['resource_id']:>8}  {row['score']:.3f}  {row['title']}: {reasons.BETWEEN.join(row['reasons'])}"


def _text(key: str, **values: object) -> str:
    return text(f"cli_match.{key}", console.language(), **values)
