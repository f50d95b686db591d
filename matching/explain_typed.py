"""Say what speaks for and against a match beside its text: amounts, heat, water, routes, as text ids and values.

Where a factor of typed.toml is known, its contribution is what the score has more, or less, than if nobody had told.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from matching.amounts import ENDS
from matching.explain_facts import of_one
from matching.features.quantity import SHAREABLE
from matching.parsed import CARRIERS, ROOMS, WATER_CLASSES
from matching.reasons import Reason
from matching.weights import Weights, defaults

Row = Mapping[Any, Any]  # one line of pipeline.find_matches
HARDLY_C = 2.0  # less is within what anybody measures
VAGUE_TIMES = 4.0  # a share known to no more than a factor of four says nothing to a reader


def amount(pair: Row) -> tuple[Reason, ...]:
    """Say how much of the need the offer covers, or that there is room enough."""
    if not pair["value_quantity"] > 0:  # NaN too
        return ()
    told = of_one(pair)
    have, want = ((float(told[f"told_{side}_low"]), float(told[f"told_{side}_high"])) for side in ("have", "want"))
    shares = sorted(min(share, 1.0) for share in (have[0] / want[1], have[1] / want[0]))
    if shares[1] > VAGUE_TIMES * shares[0]:
        return ()
    flows = [pair[f"{side}_continuity"] == "continuous" for side in ("have", "want")]
    values: dict[str, object] = {
        "share": shares[0] if shares[0] == shares[1] else min(sum(have) / sum(want), 1.0),
        "share_range": shares,
        "have_amount": sum(have) / 2,
        "want_amount": sum(want) / 2,
        "have_range": list(have),
        "want_range": list(want),
        "unit": str(told["told_measure"]),
        "yearly": all(flows),
    }
    worth = float(pair["part_quantity"])
    if pair["have_type"] in SHAREABLE:
        return (Reason("reason.room", values, worth),)
    return (Reason("reason.coverage" if flows[0] == flows[1] else "reason.coverage_once", values, worth),)


def permit(pair: Row) -> tuple[Reason, ...]:
    """Say of hazardous waste what the law asks of whoever takes it; that it is marked so, or what its words say."""
    if not pair["have_hazardous"]:
        return ()
    return (Reason("reason.permit" if pair["want_hazardous"] else "reason.permit_by_words"),)


def factors(pair: Row) -> tuple[Reason, ...]:
    """Say what each factor of the offer's type has done to the score."""
    weights = defaults()
    told = [(name, pair[f"value_{name}"]) for name in weights.factors.get(str(pair["have_type"]), ())]
    return tuple(
        reason
        for name, value in told
        if value > 0 and pair["score"] > 0
        for reason in SAY[name](pair, _gain(pair, name, weights.unknown[name] / float(value)))
    )


def _gain(pair: Row, name: str, unknown: float) -> float:
    """Tell what the score has more than if nobody had told; a learned score knows that by itself."""
    learned = pair.get(f"gain_{name}")
    return float(pair["score"]) * (1 - unknown) if learned is None else float(learned)


def _carrier(pair: Row, worth: float) -> tuple[Reason, ...]:
    have, want = (CARRIERS[int(pair[f"{side}_carrier"])] for side in ("have", "want"))
    return () if have == want else (Reason("reason.carrier", {"have_carrier": have, "want_carrier": want}, worth),)


def _temperature(pair: Row, worth: float) -> tuple[Reason, ...]:
    told = of_one(pair)
    missing_c = float(told["told_gap_c"])
    if pd.isna(missing_c):  # a hall of which nobody tells a temperature, or fuel
        return ()
    cold = bool(told["told_cold"])
    limit_c = defaults().lift["cold_slack_c" if cold else "most_c"]
    fit = "serves" if missing_c <= HARDLY_C else "nearly" if missing_c <= limit_c else "short"
    values = {f"{side}_c": [float(pair[f"{side}_temperature_{end}"]) for end in ENDS] for side in ("have", "want")}
    return (Reason(f"reason.{'cold' if cold else 'heat'}_{fit}", values, worth),)


def _purity(pair: Row, worth: float) -> tuple[Reason, ...]:
    have, want = int(pair["have_water"]), int(pair["want_water"])
    values = {"have_water": WATER_CLASSES[have], "want_water": WATER_CLASSES[want]}
    return (Reason("reason.water_serves" if have >= want else "reason.water_short", values, worth),)


def _warmth(pair: Row, worth: float) -> tuple[Reason, ...]:
    have, want = (ROOMS[int(pair[f"{side}_room"])] for side in ("have", "want"))
    values = {"have_room": have, "want_room": want}
    return (Reason(f"reason.warmth_{'serves' if worth >= 0 else 'short'}", values, worth),)


def _corridor(pair: Row, worth: float) -> tuple[Reason, ...]:
    ends = {f"{side}_ends": [int(pair[f"{side}_{end}"]) for end in ("from", "to")] for side in ("have", "want")}
    values = {**ends, "detour_km": round(float(of_one(pair)["told_detour_km"]), 1)}
    # How far it goes out of its way is also how far it is: see features.haul.
    told = worth + float(pair["part_haul"])
    return (Reason("reason.on_the_way" if worth >= 0 else "reason.off_the_way", values, told),)


def _hazard(pair: Row, worth: float) -> tuple[Reason, ...]:
    """Say only what counts against it: what the law asks of the rest is said by `permit`."""
    return () if pair["have_hazardous"] else (Reason("reason.harmless", {}, worth),)


def _near(_pair: Row, _worth: float) -> tuple[Reason, ...]:
    """Leave it to `distance`."""
    return ()


SAY: Mapping[str, Callable[[Row, float], tuple[Reason, ...]]] = {
    "carrier": _carrier,
    "temperature": _temperature,
    "purity": _purity,
    "corridor": _corridor,
    "warmth": _warmth,
    "near": _near,
    "hazard": _hazard,
}


def distance(pair: Row, weights: Weights | None = None) -> tuple[Reason, ...]:
    """Say how far it is, or why that rules it out or does not matter."""
    chosen = weights or defaults()
    worth = float(pair["part_haul"]) + _nearness(pair, chosen)
    if pair["have_type"] in chosen.anywhere:
        return (Reason("reason.anywhere", {}, worth),)
    if pair["value_corridor"] > 0:
        return ()  # what counts is the way out of the way, which has been said
    if pd.isna(pair["km"]):
        return (Reason("reason.no_route"),)
    values: dict[str, object] = {"km": float(pair["km"]), "method": str(pair["method"])}
    key = "reason.estimated_km" if pair["method"] == "estimate" else "reason.road_km"
    if pair["have_type"] == "energy" and pair["value_haul"] == 0:
        told = of_one(pair)
        reach = {"reach_km": float(told["told_reach_km"]), "carrier": CARRIERS[int(told["told_carrier"])]}
        return (Reason("reason.beyond_reach", {**reach, **values}),)
    return (Reason(key, values, worth),)


def _nearness(pair: Row, weights: Weights) -> float:
    known = pair["value_near"] > 0 and "near" in weights.factors.get(str(pair["have_type"]), ())
    return _gain(pair, "near", weights.unknown["near"] / float(pair["value_near"])) if known else 0.0
