"""Exchanges in two steps: an offer goes to somebody who treats it, and what comes out is what a third one needs.

A processor is an offered service or capacity of a third organisation. A chain is as good as the weaker of its two
steps, by what is known of both ways together, and is worth telling only where the direct way is worse.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.distance import ESTIMATE, NONE
from matching import chain_steps, learning, processes, processors
from matching.features import FEATURES
from matching.index import MatchIndex
from matching.pairs import POINT, Hauls, barred
from matching.pipeline import score_pairs
from matching.reasons import Reason
from matching.score import chances
from matching.weights import Weights

TOP = 3
MEASURED = 60  # chains whose ways are measured by road: the best by straight line
OF_ONE = 2  # chains over one processor, which must not fill the list
LEAST_SCORE = 0.09  # as for a proposal: below it the weaker step is little more than a guess
LEAST_GAIN = 0.05  # over the pair alone: a second haul and a third party have to be worth it
MOST_KM = 400.0  # both ways together; longer ones were read, and nobody would drive them for what was carried
SURE = 0.99  # of a fit: beyond it the concepts that it stands for would have no end
ROAD_RATIO = 1.3  # of road to straight line, about, to choose whose ways are measured
WAY = ("km", "minutes", "method", "ferry_km")
WHO = ("have", "processor", "want")
STEPS = ("first", "second")

Floats = npt.NDArray[np.float64]


def find(index: MatchIndex, resource_id: int, hauls: Hauls, weights: Weights, *, top: int = TOP) -> pd.DataFrame:
    """Give the best chains that begin with an offer, or end at a need; each partner and each processor once or twice.

    Returns
    -------
    DataFrame
        Best first: `have_row`, `processor_row`, `want_row` and their ids, `partner_id` (the other end), `process`,
        `material` and `asked` (concepts), `treats` and `asks` (the two steps in 0..1), `first_km`, `second_km` and
        the like for minutes, method and ferry, `km` of both, `direct` (the score of the pair alone) and `score`;
        `default` and `direct_default` are those of the default weights, by which alone a chain is worth telling or not.
    """
    row = index.position(resource_id)
    ends = chain_steps.ends(index, row, weights)
    chains = processors.between(index, row, ends) if len(ends) else ends
    if chains.empty:
        return chains
    near = _best(_guessed(index, chains, weights), MEASURED)
    found = _direct(index, _measured(index, near, hauls), hauls, weights)
    worth = (found["default"] >= LEAST_SCORE) & (found["default"] >= found["direct_default"] + LEAST_GAIN)
    good = found[worth & (found["direct_default"] < weights.least_score) & (found["km"] <= MOST_KM)]
    offered = index.take(np.array([row]), ["direction"])["direction"].iloc[0] == "have"
    named = _named(index, good, "want" if offered else "have")
    ordered = named.sort_values(["score", "partner_id", "processor_id"], ascending=[False, True, True])
    once = ordered.drop_duplicates("partner_id")
    told = once[once.groupby("processor_id").cumcount() < OF_ONE].head(top).reset_index(drop=True)
    return told.assign(**_concepts(index, told))


def explain(chain: Mapping[Any, Any]) -> tuple[Reason, ...]:
    """Say both steps of a chain: what is done to what and how far away, and what it is then asked for."""
    first = {"process": chain["process"], "material": chain["material"]}
    second = {"asked": chain["asked"]}
    facts = zip(STEPS, (first, second), strict=True)
    return tuple(
        Reason(
            f"chain.{step}",
            {**told, "km": round(float(chain[f"{step}_km"]), 1), "method": str(chain[f"{step}_method"])},
        )
        for step, told in facts
    )


def _guessed(index: MatchIndex, steps: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    points = [index.take(steps[f"{who}_row"].to_numpy(), POINT).to_numpy(float) for who in WHO]
    for step, start, end in zip(STEPS, points[:-1], points[1:], strict=True):
        steps[f"{step}_km"] = np.hypot(*(start - end).T) / 1000 * ROAD_RATIO
    return steps.assign(score=_taught(*_scored(index, steps, weights), weights))


def _taught(default: Floats, values: pd.DataFrame, weights: Weights) -> Floats:
    """Score as decisions on pairs have taught, where they have: a chain is a pair of its weaker step and both ways."""
    if weights.learned is None:
        return default
    told = values.reindex(columns=list(FEATURES))
    known = learning.columns(told, pd.Series(default, index=told.index), weights.unknown)
    return weights.learned.score(known).to_numpy()


def _scored(index: MatchIndex, chains: pd.DataFrame, weights: Weights) -> tuple[Floats, pd.DataFrame]:
    """Weigh the weaker step as the score of a pair is weighed, over the ways of both; give what was weighed as well."""
    fit = chains[["treats", "asks"]].min(axis=1).to_numpy(float)
    types = [index.take(chains[f"{who}_row"].to_numpy(), ["type"])["type"] for who in ("have", "want")]
    halves = [kind.astype(object).map(weights.half_km).to_numpy(float) for kind in types]
    ways = [chains[f"{step}_km"].to_numpy(float) for step in STEPS]
    haul = 1 / (1 + ways[0] / halves[0] + ways[1] / halves[1])
    known = {name: _known(chains, name, weights) for name in ("quantity", "time")}
    known |= {"substance": np.ones(len(chains)), "haul": haul}
    total = np.sum([share * known[name] for name, share in weights.share.items()], axis=0)
    piped = types[0].isin(weights.bound).to_numpy() | types[1].isin(weights.bound).to_numpy()
    # As if concepts alone had given the fit: the weaker step's letters are not those of any pair.
    concepts = np.clip(-np.log1p(-np.minimum(fit, SURE)) * weights.scale / weights.substance["concepts"], 0.0, 1.0)
    values = pd.DataFrame({name: known[name] for name in ("quantity", "time", "haul")} | {"concepts": concepts})
    return chances(np.clip(fit * np.where(piped, np.sqrt(haul), 1.0) * total, 0.0, 1.0), weights), values


def _known(chains: pd.DataFrame, name: str, weights: Weights) -> Floats:
    if name not in chains:
        return np.full(len(chains), weights.unknown[name])
    return chains[name].fillna(weights.unknown[name]).to_numpy(float)


def _best(chains: pd.DataFrame, count: int) -> pd.DataFrame:
    order = ["score", "have_row", "want_row", "processor_row"]
    return chains.sort_values(order, ascending=[False, True, True, True]).head(count).reset_index(drop=True)


def _measured(index: MatchIndex, chains: pd.DataFrame, hauls: Hauls) -> pd.DataFrame:
    """Put in the ways by road of both steps; a chain of which one has none is left out."""
    places = {who: index.take(chains[f"{who}_row"].to_numpy(), [*POINT, "exact"]) for who in WHO}
    for step, start, end in zip(STEPS, WHO[:-1], WHO[1:], strict=True):
        ways = hauls(*(places[who][list(POINT)].to_numpy(float) for who in (start, end)))
        vague = ~(places[start]["exact"] & places[end]["exact"]).to_numpy(bool) & (ways.method != NONE)
        told = {f"{step}_{name}": getattr(ways, name) for name in WAY}
        chains = chains.assign(**told | {f"{step}_method": np.where(vague, ESTIMATE, ways.method)})
    reached = chains[chains[[f"{step}_km" for step in STEPS]].notna().all(axis=1)].reset_index(drop=True)
    return reached.assign(km=reached["first_km"] + reached["second_km"])


def _direct(index: MatchIndex, chains: pd.DataFrame, hauls: Hauls, weights: Weights) -> pd.DataFrame:
    """Score each pair as if nobody stood between; amounts and times are those of the pair."""
    regions = [index.take(chains[f"{who}_row"].to_numpy(), ["region"])["region"] for who in ("have", "want")]
    pairs = pd.DataFrame(
        {
            "row": chains["have_row"],
            "other": chains["want_row"],
            "inside": regions[0] == regions[1],
            "characters": chains["characters"],
            "concepts": chains["concepts"],
        }
    )
    scored = score_pairs(index, pairs, hauls, weights)
    chains = chains.assign(**{name: scored[name].to_numpy() for name in ("quantity", "time")})
    alone = scored[["score", "default"]].mask(barred(scored), 0.0)
    default, values = _scored(index, chains, weights)
    return chains.assign(
        direct=alone["score"].to_numpy(),
        direct_default=alone["default"].to_numpy(),
        default=default,
        score=_taught(default, values, weights),
    )


def _named(index: MatchIndex, chains: pd.DataFrame, partner: str) -> pd.DataFrame:
    ids = {f"{who}_id": index.take(chains[f"{who}_row"].to_numpy(), ["id"])["id"] for who in WHO}
    columns = {name: column.to_numpy() for name, column in ids.items()}
    return chains.assign(**columns, partner_id=columns[f"{partner}_id"])


def _concepts(index: MatchIndex, chains: pd.DataFrame) -> dict[str, list[str]]:
    """Name what is done to each, and what the need asks of it then: a use that it names, else the material."""
    table = processes.load()
    done = [table[at] for at in chains["process"]]
    wants = chain_steps.resources(index, chains["want_row"].to_numpy())
    ends = zip(done, chains["material"], wants, strict=True)
    asked = [_asked(index, chain_steps.product(one, material), want) for one, material, want in ends]
    return {"process": [one.concept for one in done], "asked": asked}


def _asked(index: MatchIndex, made: chain_steps.Resource, want: chain_steps.Resource) -> str:
    space = index.concept_space
    own = space.named(want)
    shared = space.shared(made, want) or list(own) or made["concepts"].split()
    best = sorted(shared, key=lambda one: (one not in own, space.taxonomy.concepts[one].kind != "use"))
    return str(best[0])
