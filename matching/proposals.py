"""Turn a scored pair into what the store keeps of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from matching.explain import Row, explain_all
from matching.index import MatchIndex
from matching.reasons import Reason


def proposals(index: MatchIndex, pairs: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the fields of proposals, rounded so that counting again changes nothing that is the same."""
    told = zip(pairs.to_dict("records"), explain_all(index, pairs), strict=True) if len(pairs) else ()
    return [_proposal(pair, reasons) for pair, reasons in told]


def proposal(index: MatchIndex, pair: Row) -> dict[str, Any]:
    """Give the fields of one proposal."""
    return proposals(index, pd.DataFrame([dict(pair)]))[0]


def _proposal(pair: Row, reasons: Sequence[Reason]) -> dict[str, Any]:
    return {
        "have_id": int(pair["have_id"]),
        "want_id": int(pair["want_id"]),
        "score": round(float(pair["score"]), 4),
        "reasons": [reason.as_json() for reason in reasons],
        "road_km": _known(pair["km"], 1),
        "road_minutes": _known(pair["minutes"], 0),
        "method": str(pair["method"]),
        "tonnes_per_year": moved(pair),
    }


def moved(pair: Row) -> float | None:
    """Give what would move in a year: no more than is offered, no more than is needed; nothing for a single batch.

    Nor is anything said where either is unknown: what is offered is not what is taken.
    """
    if not pair["have_continuity"] == pair["want_continuity"] == "continuous":
        return None
    return _known(float(np.minimum(pair["have_tonnes"], pair["want_tonnes"])), 2)


def _known(value: float, decimals: int) -> float | None:
    return None if np.isnan(value) else round(float(value), decimals)
