"""Hints about the law of waste for an offer and a need: what to look into, with sources; never advice.

Pure: what a listing says of itself goes in, hints come out in the order in which a coordinator looks at them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from config import legal
from matching import concepts
from matching.concepts import Taxonomy

GOODS = frozenset({"material", "waste"})
CONSTRUCTION = "17"  # the chapter of construction and demolition waste, contaminated soil included
STEPS = ("prevention", "preparing_for_reuse", "recycling", "other_recovery", "disposal")
GREASE = ("190809", "200304")  # grease traps and septic tanks


@dataclass(frozen=True)
class Listing:
    """Hold what the law asks of a listing; `concepts` are what it is about and what it is for."""

    type: str
    ewc: str = ""
    hazardous: bool = False
    concepts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hint:
    """Hold one hint: its text is `legal.<key>` with `values`, its sources are named in config/legal.toml."""

    topic: str
    key: str
    sources: tuple[str, ...]
    values: Mapping[str, object] = field(default_factory=dict)


def listing(type_: str, text: str, language: str, *, ewc: str | None, hazardous: bool, named: Iterable[str]) -> Listing:
    """Read a listing: what its text names, what its code is typical of, and what somebody has chosen for it."""
    known = concepts.load()
    found = {*known.tags(text, language), *(one for one in named if one in known.concepts)}
    found |= set(known.of_ewc(ewc)) if ewc else set()
    return Listing(type_, ewc or "", hazardous, frozenset(found))


def hints(have: Listing, want: Listing) -> tuple[Hint, ...]:
    """Give the hints for an offer and a need; none where nothing but goods is regulated as waste."""
    if have.type not in GOODS:
        return (Hint("status", "status_other", ()),)
    if have.type == "material" and not have.ewc and not have.hazardous:
        return (Hint("status", "status_by_product", ("by_product", "waste_definition")), *_animal(have))
    return tuple(_of_waste(have, want))


def is_waste(have: Listing) -> bool:
    """Tell whether a listing is told as waste: by its type, its code or its hazard."""
    return have.type == "waste" or have.hazardous or bool(have.ewc)


def _of_waste(have: Listing, want: Listing) -> Iterator[Hint]:
    if have.hazardous:
        yield Hint("status", "status_hazardous", ("hazardous", "waste_list"))
    elif have.type == "material":
        yield Hint("status", "status_doubtful", ("waste_definition", "by_product"))
    else:
        yield Hint("status", "status_waste", ("waste_definition", "waste_list"))
    yield _ended(have)
    yield _step(want)
    yield from _receiver(have, want)
    yield from _animal(have)
    clock = legal.load().tsv
    yield Hint(
        "tsv",
        "tsv",
        ("tsv", "materiaalitori"),
        {
            "euros": clock.least_eur_per_year,
            "days": clock.open_days,
            "months": clock.request_months,
            "years": clock.contract_years,
        },
    )
    yield Hint("materiaalitori", "by_proxy", ("materiaalitori",))


def _ended(have: Listing) -> Hint:
    found = tuple(source for source, ids in legal.load().end_of_waste.items() if ids & have.concepts)
    if found and not have.hazardous:
        return Hint("end_of_waste", "end_of_waste_known", (*found, "end_of_waste"))
    return Hint("end_of_waste", "end_of_waste_case", ("end_of_waste",))


def _step(want: Listing) -> Hint:
    step = step_of(want.concepts)
    if step is None:
        return Hint("hierarchy", "step_unknown", ("hierarchy",))
    return Hint("hierarchy", f"step_{step}", ("hierarchy",), {"number": STEPS.index(step) + 1})


def step_of(named: frozenset[str], known: Taxonomy | None = None) -> str | None:
    """Give the step of the order of priority of the uses that a need names; of several the highest, None if unknown."""
    table = (known or concepts.load()).concepts
    steps = legal.load().step
    found = set()
    for one in named:
        waiting = [one]
        while waiting:
            here = waiting.pop(0)
            step = next((name for name, ids in steps.items() if here in ids), None)
            if step is not None:
                found.add(step)
                break
            waiting += table[here].broader if here in table and table[here].kind == "use" else ()
    return next((step for step in STEPS if step in found), None)


def _receiver(have: Listing, want: Listing) -> Iterator[Hint]:
    law = legal.load()
    yield Hint("receiver", "receiver", ("handing_over", "permit"))
    if have.hazardous:
        yield Hint("receiver", "receiver_hazardous", ("hazardous", "transfer_document", "register"))
    elif have.ewc.startswith((CONSTRUCTION, *GREASE)):
        yield Hint("receiver", "transfer_document", ("transfer_document", "register"))
    in_earthworks = want.concepts & law.mara["uses"] or step_uses(want.concepts) & law.mara["uses"]
    if have.concepts & law.mara["materials"] and in_earthworks and not have.hazardous:
        yield Hint("receiver", "receiver_mara", ("mara",))


def step_uses(named: frozenset[str]) -> frozenset[str]:
    """Give what the uses belong to, up to the widest."""
    table = concepts.load().concepts
    found: set[str] = set()
    waiting = [one for one in named if one in table and table[one].kind == "use"]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += [other for other in table[one].broader if other not in found]
    return frozenset(found)


def _animal(have: Listing) -> tuple[Hint, ...]:
    return (Hint("receiver", "animal", ("animal",)),) if have.concepts & legal.load().animal["concepts"] else ()
