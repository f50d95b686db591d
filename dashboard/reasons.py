"""Put the reasons of a match into words; pure, no Streamlit."""

from collections.abc import Sequence
from typing import cast

from config.texts import Language
from dashboard import amounts, wording
from matching import concepts
from matching.reasons import Reason

BETWEEN = " · "
LEAST_SHARE = 0.01  # of a need; less is told as less


def line(reasons: Sequence[Reason], language: Language) -> str:
    """Give the reason line: its parts in their order, the first with a capital."""
    return wording.capital(BETWEEN.join(say(reason, language) for reason in reasons))


def say(reason: Reason, language: Language) -> str:
    """Give one reason in words."""
    return wording.t(reason.key, language, **_words(reason, language))


def _words(reason: Reason, language: Language) -> dict[str, str]:
    values = reason.facts
    if "concepts" in values:
        table = concepts.load().concepts
        return {"terms": ", ".join(table[one].name(language) for one in cast("list[str]", values["concepts"]))}
    if "words" in values:
        return {"terms": ", ".join(cast("list[str]", values["words"]))}
    if "ewc" in values:
        code = str(values["ewc"])
        return {"ewc": " ".join(code[at : at + 2] for at in range(0, len(code), 2))}
    if "share" in values:
        return _coverage(values, language)
    if "km" in values:
        return {"km": wording.km(cast("float", values["km"]), language, str(values["method"]))}
    return {}


def _coverage(values: object, language: Language) -> dict[str, str]:
    given = cast("dict[str, float]", values)
    unit = amounts.unit(str(given["unit"]), language, flow=bool(given["yearly"]))
    have = wording.number(given["have_amount"], language)
    want = wording.quantity(given["want_amount"], unit, language)
    share = wording.percent(max(given["share"], LEAST_SHARE), language)
    return {"share": share if given["share"] >= LEAST_SHARE else f"< {share}", "have": have, "want": want}
