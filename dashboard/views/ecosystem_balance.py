"""Offers against needs by place and by material: surplus, deficit, and what synergies cover; from frames alone.

Every figure is a sum of atoms of data/queries/balance.py, so the table, the map and the sentence add up to the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import floor, log10

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.texts import Language
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.views.overview_counts import spots
from dashboard.wording import t
from data.queries.protected import ITSELF
from geo import regions, sub_regions

LEVELS = ("municipalities", "sub_regions", "regions")
SIDES = ("have", "want")
MEASURES = ("tonnes", "completed", "active", "proposed")
COLUMNS = [f"{side}_{measure}" for side in SIDES for measure in MEASURES]
THINGS = ("material", "waste")  # what is weighed; chosen types take their place
BARS = 9
LIMITS = 3  # on each side of zero: seven classes
_WINDOW = 8


@dataclass(frozen=True)
class Balance:
    """Hold the balance of a choice.

    `places`: code, name, lon, lat, resources, and for have_ and want_ the tonnes, completed, active and proposed, the
    largest balance first; those without a resource in the choice are silent, those `hidden` have NaN on a side of
    which few companies stand behind. `parts`: the same by material, the largest first. `total` is the sum of either.
    `limits` part the classes; they mean nothing where no place has a balance that is told (`scaled`).
    `held` counts the materials of which something is held back, and all of them.
    """

    places: pd.DataFrame
    parts: pd.DataFrame
    total: Mapping[str, float]
    limits: tuple[float, ...]
    demo: bool
    held: tuple[int, int] = (0, 0)

    @property
    def empty(self) -> bool:
        """Tell whether nothing is told of in the choice; what is hidden is there all the same."""
        return self.total["resources"] == 0

    @property
    def scaled(self) -> bool:
        """Tell whether any place has a balance to show."""
        return bool((self.places["balance"].notna() & (self.places["resources"] != 0)).any())


def chosen(atoms: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Give the atoms of a choice with their sub-region and region."""
    types = choice.types or THINGS
    within = materials.tree().within(choice.concept)
    there = atoms["type"].isin(types) & (atoms["concept"].isin(within) | (not choice.concept))
    places = regions.load().municipalities
    told = atoms[there].assign(
        regions=lambda rows: rows["municipality"].map({code: one.region for code, one in places.items()}),
        sub_regions=lambda rows: rows["municipality"].map(dict(sub_regions.of_municipality())),
        municipalities=lambda rows: rows["municipality"],
    )
    return told[told["regions"] == choice.region] if choice.region else told


def build(atoms: pd.DataFrame, choice: Choice, level: str, language: Language) -> Balance:
    """Compute the balance of a choice at a level of places."""
    told = chosen(atoms, choice)
    tree = materials.tree()
    part = told["concept"].map({one: tree.part(choice.concept, one) for one in told["concept"].unique()})
    places = _places(level, choice.region, language).join(_summed(told, told[level]))
    places[COLUMNS] = places[COLUMNS].fillna(0.0)
    places["resources"] = places["resources"].fillna(0).astype(int)
    places["balance"] = places["have_tonnes"] - places["want_tonnes"]
    places = places.sort_values(["balance", "name"], key=_larger_first).reset_index(drop=True)
    return Balance(
        places=places.assign(hidden=False),
        parts=_parts(told, part, choice, language),
        total={"resources": int(told["resources"].sum()), **_summed(told, pd.Series("", told.index)).sum()[COLUMNS]},
        limits=limits(places["balance"].to_numpy(dtype=float)),
        demo=bool(told["demo"].any()),
    )


def shared(cells: pd.DataFrame, choice: Choice, level: str, language: Language) -> Balance:
    """Give the balance as it may be handed on: what stands in no cell, for few companies are behind it, is unknown."""
    node, tree = choice.concept, materials.tree()
    at = ("regions", choice.region) if choice.region else ("country", "")
    here = cells[(cells["level"] == at[0]) & (cells["place"] == at[1])]
    there = cells[(cells["level"] == level) & (cells["node"] == node)]
    places = _places(level, choice.region, language).join(_pivoted(there, "place"))
    silent = places["resources"].isna() & ~places["hidden"].eq(True)  # noqa: FBT003 - NaN where nothing is told
    places["hidden"] = places["hidden"].eq(True)  # noqa: FBT003 - the same
    places.loc[silent, ["resources", *COLUMNS]] = 0.0
    places["balance"] = places["have_tonnes"] - places["want_tonnes"]
    places = places.sort_values(["balance", "name"], key=_larger_first, na_position="last").reset_index(drop=True)
    below = {one for one in here["node"].unique() if one == f"{node}{ITSELF}" or tree.above(one) == node}
    parts = _pivoted(here[here["node"].isin(below)], "node")
    held = int(parts["hidden"].sum()), len(parts)
    parts = _named(parts.set_axis([one.removesuffix(ITSELF) for one in parts.index]), language, node)
    total = _pivoted(here[here["node"] == node], "node")
    whole = total.iloc[0] if len(total) else pd.Series(0.0, ["resources", *COLUMNS])
    return Balance(
        places=places,
        parts=parts,
        total={name: float(whole[name]) for name in ("resources", *COLUMNS)},
        limits=limits(places["balance"].to_numpy(dtype=float)),
        demo=bool(here["demo"].any()),
        held=held,
    )


def _pivoted(cells: pd.DataFrame, by: str) -> pd.DataFrame:
    """Put both sides of each place or material side by side; one without a side has 0 there, a hidden one NaN."""
    sides = {side: cells[cells["direction"] == side].set_index(by) for side in SIDES}
    table = pd.DataFrame(index=pd.Index(sorted(cells[by].unique()), name=by))
    gone = pd.Series(data=False, index=table.index)
    counts = pd.Series(0.0, table.index)
    for side, rows in sides.items():
        found = rows[list(MEASURES)].reindex(table.index)
        found[~table.index.isin(rows.index)] = 0.0
        table[[f"{side}_{one}" for one in MEASURES]] = found.to_numpy(dtype=float)
        gone |= rows["hidden"].reindex(table.index).eq(True)  # noqa: FBT003 - NaN where nothing is told
        counts += rows["resources"].reindex(table.index).fillna(0.0)
    return table.assign(resources=counts.mask(gone & (counts == 0)), hidden=gone)


def _larger_first(column: pd.Series) -> pd.Series:
    return -column.abs() if column.name == "balance" else column


def _summed(told: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    """Sum up both sides by a key."""
    table = pd.DataFrame(index=pd.Index(sorted(by.unique()), name=by.name))
    for side in SIDES:
        rows = told[told["direction"] == side]
        sums = rows.groupby(by[rows.index])[list(MEASURES)].sum().astype(float)
        table = table.join(sums.add_prefix(f"{side}_"))
    table["resources"] = told.groupby(by)["resources"].sum()
    return table.reindex(columns=["resources", *COLUMNS]).fillna(0.0)


def _places(level: str, region: str, language: Language) -> pd.DataFrame:
    if level == "sub_regions":
        return _sub_places(region, language)
    table = spots(regions.load(), level)
    table = table[table["region"] == region] if region else table
    return table.assign(name=table[language])[["code", "name", "region", "lon", "lat"]].copy()


def _sub_places(region: str, language: Language) -> pd.DataFrame:
    """List sub-regions; each stands where its municipality in the middle does."""
    table = spots(regions.load(), "municipalities").assign(language=language)
    rows = []
    for sub in sub_regions.load().values():
        at = table.loc[list(sub.municipalities)]
        middle = at[["lon", "lat"]].mean()
        nearest = ((at[["lon", "lat"]] - middle) ** 2).sum(axis=1).idxmin()
        lon, lat = at.loc[str(nearest), ["lon", "lat"]]
        rows.append({"code": sub.code, "name": sub.name, "region": sub.region, "lon": lon, "lat": lat})
    listed = pd.DataFrame(rows).set_index("code", drop=False)
    return listed[listed["region"] == region] if region else listed


def _parts(told: pd.DataFrame, part: pd.Series, choice: Choice, language: Language) -> pd.DataFrame:
    """Sum up by material, the largest first; what is beyond the bars together at the end."""
    return _named(_summed(told, part), language, choice.concept)


def _named(table: pd.DataFrame, language: Language, concept: str) -> pd.DataFrame:
    """Name materials, the largest first; what is told of none narrower than the chosen one is called other."""
    size = table["have_tonnes"].fillna(0.0) + table["want_tonnes"].fillna(0.0)
    table = table.assign(size=size, code=table.index)[size > 0].sort_values("size", ascending=False)
    names = {str(code): materials.name(str(code), language) for code in table.index}
    if concept in names and concept:
        names[concept] = t("balance.other", language, material=names[concept])
    table["name"] = [names[str(code)] for code in table.index]
    return table.drop(columns="size").reset_index(drop=True)


def limits(values: npt.NDArray[np.float64]) -> tuple[float, ...]:
    """Choose three round limits that part the sizes of surpluses and deficits most evenly: one step each of 1-2-5."""
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if not len(sizes):
        return (1.0, 2.0, 5.0)
    top = floor(log10(sizes.max()))
    series = [step * 10.0**exponent for exponent in range(top - 3, top + 1) for step in (1.0, 2.0, 5.0)]
    allowed = [limit for limit in series if limit <= sizes.max()][-_WINDOW:]
    return max(combinations(allowed, LIMITS), key=lambda found: _evenness(sizes, found))


def _evenness(sizes: npt.NDArray[np.float64], found: tuple[float, ...]) -> float:
    counts = np.bincount(np.searchsorted(found, sizes, side="right"), minlength=LIMITS + 1)
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def classify(values: npt.NDArray[np.float64], found: tuple[float, ...]) -> npt.NDArray[np.int64]:
    """Give the class of each balance: 0 the largest deficit, 3 about even or hidden, 6 the largest surplus."""
    known = np.nan_to_num(values)
    sizes = np.searchsorted(np.array(found), np.abs(known), side="right")
    return np.asarray(LIMITS + np.sign(known).astype(int) * sizes, dtype=np.int64)
