"""Where all data comes from: registers and surveys, imports, reference tables, map and roads."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from config.settings import ROOT
from config.texts import Language, catalogue
from dashboard import wording
from dashboard.views.history import moment
from dashboard.views.records import Record, records

PARTS = ("documents", "imports", "tables", "map")
LISTING = ROOT / "data" / "reference" / "sources.toml"
_ON_MAP = ("static/map/", "data/reference/main_roads")


@dataclass(frozen=True)
class Table:
    """Hold a table as text: its heads with how their columns stand, and its rows."""

    heads: tuple[tuple[str, str], ...]  # text id, and "n" for numbers, "d" for dates
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Import:
    """Say of one import what its row shows."""

    id: int
    file: str
    line: str
    counts: str
    problems: int


@cache
def listing(path: Path = LISTING) -> tuple[Mapping[str, Any], ...]:
    """Read who publishes each table and map layer, and under which licence."""
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["source"])


def sentence(totals: Mapping[str, tuple[int, int]], language: Language) -> str:
    """Say how much there is and how much of it is invented, as HTML."""
    every = {name: wording.counted(totals[f"{name}s"][0], name, language) for name in ("organisation", "resource")}
    companies, invented = totals["organisations"]
    key = (
        "sources.all_demo"
        if invented and invented == companies
        else "sources.some_demo"
        if invented
        else "sources.real"
    )
    return wording.rich(
        key,
        language,
        companies=every["organisation"],
        resources=every["resource"],
        demo=wording.counted(invented, "organisation", language),
    )


def documents(found: pd.DataFrame, language: Language) -> Table:
    """Tell where companies, sites and resources come from."""
    heads = (
        ("sources.channel", ""),
        ("sources.document", ""),
        ("sources.companies", "n"),
        ("sources.sites", "n"),
        ("sources.resources", "n"),
        ("sources.dated", "d"),
    )
    return Table(heads, tuple(_document(row, language) for row in records(found)))


def _document(row: Record, language: Language) -> tuple[str, ...]:
    invented = wording.t("frame.demo", language) if row["demo"] else ""
    parts = dict.fromkeys(part for part in (row["document"], invented) if part)
    return (
        wording.t(f"channel.{row['channel']}", language),
        ", ".join(parts) or wording.t("sources.by_hand", language),
        *(wording.number(row[name], language) for name in ("organisations", "sites", "resources")),
        _span(row["oldest"], row["newest"], language),
    )


def _span(oldest: date | None, newest: date | None, language: Language) -> str:
    ends = [wording.day(one, language) for one in (oldest, newest) if one is not None]
    return "–".join(dict.fromkeys(ends)) or wording.UNKNOWN


def imports(found: pd.DataFrame, language: Language) -> tuple[Import, ...]:
    """Tell of each import what came of it."""
    return tuple(_import(row, language) for row in records(found))


def _import(row: Record, language: Language) -> Import:
    name = f"sources.importer_{row['importer']}"
    importer = wording.t(name, language) if name in catalogue() else str(row["importer"])
    when = moment(row["finished_at"] or row["started_at"], language)
    states = ("created", "updated", "unchanged", "rejected")
    told = {state: wording.number(row[state], language) for state in states}
    counts = wording.t("sources.counts", language, read=wording.counted(row["read"], "row", language), **told)
    who = row["imported_by"] or wording.t("history.nobody", language)
    channel = wording.t(f"channel.{row['channel']}", language)
    return Import(
        id=int(row["id"]),
        file=str(row["file_name"]),
        line=f"{importer} · {channel} · {when} · {who}",
        counts=counts,
        problems=int(row["problems"]),
    )


def tables(loaded: pd.DataFrame, language: Language, *, on_map: bool) -> Table:
    """Tell of each reference table, or of each layer of map and roads, who publishes it and under which licence."""
    heads = (
        ("sources.table", ""),
        ("sources.publisher", ""),
        ("sources.date", "d"),
        ("sources.licence", ""),
        ("sources.rows", "n"),
        ("sources.loaded", "d"),
    )
    when = {str(row["file"]): row["loaded_at"] for row in records(loaded)}
    chosen = [one for one in listing() if one["file"].startswith(_ON_MAP) == on_map]
    return Table(heads, tuple(_table(one, when, language) for one in chosen))


def _table(source: Mapping[str, Any], loaded: Mapping[str, datetime], language: Language) -> tuple[str, ...]:
    at = loaded.get(Path(source["file"]).name)
    return (
        f"{source['title'][language]}\n{source['note'][language]}",
        f"{source['publisher']}\n{source['url']}",
        _dated(source, language),
        str(source["licence"]),
        wording.number(source["rows"], language),
        moment(at, language) if at is not None else wording.t("sources.from_file", language),
    )


def _dated(source: Mapping[str, Any], language: Language) -> str:
    return wording.day(date.fromisoformat(str(source["date"])), language) if source["date"] else wording.UNKNOWN


def roads(language: Language) -> str:
    """Say which road network distances are measured on, and of which day."""
    links = next(one for one in listing() if one["key"] == "main_roads_links")
    told = _dated(links, language)
    return wording.t("sources.roads", language, publisher=links["publisher"], date=told)


def problems(found: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Turn the problems of an import into the rows of a download, every key that any of them has as a column."""
    names = list(dict.fromkeys(name for one in found for name in one))
    return pd.DataFrame([[_plain(one.get(name)) for name in names] for one in found], columns=names)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return value if isinstance(value, str | int | float) or value is None else str(value)
