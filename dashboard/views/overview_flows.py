"""The flows between regions, as the map and the table of the overview tell them."""

import pandas as pd

from config.texts import Language
from dashboard.views.overview_counts import Chosen, Frames, Row, records, spots
from dashboard.wording import capital, counted, hundreds, km, t
from data.model import Rollup
from geo.regions import Regions


def flows(frames: Frames, chosen: Chosen, language: Language, places: Regions) -> pd.DataFrame:
    """List the flows between regions, largest first, those of fewer than three companies last; of one region if chosen.

    Columns beside View.flows': few, synergies, km, estimated (the median is of estimates alone), from, to, stage.
    """
    columns = ["code", "lon", "lat", "to_lon", "to_lat", "tonnes", "rollup", "name", "a", "b", "few", "synergies"]
    columns += ["km", "estimated", "from", "to", "stage"]
    told = frames.synergies[frames.synergies["kind"] == "flow"] if len(frames.synergies) else frames.synergies
    if chosen.region and len(told):
        told = told[(told["source"] == chosen.region) | (told["target"] == chosen.region)]
    if told.empty or chosen.measure == "resources":
        return pd.DataFrame(columns=columns).astype({"few": bool})
    spot = spots(places, "regions")
    table = told.sort_values(["few", "tonnes", "source"], ascending=[True, False, True]).reset_index(drop=True)
    for prefix, end in (("", "source"), ("to_", "target")):
        table[f"{prefix}lon"] = table[end].map(spot["lon"])
        table[f"{prefix}lat"] = table[end].map(spot["lat"])
    table["from"], table["to"] = table["source"].map(spot[language]), table["target"].map(spot[language])
    table["code"] = table["source"] + "-" + table["target"]
    table["name"] = table["from"] + " → " + table["to"]
    # The stage that carries most of the flow; where two carry the same, the further one.
    carried = table[[f"{one}_tonnes" for one in reversed(Rollup)]].to_numpy(dtype=float)
    names = list(reversed(Rollup))
    table["rollup"] = [str(names[number]) for number in carried.argmax(axis=1)]
    table["stage"] = [capital(t(f"rollup.{one}", language)) for one in table["rollup"]]
    table["estimated"] = table["km"].isna() & table["estimated_km"].notna()
    table["km"] = table["km"].astype(float).fillna(table["estimated_km"].astype(float))
    lines = [_lines(one, language) for one in records(table)]
    table["a"], table["b"] = [first for first, _ in lines], [second for _, second in lines]
    return table[columns]


def _lines(one: Row, language: Language) -> tuple[str, str]:
    synergies = counted(one["synergies"], "synergy", language)
    first = t("overview.tip_flow", language, tonnes=hundreds(one["tonnes"], language), synergies=synergies)
    far = km(one["km"], language, "estimate" if one["estimated"] else "road")
    return first, t("overview.tip_flow_km", language, stage=t(f"rollup.{one['rollup']}", language), km=far)
