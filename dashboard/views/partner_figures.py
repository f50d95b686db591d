"""Figures of a haul as the list and the map write them: each with its unit's column, and never without its method."""

from collections.abc import Mapping
from typing import Any

from config.texts import Language
from dashboard import wording

BAND_TO_FIVES_KM = 100  # the ends of a band are whole below it, and rounded to five from it on

LEAST_SHARE = 0.01  # of a need; less is told as less

Match = Mapping[str, Any]


def km(match: Match, language: Language) -> str:
    """Give the figure for a column headed km: 108,7; 88,0 + 43,1 with a ferry; ≈ 260; – where there is no way."""
    if match["method"] == "road+ferry":
        legs = (match["km"] - match["ferry_km"], match["ferry_km"])
        return " + ".join(wording.number(leg, language, 1) for leg in legs)
    return wording.km(match["km"], language, str(match["method"])).removesuffix(f"{wording.SPACE}km")


def below_km(match: Match, language: Language) -> str:
    """Give the small print below the km: how they came about where it isn't by road alone."""
    method = str(match["method"])
    if method == "road+ferry":
        return wording.t("frame.ferry", language)
    if method == "none":
        return wording.t("frame.no_road", language)
    if method != "estimate":
        return ""
    said = (band(match, language), wording.t("frame.ferry", language) if match["ferry_km"] > 0 else "")
    return ", ".join(part for part in said if part) or wording.t("method.estimate", language)


def band(match: Match, language: Language) -> str:
    """Give the band of an estimate in km, 225–290; nothing where none is known, or where it is too narrow to tell."""
    low, high = match["low_km"], match["high_km"]
    if match["method"] != "estimate" or not (wording.known(low) and wording.known(high)):
        return ""
    ends = [_coarse(end) for end in (low, high)]
    return "" if ends[0] == ends[1] else "–".join(wording.number(end, language) for end in ends)


def _coarse(value_km: float) -> float:
    return float(round(value_km) if value_km < BAND_TO_FIVES_KM else 5 * round(value_km / 5))


def distance(match: Match, language: Language) -> str:
    """Give the distance with its method in one line: 108,7 km maanteitse; ≈ 260 km (225–290), arvio."""
    method = str(match["method"])
    if method == "none" or not wording.known(match["km"]):
        return wording.distance(None, language)
    figure = f"{km(match, language)}{wording.SPACE}km"
    if method == "road":
        return wording.t("reason.road_km", language, km=figure)
    if method == "estimate":
        between = band(match, language)
        figure += f" ({between})" if between else ""
    with_ferry = method == "estimate" and match["ferry_km"] > 0
    said = (figure, wording.t(f"method.{method}", language), wording.t("frame.ferry", language) if with_ferry else "")
    return ", ".join(part for part in said if part)


def coverage(match: Match, language: Language) -> str:
    """Give how much of the need the offer meets; nothing where the two have no measure in common."""
    share = match.get("coverage")
    if share is None or not wording.known(share):
        return ""
    told = wording.percent(max(share, LEAST_SHARE), language)
    return told if share >= LEAST_SHARE else f"<{wording.SPACE}{told}"


def per_tonne(value: float, language: Language, method: str) -> str:
    """Give a figure with one decimal; whole and with its sign where the distance is an estimate."""
    if not wording.known(value) or method == "none":
        return wording.UNKNOWN
    if method == "estimate":
        return f"≈{wording.SPACE}{wording.number(value, language)}"
    return wording.number(value, language, 1)
