"""With which arguments a read is called that test_hunt.py does not know by name: by the names of its parameters."""

import inspect
from collections.abc import Callable, Mapping
from itertools import product
from uuid import UUID


def given(function: Callable[..., object], ids: Mapping[str, list[int]]) -> list[dict[str, object]]:
    """Give every combination of what there is to ask for; what has a default, or no meaning here, is left out."""
    known: dict[str, list[object]] = {
        "year": [2026],
        "words": ["zx"],
        "search": ["zx"],
        "most": [5_000],
        "limit": [5_000],
        "reading": ["x"],
        "keys": [[]],
        "organisations": [tuple(ids["organisation"])],
        "years": [[2025, 2026]],
        "types": [("material", "waste")],
        "paths": [{"wood": ("wood",)}],
        "within": [{"837": ("064", "06"), "091": ("011", "01")}],
        "source": ["06", "01"],
        "target": ["01", "06"],
        "ids": [ids["resource"], ids["organisation"]],
        "have_ids": [ids["resource"]],
        "want_ids": [ids["resource"]],
        "municipalities": [False, True],
        "card_id": [UUID(int=1)],
        "synergy_id": list(ids.get("synergy", [1])),
        "organisation_id": list(ids["organisation"]),
        "event_id": list(ids.get("event", [1])),
    }
    needed = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.name != "engine" and one.default is one.empty
    ]
    known["cards"] = [known["card_id"]]
    told = [known.get(_name(one)) or [_plain(one.annotation)] for one in needed]
    return [dict(zip([one.name for one in needed], values, strict=True)) for values in product(*told)]


def _name(asked: inspect.Parameter) -> str:
    """Give the name by which an argument is known; ids of cards are no numbers."""
    return "cards" if asked.name == "ids" and "UUID" in str(asked.annotation) else asked.name


def _plain(kind: object) -> object:
    """Make what a read is asked by that has a type of its own: the one that asks for everything."""
    return kind() if inspect.isclass(kind) else None
