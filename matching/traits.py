"""What decides a match of other types than materials, as columns of numbers: from the form, else from the text.

The form's own fields (`attributes` of a resource) come first, then the title, then the description.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching import parsed, routes
from matching.parsed import CARRIERS, ROOMS, WATER_CLASSES, Span

UNKNOWN = -1  # of a carrier, a class or a place

SPANS = ("temperature", "power", "area", "pallets")
COLUMNS: Mapping[str, "np.dtype[Any]"] = {
    **{f"{span}_{end}": np.dtype(np.float32) for span in SPANS for end in ("low", "high")},
    "carrier": np.dtype(np.int8),
    "water": np.dtype(np.int8),
    "room": np.dtype(np.int8),
    "from": np.dtype(np.int16),
    "to": np.dtype(np.int16),
    "local": np.dtype(np.int8),
}
_FORM = {"temperature": "temperature_c", "power": "power_mw", "area": "area_m2", "pallets": "pallet_places"}
_READERS: Mapping[str, Callable[[str], Span | None]] = {
    "temperature": parsed.temperature_c,
    "power": parsed.power_mw,
    "area": parsed.area_m2,
    "pallets": parsed.pallet_places,
}
# What of a type is worth looking for.
_READ: Mapping[str, Sequence[str]] = {
    "energy": ("temperature", "power", "carrier"),
    "water": ("temperature", "water"),
    "storage": ("temperature", "room", "area", "pallets"),
    "capacity": ("temperature", "power"),
    "logistics": ("temperature", "corridor"),
    "service": ("local",),
}
GOODS = ("material", "waste")
_SEASONED = frozenset({"energy", "water", "storage", "capacity", "logistics"})


def read(resources: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    """Give the columns of `COLUMNS` in the rows of some resources, and `named_months`, the months that texts name.

    Months are bits as in frame.prepare, 0 where none are named.
    """
    columns = {name: np.full(len(resources), _blank(kind), dtype=kind) for name, kind in COLUMNS.items()}
    months = np.zeros(len(resources), dtype=np.int16)
    told = zip(*(resources[name] for name in ("type", "attributes", "title", "description")), strict=True)
    for row, (kind, *said) in enumerate(told):
        if kind in _READ:
            found, named = _of(kind, *said)
            months[row] = sum(1 << (month - 1) for month in named)
            for name, value in found.items():
                columns[name][row] = value
    return {**columns, "named_months": months}


def barred(resources: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell of offers whether they are hazardous waste, and of needs whether they can't take such: the two never meet.

    A need takes it that is marked hazardous itself, or whose words say so. Only waste and material are asked about.
    """
    goods = resources["type"].isin(GOODS).to_numpy(bool)
    hazardous = resources["hazardous"].isin([True]).to_numpy(bool)
    found = goods & hazardous
    needs = np.flatnonzero(goods & ~hazardous & (resources["direction"] == "want").to_numpy(bool))
    told = (resources[name].iloc[needs] for name in ("title", "description"))
    takes = [any(parsed.takes_hazardous(parsed.plain(text)) for text in texts) for texts in zip(*told, strict=True)]
    found[(resources["direction"] == "want").to_numpy(bool)] = False
    found[needs] = ~np.array(takes, dtype=bool)
    return found


def _of(kind: str, attributes: object, title: object, description: object) -> tuple[dict[str, float], tuple[int, ...]]:
    form = _form(attributes)
    texts = [parsed.plain(title), parsed.plain(description)]
    found: dict[str, float] = {}
    for name in _READ[kind]:
        found |= _trait(name, form, texts)
    return found, parsed.months(*texts) if kind in _SEASONED else ()


def _trait(name: str, form: Mapping[str, Any], texts: Sequence[str]) -> dict[str, float]:
    if name in _READERS:
        span = _span(form.get(_FORM[name])) or next(filter(None, map(_READERS[name], texts)), None)
        return dict(zip((f"{name}_low", f"{name}_high"), span, strict=True)) if span else {}
    if name == "carrier":
        said = next(filter(None, map(parsed.carrier, texts)), "")
        return {name: CARRIERS.index(said)} if said else {}
    if name == "water":
        said = parsed.water_class(parsed.plain(form.get("quality"))) or next(
            filter(None, map(parsed.water_class, texts)), ""
        )
        return {name: WATER_CLASSES.index(said)} if said else {}
    if name == "room":
        said = next(filter(None, map(parsed.room, texts)), "")
        return {name: ROOMS.index(said)} if said else {}
    if name == "local":
        return {name: 1} if any(map(parsed.is_local, texts)) else {}
    ends = routes.place(form.get("from")), routes.place(form.get("to"))
    if ends == (routes.NOWHERE, routes.NOWHERE):
        ends = next((way for way in map(routes.corridor, texts) if way != ends), ends)
    return dict(zip(("from", "to"), ends, strict=True))


def _form(attributes: object) -> Mapping[str, Any]:
    """Read the form's own fields, which come as they are or, out of a file, as JSON."""
    if isinstance(attributes, str):
        try:
            attributes = json.loads(attributes)
        except ValueError:
            return {}
    return attributes if isinstance(attributes, dict) else {}


def _span(value: object) -> Span | None:
    ends = [end for end in map(_number, value if isinstance(value, list) else [value]) if end is not None]
    return (min(ends), max(ends)) if ends else None


def _number(value: object) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if number and isinstance(value, int | float) else None


def _blank(kind: "np.dtype[Any]") -> float:
    return np.nan if kind.kind == "f" else UNKNOWN
