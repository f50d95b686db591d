"""Files that nobody would write, but that are well-formed: tables, listings, features and registers of odd cells."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial

import xlsxwriter
from hypothesis import strategies as st

from benchmarks.fuzz.judge import Case
from config.texts import LANGUAGES
from data.importers import Options
from data.importers.columns import EXPORTED, template_heading
from data.importers.materiaalitori import KINDS
from data.importers.register import ACTIVITIES, FACILITIES, NEEDED, TRANSFERS

ODD = (
    *("", " ", "0", "-0", "1", "-1", "1,5", "1.5", "1,234", "1.234", "1 234,5", "1.234,5", "1_000", "1e308", "1e400"),
    *("9" * 400, "0" * 5000 + "1", "NaN", "inf", "-∞", "0x10", "+5", "--5", "١٢٣", "１２", "²", "½", "Ⅻ", "1e-400"),
    *("<5", ">5", "5-10", "10-5", "n. 20 t", "5...10", "noin", "max", "5 t/kk", "5 m3", "t", "t/a", "m³", "furlong"),
    *("31.2.2026", "0/4/2026", "3/4/2026", "3/4/0000", "2026-13-01", "0000-00-00", "9999-12-31", "1.1.0001", "46344"),
    *("99999", "2026-11-22T25:61", "1.1.26", "kesä-elo", "12-1", "13", "joka", "01 03 05", "30105", "999999*", "03*"),
    *("2077474-0", "2077474-1", "FI20774740", "0000000-0", "207747-4", "20774740", "1-1", "12345678901234567890"),
    *("Oulu", "oulu", "Uleåborg", "564", "5", "Atlantis", "Pietarsaari", "Mariehamn", "Helsinki, Vantaa", "99999 Ö"),
    *("427883", "7210442", "3427883", "25.47", "65.01", "65,01", "24,941", "180", "-180", "60°10'N", "1e7", "3067"),
    *("tarjolla", "tarvitaan", "have", "want", "jäte", "materiaali", "waste", "energy", "kyllä", "ei", "nej", "x"),
    *("jatkuva", "kertaerä", "julkinen", "private", "region", "suomi", "sv", "hake", "lanta; hake", "|", "a|b|a", ","),
    *("Yhteensä", "Totalt", "#N/A", "#REF!", "=1+1", "+1", "-x", "@x", "'=1", "{x}", "{0}", "{", "}", "%s", "$a", "\\"),
    *("<b>", "</script>", "]]>", "&amp;", "[a](b)", "e\u0301", "\u202e", "\u200b", "\u00ad", "\ufeff", "\ufffd", "Ã¤"),
    *("\x00", "a\x00b", "\x1b[0m", "\x85", "\u2028", "a\r\nb", "\t", "\U000e0041", "\U0001f469\u200d\U0001f33e"),
    *("ﷺ" * 40, "İ", "ß", "ﬃ", "x" * 301, "x" * 25_000, "{}", "[]", "null", '{"a": "\\u0000"}', "Å"),
    *('{"a": "\\ud800"}', "[" * 2000, '{"a": NaN}', '{"a": 1e999}', "CONFIDENTIAL", "HW", "NONHW", "R", "D", "M"),
    *("1989", "2023", "2023.5", "8(c)"),
)  # fmt: skip
SURROGATE = "\ud800"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "cp850", "mac_roman")
GOOD: Mapping[str, str] = {
    "organisation": "Ääni Oy",
    "title": "Hake",
    "direction": "tarjolla",
    "municipality": "Oulu",
    "facilityId": "0000000001",
    "parentCompanyName": "Valio Oy",
    "x": "427883",
    "y": "7210442",
    "reportingYear": "2023",
    "wasteClassificationCode": "HW",
    "wasteTreatmentCode": "R",
    "totalWasteQuantityTNE": "5",
    "mainActivityCode": "8(c)",
}
ODDLY = st.one_of(st.sampled_from(ODD), st.text(max_size=12))


def cells(name: str) -> st.SearchStrategy[str]:
    """Give the cells of a field: mostly sound or empty, since a row comes in only where all its cells can."""
    return st.one_of(*[st.just(GOOD.get(name, ""))] * 4, ODDLY)


OPTIONS = st.builds(
    Options,
    language=st.sampled_from(LANGUAGES),
    decimal=st.sampled_from([None, None, ",", "."]),
    sheet=st.sampled_from(["", "", "\0", "Resurssit"]),
    name=st.sampled_from(["", "", "{file}.csv", "ö" * 200]),
    dated=st.sampled_from([None, date(2026, 1, 1)]),
)


@st.composite
def headings(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Give fields with their headings: in one language, most of them known, the needed ones nearly always there."""
    language = draw(st.sampled_from(LANGUAGES))
    chosen = draw(st.lists(st.sampled_from(EXPORTED), max_size=12))
    needed = ["organisation", "title", "direction", "municipality"] if draw(st.integers(0, 9)) else []
    names = list(dict.fromkeys([*needed, *chosen]))
    known = [(name, template_heading(name, language)) for name in names]
    odd = [("", str(word)) for word in draw(st.lists(ODDLY, max_size=2))]
    return [*known, *odd]


@st.composite
def rows(draw: st.DrawFn, names: list[str]) -> list[list[str]]:
    """Give the rows below these headings, some of them too short or too long."""
    whole = st.tuples(*(cells(name) for name in names)).map(list)
    ragged = st.lists(ODDLY, max_size=len(names) + 2)
    return draw(st.lists(st.one_of(whole, whole, whole, ragged), max_size=6))


@st.composite
def tables(draw: st.DrawFn) -> Case:
    """Give a CSV file in some encoding, with some delimiter, and now and then rows above its headings."""
    head = draw(headings())
    above = draw(st.lists(st.lists(ODDLY, max_size=3), max_size=2))
    body = draw(rows([name for name, _ in head]))
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter=str(draw(st.sampled_from(";,\t|"))), escapechar="\\", lineterminator="\r\n")
    write.writerows([*above, [title for _, title in head], *body])
    encoding = str(draw(st.sampled_from(ENCODINGS)))
    return Case("table", {"taulu.csv": out.getvalue().encode(encoding, "replace")}, draw(OPTIONS))


@st.composite
def workbooks(draw: st.DrawFn) -> Case:
    """Give an XLSX file whose cells are texts, numbers, days, truth values and faults."""
    head = draw(headings())
    body = draw(rows([name for name, _ in head]))
    other = st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001 - a spreadsheet has no time zone
        st.integers(-(10**9), 10**9),
    )
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
        page, day = book.add_worksheet(), book.add_format({"num_format": "d.m.yyyy"})
        for at, row in enumerate([[title for _, title in head], *body]):
            for column, cell in enumerate(row):
                value = draw(other) if at and not draw(st.integers(0, 4)) else cell
                form = [day] if isinstance(value, datetime) else []
                written = value.replace("\0", "") if isinstance(value, str) else value
                (page.write_datetime if form else page.write)(at, column, written, *form)
    return Case("table", {"taulu.xlsx": out.getvalue()}, draw(OPTIONS))


LEAVES = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), ODDLY),
    st.sampled_from([SURROGATE, [], {}]),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(ODDLY, inner, max_size=3)),
    max_leaves=6,
)


def _spoilt(sound: object) -> st.SearchStrategy[object]:
    """Give a JSON tree of the shape of another, with something else here and there."""
    if isinstance(sound, dict):
        fixed = st.fixed_dictionaries({}, optional={key: _spoilt(value) for key, value in sound.items()})
        whole = st.fixed_dictionaries({key: _spoilt(value) for key, value in sound.items()})
        return st.one_of(whole, whole, whole, fixed, TREES)
    if isinstance(sound, list):
        return st.one_of(*(st.lists(_spoilt(item), max_size=2) for item in sound), TREES)
    return st.one_of(st.just(sound), st.just(sound), st.just(sound), LEAVES)


PLACE = {"name": "Saha", "address": "Sahatie 1", "postalCode": "33100", "city": "Tampere"}
POINTS = [{"type": "EUREF_FIN", "lat": 6822243, "lon": 327629}, {"type": "WGS84", "lat": 61.4981, "lon": 23.761}]
LISTING = {
    "id": "a1",
    "rfoType": "offeringWaste",
    "title": "Sahanpurua",
    "expires": "2027-03-01",
    "status": "open",
    "company": {"name": "Puu Oy", "businessId": "2077474-0"},
    "materials": [
        {
            "classification": "puu",
            "ewcCode": "03 01 05",
            "type": "nondangerous",
            "description": "Kuivaa purua",
            "quantity": {"amount": 120, "unitOfMeasure": "t"},
            "continuity": "continuous",
            "locationIsPublic": True,
            "location": {**PLACE, "coordinates": POINTS},
            "regions": [{"name": {"fi": "Pirkanmaa"}}, "Tampere"],
        }
    ],
}
PROPERTIES = {"yritys": "Ääni Oy", "otsikko": "Hake", "suunta": "tarjolla", "kunta": "Oulu", "määrä (t)": "5"}
FEATURE = {"type": "Feature", "properties": PROPERTIES, "geometry": {"type": "Point", "coordinates": [25.47, 65.01]}}
SYSTEM = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
COLLECTION = {"type": "FeatureCollection", "crs": SYSTEM, "features": [FEATURE]}


def _json(importer: str, name: str, tree: object, options: Options) -> Case:
    return Case(importer, {name: json.dumps(tree).encode()}, options)


def listings() -> st.SearchStrategy[Case]:
    """Give files of Materiaalitori with something unforeseen in them."""
    kinds = [_spoilt({**LISTING, "rfoType": kind}) for kind in KINDS]
    trees = st.one_of(st.lists(st.one_of(*kinds), min_size=1, max_size=3), TREES)
    return st.builds(partial(_json, "materiaalitori", "rfo.json"), trees, OPTIONS)


def features() -> st.SearchStrategy[Case]:
    """Give GeoJSON with something unforeseen in it."""
    return st.builds(partial(_json, "geo", "paikat.geojson"), _spoilt(COLLECTION), OPTIONS)


BESIDE = {FACILITIES: ("status",), TRANSFERS: ("methodCode", "ReceivingSite_countryName"), ACTIVITIES: ()}


@st.composite
def registers(draw: st.DrawFn) -> Case:
    """Give the three files of a register, its rows in disorder."""
    files = {}
    for name, beside in BESIDE.items():
        known = [*NEEDED[name], *beside]
        out = io.StringIO(newline="")
        csv.writer(out).writerows([known, *draw(rows(known))])
        files[name] = out.getvalue().encode("utf-8", "replace")
    return Case("prtr", files, draw(OPTIONS))


SHAPES: Mapping[str, st.SearchStrategy[Case]] = {
    "tables": tables(),
    "workbooks": workbooks(),
    "listings": listings(),
    "features": features(),
    "registers": registers(),
}
