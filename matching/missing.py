"""Which materials are offered where nobody within reach takes them, and what a processor there would serve."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import KDTree

from matching import chain_steps, processes
from matching.chain_steps import LEAST_FIT
from matching.columns import Rows, cosine, whole
from matching.index import MatchIndex
from matching.pairs import POINT, Hauls
from matching.processes import PROCESSORS, Process
from matching.weights import Weights, defaults

GOODS = ("material", "waste")
NEAREST = 4  # takers of each offer, by straight line, whose road is looked up
FEWEST_OFFERS = 2  # for one there is a partner to be found, and no plant to be built

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Taker:
    """Hold who takes or treats something: the row in the index, whether it needs the material itself or treats it."""

    row: int
    treats: bool


def offers(index: MatchIndex, topics: pd.Series) -> pd.DataFrame:
    """List what is offered of goods, by id, with its row in the index and its material.

    `topics` gives the leading concept of each resource by its id; what nothing was read in is left out.
    """
    rows = np.concatenate([np.zeros(0, np.intp), *(index.side(part).row for part in index.parts if part[0] == "have")])
    columns = ["id", "organisation_id", "type", "tonnes", "ewc_code", "region_code", *POINT]
    found = index.take(rows, columns).assign(row=rows)
    material = found["id"].map(topics).fillna("")
    kept = found["type"].isin(GOODS) & (material != "")
    return found.assign(material=material)[kept].sort_values("id", ignore_index=True)


def takers(index: MatchIndex, materials: Sequence[str], weights: Weights | None = None) -> dict[str, list[Taker]]:
    """Find for each material who needs it or something it is good for, and who offers to treat it."""
    chosen = weights or defaults()
    needing = _needing(index, [[material] for material in materials], chosen)
    found = {
        material: [Taker(row, treats=False) for row in rows] for material, rows in zip(materials, needing, strict=True)
    }
    treating = list(_treating(index))
    for material in materials:
        kin = processes.kin(material)
        ways = [at for at, one in enumerate(processes.load()) if one.takes.get(material, 0.0) >= LEAST_FIT]
        found[material] += [
            Taker(row, treats=True)
            for row, sure, named in treating
            if any(sure.get(at, 0.0) >= LEAST_FIT for at in ways) and (not named or named & kin)
        ]
    return found


def _needing(index: MatchIndex, made: Sequence[Sequence[str]], weights: Weights) -> list[list[int]]:
    """Give for each set of concepts the rows of needs that it would answer, by what it is and is good for alone."""
    part = ("want", "material")
    if part not in index.parts or not made:
        return [[] for _ in made]
    plain = {"title": "", "description": "", "language": "", "ewc_code": "", "direction": "have"}
    listings = pd.DataFrame([{**plain, "concepts": " ".join(one)} for one in made])
    side = index.side(part)
    letters, _ = index.vectors(part, side.row[:0])
    questions = chain_steps.blank(letters, len(made)), whole(index.concept_space.vectors(listings))
    sums = index.dots(part, questions)[1]
    fits = 1 - np.exp(-cosine(sums) * weights.substance["concepts"] / weights.scale)
    return [[int(row) for row in side.row[line >= LEAST_FIT]] for line in fits]


def _treating(index: MatchIndex) -> list[tuple[int, dict[int, float], frozenset[str]]]:
    """Read services and capacities: which processes each offers and how surely, and the materials that it names."""
    table, taxonomy = processes.load(), index.concept_space.taxonomy.concepts
    parts = [("have", kind) for kind in PROCESSORS if ("have", kind) in index.parts]
    rows: Rows = np.concatenate([np.zeros(0, np.intp), *(index.side(part).row for part in parts)])
    found = []
    for row, listing in zip(rows.tolist(), chain_steps.resources(index, rows), strict=True):
        named = index.concept_space.named(listing)
        sure = {at: one.named_in(named) for at, one in enumerate(table)}
        if any(value >= LEAST_FIT for value in sure.values()):
            goods = frozenset(one for one in named if taxonomy[one].kind in processes.TREATED)
            found.append((row, sure, goods))
    return found


def nearest_km(index: MatchIndex, offered: pd.DataFrame, known: dict[str, list[Taker]], hauls: Hauls) -> Floats:
    """Give the way by road from each offer to the nearest who takes it, of another company; NaN where there is none."""
    pairs: list[npt.NDArray[np.intp]] = []
    points, owners = offered[list(POINT)].to_numpy(float), offered["organisation_id"].to_numpy()
    for material, at in offered.groupby("material").indices.items():
        rows = np.array([one.row for one in known.get(str(material), [])], dtype=np.intp)
        if len(rows):
            pairs.append(_near(index, rows, np.asarray(at), (points, owners)))
    found = np.full(len(offered), np.nan)
    if not pairs:
        return found
    both = np.concatenate(pairs)
    ends = index.take(both[:, 1], list(POINT)).to_numpy(float)
    km = hauls(points[both[:, 0]], ends).km
    best = pd.Series(km).groupby(both[:, 0]).min()
    found[best.index.to_numpy()] = best.to_numpy()
    return found


def _near(
    index: MatchIndex, rows: Rows, at: npt.NDArray[np.intp], own: tuple[Floats, npt.NDArray[np.int64]]
) -> npt.NDArray[np.intp]:
    """Pair some offers with the nearest of some takers by straight line: (n, 2) of offer and row."""
    told = index.take(rows, [*POINT, "organisation_id"])
    count = min(NEAREST + 1, len(rows))
    _, near = KDTree(told[list(POINT)].to_numpy(float)).query(own[0][at], k=range(1, count + 1))
    pairs = np.column_stack([np.repeat(at, count), near.ravel()])
    theirs = told["organisation_id"].to_numpy()[pairs[:, 1]]
    kept = pairs[theirs != own[1][pairs[:, 0]]]
    return np.column_stack([kept[:, 0], rows[kept[:, 1]]])


def gaps(offered: pd.DataFrame, reach_km: float) -> pd.DataFrame:
    """Sum up by material what nobody within `reach_km` takes, what most offers wait for first.

    Returns
    -------
    DataFrame
        material, ewc_code (the commonest, empty where none), tonnes, companies, offers, nearest_km (the mean by
        tonnes of those that have a way at all, else NaN).
    """
    left = unserved(offered, reach_km)
    rows = []
    for material, group in left.groupby("material"):
        if len(group) >= FEWEST_OFFERS:
            codes = group.loc[group["ewc_code"] != "", "ewc_code"]
            known = group["nearest_km"].notna()
            weight = group["tonnes"].fillna(0.0) + 1.0
            nearest = float(np.average(group["nearest_km"][known], weights=weight[known])) if known.any() else np.nan
            rows.append(
                {
                    "material": str(material),
                    "ewc_code": str(codes.mode().iloc[0]) if len(codes) else "",
                    "tonnes": float(group["tonnes"].sum()),
                    "companies": int(group["organisation_id"].nunique()),
                    "offers": len(group),
                    "nearest_km": nearest,
                }
            )
    columns = ["material", "ewc_code", "tonnes", "companies", "offers", "nearest_km"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["offers", "tonnes", "material"], ascending=[False, False, True], ignore_index=True)


def unserved(offered: pd.DataFrame, reach_km: float) -> pd.DataFrame:
    """Give the offers (with nearest_km) that nobody within reach takes."""
    return offered[~(offered["nearest_km"] <= reach_km)]


def ways(material: str) -> list[Process]:
    """Give the processes that take a material."""
    return [one for one in processes.load() if one.takes.get(material, 0.0) >= LEAST_FIT]


def served(index: MatchIndex, material: str, weights: Weights | None = None) -> Rows:
    """Give the rows of needs that what such a processor makes would answer."""
    chosen = weights or defaults()
    made = sorted({tuple(filter(None, one.product(material))) for one in ways(material)} or {(material,)})
    rows = {row for rows in _needing(index, made, chosen) for row in rows}
    return np.array(sorted(rows), dtype=np.intp)
