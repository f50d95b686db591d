"""Measure the matcher on pairs whose answers are known: recall at 10 and mean reciprocal rank, language by language."""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, repeat

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.frame import COLUMNS
from matching.index import MatchIndex
from matching.rank import recall_and_reciprocal
from matching.score import chances, substance
from matching.weights import defaults

SEEDS = (1, 2, 3, 4, 5)
FINNISH_SHARE = 0.75  # of the texts in the mixed condition; the rest are English
CONDITIONS = (("fi", "fi"), ("en", "en"), ("fi", "en"), ("en", "fi"), ("sv", "sv"), ("fi", "sv"), ("sv", "fi"))
MIXED = ("fi", "en")
REQUIRED = ("kind", "pair_id", "relevant_need_ids")
PLACES = 9  # decimals of a score: the figures are those of the written scores to the last digit

Grid = npt.NDArray[np.float64]

# Offers and needs, each with pair_id, title, language and ewc_code; a line of scores for each offer.
Scorer = Callable[[pd.DataFrame, pd.DataFrame], Grid]


@dataclass(frozen=True)
class Run:
    """Hold the scores of one condition and seed: a line an offer, a column a need."""

    condition: str
    seed: int
    offers: Sequence[str]
    needs: Sequence[str]
    scores: Grid


def missing(pairs: pd.DataFrame) -> list[str]:
    """Name the columns that the table lacks; a language whose one side is there must have the other."""
    halves = [
        f"{side}_{language}"
        for language in MIXED
        for side, other in (("offer", "need"), ("need", "offer"))
        if f"{other}_{language}" in pairs
    ]
    return [column for column in (*REQUIRED, *halves) if column not in pairs]


def conditions(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    """Tell which pairs of languages, the offer's and the need's, the table has texts for."""
    held = {column for column in pairs.columns if (pairs[column] != "").any()}
    return [(first, second) for first, second in CONDITIONS if {f"offer_{first}", f"need_{second}"} <= held]


def run_all(pairs: pd.DataFrame, scorer: Scorer | None = None, only: Collection[str] | None = None) -> Iterator[Run]:
    """Score every offer against every need in each condition that the table has languages for, or `only` in some."""
    offers, needs = pairs[pairs["kind"] == "pair"], pairs
    score, possible = scorer or by_matcher, conditions(pairs)
    for first, second in possible:
        if only is not None and f"{first}-{second}" not in only:
            continue
        sides = (_side(offers, "offer", repeat(first)), _side(needs, "need", repeat(second)))
        yield _run(f"{first}-{second}", 0, sides, score)
    if not {(language, language) for language in MIXED} <= set(possible) or (only is not None and "mixed" not in only):
        return
    for seed in SEEDS:
        draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
        drawn = [
            _side(rows, side, [MIXED[draw.random() >= FINNISH_SHARE] for _ in range(len(rows))])
            for rows, side in ((offers, "offer"), (needs, "need"))
        ]
        yield _run("mixed", seed, (drawn[0], drawn[1]), score)


def _side(rows: pd.DataFrame, side: str, languages: Iterable[str]) -> pd.DataFrame:
    chosen = list(islice(languages, len(rows)))
    texts = [str(rows[f"{side}_{language}"].iloc[at]) for at, language in enumerate(chosen)]
    codes = rows["ewc"].tolist() if side == "offer" and "ewc" in rows else [""] * len(rows)
    return pd.DataFrame({"pair_id": rows["pair_id"].tolist(), "title": texts, "language": chosen, "ewc_code": codes})


def _run(condition: str, seed: int, sides: tuple[pd.DataFrame, pd.DataFrame], scorer: Scorer) -> Run:
    offers, needs = sides
    scores = scorer(offers, needs).round(PLACES)
    return Run(condition, seed, offers["pair_id"].tolist(), needs["pair_id"].tolist(), scores)


def by_matcher(offers: pd.DataFrame, needs: pd.DataFrame) -> Grid:
    """Score as the matcher does, by what the listings are about, as the chance that a pair is right."""
    return chances(by_substance(offers, needs), defaults())


def by_substance(offers: pd.DataFrame, needs: pd.DataFrame) -> Grid:
    """Tell how much each offer and each need are about the same thing, not yet as a chance."""
    listings = pd.concat([offers, needs], ignore_index=True).reindex(columns=COLUMNS)
    # Text and the offer's own code, and nothing else: no types, amounts or places that a real listing would add.
    sides = ["have"] * len(offers) + ["want"] * len(needs)
    index = MatchIndex.build(listings.assign(id=range(len(listings)), type="material", direction=sides, exact=True))
    letters, words = index.cosines(np.arange(len(offers)))
    return np.stack([_about(letters[at, len(offers) :], words[at, len(offers) :]) for at in range(len(offers))])


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
    needs = np.array(run.needs)
    found = [
        recall_and_reciprocal(line, np.isin(needs, list(answers)))
        for offer, line in zip(run.offers, run.scores, strict=True)
        if (answers := relevant.get(offer, set()) & set(run.needs))
    ]
    recall, reciprocal = np.mean(found, axis=0) if found else (0.0, 0.0)
    return float(recall), float(reciprocal), len(found)


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
                    "score": run.scores.ravel(),
                }
            )
            for run in runs
        ],
        ignore_index=True,
    )
