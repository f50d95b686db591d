"""The sentence and the metrics of the overview."""

from dataclasses import dataclass

import pandas as pd

from config.texts import Language
from dashboard.views.overview_counts import BENEFITS, FEW_COMPANIES, Chosen, Frames, Row, by_metric, records, row
from dashboard.wording import change, counted, hundreds, known, number, percent, quantity, rich, t, to_hundreds
from geo.regions import Regions


@dataclass(frozen=True)
class Figure:
    """Hold one of the metrics: its label, value and change since the year before."""

    label: str
    value: str
    change: str | None = None
    since: str | None = None


def sentence(frames: Frames, chosen: Chosen, language: Language, places: Regions) -> str:
    """Answer the page's question in words, as HTML."""
    kind = "region" if chosen.region else "country"
    name = places.regions[chosen.region].name(language) if chosen.region else ""
    if chosen.measure == "resources":
        return _resources_said(row(frames.resources, kind, chosen.region), chosen, language, name)
    if chosen.measure == "benefits":
        return _benefits_said(by_metric(frames, kind), chosen, language, name)
    told = row(frames.synergies, kind, chosen.region, "source")
    if told is None:
        return _nothing("synergies", language, name)
    if told["few"] and name:
        return rich("overview.hidden", language, region=name)
    values = {
        "count": number(told["synergies"], language),
        "crossing": percent(told["crossing"] / told["synergies"], language),
        "completed": number(told["completed"], language),
    }
    if name:
        return rich("overview.synergies_region", language, region=name, **values)
    return rich("overview.synergies_many", language, **values)


def _nothing(measure: str, language: Language, name: str) -> str:
    if name:
        return rich(f"overview.{measure}_none_region", language, region=name)
    return rich(f"overview.{measure}_none", language)


def _resources_said(told: Row | None, chosen: Chosen, language: Language, name: str) -> str:
    if told is None:
        told = {"resources": 0, "companies": 0, "have_tonnes": 0.0, "want_tonnes": 0.0}
    if name and 0 < told["companies"] < FEW_COMPANIES:
        return rich("overview.hidden", language, region=name)
    tonnes = told["want_tonnes" if chosen.direction == "want" else "have_tonnes"]
    values = {
        "resources": counted(int(told["resources"]), "resource", language),
        "companies": counted(int(told["companies"]), "organisation", language),
        "tonnes": f"{hundreds(tonnes, language)}\u00a0t/a",
    }
    key = f"overview.resources{'_region' if name else ''}{'_wanted' if chosen.direction == 'want' else ''}"
    if name:
        return rich(key, language, region=name, **values)
    return rich(key if key.endswith("_wanted") else "overview.resources_all", language, **values)


def _benefits_said(told: pd.DataFrame, chosen: Chosen, language: Language, name: str) -> str:
    if chosen.region not in told.index:
        return _nothing("benefits", language, name)
    one = records(told.loc[[chosen.region]])[0]
    if name and one["companies"] < FEW_COMPANIES:
        return rich("overview.hidden", language, region=name)
    values = {
        "co2e": f"{hundreds(one['co2e'], language)}\u00a0t\u00a0CO₂e/a",
        "money": quantity(one["money"] / 1e6, "M€/a", language, 1),
        "verified": percent(one["verified"] / one["figures"], language),
    }
    if name:
        return rich("overview.benefits_region", language, region=name, **values)
    return rich("overview.benefits_all", language, **values)


def figures(frames: Frames, chosen: Chosen, language: Language) -> tuple[Figure, ...]:
    """Give the three metrics."""
    kind = "region" if chosen.region else "country"
    if chosen.measure == "resources":
        told = row(frames.resources, kind, chosen.region)
        few = bool(chosen.region) and told is not None and told["companies"] < FEW_COMPANIES
        values = [
            ("companies", "companies", number),
            ("have", "have_tonnes", hundreds),
            ("want", "want_tonnes", hundreds),
        ]
        return tuple(
            Figure(
                t(f"overview.metric_{name}", language),
                t("frame.fewer", language) if few else said(0 if told is None else told[column], language),
            )
            for name, column, said in values
        )
    told_benefits = by_metric(frames, kind)
    there = chosen.region in told_benefits.index
    one = records(told_benefits.loc[[chosen.region]])[0] if there else None
    return tuple(_benefit(name, one, chosen, language) for name in BENEFITS)


def _benefit(name: str, one: Row | None, chosen: Chosen, language: Language) -> Figure:
    label = t(f"overview.metric_{name}", language)
    if one is None or not known(one[name]):
        return Figure(label, number(None, language))
    if chosen.region and one["companies"] < FEW_COMPANIES:
        return Figure(label, t("frame.fewer", language))
    scale, decimals = (1e6, 1) if name == "money" else (1.0, 0)
    now, before = one[name] / scale, one[f"{name}_before"] / scale
    said = number(now, language, 1) if decimals else hundreds(now, language)
    since = t("overview.since", language, year=chosen.year - 1)
    apart = now - before
    grown = change(apart if decimals else to_hundreds(apart), language, decimals)
    return Figure(label, said, grown, since if grown else None)
