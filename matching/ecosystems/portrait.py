"""What a group of companies is: its materials, tonnes, hubs, how much stays inside, and who ties it to others."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.ecosystems.communities import OUTSIDE, Labels
from matching.ecosystems.network import Floats, Ids, Network

MATERIALS = 3
HUBS = 3


@dataclass(frozen=True)
class Ecosystem:
    """Hold one group.

    Attributes
    ----------
    number : its place, 0 being the largest.
    companies : their ids.
    materials : ids of the concepts that most tonnes are of, the first first.
    tonnes : a year, of exchanges inside.
    inside : share of those tonnes in all that its companies exchange; of the exchanges where no tonnes are known.
    exchanges : inside.
    hubs : ids of those with the most exchanges inside.
    industries : how many equally common industries (TOL, two digits) would be as diverse: exp of Shannon's entropy.
    stability : share of members that stay together, NaN where it was not tried.
    """

    number: int
    companies: tuple[int, ...]
    materials: tuple[str, ...]
    tonnes: float
    inside: float
    exchanges: int
    hubs: tuple[int, ...]
    industries: float
    stability: float = float("nan")


@dataclass(frozen=True)
class Bridge:
    """Hold a company that ties groups together: which, by how many exchanges, and the tonnes that would break."""

    company: int
    joins: tuple[int, ...]
    exchanges: int
    tonnes: float


@dataclass(frozen=True)
class Portrait:
    """Hold the groups, the bridges with the most tonnes first, and the group of each company."""

    ecosystems: tuple[Ecosystem, ...]
    bridges: tuple[Bridge, ...]
    group: dict[int, int]


def describe(
    network: Network, labels: Labels, exchanges: pd.DataFrame, industries: pd.Series, stability: Floats | None = None
) -> Portrait:
    """Describe the groups of a network.

    Parameters
    ----------
    exchanges : those that the network is made of: from_company, to_company, tonnes, material.
    industries : the TOL code of each company by its id.
    """
    group = dict(zip(network.ids.tolist(), labels.tolist(), strict=True))
    ends = [exchanges[side].map(group).fillna(OUTSIDE).to_numpy(np.int64) for side in ("from_company", "to_company")]
    told = exchanges.assign(one=ends[0], other=ends[1], tonnes=exchanges["tonnes"].fillna(0.0))
    kept = np.full(int(labels.max(initial=OUTSIDE)) + 1, np.nan) if stability is None else stability
    found = tuple(
        _ecosystem(number, network.ids[labels == number], told, industries, float(kept[number]))
        for number in range(len(kept))
    )
    return Portrait(found, _bridges(told, group), group)


def _ecosystem(
    number: int, companies: Ids, exchanges: pd.DataFrame, industries: pd.Series, stability: float
) -> Ecosystem:
    touching = exchanges[(exchanges["one"] == number) | (exchanges["other"] == number)]
    inner = touching[touching["one"] == touching["other"]]
    tonnes, whole = float(inner["tonnes"].sum()), float(touching["tonnes"].sum())
    return Ecosystem(
        number=number,
        companies=tuple(companies.tolist()),
        materials=leading(inner),
        tonnes=tonnes,
        inside=tonnes / whole if whole > 0 else len(inner) / max(len(touching), 1),
        exchanges=len(inner),
        hubs=_hubs(inner),
        industries=diversity(industries.reindex(companies)),
        stability=stability,
    )


def leading(exchanges: pd.DataFrame, most: int = MATERIALS) -> tuple[str, ...]:
    """Give the materials of most tonnes, then of most exchanges, then by their ids; those without a material none."""
    named = exchanges[exchanges["material"] != ""]
    by_material = named.groupby("material")["tonnes"].agg(["sum", "size"]).reset_index()
    ordered = by_material.sort_values(["sum", "size", "material"], ascending=[False, False, True])
    return tuple(ordered["material"].head(most))


def _hubs(inner: pd.DataFrame) -> tuple[int, ...]:
    pairs = inner[["from_company", "to_company"]]
    both = pd.concat([pairs, pairs[["to_company", "from_company"]].set_axis(pairs.columns, axis=1)])
    partners = both.drop_duplicates().groupby("from_company").size()
    ordered = partners.reset_index(name="n").sort_values(["n", "from_company"], ascending=[False, True])
    return tuple(int(one) for one in ordered["from_company"].head(HUBS))


def diversity(codes: pd.Series) -> float:
    """Give the effective number of industries: exp of the entropy of their shares; 0 where none is known."""
    known = codes.dropna().astype(str).str[:2]
    shares = known[known != ""].value_counts(normalize=True).to_numpy(float)
    return float(np.exp(-(shares * np.log(shares)).sum())) if len(shares) else 0.0


def _bridges(exchanges: pd.DataFrame, group: dict[int, int]) -> tuple[Bridge, ...]:
    """Find who has exchanges with a group that is not its own, and is in one itself or joins two."""
    sides = [
        exchanges[[own, far, "tonnes"]].set_axis(["company", "joins", "tonnes"], axis=1)
        for own, far in (("from_company", "other"), ("to_company", "one"))
    ]
    both = pd.concat(sides)
    home = both["company"].map(group).fillna(OUTSIDE).astype(int)
    across = both[(both["joins"] != OUTSIDE) & (both["joins"] != home)]
    found = []
    for company, rows in across.groupby("company"):
        own = group.get(int(str(company)), OUTSIDE)
        joins = {*rows["joins"].astype(int).tolist(), *([own] if own != OUTSIDE else [])}
        if len(joins) > 1:
            ordered = tuple(sorted(joins, key=lambda one: (one != own, one)))
            found.append(Bridge(int(str(company)), ordered, len(rows), float(rows["tonnes"].sum())))
    return tuple(sorted(found, key=lambda one: (-one.tonnes, -one.exchanges, one.company)))
