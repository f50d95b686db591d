"""Which small offers may go on one truck to a need, what each gives at a time, and how far they are from each other."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.importers.codes import densities
from geo import vehicles
from geo.vehicles import Vehicle, load_t
from matching import chain_steps
from matching.columns import Rows
from matching.index import MatchIndex
from matching.pairs import POINT, Hauls
from matching.people import People

FETCHED_A_YEAR = 12  # a month's worth is what a yard stores without a building for it
SMALL = 0.6  # of a load: more than that pays to be fetched alone
FULL = 0.8  # of a load, above which a truck counts as full
MOST = 24  # offers of a group that are measured: the nearest to the need
SMALLER = ("rigid", "semi_trailer")  # what fetches a small load alone, if that is cheaper
CUBIC = ("m3", "i-m3", "p-m3")
KG = 1000.0
READ = ("id", "type", "ewc_code", "hazardous", "family", "continuity", "tonnes", "quantity", "unit")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """Hold offers that may go on one truck, an entry each; of the ways the last place is the need.

    `tonnes` are those of one time, `most` the largest load of each kind of vehicle with each one's goods,
    `asked_tonnes` what the need takes a year at most, infinite where nobody tells.
    """

    want_row: int
    want_id: int
    rows: Rows
    ids: npt.NDArray[np.int64]
    tonnes: Floats
    most: dict[str, Floats]
    material: str
    continuous: bool
    asked_tonnes: float
    km: Floats
    minutes: Floats


def groups(index: MatchIndex, want_row: int, offers: Rows, hauls: Hauls, truck: Vehicle) -> Iterator[Group]:
    """Sort small offers to what may be pooled: one material, one waste code, nothing hazardous, batch or flow."""
    want = People.of(index, np.array([want_row]))
    told = _told(index, offers[want.may_meet(People.of(index, offers))[0]])
    told = told[told["tonnes"] <= SMALL * _most(told, truck)]
    need = index.take(want.row, ["id", "tonnes_high"]).iloc[0]
    for (material, *_, continuity), some in told.groupby(["material", "type", "code", "continuity"], sort=True):
        near = People.of(index, some["row"].to_numpy())
        order = np.lexsort((some["id"].to_numpy(), want.apart_m(near)[0]))[:MOST]
        kept = some.iloc[order]
        if len(kept) < 2 or (kept["tonnes"] / _most(kept, truck)).sum() < FULL:  # noqa: PLR2004 - one is no round
            continue
        km, minutes = _ways(index, np.append(kept["row"].to_numpy(), want_row), hauls)
        kinds = {name: vehicles.load()[name] for name in SMALLER} | {truck.name: truck}
        yield Group(
            want_row=want_row,
            want_id=int(need["id"]),
            rows=kept["row"].to_numpy(),
            ids=kept["id"].to_numpy(),
            tonnes=kept["tonnes"].to_numpy(float),
            most={name: _most(kept, kind) for name, kind in kinds.items()},
            material=str(material),
            continuous=continuity == "continuous",
            asked_tonnes=float(need["tonnes_high"]) if need["tonnes_high"] > 0 else np.inf,
            km=km,
            minutes=minutes,
        )


def materials(index: MatchIndex, have: chain_steps.Resource) -> list[str]:
    """Name what an offer is, the surest first."""
    table = index.concept_space.taxonomy.concepts
    named = chain_steps.made_of(index, have)
    kept = [one for one in named if table[one].kind == "material" and named[one] >= chain_steps.TITLE]
    return sorted(kept, key=lambda one: (-named[one], one))


def _told(index: MatchIndex, rows: Rows) -> pd.DataFrame:
    """Read what may be pooled at all: row, id, type, code, continuity, material, and the tonnes of one time."""
    told = index.take(rows, READ).assign(row=rows)
    told = told[(told["family"] == "material") & ~told["hazardous"].astype(bool) & (told["tonnes"] > 0)]
    named = [materials(index, one) for one in chain_steps.resources(index, told["row"].to_numpy())]
    told = told.assign(material=[one[0] if one else "" for one in named])
    told = told[told["material"] != ""]
    # Waste of which nobody tells the code may be anything: it goes with nothing else.
    code = told["ewc_code"].astype(object).where(told["ewc_code"] != "", "of " + told["id"].astype(str))
    told = told.assign(code=code.where(told["type"] == "waste", ""), density=_density(told))
    yearly = (told["continuity"] == "continuous").to_numpy()
    return told.assign(tonnes=told["tonnes"] / np.where(yearly, FETCHED_A_YEAR, 1))


def _density(told: pd.DataFrame) -> Floats:
    """Give kg/m3 of loose goods: what an amount in cubic metres tells, else what is typical; NaN where neither is."""
    cubic = told["unit"].isin(CUBIC) & (told["quantity"] > 0)
    stated = (told["tonnes"] / told["quantity"] * KG).where(cubic)
    typical = told["material"].map(dict(densities())).astype(float)
    found = stated.fillna(typical).to_numpy(float)
    return np.where(found > 0, found, np.nan)


def _most(told: pd.DataFrame, vehicle: Vehicle) -> Floats:
    density = told["density"].to_numpy(float)
    by_weight = np.full(len(told), float(load_t(vehicle)))
    known = np.isfinite(density)
    by_weight[known] = load_t(vehicle, density[known])
    return by_weight


def _ways(index: MatchIndex, rows: Rows, hauls: Hauls) -> tuple[Floats, Floats]:
    """Measure all places from each other, each pair once: the way back is as long. Infinite where there is none."""
    points = index.take(rows, POINT).to_numpy(float)
    first, second = np.triu_indices(len(rows), k=1)
    ways = hauls(points[first], points[second])
    found = []
    for told in (ways.km, ways.minutes):
        table = np.zeros((len(rows), len(rows)))
        table[first, second] = table[second, first] = np.where(np.isnan(told), np.inf, told)
        found.append(table)
    return found[0], found[1]
