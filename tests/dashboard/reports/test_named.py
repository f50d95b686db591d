"""The lists of synergies in the yearly report of a whole invented Finland: they add up to its sums."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, text

from config.settings import Settings
from dashboard.reports import frames as reading
from dashboard.reports import paper
from dashboard.views import report, report_html, report_named
from dashboard.views.report_figures import Chosen, Frames, figures
from data.exporters.report import Sheet, to_xlsx
from data.store import demo, pipeline
from data.viewer import Role, Viewer, viewing

YEAR = 2026
TODAY = date(2026, 11, 22)
ANNA = Viewer("Anna", Role.NATIONAL)
COUNTED = """
SELECT y.id, y.version FROM synergy y JOIN resource h ON h.id = y.have_id JOIN resource w ON w.id = y.want_id
WHERE y.stage = 'completed' AND y.tonnes_per_year > 0 AND h.visibility IN ('public', 'network')
    AND w.visibility IN ('public', 'network') ORDER BY y.id LIMIT 1
"""
PUBLISHED = """
SELECT count(*) FROM synergy y JOIN resource h ON h.id = y.have_id JOIN resource w ON w.id = y.want_id
WHERE y.stage = 'completed' AND y.showcase_consent AND h.visibility = 'public' AND w.visibility = 'public'
"""
FIRST_METRIC = len(report_named.HEADS)


@pytest.fixture(scope="module", autouse=True)
def country(engine: Engine, settings: Settings) -> None:
    """Fill the country, and agree on an amount."""
    demo.load(engine, settings)
    with engine.connect() as connection:
        first = connection.execute(text(COUNTED)).one()
    pipeline.change(engine, "Anna", pipeline.Row(first.id, first.version), {"agreed_low": 1e6, "agreed_high": 3e6})


@pytest.fixture(scope="module")
def frames(app_engine: Engine, country: None) -> Frames:  # noqa: ARG001 - the country is filled first
    """Read the year as the national coordinator."""
    with viewing(ANNA):
        return reading.read(app_engine, YEAR)


def lists(engine: Engine, chosen: Chosen, who: Viewer = ANNA, most: int | None = None) -> list[Sheet]:
    """Give the lists of a report in the eyes of somebody."""
    with viewing(who):
        return report_named.sheets(reading.named(engine, chosen, most), "fi")


def total(sheet: Sheet, at: int) -> float:
    """Add up a column; what is empty is nothing."""
    return sum(float(str(row[at] or 0)) for row in sheet.rows)


@pytest.mark.parametrize("region", ["", "06", "15"])
def test_lists_add_up_to_the_sums(app_engine: Engine, frames: Frames, region: str) -> None:
    """So many synergies, tonnes and benefits by metric as the report's tables say; agreed amounts among them."""
    chosen = Chosen(YEAR, region)
    completed, active = lists(app_engine, chosen)
    view = report.build(frames, chosen, "fi", TODAY)
    rollups, yearly, once = (view.sheet(key) for key in ("rollups", "yearly", "once"))
    assert rollups is not None
    assert yearly is not None
    assert once is not None
    assert len(completed.rows) == figures(frames, chosen)["completed"]
    for sheet, line in ((active, 1), (completed, 2)):
        assert len(sheet.rows) == rollups.rows[line][1]
        assert total(sheet, 5) == pytest.approx(float(str(rollups.rows[line][3])), rel=1e-12)
    assert bool(region) or total(completed, 5) > 2e6
    sums = {column.heading: total(completed, at) for at, column in enumerate(completed.columns) if at >= FIRST_METRIC}
    told = {str(row[0]): row[1] for row in yearly.rows}
    # Of the metrics that may be yearly, too, a column says which one it is.
    told |= {str(row[0]) if "(" in str(row[0]) else f"{row[0]} (kertaluonteinen)": row[1] for row in once.rows}
    assert sums == pytest.approx(told, rel=1e-12)
    assert not any("kertaluonteinen" in column.heading for column in active.columns)


def test_companies_are_named_by_their_consent(engine: Engine, app_engine: Engine) -> None:
    """Also where the reader knows more."""
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name, naming_consent FROM organisation")).all()
    shown = {
        name for sheet in lists(app_engine, Chosen(YEAR)) for row in sheet.rows for name in str(row[1]).split(" → ")
    }
    assert "nimi piilotettu" in shown
    assert shown & {name for name, consent in names if consent}
    assert not shown & ({name for name, consent in names if not consent} - {name for name, consent in names if consent})


def test_coordinators_are_told_alike_and_planners_what_is_published(engine: Engine, app_engine: Engine) -> None:
    """A synergy that is counted for all coordinators is listed for each of them."""
    bertta = Viewer("Bertta", Role.REGIONAL, regions=("06",))
    for region in ("06", "01"):
        own = lists(app_engine, Chosen(YEAR, region), bertta)
        assert [one.rows for one in own] == [one.rows for one in lists(app_engine, Chosen(YEAR, region))]
    completed, active = lists(app_engine, Chosen(YEAR), Viewer("Pia", Role.PLANNER))
    with engine.connect() as connection:
        published = connection.scalar(text(PUBLISHED))
    assert len(completed.rows) == published
    assert not active.rows


def test_page_and_paper_list_the_first_and_the_workbook_all(app_engine: Engine, frames: Frames) -> None:
    """What is left out is counted; the columns of single metrics are the workbook's alone."""
    chosen = Chosen(YEAR)
    with viewing(ANNA):
        view = report.build(frames, chosen, "fi", TODAY, named=reading.named(app_engine, chosen))
    sheet = view.sheet("completed")
    assert sheet is not None
    whole = lists(app_engine, chosen)[0]
    assert [row[:5] for row in sheet.rows] == [row[:5] for row in whole.rows[: report_named.SHOWN]]
    assert f"{report_named.SHOWN}, kaikkiaan {len(whole.rows)}." in sheet.note
    assert not whole.note
    html = report_html.table(sheet, "fi")
    assert html.count("</th>") == FIRST_METRIC
    assert "määrä sovittu" in html
    assert "todennettu" in html
    assert paper.pdf(view, "fi").startswith(b"%PDF-")
    made = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(report.Book("", "", [whole]), "Huom.")))
    assert len(made.get_sheet_by_index(0).to_python()) == 3 + len(whole.rows)
