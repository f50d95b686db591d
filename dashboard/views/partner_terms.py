"""What hauls are reckoned with: a vehicle, a user's own figures for it, and what a tonne is worth; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from config import factors
from config.texts import Language
from dashboard import wording
from geo import freight, vehicles
from geo.haul import Haul
from geo.vehicles import Vehicle
from matching import weights

FIGURES = ("payload_t", "load_factor", "eur_per_km", "eur_per_hour", "handling_eur_per_t", "empty_return")
SHARES = frozenset({"load_factor", "empty_return"})
VALUE = "value_eur_per_t"
# What travels by wire or in a pipe, or is done on the spot: there are no tonnes to haul.
NOT_HAULED = weights.defaults().bound | {"expertise", "service"}

Match = Mapping[str, Any]


@dataclass(frozen=True)
class Terms:
    """Hold what hauls are reckoned with; `own` names the figures that the user has set."""

    vehicle: Vehicle
    value_eur_per_t: float
    own: frozenset[str] = frozenset()


def of(name: str = vehicles.DEFAULT, own: Mapping[str, float] | None = None) -> Terms:
    """Give a vehicle with a user's own figures; raise GeoProblem where one makes no sense."""
    wish = dict(own or {})
    value = wish.pop(VALUE, factors.value("exchange.value"))
    vehicle = vehicles.load()[name]
    return Terms(vehicle.adjusted(datetime.now(UTC).year, **wish) if wish else vehicle, value, frozenset(own or {}))


def priced(matches: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """Add what each haul costs and emits: eur_per_tonne, co2e_kg_per_tonne (well-to-wheel); NaN where there is none."""
    price, ferry_km = freight.truck(terms.vehicle), matches["ferry_km"]
    km = matches["km"].mask(matches["have_type"].isin(NOT_HAULED))
    burned = freight.emissions(km - ferry_km, ferry_km, terms.vehicle)
    return matches.assign(
        eur_per_tonne=freight.eur_per_tonne(km, matches["minutes"], price, ferry_km),
        co2e_kg_per_tonne=np.where(km.isna(), np.nan, burned.well_to_wheel),
    )


def haul(match: Match, terms: Terms) -> Haul | None:
    """Give the haul of a match; None where there is no way, or nothing to haul."""
    if not wording.known(match["km"]) or match["method"] == "none" or match["have_type"] in NOT_HAULED:
        return None
    return Haul(terms.vehicle, float(match["km"]), float(match["minutes"]), float(match["ferry_km"]))


def break_even_km(way: Haul, terms: Terms) -> float | None:
    """Give the km at which a haul at this one's speed eats the value; None over water, where km don't decide."""
    if way.ferry_km > 0 or way.minutes <= 0:
        return None
    speed_kmh = way.km * 60 / way.minutes
    return float(freight.break_even_km(terms.value_eur_per_t, terms.vehicle, speed_kmh=speed_kmh))


def margin(match: Match, terms: Terms, language: Language) -> str:
    """Say how far a haul could go before it eats the value of a tonne, as HTML with the limit in bold."""
    way = haul(match, terms)
    if way is None:
        return ""
    limit_km = break_even_km(way, terms)
    if limit_km is None:
        left = way.left_eur_per_tonne(terms.value_eur_per_t)
        return wording.rich("partners.left", language, left=wording.euros(left, language, "/t", 1))
    about = f"≈{wording.SPACE}" if match["method"] == "estimate" else ""
    apart = about + wording.quantity(abs(limit_km - way.km), "km", language)
    side = wording.t("partners.margin_left" if limit_km >= way.km else "partners.margin_over", language, km=apart)
    limit = wording.rich("partners.margin", language, limit=wording.quantity(limit_km, "km", language))
    return f"{limit}, {escape(side)}."


def assumed(terms: Terms, language: Language) -> str:
    """Say what a tonne is taken to be worth, and the vehicle with its way back."""
    key = "partners.worth_own" if VALUE in terms.own else "partners.worth"
    worth = wording.t(key, language, value=wording.euros(terms.value_eur_per_t, language, "/t", _decimals(terms)))
    return f"{worth} {wording.t(f'vehicle.{terms.vehicle.name}', language)}, {way_back(terms, language)}."


def _decimals(terms: Terms) -> int:
    return 0 if terms.value_eur_per_t == round(terms.value_eur_per_t) else 1


def way_back(terms: Terms, language: Language) -> str:
    """Say how much of the way back is driven empty."""
    share = terms.vehicle.value("empty_return")
    if share in {0.0, 1.0}:
        return wording.t("partners.back_empty" if share else "partners.back_full", language)
    return wording.t("partners.back_partly", language, share=wording.percent(share, language))
