"""A lesson as JSON, to be kept and read again to the last digit; and the decided pairs that it is learned from."""

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, cast

import numpy as np
import pandas as pd

from matching import learning
from matching.decisions import counted, outcomes
from matching.features import FEATURES
from matching.index import MatchIndex
from matching.learning import SCORE, Learned, Lesson
from matching.pairs import Hauls
from matching.pipeline import score_pairs
from matching.weights import Weights, defaults


def learn(index: MatchIndex, proposed: pd.DataFrame, hauls: Hauls) -> Lesson:
    """Learn from the decided ones of some synergies: have_id, want_id, stage, lapse_reason, demo.

    Invented decisions count only where there is nothing else. A pair of which a side is gone can't be measured.
    """
    right = outcomes(counted(proposed)).dropna()
    pairs = proposed.loc[right.index]
    there = pairs["have_id"].isin(index.ids) & pairs["want_id"].isin(index.ids)
    pairs, right = pairs[there], right[there].astype(bool)
    lesson = learning.learn(known(index, pairs, hauls), right, pairs["have_id"])
    return replace(lesson, demo=bool(len(pairs)) and bool(pairs["demo"].any()))


def known(index: MatchIndex, pairs: pd.DataFrame, hauls: Hauls) -> pd.DataFrame:
    """Lay out what is learned from, one row for each of some pairs (have_id, want_id)."""
    have, want = (
        np.array([index.position(int(one)) for one in pairs[side]], dtype=np.intp) for side in ("have_id", "want_id")
    )
    letters, concepts = index.alike(have, want)
    region = index.resources["region"].to_numpy()
    inside = region[have] == region[want]
    found = pd.DataFrame({"row": have, "other": want, "inside": inside, "characters": letters, "concepts": concepts})
    scored = score_pairs(index, found, hauls, defaults())
    values = scored[[f"value_{name}" for name in FEATURES]].set_axis(list(FEATURES), axis=1)
    return learning.columns(values, scored["score"], defaults().unknown)


def weights(lesson: Lesson | None) -> Weights:
    """Give the weights to rank by: the learned model where it is surely better, and the default where not."""
    model = lesson.model if lesson else None
    usable = model is not None and set(model.worth) <= {SCORE, *FEATURES}  # an older program knew other features
    return replace(defaults(), learned=model) if usable else defaults()


def as_json(lesson: Lesson) -> dict[str, object]:
    """Write a lesson; what is not known is null."""
    told = {name: _plain(value) for name, value in asdict(lesson).items() if name != "model"}
    model = lesson.model
    if model is None:
        return {**told, "model": None}
    steps = None if model.steps is None else [one.tolist() for one in model.steps]
    return {**told, "model": {"worth": dict(model.worth), "start": model.start, "steps": steps}}


def of_json(told: Mapping[str, object]) -> Lesson:
    """Read a lesson."""
    values = {name: math.nan if value is None else value for name, value in told.items() if name != "model"}
    kept = cast("Mapping[str, Any] | None", told["model"])
    return Lesson(**cast("dict[str, Any]", values), model=None if kept is None else _model(kept))


def _model(kept: Mapping[str, Any]) -> Learned:
    steps = kept["steps"] and tuple(np.array(one, dtype=float) for one in kept["steps"])
    worth = {name: float(kept["worth"][name]) for name in sorted(kept["worth"])}
    return Learned(worth, float(kept["start"]), steps)


def _plain(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value
