"""What exchanges depend on in what-if views, and what they come to: tonnes, EUR, and emissions saved and driven."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from config import factors
from data.model import ResourceType
from geo import freight
from matching import concepts, topics
from matching.benefits import co2e
from matching.benefits.exchange import Exchange

GOODS = ("material", "waste")  # what a haul is paid for by the tonne
NO_LIMIT_KM = 500.0
KG_PER_TONNE = 1000.0

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Terms:
    """Hold the longest way, what a tonne is worth, the price of transport (1: today's), and prices of their own.

    `prices` are EUR a tonne of a concept and of all that is narrower; the narrowest that is told counts.
    """

    limit_km: float = NO_LIMIT_KM
    eur_per_tonne: float = factors.value("exchange.value")
    transport: float = 1.0
    prices: tuple[tuple[str, float], ...] = ()

    def worth(self, material: str) -> float:
        """Give what a tonne of a concept is worth."""
        told = dict(self.prices)
        return next((told[one] for one in topics.path(concepts.load(), material) if one in told), self.eur_per_tonne)


@dataclass(frozen=True)
class Figures:
    """Hold the sums of some exchanges, a year.

    How many they are, their tonnes, what these leave after the haul, the emissions of the haul, and those that are
    saved: disposal and making anew, where these have a sourced factor, less the haul.
    """

    exchanges: int
    tonnes: float
    eur: float
    co2e_t: float
    saved_t: float

    def __sub__(self, other: "Figures") -> "Figures":
        """Give what is more here."""
        return Figures(
            self.exchanges - other.exchanges,
            self.tonnes - other.tonnes,
            self.eur - other.eur,
            self.co2e_t - other.co2e_t,
            self.saved_t - other.saved_t,
        )


def holds(exchanges: pd.DataFrame, terms: Terms) -> Flags:
    """Tell which exchanges are near enough, and, of goods, worth more than their haul."""
    near = (exchanges["km"] <= terms.limit_km).to_numpy(bool)
    return near & ~_too_dear(exchanges, terms)


def _too_dear(exchanges: pd.DataFrame, terms: Terms) -> Flags:
    dear = haul_eur_per_tonne(exchanges, terms) > worth_eur_per_tonne(exchanges, terms)
    return np.asarray(dear & exchanges["type"].isin(GOODS).to_numpy(bool))


def haul_eur_per_tonne(exchanges: pd.DataFrame, terms: Terms) -> Floats:
    """Give what hauls cost by the tonne."""
    km, minutes = (exchanges[name].to_numpy(float) for name in ("km", "minutes"))
    return np.asarray(terms.transport * freight.eur_per_tonne(km, minutes))


def worth_eur_per_tonne(exchanges: pd.DataFrame, terms: Terms) -> Floats:
    """Give what a tonne is worth of what each exchange is about (column `material`)."""
    known = {one: terms.worth(one) for one in exchanges["material"].unique()} if terms.prices else {}
    return np.array([known.get(one, terms.eur_per_tonne) for one in exchanges["material"]], dtype=float)


def figures(exchanges: pd.DataFrame, terms: Terms) -> Figures:
    """Sum up exchanges: only known tonnes count, and only goods are hauled."""
    goods = exchanges["type"].isin(GOODS).to_numpy(bool)
    tonnes = np.where(goods, np.nan_to_num(exchanges["tonnes"].to_numpy(float)), 0.0)
    left = worth_eur_per_tonne(exchanges, terms) - np.nan_to_num(haul_eur_per_tonne(exchanges, terms))
    driven = tonnes * np.nan_to_num(freight.co2e_kg_per_tonne(exchanges["km"].to_numpy(float))) / KG_PER_TONNE
    avoided = tonnes * avoided_kg_per_tonne(exchanges) / KG_PER_TONNE
    return Figures(
        exchanges=len(exchanges),
        tonnes=float(tonnes.sum()),
        eur=float((tonnes * left).sum()),
        co2e_t=float(driven.sum()),
        saved_t=float((avoided - driven).sum()),
    )


def avoided_kg_per_tonne(exchanges: pd.DataFrame) -> Floats:
    """Give the kg CO2e that a tonne of each exchange avoids before its haul; 0 where no sourced factor is known."""
    told = exchanges[["type", "hazardous", "material", "want_material"]].itertuples(index=False)
    return np.array([_avoided(str(kind), bool(hazardous), have, want) for kind, hazardous, have, want in told])


@cache
def _avoided(kind: str, hazardous: bool, have: str, want: str) -> float:  # noqa: FBT001 - a row of a table
    one_tonne = Exchange(
        type=ResourceType(kind),
        tonnes_per_year=1.0,
        hazardous=hazardous,
        have=frozenset({have} - {""}),
        want=frozenset({want} - {""}),
    )
    return KG_PER_TONNE * sum(part.amount for part in co2e.avoided(one_tonne)) if kind in GOODS else 0.0
