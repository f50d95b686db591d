import pandas as pd

from dashboard.views.report_figures import Chosen, Frames
from dashboard.views.report_targets import Clash, Read, aims, clashes, editor, matrix, merged, read

EMPTY = pd.DataFrame()
TARGETS = pd.DataFrame(
    [(7, "06", 2026, "companies", 10.0, 2), (8, "06", 2026, "workshops", 3.0, 1), (9, "01", 2026, "workshops", 5.0, 1)],
    columns=["id", "region", "year", "measure", "amount", "version"],
)
FRAMES = Frames(EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, TARGETS)
HERE = Chosen(2026, "06")
BASE = read(TARGETS, "06")


def typed(table: pd.DataFrame, **amounts: float | None) -> pd.DataFrame:
    """Type into the table."""
    said = table.set_index("measure")["target"].to_dict() | amounts
    return table.assign(target=[said[name] for name in table["measure"]])


def test_only_what_was_typed_is_saved_with_the_version_that_was_read() -> None:
    """A new target has none; an emptied cell takes the target away; the rest is left alone."""
    table = editor(FRAMES, HERE, BASE, "fi")
    assert aims(table, BASE, HERE) == []
    found = aims(typed(table, companies=12.0, workshops=None, jobs_fte=1.5), BASE, HERE)
    assert [(one.measure, one.amount, one.id, one.version) for one in found] == [
        ("companies", 12.0, 7, 2),
        ("workshops", None, 8, 1),
        ("jobs_fte", 1.5, None, None),
    ]


def test_what_two_people_typed_is_told_apart_and_merged() -> None:
    """Where both changed a target both figures are told; merged, one's own stand over the newest."""
    table = editor(FRAMES, HERE, BASE, "fi")
    mine = aims(typed(table, companies=12.0, jobs_fte=1.5), BASE, HERE)
    newest = {**BASE, "companies": Read(7, 3, 11.0), "synergies": Read(20, 1, 40.0)}
    assert clashes(mine, BASE, newest) == [Clash("companies", 11.0, 12.0)]
    again = merged(table, newest, mine)
    assert again.set_index("measure")["target"].dropna().to_dict() == {
        "companies": 12.0,
        "synergies": 40.0,
        "workshops": 3.0,
        "jobs_fte": 1.5,
    }
    assert [(one.measure, one.version) for one in aims(again, newest, HERE)] == [("companies", 3), ("jobs_fte", None)]


def test_all_regions_stand_beside_each_other_and_their_sum_below() -> None:
    """Only what somebody has a target for; a region without one has a dash."""
    sheet = matrix(FRAMES, 2026, "fi")
    assert [one.heading for one in sheet.columns] == ["Maakunta", "Yrityksiä mukana", "Työpajoja vuoden aikana"]
    rows = {row[0]: row[1:] for row in sheet.rows}
    assert (rows["Uusimaa"], rows["Pirkanmaa"]) == (["0 / –", "0 / 5"], ["0 / 10", "0 / 3"])
    assert sheet.total == ["Koko maa", "0 / 10", "0 / 8"]
