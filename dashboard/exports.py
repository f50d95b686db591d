"""Files of what a page shows: CSV and GeoPackage, with no more in them than the screen tells."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from config.settings import ROOT
from config.texts import Language
from dashboard.wording import t
from data.exporters.cells import to_xlsx
from geo import crs

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: pd.DataFrame, language: Language, *, demo: bool = False) -> bytes:
    """Write rows as a spreadsheet of the language's country opens them: semicolons and decimal comma, in English not.

    A text that a spreadsheet would run as a formula gets an apostrophe before it. Rows of invented companies (`demo`)
    say so in a column of their own.
    """
    if demo:
        rows = rows.assign(**{t("overview.download_column_demo", language): "1"})
    comma = language != "en"
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if comma else ",")
    writer.writerow([_harmless(str(name)) for name in rows.columns])
    for row in rows.itertuples(index=False):
        writer.writerow([_cell(value, comma=comma) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows: pd.DataFrame, language: Language, sheet: str, *, demo: bool = False) -> bytes:
    """Write rows as a workbook of one sheet, numbers as numbers and days as days; `demo` as in `csv_bytes`."""
    if demo:
        rows = rows.assign(**{t("overview.download_column_demo", language): "1"})
    told = rows.astype(object).where(rows.notna(), None)
    return to_xlsx([str(name) for name in rows.columns], told.itertuples(index=False), sheet)


def _cell(value: object, *, comma: bool) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN is unequal to itself
        return ""
    if isinstance(value, float):
        plain = f"{value:.0f}" if value == round(value) else f"{value:g}"
        return plain.replace(".", ",") if comma else plain
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def geopackage_bytes(level: str, areas: pd.DataFrame, sites: pd.DataFrame) -> bytes:
    """Write the map as a GeoPackage in ETRS-TM35FIN: the outlines with their figures, and the sites.

    `areas` has code and the columns to carry; `sites` has lon and lat, or is empty.
    """
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    outlines = gpd.read_file(ROOT / "static" / "map" / f"{level}.geojson")[["code", "geometry"]]
    joined = outlines.merge(areas, on="code").set_crs(crs.WGS84, allow_override=True).to_crs(crs.TM35FIN)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        joined.to_file(path, layer=level, driver="GPKG")
        if len(sites):
            points = gpd.points_from_xy(sites["lon"], sites["lat"], crs=crs.WGS84)
            dots = gpd.GeoDataFrame(sites.drop(columns=["lon", "lat"]), geometry=points).to_crs(crs.TM35FIN)
            dots.to_file(path, layer="sites", driver="GPKG", mode="a")
        return path.read_bytes()
