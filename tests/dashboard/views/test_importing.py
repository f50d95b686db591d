from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.views import importing as view
from data import importers
from data.importers import Options, Report

HEAD = "Yritys;Y-tunnus;Kunta;E;N;Suunta;Otsikko;Määrä;Yksikkö;Huone"
ROWS = (
    "Pertti Oy;2077474-1;Oulu;427900;7211200;tarjolla;Hake;12;t;A1",  # row 2: check digit
    "Paula Oy;;Ylivieska;7106500;379800;tarvitaan;Tuhka;7;t;A2",  # row 3: swapped
    "Päivi Oy;;Kuopio;534500;6974000;tarjolla;**Kuori** {x};1,234;t;A3",  # row 4: ambiguous
    "Pekka Oy;huu haa;Kuopio;534500;6974000;tarjolla;Lanta;<5;t;A4",  # row 5: no business ID, and a range
    "Pirkko Oy;;Lahti;427600;6761400;tarjolla;Mäski;30;t;A5",  # row 6: right
)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Read a table with one row right and four that are not."""
    path = tmp_path / "taulu.csv"
    path.write_text("\n".join([HEAD, *ROWS]), encoding="utf-8")
    return importers.read("table", path, Options())


def numbered(report: Report, row: int) -> int:
    """Find the problem that keeps a row out."""
    return next(at for at, p in enumerate(report.problems) if p.row == row and p.severity == "rejected")


def test_only_clear_proposals_start_ticked(report: Report) -> None:
    """What can be read in two ways, or has no proposal, waits for the user."""
    decisions = view.first_decisions(report)
    ticked = {report.problems[number].row for number, (tick, _) in decisions.items() if tick}
    assert ticked == {2, 3}


def test_the_button_counts_what_really_comes_in(report: Report) -> None:
    """The promise made without trying is the number that trying finds."""
    decisions = view.first_decisions(report)
    assert view.promised(report, {}) == report.rows - report.rejected == 1
    fixed = importers.apply_fixes(report, view.fixes(report, decisions))
    assert view.promised(report, decisions) == fixed.rows - fixed.rejected == 3
    assert view.importable(report, fixed, decisions) == 3


def test_an_undecided_riddle_puts_nothing_into_the_cell(report: Report) -> None:
    """Ticking "1 234 | 1,234" is no answer; writing one of them is."""
    at = numbered(report, 4)
    offered = view.proposal(report.problems[at])
    assert view.fixes(report, {at: (True, offered)}) == {}
    assert view.undecided(report, {at: (True, offered)}) == [4]
    decided = {at: (True, "1234")}
    assert view.fixes(report, decided) == {4: {"Määrä": "1234"}}
    assert view.undecided(report, decided) == []
    assert view.promised(report, decided) == 2


def test_a_bad_correction_is_told(report: Report) -> None:
    """A row whose proposal does not help stands with its new fault."""
    decisions = {numbered(report, 5): (True, "1234567-8")}
    fixed = importers.apply_fixes(report, view.fixes(report, decisions))
    assert [problem.value for problem in view.still_wrong(report, fixed, decisions)] == ["1234567-8"]
    assert view.importable(report, fixed, decisions) == 1
    assert view.still_wrong(report, None, decisions) == []


def test_editing_a_proposal_ticks_it(report: Report) -> None:
    """Whoever writes a value wants it used; unticking later holds."""
    table = view.problem_table(report, "rejected", {}, "fi")
    at = numbered(report, 5)
    table.loc[at, view.PROPOSAL] = "2077474-0"
    before = {number: (False, view.proposal(problem)) for number, problem in enumerate(report.problems)}
    after = view.decided(table, before)
    assert after[at] == (True, "2077474-0")
    table.loc[at, view.FIX] = False
    assert view.decided(table, after)[at] == (False, "2077474-0")


def test_values_stand_in_the_table_as_they_were_found(report: Report) -> None:
    """Nothing is trimmed, rounded or read as markup on its way to the screen."""
    table = view.problem_table(report, "rejected", {}, "fi")
    assert table[view.VALUE].to_list() == ["2077474-1", "7106500 379800", "1,234", "huu haa"]
    assert table[view.ROW].to_list() == [2, 3, 4, 5]
    assert len(view.problem_table(report, "rejected", {}, "fi", limit=2)) == 2
    assert set(view.problem_table(report, "warnings", {}, "sv")[view.ROW]) >= {1, 5}


def test_the_bar_sums_to_the_rows_read(report: Report, engine: Engine) -> None:
    """New, updated, unchanged and rejected are all the rows there are."""
    outlook = view.outlook(importers.dry_run(engine, report))
    assert (outlook.rows, outlook.created, outlook.rejected, outlook.valid) == (5, 1, 4, 1)
    assert sum(outlook.shares().values()) == pytest.approx(1)
    assert set(outlook.shares()) == {"created", "rejected"}
    assert [outlook.of_tab(tab) for tab in view.TABS] == [4, outlook.warnings, 1, 0, 0]


def test_figures_that_do_not_add_up_are_a_fault_of_ours() -> None:
    """A bar never shows more or fewer rows than there are."""
    with pytest.raises(ValueError, match="add up"):
        view.Outlook(rows=5, created=1, updated=1, unchanged=1, rejected=1, warnings=0)


def test_rows_are_listed_by_what_became_of_them(report: Report, engine: Engine) -> None:
    """Each row names its company, site and resource, markup and all."""
    fixed = importers.apply_fixes(report, view.fixes(report, {numbered(report, 4): (True, "1234")}))
    states = importers.dry_run(engine, fixed).states
    table = view.row_table(fixed, states, "created")
    assert table["row"].to_list() == [4, 6]
    assert table["organisation"].to_list() == ["Päivi Oy", "Pirkko Oy"]
    assert table["resource"].to_list() == ["**Kuori** {x}", "Mäski"]
    assert view.row_table(fixed, states, "updated").empty


def test_map_points_tell_new_rejected_and_doubtful_apart(report: Report, engine: Engine) -> None:
    """A swapped pair has no place of its own, only a proposed one."""
    points = view.map_points(report, importers.dry_run(engine, report).states)
    signs = dict(zip(points["row"], points["sign"], strict=True))
    assert (signs[2], signs[3], signs[6]) == ("rejected", "doubtful", "new")
    doubtful = points[points["sign"] == "doubtful"]
    assert doubtful["easting"].isna().all()
    assert doubtful["proposed_easting"].notna().all()


def test_points_of_one_place_are_drawn_once(report: Report) -> None:
    """A map of 50,000 rows sends the browser no more than it can draw, doubtful ones first."""
    many = pd.concat([report.points] * 50, ignore_index=True)
    spread = many.assign(easting=many["easting"] + 200 * many.index, row=many.index)
    wide = view.map_points(_with(report, spread), {}, limit=100)
    assert len(wide) == 100
    assert (wide["sign"].iloc[: (wide["sign"] == "doubtful").sum()] == "doubtful").all()
    assert len(view.map_points(_with(report, many), {})) == 4


def _with(report: Report, points: pd.DataFrame) -> Report:
    return replace(report, points=points)


def test_headings_show_their_field_and_examples(report: Report) -> None:
    """The user sees what each column was taken for, and what stands in it."""
    table = view.heading_table(report.headings, "fi").set_index("heading")
    assert table.loc["Yritys", "field"] == "Yritys"
    assert table.loc["E", "field"] == "Itäkoordinaatti (E)"
    assert table.loc["Huone", "field"] == "– jää pois –"
    assert table.loc["Huone", "example"] == "A1 · A2 · A3"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_field_names_can_be_told_apart(language: str) -> None:
    """A choice by name leads to one field, in every language."""
    labels = view.field_labels(language)  # type: ignore[arg-type]
    assert len(set(labels.values())) == len(labels)


def test_only_changed_meanings_are_told(report: Report) -> None:
    """What the program understood itself is not laid down for good."""
    labels = view.heading_table(report.headings, "fi")["field"].to_list()
    assert view.meanings(report.headings, labels, "fi") == {}
    labels[-1] = "Kuvaus"
    labels[0] = "– jää pois –"
    assert view.meanings(report.headings, labels, "fi") == {"Huone": "description", "Yritys": ""}
    assert view.chosen_twice(labels, "fi") == ""
    labels[0] = "Kuvaus"
    assert view.chosen_twice(labels, "fi") == "Kuvaus"


def test_riddles_of_numbers_bring_the_choice_of_the_sign(report: Report) -> None:
    """The choice stays in sight once it is made, so that it can be taken back."""
    assert view.has_ambiguous_numbers(report)
    chosen = importers.apply_fixes(report, {}, Options(decimal=","))
    assert not any(problem.rule == view.AMBIGUOUS_NUMBER for problem in chosen.problems)
    assert view.has_ambiguous_numbers(chosen)
