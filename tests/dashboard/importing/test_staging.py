import json
import stat
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from config.errors import ImportProblem
from dashboard.importing.staging import Staging, Upload
from data.importers import Options
from data.model import Channel

TABLE = Upload("yritykset.csv", b"Yritys;Suunta;Otsikko\n")


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    """Give an empty staging folder."""
    return Staging(tmp_path / "staging")


def zipped(*names: str) -> bytes:
    """Pack empty files of these names."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


def test_a_staged_file_is_found_again_with_its_options(staging: Staging) -> None:
    """What the user chose survives a new start of the server."""
    options = Options(channel=Channel.WORKSHOP, dated=date(2026, 11, 18), meanings={"Kama": "title"})
    staged = staging.put([TABLE], options)
    found = staging.get(staged.id)
    assert found == staged
    assert found.path.read_bytes() == TABLE.data
    assert (found.options.channel, found.options.dated) == (Channel.WORKSHOP, date(2026, 11, 18))
    assert (found.options.meanings, found.options.name) == ({"Kama": "title"}, "yritykset.csv")


def test_only_the_programs_own_user_can_read_what_waits(staging: Staging, tmp_path: Path) -> None:
    """Uploads may hold personal data: folders are 0700 and files 0600."""
    staging.put([TABLE], Options())
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "staging").rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "staging").rglob("*") if path.is_dir()}
    assert modes == {0o600}
    assert folders == {0o700}
    assert stat.S_IMODE((tmp_path / "staging").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("uploads", "importer"),
    [
        ([Upload("a.XLSX", b"PK")], "table"),
        ([Upload("a.csv", b"a")], "table"),
        ([Upload("rfo.json", b"[]")], "materiaalitori"),
        ([Upload("a.geojson", b"{}")], "geo"),
        ([Upload("a.gpkg", b"x")], "geo"),
        ([Upload("a.zip", zipped("sites.shp", "sites.dbf"))], "geo"),
        ([Upload("a.zip", zipped("x/prtr_fi_facilities.csv", "x/prtr_fi_waste_transfers.csv"))], "prtr"),
        ([Upload("a.csv", b"a"), Upload("b.csv.gz", b"b")], "prtr"),
    ],
)
def test_the_kind_of_file_is_told_by_its_name_and_contents(
    staging: Staging, uploads: list[Upload], importer: str
) -> None:
    """A zip may hold a Shapefile or the register's tables; several files together are the register."""
    assert staging.put(uploads, Options()).importer == importer


def test_a_zip_of_the_register_waits_as_it_is(staging: Staging) -> None:
    """Unpacking is a worker's business: it may take much memory."""
    data = zipped("x/one.csv", "x/two.csv")
    staged = staging.put([Upload("a.zip", data)], Options())
    assert [path.read_bytes() for path in staged.path.iterdir()] == [data]


@pytest.mark.parametrize(
    ("uploads", "key"),
    [
        ([Upload("kuva.png", b"x")], "importing.unknown_kind"),
        ([Upload("rikki.zip", b"PK\x03\x04 broken")], "import.zip_broken"),
        ([Upload("a.xlsx", b"x"), Upload("b.xlsx", b"x")], "importing.many_files"),
        ([Upload("paha.zip", zipped("../../etc/passwd.csv"))], "import.zip_member"),
        ([Upload("liian.zip", zipped(*(f"{number}.csv" for number in range(2_001))))], "import.zip_bomb"),
    ],
)
def test_what_cannot_be_staged_is_refused_and_leaves_nothing(
    staging: Staging, tmp_path: Path, uploads: list[Upload], key: str
) -> None:
    """A refusal names its reason, and no half upload stays on the disk."""
    with pytest.raises(ImportProblem) as refused:
        staging.put(uploads, Options())
    assert refused.value.key == key
    assert not list(tmp_path.glob("staging/*"))


def test_a_name_never_becomes_a_path(staging: Staging, tmp_path: Path) -> None:
    """A browser may send any name: the file stays in its own folder."""
    staged = staging.put([Upload("../../.ssh/koti kansio\n.csv", b"a")], Options())
    assert staged.path.parent == tmp_path / "staging" / staged.id
    assert staged.path.name == "koti_kansio_.csv"


@pytest.mark.parametrize("identity", ["", ".", "..", "../staging", "0" * 31, "z" * 32, "0" * 32])
def test_an_id_that_is_not_ours_finds_nothing(staging: Staging, identity: str) -> None:
    """A link with another id opens no file, and erasing it erases nothing."""
    staged = staging.put([TABLE], Options())
    assert staging.get(identity) is None
    staging.erase(identity)
    assert staging.get(staged.id) is not None


def test_what_waits_longer_than_a_day_is_thrown_away(staging: Staging) -> None:
    """Nothing that people uploaded stays by accident."""
    staged = staging.put([TABLE], Options())
    staging.sweep(datetime.now(UTC) + timedelta(hours=23))
    assert staging.get(staged.id) is not None
    staging.sweep(datetime.now(UTC) + timedelta(hours=25))
    assert staging.get(staged.id) is None


def test_the_note_beside_a_file_is_plain_json(staging: Staging, tmp_path: Path) -> None:
    """A later version of the program can read what an earlier one noted."""
    staged = staging.put([TABLE], Options(language="sv"))
    kept = json.loads((tmp_path / "staging" / staged.id / "meta.json").read_text(encoding="utf-8"))
    assert kept["options"]["language"] == "sv"
