"""What explanations tell beside the features, for all pairs at once: a frame for each costs milliseconds."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from matching import routes
from matching.amounts import ranges
from matching.features import haul, temperature
from matching.index import READ, MatchIndex
from matching.weights import defaults

PREFIX = "told_"
SIDES = ("have", "want")

Facts = Mapping[Any, Any]


def told(pairs: pd.DataFrame) -> pd.DataFrame:
    """Add what reasons need: amounts in one measure, missing degrees, the way round, how far energy reaches."""
    facts = ranges(pairs).assign(
        gap_c=temperature.gap_c(pairs),
        cold=temperature.is_cold(pairs),
        detour_km=routes.detour_km(pairs),
        reach_km=haul.reach_km(pairs, defaults()),
        carrier=haul.carrier(pairs),
    )
    return pairs.assign(**facts.add_prefix(PREFIX))


def of_one(pair: Facts) -> Facts:
    """Give the facts of one pair, which may have been told already."""
    return pair if f"{PREFIX}measure" in pair else told(pd.DataFrame([dict(pair)])).to_dict("records")[0]


def texts(index: MatchIndex, pairs: pd.DataFrame) -> Iterator[tuple[Facts, Facts]]:
    """Give what both sides of each pair say of themselves."""
    sides = [index.take(pairs[f"{side}_row"].to_numpy(dtype=np.intp), READ).to_dict("records") for side in SIDES]
    yield from zip(*sides, strict=True)
