"""Put the reasons of a match into words; pure, no Streamlit."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from config.texts import Language
from dashboard import amounts, wording
from geo import regions
from matching import concepts
from matching.reasons import Reason

BETWEEN = " · "
SIDES = ("have", "want")
DIGITS = 3  # of an amount that had to be converted
LEAST_SHARE = 0.01  # of a need; less is told as less


def line(reasons: Sequence[Reason], language: Language) -> str:
    """Give the reason line: its parts in their order, the first with a capital."""
    return wording.capital(BETWEEN.join(say(reason, language) for reason in reasons))


def say(reason: Reason, language: Language) -> str:
    """Give one reason in words."""
    return wording.t(reason.key, language, **_words(reason, language))


def _words(reason: Reason, language: Language) -> dict[str, str]:
    """Put the facts of a reason into words, by the first of them that we know how to say."""
    return next((words(reason, language) for fact, words in _SAID.items() if fact in reason.facts), {})


def _concepts(reason: Reason, language: Language) -> dict[str, str]:
    table = concepts.load().concepts
    return {"terms": ", ".join(table[one].name(language) for one in cast("list[str]", reason.facts["concepts"]))}


def _shared_words(reason: Reason, _language: Language) -> dict[str, str]:
    return {"terms": ", ".join(cast("list[str]", reason.facts["words"]))}


def _code(reason: Reason, _language: Language) -> dict[str, str]:
    code = str(reason.facts["ewc"])
    return {"ewc": " ".join(code[at : at + 2] for at in range(0, len(code), 2))}


def _way(reason: Reason, language: Language) -> dict[str, str]:
    return {"km": wording.km(cast("float", reason.facts["km"]), language, str(reason.facts["method"]))}


def _reach(reason: Reason, language: Language) -> dict[str, str]:
    carrier = wording.t(f"carrier.{reason.facts['carrier']}", language)
    reach = wording.quantity(cast("float", reason.facts["reach_km"]), "km", language)
    return {"carrier": carrier, "way": _way(reason, language)["km"], "km": reach}


def _carriers(reason: Reason, language: Language) -> dict[str, str]:
    return {side: wording.t(f"carrier.{reason.facts[f'{side}_carrier']}", language) for side in SIDES}


def _waters(reason: Reason, language: Language) -> dict[str, str]:
    return {side: wording.t(f"water_class.{reason.facts[f'{side}_water']}", language) for side in SIDES}


def _rooms(reason: Reason, language: Language) -> dict[str, str]:
    return {side: wording.t(f"room_class.{reason.facts[f'{side}_room']}", language) for side in SIDES}


def _temperatures(reason: Reason, language: Language) -> dict[str, str]:
    return {side: _degrees(reason.facts[f"{side}_c"], language) for side in SIDES}


def _degrees(span: object, language: Language) -> str:
    low, high = cast("list[float]", span)
    if low == high:
        return wording.quantity(low, "°C", language)
    between = "–" if low >= 0 else "…"
    return f"{wording.number(low, language)}{between}{wording.quantity(high, '°C', language)}"


def _route(reason: Reason, language: Language) -> dict[str, str]:
    """Name both routes; an end that nobody tells is the side's own site."""
    said = {side: _ends(cast("list[int]", reason.facts[f"{side}_ends"]), language) for side in SIDES}
    detour = wording.quantity(cast("float", reason.facts["detour_km"]), "km", language)
    return {**said, "km": f"≈{wording.SPACE}{detour}"}


def _ends(codes: list[int], language: Language) -> str:
    homes = regions.load().municipalities
    names = [homes[f"{code:03}"].name(language) if code >= 0 else "" for code in codes]
    own = wording.t("reason.own_site", language)
    return "–".join(name or own for name in names) if any(names) else own


def _coverage(reason: Reason, language: Language) -> dict[str, str]:
    given = cast("dict[str, float]", reason.facts)
    unit = amounts.unit(str(given["unit"]), language, flow=bool(given["yearly"]))
    share, have, want = (_ends_of(reason.facts, name) for name in ("share", *SIDES))
    return {
        "share": _share(share, language),
        "have": _amount(have, unit if reason.key == "reason.room" else "", language),
        "want": _amount(want, unit, language),
    }


def _ends_of(facts: Mapping[str, object], name: str) -> tuple[float, float]:
    """Give both ends of an amount; a reason that was kept before ranges were has one figure."""
    alone = facts["share" if name == "share" else f"{name}_amount"]
    low, high = cast("list[float]", facts.get(f"{name}_range", [alone, alone]))
    return low, high


def _amount(ends: tuple[float, float], unit: str, language: Language) -> str:
    low, high = (end if end == round(end) else wording.significant(end, DIGITS) for end in ends)
    return wording.span(low, high, unit, language).strip()


def _share(ends: tuple[float, float], language: Language) -> str:
    low, high = (max(end, LEAST_SHARE) for end in ends)
    told = wording.percent(high, language)
    if round(100 * low) != round(100 * high):
        return f"{wording.number(100 * low, language)}–{told}"
    return told if ends[1] >= LEAST_SHARE else f"< {told}"


_SAID: Mapping[str, Callable[[Reason, Language], dict[str, str]]] = {
    "concepts": _concepts,
    "words": _shared_words,
    "ewc": _code,
    "share": _coverage,
    "have_ends": _route,
    "have_c": _temperatures,
    "have_carrier": _carriers,
    "have_water": _waters,
    "have_room": _rooms,
    "reach_km": _reach,
    "km": _way,
}
