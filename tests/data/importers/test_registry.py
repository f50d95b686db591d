"""What every importer keeps to, whichever format it reads."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import Engine

from config.errors import ImportProblem
from config.texts import LANGUAGES
from data import importers
from data.importers import IMPORTERS
from data.importers.report import STATES

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    """Give something for each importer to read."""
    sites = tmp_path / "paikat.gpkg"
    point = [shapely.Point(385_800, 6_672_100)]
    gpd.GeoDataFrame({"yritys": ["Paikka Oy"]}, geometry=point, crs=3067).to_file(sites, engine="pyogrio")
    register = tmp_path / "prtr"
    register.mkdir()
    (register / "prtr_fi_facilities.csv").write_text(
        "facilityId,parentCompanyName,nameOfFeature,mainActivityCode,city,postalCode,x,y\n"
        '0000000001,Valio Oy,"Valio Oy, meijeri",8(c),Oulu,90100.0,427883,7210442\n',
        encoding="utf-8",
    )
    (register / "prtr_fi_waste_transfers.csv").write_text(
        "facilityId,reportingYear,wasteClassificationCode,wasteTreatmentCode,totalWasteQuantityTNE\n"
        "0000000001,2023,NONHW,R,5\n",
        encoding="utf-8",
    )
    (register / "prtr_activity_types_fi_sv_en.csv").write_text(
        "EU_EPRTR,Selite_suomi,Selite_ruotsi,Selite_eng\n8(c),Maito,Mjölk,Milk\n", encoding="utf-8"
    )
    return {
        "table": SAMPLES / "twice.csv",
        "materiaalitori": SAMPLES / "materiaalitori.json",
        "prtr": register,
        "geo": sites,
    }


@pytest.mark.parametrize("name", IMPORTERS)
def test_figures_add_up_and_a_second_time_creates_nothing(name: str, sources: dict[str, Path], engine: Engine) -> None:
    """Read is the sum of the four states, and the same source is known the next time."""
    first = importers.write(engine, "", importers.read(name, sources[name]))
    again = importers.write(engine, "", importers.read(name, sources[name]))
    for result in (first, again):
        assert result.read == sum(getattr(result, state) for state in STATES) > 0
    assert first.created > 0
    assert (again.created, again.updated) == (0, 0)
    assert again.rejected == first.rejected


@pytest.mark.parametrize("name", IMPORTERS)
def test_points_and_remarks_are_for_people(name: str, sources: dict[str, Path]) -> None:
    """The points say where each row lies, and every remark can be said in three languages."""
    report = importers.read(name, sources[name])
    assert set(report.points["state"]) <= {"valid", "doubtful", "rejected"}
    assert len(report.problems) == len([p.as_dict(language) for language in LANGUAGES[:1] for p in report.problems])
    assert importers.apply_fixes(report, {}).problems == report.problems


@pytest.mark.parametrize("name", IMPORTERS)
def test_what_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    """A missing file is a refusal like any other."""
    with pytest.raises(ImportProblem) as refused:
        importers.read(name, tmp_path / "ei-ole")
    assert refused.value.key == "import.file_missing"


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.CSV", "table"), ("a.xlsx", "table"), ("a.json", "materiaalitori"), ("a.gpkg", "geo"), ("a.doc", None)],
)
def test_the_importer_of_a_file_by_its_name(file: str, name: str | None) -> None:
    """An upload is offered the importer that reads such files."""
    assert importers.importer_for(file) == name
