import io
from datetime import date

import geopandas as gpd
import pandas as pd
from python_calamine import CalamineWorkbook

from dashboard import exports


def test_a_formula_is_written_as_text() -> None:
    """A spreadsheet that opens the file runs nothing that somebody wrote into a name."""
    rows = pd.DataFrame({"Nimi": ["=1+1", "@x", "Oy"], "t/a": [1.5, float("nan"), 1200.0]})
    assert exports.csv_bytes(rows, "fi").decode("utf-8-sig").splitlines() == [
        "Nimi;t/a",
        "'=1+1;1,5",
        "'@x;",
        "Oy;1200",
    ]
    assert exports.csv_bytes(rows, "en").decode("utf-8-sig").splitlines()[1] == "'=1+1,1.5"


def test_a_map_file_opens_with_outlines_and_sites() -> None:
    """In metres of ETRS-TM35FIN, every region with its figure."""
    areas = pd.DataFrame({"code": ["01", "19"], "name": ["Uusimaa", "Lappi"], "value": [1.0, None]})
    sites = pd.DataFrame({"id": [1], "name": ["A Oy"], "lon": [24.94], "lat": [60.17]})
    data = exports.geopackage_bytes("regions", areas, sites)
    assert data.startswith(b"SQLite format 3")
    assert exports.geopackage_bytes("regions", areas, pd.DataFrame())


def test_a_map_file_is_in_national_coordinates(tmp_path: object) -> None:
    """Helsinki is where it is."""
    areas = pd.DataFrame({"code": ["01"], "name": ["Uusimaa"], "value": [1.0]})
    sites = pd.DataFrame({"id": [1], "name": ["A Oy"], "lon": [24.94], "lat": [60.17]})
    path = tmp_path / "map.gpkg"
    path.write_bytes(exports.geopackage_bytes("regions", areas, sites))
    read = gpd.read_file(path, layer="sites")
    assert read.crs.to_epsg() == 3067
    assert abs(read.geometry.x[0] - 385_700) < 500
    assert gpd.read_file(path, layer="regions")["name"].tolist() == ["Uusimaa"]


def test_a_workbook_holds_what_the_table_does() -> None:
    """Numbers as numbers, days as days, gaps as gaps; what would run as a formula doesn't, and invented rows say so."""
    rows = pd.DataFrame(
        {"Nimi": ["=1+1", "Tuhka"], "km": [84.5, None], "Päivä": [date(2026, 11, 22), None], "n": [3, 4]}
    )
    made = exports.xlsx_bytes(rows, "fi", "synergiat", demo=True)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("synergiat")
    head, first, second = sheet.to_python()
    assert head[:4] == ["Nimi", "km", "Päivä", "n"]
    assert first == ["'=1+1", 84.5, date(2026, 11, 22), 3.0, "1"]
    assert second == ["Tuhka", "", "", 4.0, "1"]
