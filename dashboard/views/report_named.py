"""The synergies that a report counts, by name: what goes where, whose, since when, and what came of it; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from config.texts import Language
from dashboard.views.pipeline import ARROW
from dashboard.views.pipeline_benefits import amount
from dashboard.views.records import Record, records
from dashboard.wording import capital, number, t
from data.exporters.cells import Value
from data.exporters.report import Column, Kind, Sheet
from data.model import Metric, Stage
from geo import regions

LISTS = ("completed", "active")
SHOWN = 20  # of each list on the page and on paper; the workbook has all of them
# What page and paper show, with its part of the paper's width; the workbook has a column more for each metric.
HEADS: tuple[tuple[str, Kind, float], ...] = (
    ("synergy", "text", 2.3),
    ("sides", "text", 2.0),
    ("way", "text", 1.95),
    ("stage", "text", 1.65),
    ("since", "day", 1.5),
    ("tonnes", "amount", 1.0),
    ("brought", "text", 3.35),
)


@dataclass(frozen=True)
class Named:
    """Hold what the queries answer of listed synergies, and how many there are of each list in all."""

    rows: pd.DataFrame = field(default_factory=pd.DataFrame)  # named, with the stage of the year's end
    benefits: pd.DataFrame = field(default_factory=pd.DataFrame)
    completed: int = 0
    active: int = 0


def first(standing: pd.DataFrame, most: int | None = SHOWN) -> pd.DataFrame:
    """Choose whom to list: the first of those completed and of those moving ahead; all of them without `most`."""
    if most is None:
        return standing
    done = standing["stage"] == Stage.COMPLETED
    return pd.concat([standing[done].head(most), standing[~done].head(most)])


def gather(standing: pd.DataFrame, chosen: pd.DataFrame, named: pd.DataFrame, benefits: pd.DataFrame) -> Named:
    """Put the answers together; what the viewer may not see of those chosen is not listed."""
    done = int((standing["stage"] == Stage.COMPLETED).sum())
    return Named(named.merge(chosen[["id", "stage"]], on="id"), benefits, done, len(standing) - done)


def sheets(told: Named, language: Language) -> list[Sheet]:
    """List those that are completed and those that move ahead, each as a table of its own."""
    rows = records(told.rows)
    done = [one for one in rows if one["stage"] == Stage.COMPLETED]
    active = [one for one in rows if one["stage"] != Stage.COMPLETED]
    found: dict[int, list[Record]] = {}
    for one in records(told.benefits):
        found.setdefault(int(one["id"]), []).append(one)
    return [
        _sheet("completed", done, told.completed, found, language),
        _sheet("active", active, told.active, found, language),
    ]


def _sheet(
    key: str, rows: Sequence[Record], total: int, benefits: dict[int, list[Record]], language: Language
) -> Sheet:
    kinds = _kinds([one for row in rows for one in benefits.get(int(row["id"]), [])])
    heads = HEADS if kinds else HEADS[:-1]
    columns = [Column(t(f"report.col_{name}", language), kind, wide) for name, kind, wide in heads]
    columns += [Column(_kind_name(metric, language, yearly=yearly), "amount") for metric, yearly in kinds]
    note = ""
    if len(rows) < total:
        counts = {"shown": number(len(rows), language), "total": number(total, language)}
        note = t("report.note_listed", language, **counts)
    made = [_row(one, benefits.get(int(one["id"]), []), kinds, language) for one in rows]
    return Sheet(key, t(f"report.sheet_{key}", language), columns, made, note=note, shown=len(heads))


def _kinds(told: Sequence[Record]) -> list[tuple[str, bool]]:
    """Give the metrics that occur, yearly ones first: what came once is never in a column with what comes yearly."""
    order = [str(one) for one in Metric]
    found = {(str(one["metric"]), bool(one["yearly"])) for one in told}
    return sorted(found, key=lambda one: (not one[1], order.index(one[0])))


def _kind_name(metric: str, language: Language, *, yearly: bool) -> str:
    name = capital(t(f"metric.{metric}", language))
    # What came once has no year in its unit; what never comes otherwise says so by itself.
    return name if yearly or "(" in name else t("report.col_once", language, metric=name.removesuffix("/a"))


def _row(row: Record, benefits: Sequence[Record], kinds: Sequence[tuple[str, bool]], language: Language) -> list[Value]:
    towns = regions.load().municipalities
    ends = dict.fromkeys(towns[str(row[f"{end}_municipality"])].name(language) for end in ("from", "to"))
    hidden = t("report.unnamed", language)
    sides = (str(row["have_company"] or hidden), str(row["want_company"] or hidden))
    sums = {(str(one["metric"]), bool(one["yearly"])): float(one["amount"]) for one in benefits}
    stage = capital(t(f"stage.{row['stage']}", language))
    return [
        f"{row['have']}{ARROW}{row['want']}",
        ARROW.join(sides),
        ARROW.join(ends),
        t("report.agreed_stage", language, stage=stage) if row["agreed"] else stage,
        row["since"],
        None if row["tonnes"] is None else float(row["tonnes"]),
        *(["; ".join(_brought(one, language) for one in benefits)] if kinds else []),
        *(sums.get(kind) for kind in kinds),
    ]


def _brought(one: Record, language: Language) -> str:
    name, _, unit = t(f"metric.{one['metric']}", language).rpartition(", ")
    unit = unit if one["yearly"] else unit.partition(" (")[0].removesuffix("/a")
    basis = t(f"benefit_status.{one['basis']}", language)
    told = {"name": name, "amount": amount(float(one["amount"]), language), "unit": unit, "basis": basis}
    return t("report.brought" if one["yearly"] else "report.brought_once", language, **told)
