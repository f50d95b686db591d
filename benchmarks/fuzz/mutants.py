"""Sound files of every format, with their bytes changed: flipped, cut, doubled, spliced, filled with what hurts."""

import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import shapely
import xlsxwriter
from hypothesis import strategies as st

from benchmarks.fuzz.inputs import COLLECTION, LISTING
from benchmarks.fuzz.judge import Case
from data.importers.register import ACTIVITIES, FACILITIES, TRANSFERS

TABLE = (
    "Yritys;Y-tunnus;Kunta;Suunta;Otsikko;EWC;Määrä;Yksikkö\r\n"
    "Ääni Oy;2077474-0;Oulu;tarjolla;Hake;030105;1 234,5;t\r\n"
    '"Öljy ""Oy""";;Åbo;tarvitaan;Tuhka;10 01 01*;<5;m3\r\n'
)
REGISTER = {
    FACILITIES: "facilityId,parentCompanyName,nameOfFeature,mainActivityCode,city,postalCode,x,y,status\n"
    '0000000001,Valio Oy,"Valio Oy, meijeri",8(c),Oulu,90100.0,427883,7210442,functional\n',
    TRANSFERS: "facilityId,reportingYear,wasteClassificationCode,wasteTreatmentCode,totalWasteQuantityTNE,methodCode\n"
    "0000000001,2022,NONHW,R,5,M\n0000000001,2023,HW,D,1.5,E\n",
    ACTIVITIES: "EU_EPRTR,Selite_suomi,Selite_ruotsi,Selite_eng\n8(c),Maito,Mjölk,Milk\n",
}
HURTING = (
    *(b"\0", b"\xff", b"\x80", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\xff\xfe"),
    *(b'"', b'""', b"\r", b"\n", b";", b",", b"\t", b"[", b"]", b"{", b"}", b":", b"\\", b"\\u0000", b"\\ud800"),
    *(b"NaN", b"1e999", b"-", b"9" * 300, b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\x03\x04"),
    *(b"PK\x01\x02", b"PK\x05\x06", b"SQLite format 3\0", b"<!DOCTYPE", b"<!ENTITY", b"&#0;", b"&#xD800;", b"<c/>"),
    *(b'r="XFD1048576"', b"\xfe\xff"),
)  # fmt: skip


@cache
def sound() -> Mapping[str, Case]:
    """Give a sound file of each format."""
    packed = {f"{name}.gz": gzip.compress(text.encode(), mtime=0) for name, text in REGISTER.items()}
    return {
        "CSV": Case("table", {"taulu.csv": TABLE.encode()}),
        "CSV, cp1252": Case("table", {"taulu.csv": TABLE.encode("cp1252")}),
        "CSV, utf-16": Case("table", {"taulu.csv": TABLE.encode("utf-16")}),
        "XLSX": Case("table", {"taulu.xlsx": _workbook()}),
        "Materiaalitori": Case("materiaalitori", {"rfo.json": json.dumps([LISTING], indent=1).encode()}),
        "GeoJSON": Case("geo", {"paikat.geojson": json.dumps(COLLECTION, indent=1).encode()}),
        "GeoPackage": Case("geo", {"paikat.gpkg": _map("paikat.gpkg")["paikat.gpkg"]}),
        "Shapefile": Case("geo", {"paikat.zip": zipped(_map("paikat.shp"))}),
        "PRTR": Case("prtr", {name: text.encode() for name, text in REGISTER.items()}),
        "PRTR, gzip": Case("prtr", packed),
        "PRTR, zip": Case("prtr", {"prtr.zip": zipped({name: text.encode() for name, text in REGISTER.items()})}),
    }


def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Resurssit")
        for at, line in enumerate(TABLE.split("\r\n")[:2]):
            page.write_row(at, 0, line.split(";"))
        page.write(1, 6, 1234.5)
    return out.getvalue()


def _map(name: str) -> dict[str, bytes]:
    points = [shapely.Point(427_883, 7_210_442), shapely.Point(385_800, 6_672_100)]
    frame = gpd.GeoDataFrame({"yritys": ["Ääni Oy", "Öljy Oy"], "kunta": ["Oulu", None]}, geometry=points, crs=3067)
    with TemporaryDirectory() as folder:
        frame.to_file(Path(folder, name), engine="pyogrio")
        if name.endswith(".gpkg"):
            with sqlite3.connect(Path(folder, name)) as book:
                book.execute("VACUUM")
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Pack members into a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _spoil(data: bytes, how: str, where: float, length: int, filling: bytes) -> bytes:
    at = int(where * len(data))
    end = min(len(data), at + length)
    spoilt = {
        "flip": data[:at] + bytes(byte ^ (1 << length % 8) for byte in data[at : at + 1]) + data[at + 1 :],
        "cut": data[:at],
        "drop": data[:at] + data[end:],
        "double": data[:end] + data[at:end] + data[end:],
        "insert": data[:at] + filling + data[at:],
        "overwrite": data[:at] + filling + data[at + len(filling) :],
        "move": data[end:] + data[:end],
    }
    return spoilt[how]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["flip", "flip", "cut", "drop", "double", "insert", "overwrite", "overwrite", "move"]),
        st.floats(0, 1),
        st.integers(1, 64),
        st.one_of(st.sampled_from(HURTING), st.binary(min_size=1, max_size=8)),
    ),
    min_size=1,
    max_size=6,
)


@st.composite
def mutants(draw: st.DrawFn, case: Case) -> Case:
    """Change one file of a case, or a member of a zip, which its checksum would else protect; or splice in another."""
    name = draw(st.sampled_from(sorted(case.files)))
    data = case.files[name]
    changes = draw(CHANGES)
    inner = ""
    if data.startswith(b"PK") and draw(st.integers(0, 3)):
        members = _unzipped(data)
        inner = draw(st.sampled_from(sorted(members)))
        data = members[inner]
    elif data.startswith(b"\x1f\x8b") and draw(st.booleans()):
        inner, data = "gzip", gzip.decompress(data)
    for change in changes:
        data = _spoil(data, *change)
    if not draw(st.integers(0, 9)):
        other = next(iter(draw(st.sampled_from(list(sound().values()))).files.values()))
        data = data[: len(data) // 2] + other[len(other) // 2 :]
    if inner:
        whole = case.files[name]
        data = gzip.compress(data) if inner == "gzip" else zipped({**_unzipped(whole), inner: data})
    return Case(case.importer, {**case.files, name: data}, case.options)
