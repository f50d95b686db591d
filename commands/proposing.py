"""Write what the matcher found: new proposals, old ones scored again, and those that lapse or come back."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Engine

from config.settings import Settings
from data.queries import proposals as queries
from data.store import lifecycle, synergies
from data.store.synergies import Proposal, Proposed
from matching import standing
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.proposals import proposals
from matching.weights import Weights


@dataclass(frozen=True)
class Written:
    """Tell what became of the proposals; `lapsed` and `returned` by the program itself."""

    proposed: Proposed
    lapsed: int
    returned: int


def write(
    engine: Engine, chosen: Settings, index: MatchIndex, best: pd.DataFrame, hauls: Hauls, weights: Weights
) -> Written:
    """Write the best pairs, and score again what was proposed before and is no longer among them."""
    followed = lifecycle.follow(engine, chosen.language)
    known = queries.scored(engine)
    among = set(zip(best["have_id"], best["want_id"], strict=True)) if len(best) else set()
    rest = [pair not in among for pair in zip(known["have_id"], known["want_id"], strict=True)]
    again = standing.again(index, known[np.array(rest, dtype=bool)], hauls, weights)
    listed = [Proposal(**fields) for fields in proposals(index, best)]
    others = [
        Proposal(**fields, listed=False, weak=bool(weak))
        for fields, weak in zip(proposals(index, again), again.get("weak", ()), strict=True)
    ]
    done = synergies.propose(engine, chosen.user, [*listed, *others], chosen.language)
    return Written(done, followed.lapsed + done.lapsed, followed.returned + done.returned)
