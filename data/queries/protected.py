"""Which sums of a balance would tell of single companies, all of them reckoned together.

A cell is a direction, a concept or a part of it, and a place at one of four levels. Cells add up along both: places to
what they lie in, concepts to what they belong to. Below three companies a cell is hidden, and beside it as many others
as it takes (see suppression.py): the rules are the same, over whole columns, since a country has a hundred thousand
cells. No choice of material, level or region is an exception, so that none gives back what another hides.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.queries.suppression import FEW_COMPANIES

LEVELS = ("country", "regions", "sub_regions", "municipalities")
ITSELF = "="  # after a concept: what names it and nothing narrower
ALL = ""
FIGURES = ("resources", "tonnes", "completed", "active", "proposed")
WHO = ("", "weighed_")  # whose companies are counted: all that tell of something, and those that tell of t/a
_KEYS = ["direction", "node", "level", "place"]

Flags = npt.NDArray[np.bool_]
Ids = npt.NDArray[np.int64]
Paths = Mapping[str, Sequence[str]]
Within = Mapping[str, tuple[str, str]]


def cells(atoms: pd.DataFrame, paths: Paths, within: Within) -> pd.DataFrame:
    """Give every cell, `hidden` where it must not be shown: then nothing stands in it.

    Parameters
    ----------
    atoms : direction, concept, municipality, demo, the figures; companies, lowest and highest of all and of `WHO`.
    paths : for each concept itself and all that it belongs to, the narrowest first.
    within : for each municipality its sub-region and region.
    """
    table = _cells(atoms, paths, within)
    out = _hidden(table, paths, within)
    table[list(FIGURES)] = table[list(FIGURES)].astype(float)
    table.loc[out, list(FIGURES)] = np.nan
    return table.drop(columns="few").assign(hidden=out)


def _hidden(cells: pd.DataFrame, paths: Paths, within: Within) -> Flags:
    if cells.empty:
        return np.zeros(0, dtype=bool)
    number = pd.Series(np.arange(len(cells)), pd.MultiIndex.from_frame(cells[_KEYS]))
    wholes = [_numbers(number, cells, _place_above(cells, within)), _numbers(number, cells, _node_above(cells, paths))]
    return spread(cells["few"].to_numpy(dtype=bool), cells["resources"].to_numpy(dtype=float), wholes)


def _cells(atoms: pd.DataFrame, paths: Paths, within: Within) -> pd.DataFrame:
    """Sum up every cell there is, and tell whether fewer than three companies stand behind it."""
    nodes = {one: _nodes(one, paths) for one in atoms["concept"].unique()}
    rows = atoms.assign(node=atoms["concept"].map(nodes)).explode("node", ignore_index=True)
    places = {
        "country": pd.Series(ALL, rows.index),
        "regions": rows["municipality"].map({code: region for code, (_, region) in within.items()}),
        "sub_regions": rows["municipality"].map({code: sub for code, (sub, _) in within.items()}),
        "municipalities": rows["municipality"],
    }
    spread_out = pd.concat([rows.assign(level=level, place=place) for level, place in places.items()])
    table = spread_out.groupby(_KEYS).agg(demo=("demo", "any"), **{name: (name, "sum") for name in FIGURES})
    return table.assign(few=np.logical_or.reduce([_few(spread_out, table.index, who) for who in WHO])).reset_index()


def _few(rows: pd.DataFrame, cells: pd.Index, who: str) -> Flags:
    """Tell of each cell whether one or two companies stand behind what it says, of those that `who` names."""
    told = rows[rows[f"{who}companies"] > 0]
    groups = told.groupby(_KEYS)
    low, high = groups[f"{who}lowest"].transform("min"), groups[f"{who}highest"].transform("max")
    # A third company: an atom with three of its own, or one whose lowest or highest is neither of the two.
    third = told[f"{who}companies"] >= FEW_COMPANIES
    for end in ("lowest", "highest"):
        third |= ~(told[f"{who}{end}"].eq(low) | told[f"{who}{end}"].eq(high))
    enough = third.groupby([told[key] for key in _KEYS]).any()
    return ~enough.reindex(cells, fill_value=True).to_numpy(dtype=bool)


def _nodes(concept: str, paths: Paths) -> list[str]:
    path = list(paths.get(concept, (concept,))) if concept else []
    return [f"{concept}{ITSELF}", *path, ALL]


def _place_above(cells: pd.DataFrame, within: Within) -> pd.DataFrame:
    """Give the place that each place lies in, with its level; that of the country is none."""
    sub_of = {code: sub for code, (sub, _) in within.items()}
    region_of = dict(within.values())
    level, place = cells["level"], cells["place"]
    above = pd.Series("none", cells.index).mask(level == "regions", "country")
    above = above.mask(level == "sub_regions", "regions").mask(level == "municipalities", "sub_regions")
    code = pd.Series(ALL, cells.index).mask(level == "sub_regions", place.map(region_of))
    code = code.mask(level == "municipalities", place.map(sub_of))
    return cells.assign(level=above, place=code)


def _node_above(cells: pd.DataFrame, paths: Paths) -> pd.DataFrame:
    """Give the concept that each belongs to; what is above all of them is none."""
    above = {}
    for node in cells["node"].unique():
        concept = node.removesuffix(ITSELF)
        path = list(paths.get(concept, (concept,)))
        wider = path[1] if len(path) > 1 else ALL
        above[node] = concept if node.endswith(ITSELF) else wider if node else "none"
    return cells.assign(node=cells["node"].map(above))


def _numbers(number: pd.Series, cells: pd.DataFrame, above: pd.DataFrame) -> Ids:
    found = number.reindex(pd.MultiIndex.from_frame(above[_KEYS])).to_numpy()
    return np.where(np.isnan(found), -1, np.nan_to_num(found)).astype(np.int64) if len(cells) else np.empty(0, np.int64)


def spread(few: Flags, size: npt.NDArray[np.float64], wholes: Sequence[Ids]) -> Flags:
    """Tell which cells must not be shown, by the rules of `suppression.hidden`, for all sums of an axis at once.

    `wholes` gives for each axis the number of the cell that each cell is a part of, -1 where it is of none; the parts
    of a cell on an axis are all of it.
    """
    out = few.copy()
    orders = [np.lexsort((np.arange(len(few)), size, whole)) for whole in wholes]
    before = -1
    while before != int(out.sum()):
        before = int(out.sum())
        for whole, order in zip(wholes, orders, strict=True):
            _round(out, few, whole, order[(whole[order] >= 0) & (size[order] > 0)])
    return out


def _round(out: Flags, few: Flags, whole: Ids, parts: Ids) -> None:
    """Hide what one axis asks for."""
    many = len(out)
    gone = np.bincount(whole[parts], out[parts], minlength=many)
    large = np.bincount(whole[parts], out[parts] & ~few[parts], minlength=many)
    open_parts = parts[~out[parts]]
    of, first = np.unique(whole[open_parts], return_index=True)
    smallest = np.full(many, -1, dtype=np.int64)
    smallest[of] = open_parts[first]
    lonely = (gone == 1) | ((gone > 1) & (large == 0))
    wanted = np.where(out, gone == 0, lonely) & (np.bincount(whole[parts], minlength=many) > 0)
    out[smallest[wanted & (smallest >= 0)]] = True
    out[wanted & (smallest < 0) & (gone == 1)] = True
