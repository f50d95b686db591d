"""What is not public, told in groups of three companies or more, so that no subtraction of sums tells of fewer.

A group is of one direction and type, and of rows that all have t/a or all have none. Whatever a cell says of what is
not public is a sum of whole groups, and so is any sum or difference of cells: that is the proof. A row stands with
those of its concept in its municipality, else its sub-region, else its region; where these are still too few, with
those of a wider concept in its region. What is left over is in no sum. So that regions add up to the country and
concepts to what they belong to, a row is from then on one of the wider concept and the wider place, and of none within.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.queries.protected import ALL, FIGURES, ITSELF, Paths, Within
from data.queries.suppression import FEW_COMPANIES

_ATOM = ["direction", "type", "concept", "municipality"]
_PLACES = ("municipality", "sub_region", "region")


def atoms(rows: pd.DataFrame, paths: Paths, within: Within) -> pd.DataFrame:
    """Give the groups as atoms of a balance, with the concept and the place that they are told of.

    Parameters
    ----------
    rows : direction, type, concept, municipality, company, weighed, demo, resources and tonnes, each of one company.
    paths, within : those of `protected.cells`; the places of the atoms are those of `wider(within)`.
    """
    told = list(_groups(rows, paths, within))
    if not told:
        return pd.DataFrame(columns=[*_ATOM, *FIGURES])
    every = pd.concat(told, ignore_index=True)
    groups = every.groupby(_ATOM, sort=True)
    table = groups.agg(demo=("demo", "any"), resources=("resources", "sum"), tonnes=("tonnes", "sum"))
    for who, some in (("", every), ("weighed_", every[every["weighed"]])):
        companies = some.groupby(_ATOM)["company"]
        table[f"{who}companies"] = companies.nunique()
        table[f"{who}lowest"], table[f"{who}highest"] = companies.min(), companies.max()
    table["weighed_companies"] = table["weighed_companies"].fillna(0).astype(int)
    # What synergies cover is told of showcases, whose sides are public.
    return table.assign(completed=0.0, active=0.0, proposed=0.0).reset_index()


def wider(within: Within) -> dict[str, tuple[str, str]]:
    """Give where places lie, those too that stand for a whole sub-region or region and for no municipality of it."""
    subs = {f"{sub}{ITSELF}": (sub, region) for sub, region in within.values()}
    regions = {f"{region}{ITSELF}": (f"{region}{ITSELF}", region) for _, region in within.values()}
    return {**within, **subs, **regions}


def _groups(rows: pd.DataFrame, paths: Paths, within: Within) -> Iterator[pd.DataFrame]:
    """Give the rows of all groups, told of their group's concept and place; the finest groups first."""
    left = rows.assign(
        sub_region=rows["municipality"].map({code: f"{sub}{ITSELF}" for code, (sub, _) in within.items()}),
        region=rows["municipality"].map({code: f"{region}{ITSELF}" for code, (_, region) in within.items()}),
    )
    descent = {one: [ALL, *reversed(paths.get(one, (one,)))] if one else [ALL] for one in rows["concept"].unique()}
    deepest = max(map(len, descent.values()), default=1) - 1
    for depth, place in [*((deepest, place) for place in _PLACES), *((up, "region") for up in range(deepest)[::-1])]:
        concept = left["concept"].map({one: path[: depth + 1][-1] for one, path in descent.items()})
        key = [left["direction"], left["type"], left["weighed"], concept, left[place]]
        enough = left.groupby(key)["company"].transform("nunique").to_numpy() >= FEW_COMPANIES
        if enough.any():
            yield left[enough].assign(concept=concept[enough], municipality=left.loc[enough, place])
        left = left[np.logical_not(enough)]
