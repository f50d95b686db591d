"""Partners where no text speaks for any: the nearest of the same type; pure, no Streamlit."""

import numpy as np
import pandas as pd

from matching import candidates
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.pipeline import score_pairs
from matching.weights import Weights

WEAK = 0.25  # substance under which nothing but the type goes together: two texts that share a word have more
MOST = 40  # so many are measured by road, the nearest by straight line


def weak(matches: pd.DataFrame) -> bool:
    """Tell whether nothing answers a resource clearly."""
    return not len(matches) or float(matches["substance"].max()) < WEAK


def nearest(index: MatchIndex, resource_id: int, hauls: Hauls, chosen: Weights) -> pd.DataFrame:
    """Give the nearest counterparts of a resource's type, as `pipeline.find_matches` lays out its matches."""
    row = index.position(resource_id)
    resources = index.resources
    points = resources[["easting_m", "northing_m"]].to_numpy(dtype=float)
    allowed = candidates.allowed(index, row)[0]
    allowed = allowed[resources["type"].to_numpy()[allowed] == resources["type"].iloc[row]]
    straight_m = np.hypot(*(points[allowed] - points[row]).T)
    other = allowed[np.lexsort((allowed, straight_m))[:MOST]]
    space = index.concept_space
    alike = (space.vectors(resources.iloc[[row]]) @ space.vectors(resources.iloc[other]).T).toarray()[0]
    region = resources["region_code"].to_numpy()
    found = pd.DataFrame(
        {
            "row": row,
            "other": other,
            "inside": region[other] == region[row],
            "characters": 0.0,  # what brought the letters together has been looked at before
            "concepts": np.clip(alike, 0.0, 1.0),
        }
    )
    scored = score_pairs(index, found, hauls, chosen)
    side = "want" if resources["direction"].iloc[row] == "have" else "have"
    return scored.assign(partner_id=scored[f"{side}_id"], partner_row=scored[f"{side}_row"])
