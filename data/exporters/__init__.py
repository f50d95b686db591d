"""Files that leave the program: tables that come back in as they went out, geodata, the template, and remarks."""

from pathlib import Path

from sqlalchemy import Engine

from config.errors import ImportProblem
from config.texts import Language
from data.exporters import geodata, problems, table
from data.exporters.template import template
from geo import regions

problems_csv = problems.to_csv
problems_xlsx = problems.to_xlsx
rejected_xlsx = problems.rejected_xlsx

__all__ = ["export_geo", "export_table", "problems_csv", "problems_xlsx", "region_code", "rejected_xlsx", "template"]


def export_table(engine: Engine, file: Path, region: str | None = None, language: Language = "fi") -> int:
    """Write resources and sites into a CSV or XLSX file, by the end of its name; give the number of rows."""
    _require(file, table.WRITERS)
    return table.write(engine, file, region, language)


def export_geo(engine: Engine, file: Path, region: str | None = None) -> int:
    """Write sites into a GeoPackage (EPSG:3067) or GeoJSON file (WGS84); give the number of sites."""
    _require(file, geodata.WRITERS)
    return geodata.write(engine, file, region)


def region_code(name: str) -> str:
    """Find a region by code or name; raise ImportProblem where there is none."""
    found = regions.load().region_by_name(name)
    if found.code is None:
        raise ImportProblem("export.region_unknown", value=name)
    return found.code


def _require(file: Path, writers: object) -> None:
    accepted = list(writers) if isinstance(writers, dict) else []
    if file.suffix.lower() not in accepted:
        raise ImportProblem("export.unknown_format", file=file.name, accepted=", ".join(accepted))
    if not file.parent.is_dir():
        raise ImportProblem("export.no_folder", folder=str(file.parent))
