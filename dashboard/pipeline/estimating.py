"""From a synergy as it was read to what its benefits are checked against and estimated from; pure."""

from collections.abc import Mapping
from typing import Any

from dashboard.pipeline.figures import Context
from dashboard.views.history import FINLAND
from data.model import ResourceType
from geo import vehicles
from geo.haul import Haul
from matching import benefits, concepts
from matching.benefits import Exchange, co2e

TRUCK_KMH = 70.0  # of a way whose minutes nobody knows
LEAST_TOLD_T = 0.1  # of CO2e a year; a card would round less to nothing


def context(told: Mapping[str, Any]) -> Context:
    """Give what the fields for benefits need of a synergy."""
    return Context(
        tonnes_per_year=told["tonnes_per_year"],
        begun=told["created_at"].astimezone(FINLAND).date(),
        estimates=benefits.estimates(exchange(told)),
    )


def exchange(told: Mapping[str, Any]) -> Exchange:
    """Give what moves, of which materials and how far."""
    return Exchange(
        type=ResourceType(str(told["type"])),
        tonnes_per_year=told["tonnes_per_year"],
        mwh_per_year=_least(told, "MWh"),
        m3_per_year=_least(told, "m3"),
        hazardous=bool(told.get("have_hazardous") or told.get("hazardous")),
        have=_concepts(told, "have"),
        want=_concepts(told, "want"),
        haul=_haul(told),
    )


def _least(told: Mapping[str, Any], unit: str) -> float | None:
    """Give the smaller amount of the two sides in a unit, where one of them at least tells it a year."""
    amounts = [
        float(told[f"{side}_quantity_high"])
        for side in ("have", "want")
        if told.get(f"{side}_unit") == unit and told.get(f"{side}_continuity") == "continuous"
        if told.get(f"{side}_quantity_high")
    ]
    return min(amounts) if amounts else None


def _concepts(told: Mapping[str, Any], side: str) -> frozenset[str]:
    named = told.get(f"{side}_concepts")
    if named:
        return frozenset(named)
    found = concepts.load().tags(str(told[side]), str(told.get(f"{side}_language") or "fi"))
    return frozenset(one for one, weight in found.items() if weight >= 0.5)  # noqa: PLR2004 - surer than not


def _haul(told: Mapping[str, Any]) -> Haul | None:
    km, minutes = told["road_km"], told.get("road_minutes")
    if km is None or told["method"] in {None, "none"}:
        return None
    return Haul(vehicles.load()[vehicles.DEFAULT], float(km), float(minutes or km / TRUCK_KMH * 60))


def co2e_tonnes(told: Mapping[str, Any]) -> float | None:
    """Estimate what a synergy saves a year, for its card; None where nobody can, or somebody has told."""
    if told["co2e_tonnes"] is not None or not told["tonnes_per_year"]:
        return None
    found = co2e.estimate(exchange(told))
    return found.amount if found and found.amount >= LEAST_TOLD_T else None
