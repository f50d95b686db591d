"""The figures of a yearly report, each counted as on the page that it is known from; from frames alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from data.model import Basis, Metric

SITUATION = ("companies", "resources", "synergies", "crossing", "completed")
IN_YEAR = ("new_companies", "new_resources", "new_synergies", "new_completed", "workshops")
YEARLY = tuple(str(one) for one in Metric if one is not Metric.PRIVATE_INVESTMENT)
ONE_OFF = (str(Metric.PRIVATE_INVESTMENT),)
# What a region may set itself as a target, in the order in which it is shown.
MEASURES = (*SITUATION, *IN_YEAR, *YEARLY, *ONE_OFF)


@dataclass(frozen=True)
class Chosen:
    """Hold the year and the region (empty: the whole country) that a report is about."""

    year: int
    region: str = ""

    @property
    def kind(self) -> str:
        """Tell which rows of the frames are meant."""
        return "region" if self.region else "country"


@dataclass(frozen=True)
class Frames:
    """Hold what the queries answer; a question that was not asked is an empty frame."""

    resources: pd.DataFrame
    synergies: pd.DataFrame
    synergies_before: pd.DataFrame
    benefits: pd.DataFrame
    sums: pd.DataFrame  # benefit_sums below
    events: pd.DataFrame
    targets: pd.DataFrame
    activation: pd.DataFrame = field(default_factory=pd.DataFrame)
    apart: pd.DataFrame = field(default_factory=pd.DataFrame)

    def beside(self, region: str) -> int:
        """Count the synergies of a region that the board shows its viewer beside those that are counted."""
        return int(self.apart.loc[self.apart["code"] == region, "synergies"].sum()) if len(self.apart) else 0


def benefit_sums(sums: pd.DataFrame, year: int) -> pd.DataFrame:
    """Spread the benefits of a year over their basis: one row a place, metric and recurrence, with their figures."""
    keys = ["kind", "code", "yearly", "metric"]
    told = sums[sums["year"] == year].rename(columns={"region_code": "code"})
    if not len(told):
        return pd.DataFrame(columns=[*keys, *map(str, Basis), "total", "figures"])
    told = told.assign(kind=told["code"].map(lambda code: "region" if code else "country"))
    table = told.pivot_table(index=keys, columns="basis", values="amount", aggfunc="sum", fill_value=0.0)
    table = table.reindex(columns=[str(one) for one in Basis], fill_value=0.0)
    table["total"] = table.sum(axis=1)
    table["figures"] = told.groupby(keys)["figures"].sum()
    return table.reset_index()


def of(frame: pd.DataFrame, chosen: Chosen, column: str = "code") -> pd.DataFrame:
    """Give the rows of the place that a report is about."""
    if not len(frame):
        return frame
    return frame[(frame["kind"] == chosen.kind) & (frame[column] == chosen.region)]


def figures(frames: Frames, chosen: Chosen) -> Mapping[str, float | None]:
    """Count every measure; None is a figure that this viewer may not be told."""
    told: dict[str, float | None] = dict.fromkeys(MEASURES, 0.0)
    told |= _resources(frames, chosen)
    told |= _synergies(frames, chosen)
    events = of_region(frames.events, chosen)
    told["workshops"] = float((events["kind"] == "workshop").sum()) if len(events) else 0.0
    rows = {str(row["metric"]): float(row["amount"]) for row in of(frames.benefits, chosen).to_dict("records")}
    # A metric may be told once as well as yearly: two figures, of which only one is its target's.
    told |= {name: amount for name, amount in rows.items() if name in YEARLY}
    for row in of(frames.sums, chosen).to_dict("records"):
        if row["metric"] in ONE_OFF and not row["yearly"]:
            told[str(row["metric"])] = float(row["total"])
    return told


def of_region(frame: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Give the rows of a region of a frame that has no sums of its own."""
    return frame[frame["code"] == chosen.region] if chosen.region and len(frame) else frame


def _resources(frames: Frames, chosen: Chosen) -> dict[str, float | None]:
    rows = of(frames.resources, chosen)
    rows = rows[rows["channel"] == ""] if len(rows) else rows
    if not len(rows):
        return {}
    row = rows.iloc[0]
    names = ("companies", "resources", "new_companies", "new_resources")
    return {name: None if pd.isna(row[name]) else float(row[name]) for name in names}


def _synergies(frames: Frames, chosen: Chosen) -> dict[str, float | None]:
    now, before = (_counts(frame, chosen) for frame in (frames.synergies, frames.synergies_before))
    told: dict[str, float | None] = {name: now[name] for name in ("synergies", "crossing", "completed")}
    return told | {f"new_{name}": now[name] - before[name] for name in ("synergies", "completed")}


def _counts(frame: pd.DataFrame, chosen: Chosen) -> dict[str, float]:
    rows = of(frame, chosen, "source")
    return {name: float(rows[name].sum()) if len(rows) else 0.0 for name in ("synergies", "crossing", "completed")}


def targets(frames: Frames, chosen: Chosen) -> Mapping[str, float]:
    """Give what is to be reached by measure: a region's own, or the sum of all regions that have one."""
    rows = frames.targets
    if not len(rows):
        return {}
    rows = rows[rows["region"] == chosen.region] if chosen.region else rows
    return {str(name): float(amount) for name, amount in rows.groupby("measure")["amount"].sum().items()}
