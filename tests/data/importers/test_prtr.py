"""Syke's PRTR: companies, plants and yearly waste."""

import gzip
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from config.errors import ImportProblem
from data import importers
from data.importers import companies

HEADINGS = "facilityId,parentCompanyName,nameOfFeature,mainActivityCode,city,postalCode,x,y,reportingYear,status\n"
FACILITIES = (
    '0000000001,"Valio Oy","Valio Oy, Riihimäen meijeri",8(c),Riihimäki,11100.0,379000,6738000,2023,functional\n'
    '0000000002,"VALIO OY","VALIO OY, OULUN MEIJERI",8(c),OULU,90100.0,427883,7210442,2023,functional\n'
    "0000000003,CONFIDENTIAL,CONFIDENTIAL,2(f),Salo,24100.0,285886,6699668,2023,functional\n"
    '0000000004,"Meri Oy","Meri Oy, Pohja",6(a),Pori,28100.0,60000,6800000,2023,functional\n'
    'FI_EEA_5,"Vanha Oy, Kuopion tehdas","Vanha Oy, Kuopion tehdas",6(a),KUOPIO,,533000,6974000,2017,disused\n'
)
TRANSFER_HEADINGS = (
    "facilityId,reportingYear,wasteClassificationCode,wasteTreatmentCode,totalWasteQuantityTNE,methodCode,"
    "ReceivingSite_countryName\n"
)
TRANSFERS = (
    "0000000001,2022,NONHW,R,100.5,M,\n0000000001,2023,NONHW,R,90,M,\n0000000001,2023,NONHW,R,10,M,Sweden\n"
    "0000000001,2023,HW,D,1.5,E,\nFI_EEA_5,2017,NONHW,D,7,M,\n"
    "9999999999,2023,HW,D,1,M,\n0000000001,2023,XX,D,1,M,\n0000000001,2023,HW,D,-1,M,\n"
)
ACTIVITIES = (
    "EU_EPRTR,Selite_suomi,Selite_ruotsi,Selite_eng\n8(c),Maidon käsittely,Mjölk,Milk\n"
    "6(a),Sellun valmistus,Massa,Pulp\n2(f),Pintakäsittely,Yta,Surface\n"
)
SHARED = Path(__file__).parents[4] / "shared" / "data" / "sites"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register."""
    (tmp_path / "prtr_fi_facilities.csv").write_text(HEADINGS + FACILITIES, encoding="utf-8")
    (tmp_path / "prtr_fi_waste_transfers.csv").write_text(TRANSFER_HEADINGS + TRANSFERS, encoding="utf-8")
    (tmp_path / "prtr_activity_types_fi_sv_en.csv").write_text(ACTIVITIES, encoding="utf-8")
    return tmp_path


def test_companies_plants_and_waste(folder: Path) -> None:
    """A company for each name in the register, none for a secret one; the latest year is the amount, all are kept."""
    report = importers.read("prtr", folder)
    organisations = {row["name"]: row for row in report.batch.organisations.to_dict("records")}
    assert set(organisations) == {"Valio Oy", "VALIO OY", "PRTR", "Vanha Oy, Kuopion tehdas"}
    assert organisations["Valio Oy"]["industry_code"] == "10"
    assert organisations["Vanha Oy, Kuopion tehdas"]["other_names"] == ["Vanha Oy"]
    assert organisations["PRTR"]["naming_consent"] is False
    assert list(report.batch.sites["name"]) == [
        "Riihimäen meijeri",
        "OULUN MEIJERI",
        "PRTR",
        "Kuopion tehdas",
    ]
    assert list(report.batch.sites["postal_code"])[:2] == ["11100", "90100"]
    resources = {row["source_key"]: row for row in report.batch.resources.to_dict("records")}
    whey = resources["prtr:r:0000000001:NONHW:R"]
    assert (whey["title"], whey["quantity_high"], whey["unit"]) == ("Vaaraton jäte hyödynnettäväksi", 100.0, "t")
    assert whey["attributes"]["abroad"] == ["Sweden"]
    assert str(resources["prtr:r:FI_EEA_5:NONHW:D"]["expires_on"]) == "2017-12-31"
    years = report.batch.years.set_index(["resource_key", "year"])["tonnes"]
    assert years["prtr:r:0000000001:NONHW:R"].to_dict() == {2022: 100.5, 2023: 100.0}


def test_faulty_rows_name_their_file(folder: Path) -> None:
    """A plant at sea, and transfers of nobody, of no class and of less than nothing."""
    report = importers.read("prtr", folder)
    assert (report.rows, report.rejected) == (13, 4)
    assert [(problem.part, problem.row, problem.rule) for problem in report.problems] == [
        ("prtr_fi_facilities.csv", 5, "import.outside_finland"),
        ("prtr_fi_waste_transfers.csv", 7, "import.facility_unknown"),
        ("prtr_fi_waste_transfers.csv", 8, "import.waste_class_unknown"),
        ("prtr_fi_waste_transfers.csv", 9, "import.quantity_unreadable"),
    ]


def test_again_creates_nothing_and_a_new_year_updates(folder: Path, engine: Engine) -> None:
    """Next year's register moves the amount on and keeps the years before."""
    first = importers.write(engine, "", importers.read("prtr", folder))
    again = importers.write(engine, "", importers.read("prtr", folder))
    assert (first.created, again.created, again.updated, again.unchanged) == (9, 0, 0, 9)
    with (folder / "prtr_fi_waste_transfers.csv").open("a", encoding="utf-8") as file:
        file.write("0000000001,2024,NONHW,R,80,M,\n")
    later = importers.write(engine, "", importers.read("prtr", folder))
    assert (later.created, later.made["years"]) == (0, 1)
    with engine.connect() as connection:
        amount = connection.scalar(
            text("SELECT tonnes_high FROM resource WHERE source_key = 'prtr:r:0000000001:NONHW:R'")
        )
    assert amount == 80


def test_a_zip_is_as_good_as_a_folder(folder: Path, tmp_path: Path) -> None:
    """Whether given itself or lying in the folder, with folders and packed parts inside or not."""
    packed = tmp_path / "prtr.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.glob("*.csv"):
            whole = path.read_bytes()
            archive.writestr(f"x/{path.name}.gz" if "waste" in path.name else f"x/{path.name}", _gzip(path.name, whole))
    plain = importers.read("prtr", folder)
    for path in folder.glob("*.csv"):
        path.unlink()
    for place in (packed, folder):
        report = importers.read("prtr", place)
        assert (report.rows, report.ties) == (plain.rows, plain.ties)


def _gzip(name: str, data: bytes) -> bytes:
    return gzip.compress(data) if "waste" in name else data


def test_a_missing_file_is_named(folder: Path) -> None:
    """The three files belong together."""
    (folder / "prtr_activity_types_fi_sv_en.csv").unlink()
    with pytest.raises(ImportProblem) as refused:
        importers.read("prtr", folder)
    assert refused.value.values["part"] == "prtr_activity_types_fi_sv_en.csv"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Stena Recycling Oy, Tahkoluodon murskalaitos", "Stena Recycling Oy"),
        ("parentCompany of plant: Rauman voima Oy, Boiler HK5", "Rauman voima Oy"),
        ("Gasum Biotehdas Oy(ent. Biotehdas Oy (ent.VamBio Oy), Huittisten Biokaasulaitos", "Gasum Biotehdas Oy"),
        ("Battery Boys Ky, aik. V&K Metal Trading Ay", "Battery Boys Ky"),
        (
            "UPM Communication Papers Oy, UPM Specialty Papers Oy",
            "UPM Communication Papers Oy, UPM Specialty Papers Oy",
        ),
        ("Metsä Fibre biovoimalaitos (30.11.2019 alkaen, aiemmin Äänevoima Oy)", "Metsä Fibre biovoimalaitos"),
    ],
)
def test_a_company_out_of_a_line_of_text(written: str, name: str) -> None:
    """Plant and former names go; two companies that share a plant stay together."""
    assert companies.bare(written) == name


@pytest.mark.skipif(not SHARED.is_dir(), reason="the register itself lies beside the project")
def test_the_whole_register(engine: Engine) -> None:
    """Every facility and every transfer comes in, and the second time nothing is new."""
    report = importers.read("prtr", SHARED)
    assert (report.rows, report.rejected) == (8_533, 0)
    assert [len(part) for part in (report.batch.organisations, report.batch.sites)] == [541, 776]
    assert len(report.batch.resources) == 1_703
    importers.write(engine, "", report)
    again = importers.write(engine, "", importers.read("prtr", SHARED))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 8_533)
