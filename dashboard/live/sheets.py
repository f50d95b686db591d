"""A table's sheet as cards: what was written on paper or in a spreadsheet comes into the event like all else."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import numpy as np
from sqlalchemy import Engine

from config.errors import ImportProblem
from dashboard.live import intake
from data import importers
from data.importers import Options, Report
from data.importers.numbers import as_text
from data.store import carried
from data.store.events import Card
from geo import regions

# What a telephone asks, and no more: of a table nobody knows coordinates or visibility.
COLUMNS = (
    "organisation",
    "business_id",
    "municipality",
    "direction",
    "type",
    "title",
    "quantity_low",
    "quantity_high",
    "unit",
    "continuity",
    "ewc",
)
ROWS_MAX = 2_000  # no table writes more in a day


def take(engine: Engine, event_id: int, table: int, path: Path, options: Options) -> tuple[Report, int]:
    """Take in the sound rows of a CSV or XLSX file as cards of a table; a second time adds none. Count the new ones."""
    report = read(path, options)
    return report, carried.receive(engine, f"{table}", event_id, cards(report, event_id, table))


def read(path: Path, options: Options) -> Report:
    """Read and check a sheet and write nothing; raise ImportProblem where the whole file is refused."""
    report = importers.read("table", path, options)
    if report.rows > ROWS_MAX:
        raise ImportProblem("workshop_sheet.too_long", file=options.name or path.name, rows=report.rows, most=ROWS_MAX)
    return report


def cards(report: Report, event_id: int, table: int) -> list[Card]:
    """Make a card of each resource that was read, under an id that follows from the row."""
    batch = report.batch
    sites = batch.sites.set_index("source_key")
    owners = batch.organisations.set_index("source_key")
    made = []
    for row in batch.resources.to_dict("records"):
        site = sites.loc[row["site_key"]]
        owner = owners.loc[site["organisation_key"]]
        place = regions.load().assign(np.array([[site["easting_m"], site["northing_m"]]], dtype=float)).municipality[0]
        told = {
            **{name: _words(row[name]) for name in ("direction", "type", "title", "ewc_code", "unit")},
            "continuity": _words(row["continuity"]) or "continuous",
            "quantity": _amount(row["quantity_low"], row["quantity_high"]),
            "company": _words(owner["name"]),
            "business_id": _words(owner["business_id"]) or None,
            "place": str(place),
            "named": False,  # paper asks nobody whether the screen may name them
        }
        name = f"workshop:{event_id}:{table}:{row['source_key']}"
        remark = intake.held(str(told["title"]))
        status = "held" if remark else "waiting"
        made.append(Card(id=uuid5(NAMESPACE_URL, name), table=table, told=told, status=status, remark=remark))
    return made


def _known(value: object) -> bool:
    return value is not None and value == value  # noqa: PLR0124 - NaN is the one value unequal to itself


def _words(value: object) -> str:
    return str(value) if _known(value) else ""


def _amount(low: object, high: object) -> str:
    if not (_known(low) and _known(high)):
        return ""
    ends = dict.fromkeys(as_text(float(str(end))) for end in (low, high))
    # With a second zero, a number with three decimals can't be taken for thousands.
    return "–".join(f"{end}0" if len(end.partition(",")[2]) == len("000") else end for end in ends)
