"""Who feeds whom: the matrix of regions and the ways on the map, from the atoms of data/queries/flows.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log10
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.texts import Language
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.palette import Palette
from dashboard.views.overview_counts import spots
from dashboard.wording import counted, euros, hundreds, number, quantity, t
from data.model import ROLLUP, Rollup, Stage
from data.queries.suppression import Sum, hidden
from geo import regions

MEASURES = ("tonnes", "synergies", "eur", "co2e_tonnes")
STAGES = tuple(str(one) for one in Rollup)
USUAL = (str(Rollup.ADVANCED), str(Rollup.COMPLETED))
WAYS_MOST = 15
LIMITS = 4
_WIDEST_TONNES = 177_000.0  # as wide as a way is ever drawn


@dataclass(frozen=True)
class Asked:
    """Hold what is asked of the flows beside the choice: which stages, which measure, and the cell that is opened."""

    stages: tuple[str, ...] = USUAL
    measure: str = "tonnes"
    cell: str = ""


@dataclass(frozen=True)
class Flows:
    """Hold the flows of a choice.

    `cells`: source, target, code, from, to and the measures, also inside a region, the largest first; `limits` part
    them into five classes. `crossing` is the share of the measure that crosses a border; `out` and `into` are sums of
    the chosen region, None where there is none. `top` is the largest figure that the classes and the unit go by.
    """

    cells: pd.DataFrame
    limits: tuple[float, ...]
    crossing: float | None
    out: float | None
    into: float | None
    demo: bool
    top: float = 0.0

    @property
    def empty(self) -> bool:
        """Tell whether nothing flows in the choice."""
        return self.cells.empty


def build(
    atoms: pd.DataFrame, choice: Choice, asked: Asked, language: Language, newest: pd.DataFrame | None = None
) -> Flows:
    """Compute the flows of a choice; `newest` are the atoms whose classes all years share, so that years compare."""
    told = chosen(atoms, choice, asked.stages)
    cells = _summed(told)
    scaled = cells if newest is None else _summed(chosen(newest, choice, asked.stages))
    names = spots(regions.load(), "regions")[language]
    cells["code"] = cells["source"] + "-" + cells["target"]
    cells["from"], cells["to"] = cells["source"].map(names), cells["target"].map(names)
    cells = cells.sort_values([asked.measure, "code"], ascending=[False, True]).reset_index(drop=True)
    values = cells[asked.measure]
    outside = cells["source"] != cells["target"]
    whole = float(values.sum())
    own = choice.region
    return Flows(
        cells=cells,
        limits=limits(scaled.loc[scaled["source"] != scaled["target"], asked.measure].to_numpy(dtype=float)),
        crossing=float(values[outside].sum()) / whole if whole else None,
        out=float(values[outside & (cells["source"] == own)].sum()) if own else None,
        into=float(values[outside & (cells["target"] == own)].sum()) if own else None,
        demo=bool(told["demo"].any()),
        top=float(scaled[asked.measure].max()) if len(scaled) else 0.0,
    )


def _summed(told: pd.DataFrame) -> pd.DataFrame:
    cells = told.groupby(["source", "target"], as_index=False)[list(MEASURES)].sum()
    return cells.astype(dict.fromkeys(MEASURES, float))


def shared(atoms: pd.DataFrame, choice: Choice, asked: Asked, language: Language) -> Flows:
    """Give the flows as they may be handed on: a way of fewer than three companies has no figures.

    Beside one another of the same row and column has none either, so that sums of a row or column give nothing back.
    """
    flows = build(atoms, choice, asked, language)
    cells = flows.cells
    if cells.empty:
        return flows
    few = _few(chosen(atoms, choice, asked.stages)).reindex(pd.MultiIndex.from_frame(cells[["source", "target"]]))
    sums = [
        Sum(-1, np.flatnonzero((cells[end] == code).to_numpy()).tolist())
        for end in ("source", "target")
        for code in cells[end].unique()
    ]
    out = hidden(few.to_numpy(dtype=bool), cells["synergies"].to_numpy(dtype=float), sums)
    told = cells.copy()
    told.loc[out, list(MEASURES)] = np.nan
    return replace(flows, cells=told)


def _few(told: pd.DataFrame) -> pd.Series:
    """Tell which ways have fewer than three companies: all numbers are the lowest or the highest of them."""
    groups = told.groupby(["source", "target"])
    low, high = groups["lowest"].min(), groups["highest"].max()
    # Exactly then is the sum of (x - lowest)(highest - x) over both ends of each synergy 0.
    ends = 2 * groups["synergies"].sum()
    return (-groups["squares"].sum() + (low + high) * groups["total"].sum() - ends * low * high) == 0


def chosen(atoms: pd.DataFrame, choice: Choice, stages: Sequence[str]) -> pd.DataFrame:
    """Give the atoms of a choice in some of the three stages."""
    within = materials.tree().within(choice.concept)
    there = atoms["stage"].isin([str(one) for one in Stage if ROLLUP.get(one) in stages])
    if choice.concept:
        there &= atoms["concept"].isin(within)
    if choice.types:
        there &= atoms["type"].isin(choice.types)
    return atoms[there]


def limits(values: npt.NDArray[np.float64]) -> tuple[float, ...]:
    """Choose four limits in the series 1-3-10 that follow each other and part the values most evenly."""
    told = values[values > 0]
    if not len(told):
        return (1.0, 3.0, 10.0, 30.0)
    top = floor(log10(told.max()))
    series = [step * 10.0**exponent for exponent in range(top - 4, top + 1) for step in (1.0, 3.0)]
    allowed = [limit for limit in series if limit <= told.max()]
    # The lower classes tell little: the largest limit is one of the two largest that are reached.
    windows = [tuple(allowed[-LIMITS - back : len(allowed) - back]) for back in (0, 1)]
    return max(windows, key=lambda window: _evenness(told, window))


def _evenness(told: npt.NDArray[np.float64], window: Sequence[float]) -> float:
    counts = np.bincount(np.searchsorted(window, told, side="right"), minlength=LIMITS + 1)
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def ways(flows: Flows, choice: Choice, asked: Asked, language: Language, colours: Palette) -> pd.DataFrame:
    """List the largest ways for the map: of the chosen region out in teal and in in amber, else all in the accent."""
    told = flows.cells[(flows.cells["source"] != flows.cells["target"]) & (flows.cells[asked.measure] > 0)]
    if choice.region:
        told = told[(told["source"] == choice.region) | (told["target"] == choice.region)]
    opened = told[told["code"] == asked.cell]
    told = pd.concat([told.head(WAYS_MOST), opened]).drop_duplicates("code").reset_index(drop=True)
    spot = spots(regions.load(), "regions")
    for prefix, end in (("", "source"), ("to_", "target")):
        told[f"{prefix}lon"] = told[end].map(spot["lon"]).astype(float)
        told[f"{prefix}lat"] = told[end].map(spot["lat"]).astype(float)
    told["colour"] = colours.accent
    if choice.region:
        told["colour"] = np.where(told["source"] == choice.region, colours.have, colours.want)
    told["name"] = told["from"] + " → " + told["to"]
    lines = [tips(row, language) for row in cast("list[Mapping[str, object]]", told.to_dict("records"))]
    told["a"], told["b"] = [first for first, _ in lines], [second for _, second in lines]
    if asked.measure != "tonnes":
        most = max(float(told[asked.measure].max()), 1e-9) if len(told) else 1.0
        told["tonnes"] = told[asked.measure] / most * _WIDEST_TONNES
    return told


def outward(
    atoms: pd.DataFrame, choice: Choice, language: Language, most: int = 5
) -> list[tuple[str, tuple[float, float], float, str]]:
    """List where most goes from the chosen region: name, place in degrees, t/a, and these in words."""
    told = chosen(atoms, choice, STAGES)
    told = told[(told["source"] == choice.region) & (told["target"] != choice.region)]
    sums = told.groupby("target")["tonnes"].sum().sort_values(ascending=False).head(most)
    spot = spots(regions.load(), "regions")
    return [
        (
            str(spot.loc[str(code), language]),
            (float(str(spot.loc[str(code), "lon"])), float(str(spot.loc[str(code), "lat"]))),
            float(tonnes),
            f"{hundreds(float(tonnes), language)}\u00a0t/a",
        )
        for code, tonnes in sums.items()
        if tonnes > 0
    ]


def region_rows(flows: Flows, asked: Asked, language: Language) -> pd.DataFrame:
    """List the regions with their points and, for the tooltip, what leaves each and what comes in."""
    table = spots(regions.load(), "regions")
    outside = flows.cells[flows.cells["source"] != flows.cells["target"]]
    lines = {}
    for name, end in (("out", "source"), ("into", "target")):
        sums = outside.groupby(end)[asked.measure].sum().reindex(table.index).fillna(0.0)
        lines[name] = [
            t(f"flows.tip_{name}", language, amount=told(float(one), asked.measure, language)) for one in sums
        ]
    return table.assign(name=table[language], a=lines["out"], b=lines["into"])[["code", "lon", "lat", "name", "a", "b"]]


def tips(row: Mapping[str, object], language: Language) -> tuple[str, str]:
    """Say what flows: tonnes and synergies; and what has come of it, where something is recorded."""
    tonnes, eur, co2e = (float(str(row[one])) for one in ("tonnes", "eur", "co2e_tonnes"))
    first = f"{hundreds(tonnes, language)}\u00a0t/a, {counted(int(float(str(row['synergies']))), 'synergy', language)}"
    if not eur and not co2e:
        return first, t("flows.no_benefits", language)
    return first, f"{told(eur, 'eur', language)}, {told(co2e, 'co2e_tonnes', language)}"


def told(value: float | None, measure: str, language: Language) -> str:
    """Give a figure of a measure with its unit."""
    if value is None:
        return number(None, language)
    if measure == "eur":
        return euros(round(value, -3), language, "/a")
    if measure == "synergies":
        return counted(int(value), "synergy", language)
    unit = "t CO₂e/a" if measure == "co2e_tonnes" else "t/a"
    return (
        f"{hundreds(value, language)}\u00a0{unit}".replace(" CO", "\u00a0CO") if value else quantity(0, unit, language)
    )
