"""Say how much a resource is; pure, no Streamlit."""

from collections.abc import Mapping
from typing import Any

from config.texts import Language
from dashboard import wording

# Units as people write them; what is not here is written as its code.
_UNITS: Mapping[str, Mapping[Language, str]] = {
    "kpl": {"fi": "kpl", "sv": "st.", "en": "pcs"},
    "m2": dict.fromkeys(("fi", "sv", "en"), "m²"),
    "m3": dict.fromkeys(("fi", "sv", "en"), "m³"),
    "i-m3": {"fi": "i-m³", "sv": "i-m³", "en": "loose m³"},
    "k-m3": {"fi": "k-m³", "sv": "k-m³", "en": "solid m³"},
    "p-m3": {"fi": "p-m³", "sv": "p-m³", "en": "stacked m³"},
    "EUR": dict.fromkeys(("fi", "sv", "en"), "€"),
}
# What is there all the time is no amount a year.
_STANDING = frozenset({"m2", "MW", "kW"})


def say(resource: Mapping[str, Any], language: Language) -> str:
    """Give the amount of a resource with its unit, a year where it is a flow; empty where it is unknown."""
    low, high, code = resource["tonnes_low"], resource["tonnes_high"], "t"
    if not (wording.known(low) and wording.known(high)):
        low, high, code = resource["quantity_low"], resource["quantity_high"], str(resource["unit"])
    if not (wording.known(low) and wording.known(high)):
        return ""
    if resource["tonnes_basis"] == "estimated" and code == "t":
        low, high = wording.significant(low), wording.significant(high)
    return wording.span(low, high, unit(code, language, flow=resource["continuity"] == "continuous"), language)


def unit(code: str, language: Language, *, flow: bool) -> str:
    """Give a unit as it is written, with /a for what comes every year."""
    written = _UNITS[code][language] if code in _UNITS else code
    return f"{written}/a" if flow and code not in _STANDING else written
