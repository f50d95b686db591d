"""Items 7 to 10: business IDs, invisible characters, markup and formulas."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

from data import importers
from data.importers import Report, text

Read = Callable[..., Report]
Found = Callable[[Report], dict[int, list[str]]]
Resources = Callable[[Report], dict[str, dict[str, object]]]


def test_business_ids(read_sample: Read, found: Found, resources: Resources) -> None:
    """What is meant beyond doubt is read; a wrong check digit is offered right; what can't be is refused."""
    report = read_sample("business_ids.csv")
    assert found(report) == {
        3: ["business_id_check_digit"],
        4: ["business_id_never_issued"],
        5: ["business_id_zero"],
        10: ["business_id_form"],
        11: ["business_id_two_names"],
    }
    assert report.problems[0].suggestion == "2077474-0"
    assert set(report.batch.organisations["business_id"]) == {"2077474-0", "0112038-9"}
    assert set(resources(report)) == set("aefghj")


def test_invisible_and_broken_characters(read_sample: Read, found: Found, resources: Resources) -> None:
    """NUL and marks that turn the writing go, with a remark; zero-width marks go; accents are joined; emoji stay."""
    report = read_sample("texts.csv")
    assert found(report) == {2: ["characters_removed"], 3: ["characters_removed"]}
    assert set(resources(report)) == {
        "Hiekka",
        "Hiekka gnp.exe",
        unicodedata.normalize("NFC", "Hämärä"),
        "Kierrätys ♻️ 👩\u200d🏭",
    }
    assert "\u202e" not in report.problems[1].value


def test_a_cell_of_ten_megabytes_is_one_faulty_cell(tmp_path: Path, found: Found, resources: Resources) -> None:
    """The row is refused by its length, and the rest of the file comes in."""
    path = tmp_path / "pitka.csv"
    rows = f"A Oy;Oulu;tarjolla;jäte;{'x' * 10_000_000}\nA Oy;Oulu;tarjolla;jäte;lyhyt\n"
    path.write_text(f"Yritys;Kunta;Suunta;Tyyppi;Otsikko\n{rows}", encoding="utf-8")
    report = importers.read("table", path)
    assert found(report) == {2: ["text_too_long"]}
    assert len(report.problems[0].value) <= text.SHOWN
    assert set(resources(report)) == {"lyhyt"}


def test_markup_stays_as_it_stands(read_sample: Read, resources: Resources) -> None:
    """HTML, braces, markdown and LaTeX are text like any other; screens show them literally."""
    (resource,) = resources(read_sample("markup.csv")).values()
    assert resource["title"] == "<script>alert(1)</script>"
    assert resource["description"] == r"{organisation} {{x}} **lihava** $\frac{1}{2}$ [linkki](javascript:alert(1))"


def test_formulas_are_stored_as_they_stand(read_sample: Read, resources: Resources) -> None:
    """A text that looks like a formula is kept; only exports put an apostrophe before it."""
    read = resources(read_sample("formulas.csv"))
    assert set(read) == {"=SUMMA(A1:A9)", "@kaava"}
    assert read["@kaava"]["description"] == "-viiva"


def test_hazard_and_code_must_agree(tmp_path: Path, found: Found, resources: Resources) -> None:
    """A starred code marked harmless is refused, with the mirror entry named; ticking the proposal marks it."""
    path = tmp_path / "vaara.csv"
    rows = "A Oy;Oulu;tarjolla;a;17 02 04;ei\nA Oy;Oulu;tarjolla;b;03 01 05;kyllä\nA Oy;Oulu;tarjolla;c;17 02 04*;\n"
    path.write_text(f"Yritys;Kunta;Suunta;Otsikko;EWC;Vaarallinen jäte\n{rows}", encoding="utf-8")
    report = importers.read("table", path)
    assert found(report)[2][0] == "hazardous_mismatch"
    assert found(report)[3][0] == "not_hazardous_mismatch"
    assert "17 02 03" in report.problems[0].message("fi")
    assert resources(report)["c"]["hazardous"] is True
    fixes = {p.row: {p.column: p.suggestion} for p in report.problems if p.suggestion}
    assert resources(importers.apply_fixes(report, fixes))["a"]["hazardous"] is True


def test_codes_of_the_battery_update_come_in_old_and_new(tmp_path: Path, found: Found) -> None:
    """Both lists are accepted in the year of change, and it is said."""
    path = tmp_path / "akut.csv"
    rows = "".join(f"A Oy;Oulu;tarjolla;jäte;{code};{code}\n" for code in ("16 06 05", "16 06 04", "16 06 07", "16 06"))
    path.write_text(f"Yritys;Kunta;Suunta;Tyyppi;Otsikko;EWC\n{rows}", encoding="utf-8")
    rules = {row: [rule] for row, rule in enumerate(("ewc_deleted", "ewc_now_hazardous", "ewc_new", "ewc_group"), 2)}
    assert found(importers.read("table", path)) == rules
