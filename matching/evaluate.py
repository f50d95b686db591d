"""Measure the matcher on pairs whose answers are known: recall at 10 and mean reciprocal rank, language by language."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.frame import COLUMNS
from matching.index import MatchIndex
from matching.score import substance
from matching.weights import defaults

TOP = 10
SEEDS = (1, 2, 3, 4, 5)
FINNISH_SHARE = 0.75  # of the texts in the mixed condition; the rest are English
CONDITIONS = (("fi", "fi"), ("en", "en"), ("fi", "en"), ("en", "fi"), ("sv", "sv"), ("fi", "sv"))
REQUIRED = ("kind", "pair_id", "offer_fi", "offer_en", "need_fi", "need_en", "relevant_need_ids")

Grid = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """Hold the scores of one condition and seed: a line an offer, a column a need."""

    condition: str
    seed: int
    offers: Sequence[str]
    needs: Sequence[str]
    scores: Grid


def run_all(pairs: pd.DataFrame) -> Iterator[Run]:
    """Score every offer against every need in each condition that the table has languages for."""
    offers, needs = pairs[pairs["kind"] == "pair"], pairs
    for first, second in CONDITIONS:
        if {f"offer_{first}", f"need_{second}"} <= set(pairs.columns):
            sides = (_side(offers, "offer", repeat(first)), _side(needs, "need", repeat(second)))
            yield _run(f"{first}-{second}", 0, *sides)
    for seed in SEEDS:
        draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
        first_side, second_side = (
            _side(rows, side, ["fi" if draw.random() < FINNISH_SHARE else "en" for _ in range(len(rows))])
            for rows, side in ((offers, "offer"), (needs, "need"))
        )
        yield _run("mixed", seed, first_side, second_side)


def _side(rows: pd.DataFrame, side: str, languages: Iterable[str]) -> pd.DataFrame:
    chosen = list(islice(languages, len(rows)))
    texts = [str(rows[f"{side}_{language}"].iloc[at]) for at, language in enumerate(chosen)]
    codes = rows["ewc"].tolist() if side == "offer" and "ewc" in rows else [""] * len(rows)
    return pd.DataFrame({"pair_id": rows["pair_id"].tolist(), "title": texts, "language": chosen, "ewc_code": codes})


def _run(condition: str, seed: int, offers: pd.DataFrame, needs: pd.DataFrame) -> Run:
    listings = pd.concat([offers, needs], ignore_index=True).reindex(columns=COLUMNS)
    # Text and the offer's own code, and nothing else: no types, amounts or places that a real listing would add.
    index = MatchIndex.build(listings.assign(id=range(len(listings)), type="material", direction="have", exact=True))
    letters, words = index.cosines(np.arange(len(offers)))
    scores = np.stack([_about(letters[at, len(offers) :], words[at, len(offers) :]) for at in range(len(offers))])
    return Run(condition, seed, offers["pair_id"].tolist(), needs["pair_id"].tolist(), scores)


def _about(letters: npt.NDArray[np.float64], words: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    values = pd.DataFrame({"characters": letters, "concepts": words, "ewc": np.nan})
    return substance(values, defaults()).to_numpy()


def figures(runs: Sequence[Run], relevant: Mapping[str, set[str]]) -> dict[str, dict[str, float]]:
    """Give recall at 10, mean reciprocal rank and the number of offers of each condition, seeds averaged."""
    found: dict[str, dict[str, float]] = {}
    for condition in dict.fromkeys(run.condition for run in runs):
        rates = [rate(run, relevant) for run in runs if run.condition == condition]
        recall, reciprocal = np.mean([[rate_[0], rate_[1]] for rate_ in rates], axis=0)
        found[condition] = {
            "recall_at_10": round(float(recall), 4),
            "mrr": round(float(reciprocal), 4),
            "n": rates[0][2],
        }
    return found


def rate(run: Run, relevant: Mapping[str, set[str]]) -> tuple[float, float, int]:
    """Give recall at 10, mean reciprocal rank and the number of offers that have an answer."""
    recalls, reciprocals = [], []
    needs = np.array(run.needs)
    for offer, line in zip(run.offers, run.scores, strict=True):
        answers = relevant.get(offer, set()) & set(run.needs)
        if not answers:
            continue
        order = np.lexsort((needs, -line))  # equal scores by id, so that a run can be repeated anywhere
        ranks = [place for place, at in enumerate(order, 1) if needs[at] in answers]
        recalls.append(sum(place <= TOP for place in ranks) / len(ranks))
        reciprocals.append(1 / ranks[0])
    return (float(np.mean(recalls)), float(np.mean(reciprocals)), len(recalls)) if recalls else (0.0, 0.0, 0)


def relevant_needs(pairs: pd.DataFrame) -> dict[str, set[str]]:
    """Read which needs answer each offer."""
    offers = pairs[pairs["kind"] == "pair"]
    return {str(row.pair_id): set(str(row.relevant_need_ids).split()) for row in offers.itertuples()}


def scores_table(runs: Sequence[Run]) -> pd.DataFrame:
    """List every pair's score: condition, seed, offer_id, need_id, score."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "condition": run.condition,
                    "seed": run.seed,
                    "offer_id": np.repeat(run.offers, len(run.needs)),
                    "need_id": np.tile(run.needs, len(run.offers)),
                    "score": run.scores.ravel().round(6),
                }
            )
            for run in runs
        ],
        ignore_index=True,
    )
