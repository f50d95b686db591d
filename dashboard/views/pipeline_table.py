"""The table of synergies and the arcs of the map, as frames with the columns that people read; pure."""

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.flows import arrow
from dashboard.palette import Palette, rgb
from dashboard.views.overview_counts import spots
from dashboard.views.pipeline import agreed, quiet_days
from dashboard.views.records import records
from data.model import Stage
from geo.regions import Regions

ARC_LEAST_PX, ARC_MOST_PX = 1.6, 7.0
HEAD_PX = 8.0


def table(rows: pd.DataFrame, regions: Regions, language: Language) -> pd.DataFrame:
    """Give everything that is known of synergies, one row each, under the language's headings."""
    made = [
        {
            "id": row["id"],
            "stage": wording.t(f"stage.{row['stage']}", language),
            "type": wording.t(f"type.{row['type']}", language),
            "offered": row["have"],
            "wanted": row["want"],
            "from": regions.municipalities[row["from_municipality"]].name(language),
            "to": regions.municipalities[row["to_municipality"]].name(language),
            "km": row["road_km"],
            "method": wording.t(f"method.{row['method']}", language) if row["method"] else None,
            "tonnes": row["tonnes_per_year"],
            "agreed": agreed(row, language) if row["agreed_high"] is not None else None,
            "co2e": row["co2e_tonnes"],
            "basis": wording.t(f"benefit_status.{row['co2e_basis']}", language) if row["co2e_basis"] else None,
            "owner": row["owner"],
            "next_step": row["next_step"] or None,
            "next_on": row["next_step_on"],
            "active": row["active_at"].date(),
            "quiet": quiet_days(row) if row["quiet"] else None,
            "reason": wording.t(f"lapse_reason.{row['lapse_reason']}", language) if row["lapse_reason"] else None,
        }
        for row in records(rows)
    ]
    names = headings(language)
    return pd.DataFrame(made, columns=list(names)).rename(columns=names)


def headings(language: Language) -> dict[str, str]:
    """Give the heading of each column."""
    own = ("offered", "wanted", "from", "to", "km", "method", "tonnes", "agreed", "co2e", "basis", "active", "quiet")
    names = {name: wording.t(f"pipeline.col_{name}", language) for name in ("id", *own, "reason")}
    names |= {"stage": wording.t("pipeline.stage", language), "type": wording.t("pipeline.types", language)}
    names |= {"owner": wording.t("move.owner", language), "next_step": wording.t("move.next_step", language)}
    names["next_on"] = wording.t("move.next_step_on", language)
    order = ("id", "stage", "type", "offered", "wanted", "from", "to", "km", "method", "tonnes", "agreed", "co2e")
    later = ("basis", "owner", "next_step", "next_on", "active", "quiet", "reason")
    return {name: names[name] for name in (*order, *later)}


def arc_table(arcs: pd.DataFrame, regions: Regions, language: Language) -> pd.DataFrame:
    """Give what the map draws as a table."""
    named = names(regions, language)
    made = [
        {
            wording.t("pipeline.col_from", language): named[row["source"]],
            wording.t("pipeline.col_to", language): named[row["target"]],
            wording.t("pipeline.stage", language): wording.t(f"stage.{row['stage']}", language),
            wording.t("pipeline.col_synergies", language): row["synergies"],
            wording.t("pipeline.col_tonnes", language): round(row["tonnes"]),
            wording.t("pipeline.col_km", language): None if row["km"] is None else round(row["km"], 1),
        }
        for row in records(arcs)
    ]
    return pd.DataFrame(made)


def arc_rows(arcs: pd.DataFrame, regions: Regions, colours: Palette, language: Language) -> list[dict[str, object]]:
    """Give the arcs as rows for the map: path, colour of the stage, width by their number, and the tooltip's words."""
    named = names(regions, language)
    places = {**_points(regions, "regions"), **_points(regions, "municipalities")}
    most = max([1, *arcs["synergies"]])
    order = [one.value for one in Stage if one is not Stage.LAPSED]
    made = []
    for row in records(arcs):
        path, _ = arrow(places[row["source"]], places[row["target"]], HEAD_PX)
        count = wording.counted(int(row["synergies"]), "synergy", language)
        stage = wording.t(f"stage.{row['stage']}", language)
        made.append({
            "p": path,
            "c": rgb(colours.stages[order.index(row["stage"])]),
            "w": round(ARC_LEAST_PX + (ARC_MOST_PX - ARC_LEAST_PX) * (row["synergies"] / most) ** 0.5, 1),
            "name": f"{named[row['source']]} → {named[row['target']]}",
            "a": wording.t("pipeline.arc_tip", language, synergies=count, stage=stage),
            "b": wording.quantity(row["tonnes"], "t/a", language) if row["tonnes"] else "",
            "source": row["source"],
            "target": row["target"],
            "id": row["id"],
        })  # fmt: skip
    return made


def names(regions: Regions, language: Language) -> dict[str, str]:
    """Name regions and municipalities by their codes."""
    return {code: one.name(language) for code, one in [*regions.regions.items(), *regions.municipalities.items()]}


def _points(regions: Regions, level: str) -> dict[str, tuple[float, float]]:
    frame = spots(regions, level)
    return {str(row["code"]): (float(row["lon"]), float(row["lat"])) for row in frame.to_dict("records")}
