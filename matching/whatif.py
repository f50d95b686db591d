"""What if: exchanges that break and come up when sites close, plants arrive, or limits and prices change.

All of it is reckoned beside the data and from it alone: the same scenario gives the same numbers, and a step back
gives those from before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching import topics
from matching.index import READ, MatchIndex
from matching.pairs import Hauls
from matching.pipeline import find_matches
from matching.weights import Weights
from matching.whatif_terms import NO_LIMIT_KM, Figures, Terms, figures, holds

TODAY = Terms()
SUBSTITUTES = 3
ASKED_MOST = 25  # resources left without a partner that substitutes are sought for, the largest first
BROKEN, WON = "broken", "won"
COLUMNS = ("have_id", "want_id", "type", "tonnes", "km", "minutes", "method", "from_site", "to_site")
PLANT = -1  # ids of what a new plant has and needs count down from here, and so does its site

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Plant:
    """Hold a new plant: the kind of it, the municipality's code, and its size (1: a usual one)."""

    kind: str
    municipality: str
    size: float = 1.0


@dataclass(frozen=True)
class Scenario:
    """Hold what is changed: sites that close, plants that arrive, and the terms."""

    closed: tuple[int, ...] = ()
    plants: tuple[Plant, ...] = ()
    terms: Terms = TODAY

    @property
    def nothing(self) -> bool:
        """Tell that nothing is changed."""
        return self == Scenario()

    def as_json(self) -> dict[str, object]:
        """Give it as the store keeps it."""
        plants = [[one.kind, one.municipality, one.size] for one in self.plants]
        terms = [self.terms.limit_km, self.terms.eur_per_tonne, self.terms.transport]
        prices = dict(self.terms.prices)
        return {"closed": list(self.closed), "plants": plants, "terms": terms, "prices": prices}


def of_json(told: Mapping[str, Any]) -> Scenario:
    """Read what `Scenario.as_json` wrote; what is not there is as today."""
    plants = tuple(Plant(str(kind), str(code), float(size)) for kind, code, size in told.get("plants", []))
    limit_km, eur_per_tonne, transport = told.get("terms", (TODAY.limit_km, TODAY.eur_per_tonne, TODAY.transport))
    prices = tuple(sorted((str(one), float(value)) for one, value in told.get("prices", {}).items()))
    terms = Terms(float(limit_km), float(eur_per_tonne), float(transport), prices)
    return Scenario(tuple(int(one) for one in told.get("closed", [])), plants, terms)


@dataclass(frozen=True)
class Answer:
    """Hold what a scenario does.

    `before` and `after` are the sums today and in the scenario, `lost` those of what breaks as of today, `gained`
    those of what comes up in the scenario. `broken` and `won` are exchanges with a column `why`
    (closed, limit, price, plant); `kept` are those of both. `substitutes` are, for a resource that lost its partner
    because a site closes, up to three others: partner_id, score, km, method.
    """

    before: Figures
    after: Figures
    lost: Figures
    gained: Figures
    broken: pd.DataFrame
    won: pd.DataFrame
    kept: pd.DataFrame
    substitutes: Mapping[int, pd.DataFrame]


@dataclass(frozen=True)
class World:
    """Hold what scenarios are tried on: the exchanges, the index of resources, the ways, and the weights."""

    exchanges: pd.DataFrame
    index: MatchIndex
    hauls: Hauls
    weights: Weights


def answer(world: World, scenario: Scenario, plants: pd.DataFrame) -> Answer:
    """Reckon a scenario; `plants` are the listings of its new plants, in the columns of matching.frame.COLUMNS."""
    every = world.exchanges
    today, then = holds(every, TODAY), holds(every, scenario.terms)
    shut = _closed(every, scenario.closed)
    broken = every[today & (~then | shut)]
    left = world.index.remove(_resources(world.index, scenario.closed))
    new = _arriving(replace(world, index=left), scenario.terms, plants)
    won = pd.concat([every[~today & then & ~shut].assign(why=_why(scenario.terms, every[~today & then & ~shut])), new])
    return Answer(
        before=figures(every[today], TODAY),
        after=figures(pd.concat([every[then & ~shut], new]), scenario.terms),
        lost=figures(broken, TODAY),
        gained=figures(won, scenario.terms),
        broken=broken.assign(why=np.where(shut[today & (~then | shut)], "closed", _why(scenario.terms, broken))),
        won=won,
        kept=every[today & then & ~shut],
        substitutes=_substitutes(replace(world, index=left), scenario, every[today & shut]),
    )


def _closed(exchanges: pd.DataFrame, closed: Sequence[int]) -> Flags:
    return np.asarray(exchanges["from_site"].isin(closed) | exchanges["to_site"].isin(closed), dtype=bool)


def _resources(index: MatchIndex, closed: Sequence[int]) -> list[int]:
    rows = np.flatnonzero(index.present)
    told = index.take(rows, ["id", "site_id"])
    return [int(one) for one in told.loc[told["site_id"].isin(closed), "id"]]


def _why(terms: Terms, rows: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Tell which of limit and price decided."""
    far = (rows["km"] > min(terms.limit_km, NO_LIMIT_KM)).to_numpy(bool)
    return np.where(far, "limit", "price").astype(object)


def _arriving(world: World, terms: Terms, plants: pd.DataFrame) -> pd.DataFrame:
    """Find the exchanges of new plants with who is there: the best for each of their resources."""
    blank = world.exchanges.head(0).assign(why="")
    if plants.empty:
        return blank
    index = world.index.add(plants)
    found = [
        find_matches(index, int(one), world.hauls, SUBSTITUTES, world.weights).assign(own=int(one))
        for one in plants["id"]
    ]
    pairs = pd.concat([one[one["score"] >= world.weights.least_score] for one in found], ignore_index=True)
    if pairs.empty:
        return blank
    best = pairs.sort_values(["score", "have_id", "want_id"], ascending=[False, True, True]).drop_duplicates("own")
    rows = _about(best, index).assign(
        tonnes=np.fmin(best["have_tonnes"], best["want_tonnes"]),
        from_site=best["have_site_id"],
        to_site=best["want_site_id"],
        from_company=best["have_organisation_id"],
        to_company=best["want_organisation_id"],
        why="plant",
    )
    told = rows.reindex(columns=blank.columns)
    return told[holds(told, terms)].reset_index(drop=True)


def _substitutes(world: World, scenario: Scenario, broken: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """Find others for whoever lost a partner to a closing."""
    gone = set(scenario.closed)
    sides = (("have_id", "from_site"), ("want_id", "to_site"))
    left = pd.concat([broken[[own, site, "tonnes"]].set_axis(["id", "site", "tonnes"], axis=1) for own, site in sides])
    left = left[~left["site"].isin(gone)].sort_values(["tonnes", "id"], ascending=[False, True]).drop_duplicates("id")
    known = set(world.index.ids.tolist())
    asked = [int(one) for one in left["id"] if one in known][:ASKED_MOST]
    return {one: _others(world, one, scenario.terms) for one in asked}


def _others(world: World, resource: int, terms: Terms) -> pd.DataFrame:
    found = find_matches(world.index, resource, world.hauls, SUBSTITUTES, world.weights)
    told = _about(found, world.index)
    fits = told[(told["score"] >= world.weights.least_score) & holds(told, terms)]
    return fits[["partner_id", "score", "km", "method"]].head(SUBSTITUTES).reset_index(drop=True)


def _about(pairs: pd.DataFrame, index: MatchIndex) -> pd.DataFrame:
    """Say what pairs of the matcher are about, in the columns of exchanges."""
    columns = [*READ, "type", "hazardous"]
    have, want = (index.take(pairs[f"{side}_row"].to_numpy(), columns) for side in ("have", "want"))
    material, wanted = (topics.leading(rows, index.concept_space.taxonomy) for rows in (have, want))
    return pairs.assign(
        type=pairs["have_type"].astype(str),
        hazardous=have["hazardous"].fillna(value=False).to_numpy(bool),
        material=material,
        want_material=wanted,
    )
