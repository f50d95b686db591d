"""What the overview says: sentence, metrics, areas with their classes, flows; computed from frames alone."""

from dataclasses import dataclass

import pandas as pd

from config.texts import Language
from dashboard import classes
from dashboard.views.overview_counts import Chosen, Frames, Row, counts, records, valued
from dashboard.views.overview_flows import flows
from dashboard.views.overview_words import Figure, figures, sentence
from dashboard.wording import counted, hundreds, number, quantity, t
from geo import regions
from geo.regions import Regions

FLOWS_ON_MAP = 15
_NOUNS = {"resource": "resources", "organisation": "companies"}


@dataclass(frozen=True)
class View:
    """Hold everything that the page draws, ready-made in the user's language.

    `areas`: code, name, lon, lat, value, few, number (of its class), a, b. `flows`: code, lon, lat, to_lon, to_lat,
    tonnes, rollup, name, a, b, largest first.
    """

    sentence: str
    figures: tuple[Figure, ...]
    areas: pd.DataFrame
    breaks: tuple[float, ...]
    flows: pd.DataFrame
    demo: bool


def build(frames: Frames, chosen: Chosen, language: Language, places: Regions | None = None) -> View:
    """Compute the view of a choice."""
    places = places or regions.load()
    areas = _areas(frames, chosen, language, places)
    breaks = classes.breaks(areas["value"].where(~areas["few"], 0))
    areas["number"] = classes.classify(areas["value"].where(~areas["few"], 0), breaks)
    told = [frame for frame in (frames.resources, frames.synergies, frames.benefits) if len(frame)]
    return View(
        sentence=sentence(frames, chosen, language, places),
        figures=figures(frames, chosen, language),
        areas=areas,
        breaks=breaks,
        flows=flows(frames, chosen, language, places).query("not few").head(FLOWS_ON_MAP),
        demo=any(bool(frame["demo"].any()) for frame in told),
    )


def _areas(frames: Frames, chosen: Chosen, language: Language, places: Regions) -> pd.DataFrame:
    table = counts(frames, chosen, chosen.level, places)
    lines = [_lines(one, chosen, language) for one in records(table)]
    return pd.DataFrame(
        {
            "code": table["code"],
            "name": table[language],
            "lon": table["lon"],
            "lat": table["lat"],
            "value": table[valued(chosen)].astype(float),
            "few": table["few"].astype(bool),
            "a": [first for first, _ in lines],
            "b": [second for _, second in lines],
        }
    )


def _lines(one: Row, chosen: Chosen, language: Language) -> tuple[str, str]:
    if one["few"]:
        return t("overview.tip_few", language), ""

    def tonnes(name: str) -> str:
        return hundreds(one[name], language)

    if chosen.measure == "resources":
        told = {noun: counted(int(one[plural]), noun, language) for noun, plural in _NOUNS.items()}
        first = t("overview.tip_resources", language, resources=told["resource"], companies=told["organisation"])
        return first, t("overview.tip_have_want", language, have=tonnes("have_tonnes"), want=tonnes("want_tonnes"))
    if chosen.measure == "benefits":
        first = t("overview.tip_benefits", language, landfill=tonnes("landfill"), co2e=tonnes("co2e"))
        return first, quantity(one["money"] / 1e6, "M€/a", language, 1)
    completed = number(one["completed"], language)
    synergies = counted(int(one["synergies"]), "synergy", language)
    first = t("overview.tip_synergies", language, synergies=synergies, completed=completed)
    return first, t("overview.tip_tonnes", language, out=tonnes("out_tonnes"), into=tonnes("in_tonnes"))
