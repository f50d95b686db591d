"""What somebody wrote twice, for the data doctor to find: one company under two names, one resource in two rows.

No row is added: of two companies of a trade in one municipality the later takes the name of the other, written in
another way, and of two rows of a site that nobody has paired yet the later tells the former's words again.
"""

from dataclasses import replace

import numpy as np

from data.demo.companies import Companies
from data.demo.resources import Resources

TWICE = 4  # companies, and as many resources
# What tells what a resource is; how it came and when stays its own.
_TOLD = (
    *("title", "concepts", "description", "language", "ewc_code", "hazardous"),
    *("quantity_low", "quantity_high", "unit", "tonnes_low", "tonnes_high", "tonnes_basis"),
)


def companies_twice(made: Companies) -> Companies:
    """Write a few companies under the name of another of the same trade and municipality."""
    first: dict[tuple[str, str, str], int] = {}
    names, sites = made.organisations["name"].to_list(), made.sites["name"].to_list()
    done: set[int] = set()
    for at, company in enumerate(made.companies):
        before = first.setdefault((company.archetype.key, company.home.code, company.language), at)
        if before == at or before in done or len(done) == TWICE or company.archetype.kind != "company":
            continue
        name = _otherwise(names[before], len(done))
        for row in company.sites:
            sites[row] = sites[row].replace(names[at], name)
        names[at] = name
        done.add(before)
    organisations = made.organisations.assign(name=names)
    return replace(made, organisations=organisations, sites=made.sites.assign(name=sites))


def _otherwise(name: str, number: int) -> str:
    """Write a name as somebody else would: in capitals, without the form of company, or with a letter missing."""
    bare, _, form = name.rpartition(" ")
    ways = (name.upper(), bare, f"{bare[:-1]} {form}", f"{form} {bare}")
    return ways[number % len(ways)]


def resources_twice(told: Resources, paired: set[str]) -> Resources:
    """Tell a few resources again in another row of their site; `paired` are the keys of rows that stay as they are."""
    frame = told.frame
    free = np.flatnonzero((~frame["source_key"].isin(paired) & frame["tonnes_low"].notna()).to_numpy())
    alike = frame.iloc[free].groupby(["site_key", "direction", "type", "continuity"], sort=False).indices.values()
    pairs = [free[rows[:2]] for rows in alike if len(rows) > 1][:TWICE]
    order, again = np.arange(len(frame)), np.zeros(len(frame), dtype=bool)
    for one, other in pairs:
        order[other], again[other] = one, True
    changed = {name: frame[name].take(order).to_numpy() for name in _TOLD if name in frame.columns}
    changed["title"] = np.where(again, changed["title"] + ".", changed["title"])
    return replace(told, frame=frame.assign(**changed))
