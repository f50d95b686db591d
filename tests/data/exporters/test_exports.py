"""What goes out comes back in as it was; formulas are harmless; the template is understood in three languages."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, text

from config.errors import ImportProblem
from config.texts import LANGUAGES, Language
from data import exporters, importers
from data.importers import Options
from data.importers.columns import TEMPLATE, understand

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = ("quantities.csv", "formulas.csv", "markup.csv", "places.csv", "texts.csv")


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> Iterator[None]:
    for name in FILES:
        importers.write(engine, "", importers.read("table", SAMPLES / name))
    importers.write(engine, "", importers.read("materiaalitori", SAMPLES / "materiaalitori.json"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE resource SET season_months = '{5,6,9}' WHERE title = 'rivi 4'"))
    return


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_comes_back_in_as_it_went_out(engine: Engine, tmp_path: Path, suffix: str, language: Language) -> None:
    """No row is new, none is refused, and all but the one edited since are unchanged."""
    file = tmp_path / f"vienti{suffix}"
    rows = exporters.export_table(engine, file, language=language)
    report = importers.read("table", file, Options(language=language))
    tried = importers.dry_run(engine, report)
    assert (report.rows, report.rejected, report.ignored) == (rows, 0, ())
    assert (tried.created, tried.updated) == (0, 1)
    assert tried.made == {"organisations": 0, "sites": 0, "resources": 0}


def test_formulas_leave_with_an_apostrophe(engine: Engine, tmp_path: Path) -> None:
    """In CSV and XLSX alike, and a text is never written as a formula."""
    table, book = tmp_path / "vienti.csv", tmp_path / "vienti.xlsx"
    exporters.export_table(engine, table)
    exporters.export_table(engine, book)
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    cells = [cell for row in rows for cell in row]
    assert "'=SUMMA(A1:A9)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
    workbook = CalamineWorkbook.from_path(str(book))
    assert "'=SUMMA(A1:A9)" in [cell for row in workbook.get_sheet_by_index(0).to_python() for cell in row]
    with zipfile.ZipFile(book) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_rows_made_by_hand_are_recognised(engine: Engine, tmp_path: Path) -> None:
    """A company that was typed in has no key of a file: the export gives it one that the import knows."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO organisation (name) VALUES ('Käsin Oy')"))
        connection.execute(
            text(
                "INSERT INTO site (organisation_id, name, point)"
                " SELECT id, 'Paja', 'SRID=3067;POINT(385000 6672000)' FROM organisation WHERE name = 'Käsin Oy'"
            )
        )
    file = tmp_path / "vienti.csv"
    exporters.export_table(engine, file)
    tried = importers.dry_run(engine, importers.read("table", file))
    assert tried.made == {"organisations": 0, "sites": 0, "resources": 0}
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM site WHERE name = 'Paja'"))


def test_a_site_that_shows_its_municipality_only_leaves_as_that(engine: Engine, tmp_path: Path) -> None:
    """Its exact point and address stay in the store, and a re-import doesn't lose them."""
    file = tmp_path / "vienti.geojson"
    exporters.export_geo(engine, file)
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    mill = next(item for item in features if item["properties"]["site"] == "Saha")
    assert mill["properties"]["address"] == ""
    assert mill["properties"]["precision"] == "municipality"
    importers.write(engine, "", importers.read("geo", file))
    with engine.connect() as connection:
        site = connection.execute(text("SELECT address, round(ST_X(point)) FROM site WHERE name = 'Saha'")).one()
    assert tuple(site) == ("Sahatie 1", 327629)


def test_a_geopackage_of_one_region(engine: Engine, tmp_path: Path) -> None:
    """In metres, with only the sites of Uusimaa or of the region named."""
    file = tmp_path / "vienti.gpkg"
    rows = exporters.export_geo(engine, file, exporters.region_code("Pirkanmaa"))
    frame = gpd.read_file(file)
    assert len(frame) == rows > 0
    assert frame.crs.to_epsg() == 3067
    assert set(frame["region_code"]) == {"06"}


def test_what_can_not_be_written_is_refused(engine: Engine, tmp_path: Path) -> None:
    """An unknown ending, a folder that is not there, a region that is none."""
    for file in (tmp_path / "vienti.doc", tmp_path / "ei" / "vienti.csv"):
        with pytest.raises(ImportProblem):
            exporters.export_table(engine, file)
    with pytest.raises(ImportProblem):
        exporters.region_code("Tasmania")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_in_three_languages(language: Language, tmp_path: Path) -> None:
    """Every heading is understood, required ones bear a star, and an empty template says that it has no rows."""
    file = tmp_path / "pohja.xlsx"
    file.write_bytes(exporters.template(language))
    headings = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[0]
    assert [understand(str(heading))[0] for heading in headings] == list(TEMPLATE)
    assert sum(str(heading).endswith("*") for heading in headings) == 3
    with pytest.raises(ImportProblem) as refused:
        importers.read("table", file)
    assert refused.value.key == "import.no_rows"


@pytest.mark.parametrize("language", LANGUAGES)
def test_remarks_as_a_file(language: Language, tmp_path: Path) -> None:
    """One line a remark, with what to do about it."""
    problems = importers.read("table", SAMPLES / "quantities.csv").problems
    lines = exporters.problems_csv(problems, language).decode("utf-8-sig").splitlines()
    assert len(lines) == len(problems) + 1
    file = tmp_path / "huomautukset.xlsx"
    file.write_bytes(exporters.problems_xlsx(problems, language))
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert rows[1][4] == problems[0].message(language)
