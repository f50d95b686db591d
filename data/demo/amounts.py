"""How much of a stream: ranges as people give them, tonnes where they follow, and what else a form asks."""

from typing import Any

import numpy as np

from data.demo.catalogue import Stream
from data.demo.frame import plain, two_figures

SPREAD = 0.45
NO_AMOUNT = 0.07
A_RANGE = 0.3
SIZES = (0.12, 4.0)  # a company against the usual one of its kind
FULL_LOAD_HOURS = (3_200.0, 7_400.0)
GOODS = frozenset({"material", "waste"})  # of other types no tonnes are counted
BY_SIZE = frozenset({"area_m2", "volume_m3", "pallet_places", "power_mw"})

Amount = tuple[float | None, float | None]


def amount(rng: np.random.Generator, stream: Stream, factor: float, size: float) -> Amount:
    """Draw a quantity's low and high end around the stream's usual one times `factor`, by the company's size."""
    if stream.quantity is None or rng.random() < NO_AMOUNT:
        return None, None
    middle = stream.quantity * factor * float(np.clip(size * rng.lognormal(0.0, SPREAD), *SIZES))
    if stream.unit in {"kpl", "h"}:
        middle = max(1.0, round(middle))
    if rng.random() < A_RANGE:
        return two_figures(middle * 0.75), two_figures(middle * 1.3)
    exact = two_figures(middle)
    return exact, exact


def tonnes(stream: Stream, quantity: Amount) -> tuple[float | None, float | None, str | None]:
    """Turn a quantity into tonnes where the unit or the stream's density allows it, and say how sure that is."""
    low, high = quantity
    if low is None or high is None or stream.tonnes_per_unit is None or stream.type not in GOODS:
        return None, None, None
    basis = "declared" if stream.unit in {"t", "kg"} else "estimated"
    return round(low * stream.tonnes_per_unit, 3), round(high * stream.tonnes_per_unit, 3), basis


def attributes(rng: np.random.Generator, stream: Stream, quantity: Amount, ends: tuple[str, str]) -> dict[str, object]:
    """Draw what a form asks beside the quantity: temperature, power, area, quality, the ends of a corridor."""
    told: dict[str, object] = {name: _attribute(rng, name, span) for name, span in stream.attributes.items()}
    if stream.corridor:
        told |= {"from": ends[0], "to": ends[1]}
    if "power_mw" in told and stream.unit == "MWh" and quantity[1]:
        # So that energy, power and hours of use agree with one another.
        told["power_mw"] = plain(two_figures(quantity[1] / rng.uniform(*FULL_LOAD_HOURS)))
    same = {"m2": "area_m2", "m3": "volume_m3", "kpl": "pallet_places"}.get(stream.unit or "", "")
    if same in told and quantity[1]:
        told[same] = plain(quantity[1])
    return told


def _attribute(rng: np.random.Generator, name: str, span: list[Any]) -> object:
    if isinstance(span[0], str):
        return span[0]
    low, high = float(span[0]), float(span[-1])
    if name.endswith(("_per_week", "_per_month")):
        return int(rng.integers(int(low), int(high) + 1))
    if name in BY_SIZE:
        return plain(two_figures(float(np.exp(rng.uniform(np.log(low), np.log(high))))))
    return round(rng.uniform(low, high))
