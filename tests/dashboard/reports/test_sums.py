"""The yearly report on a whole invented Finland: its sums are the overview's, the board's and plain SQL's."""

import io
from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from config.settings import Settings
from config.texts import LANGUAGES, Language
from dashboard.reports import frames as reading
from dashboard.reports import paper
from dashboard.views import report, report_html
from dashboard.views.report_figures import Chosen, Frames, figures
from dashboard.wording import t
from data.exporters.report import to_xlsx
from data.model import Basis
from data.queries import overview, pipeline
from data.queries.scope import Scope
from data.store import demo
from data.viewer import Role, Viewer, viewing

Open = Callable[..., AppTest]
YEAR = 2025
TODAY = date(2026, 11, 22)
ANNA = Viewer("Anna", Role.NATIONAL)
STAGES = """
SELECT coalesce((SELECT from_stage FROM synergy_history t WHERE t.synergy_id = y.id AND t.changed_at >= '2026-01-01'
    AND t.from_stage IS NOT NULL ORDER BY t.changed_at, t.id LIMIT 1), y.stage) AS stage, count(*) AS synergies
FROM synergy y JOIN resource h ON h.id = y.have_id JOIN resource w ON w.id = y.want_id
WHERE y.deleted_at IS NULL AND y.created_at < '2026-01-01'
    AND h.visibility IN ('public', 'network') AND w.visibility IN ('public', 'network')
GROUP BY 1
"""
CHANNELS = """
SELECT channel, count(*) FROM resource WHERE deleted_at IS NULL AND visibility IN ('public', 'network')
    AND coalesce(source_date, created_at::date) < '2026-01-01'
    AND (expires_on IS NULL OR expires_on >= '2025-01-01') GROUP BY 1
"""
INVESTED = """
SELECT sum(b.amount * b.attribution_percent / 100) FROM benefit b JOIN synergy y ON y.id = b.synergy_id
JOIN resource h ON h.id = y.have_id JOIN resource w ON w.id = y.want_id
WHERE b.metric = 'private_investment_eur' AND b.year = 2025 AND y.stage = 'completed'
    AND h.visibility IN ('public', 'network') AND w.visibility IN ('public', 'network')
"""


@pytest.fixture(scope="module", autouse=True)
def country(engine: Engine, settings: Settings) -> None:
    """Fill the country."""
    demo.load(engine, settings)


@pytest.fixture(scope="module")
def frames(app_engine: Engine, country: None) -> Frames:  # noqa: ARG001 - the country is filled first
    """Read the year as the national coordinator."""
    with viewing(ANNA):
        return reading.read(app_engine, YEAR)


def built(frames: Frames, region: str = "", language: Language = "fi") -> report.View:
    """Build a report."""
    return report.build(frames, Chosen(YEAR, region), language, TODAY)


def column(view: report.View, key: str, at: int) -> dict[str, object]:
    """Give a column of a table by the first."""
    sheet = view.sheet(key)
    assert sheet is not None
    return {str(row[0]): row[at] for row in sheet.rows}


def counted(engine: Engine, statement: str) -> Mapping[str, int]:
    """Count by plain SQL, as the owner."""
    with engine.connect() as connection:
        return {str(name): int(count) for name, count in connection.execute(text(statement))}


def test_the_sums_are_those_of_plain_sql(engine: Engine, frames: Frames) -> None:
    """Stages at the end of the year, resources by channel, and what came once."""
    view = built(frames)
    stages = counted(engine, STAGES)
    assert sum(stages.values()) > 1000
    told = {name.lower(): count for name, count in column(view, "stages", 2).items()}
    assert told == {
        "tunnistettu": stages["identified"],
        "keskustelussa": stages["discussing"],
        "selvityksessä": stages["assessing"],
        "neuvottelussa": stages["negotiating"],
        "toteutuksessa": stages["implementing"],
        "toteutunut": stages["completed"],
    }
    by_channel = counted(engine, CHANNELS)
    assert sorted(by_channel.values()) == sorted(
        int(str(one).split(".")[0]) for one in column(view, "channels", 1).values()
    )
    with engine.connect() as connection:
        invested = float(connection.scalar(text(INVESTED)) or 0)
    assert invested > 0
    assert figures(frames, Chosen(YEAR))["private_investment_eur"] == pytest.approx(invested, rel=1e-12)


def test_the_sums_are_those_of_the_overview(app_engine: Engine, frames: Frames) -> None:
    """To the last digit, for the country and large and small regions; and the parts by basis add up to them."""
    with viewing(ANNA):
        shown = overview.resources(app_engine, Scope(YEAR)).set_index(["kind", "code"])
    for code in ("", "01", "06", "15", "21"):
        kind = "region" if code else "country"
        told = figures(frames, Chosen(YEAR, code))
        assert (told["resources"], told["companies"]) == tuple(shown.loc[(kind, code), ["resources", "companies"]])
        view = built(frames, code)
        for key, at in (("stages", 2), ("channels", 1), ("channels", 2)):
            sheet = view.sheet(key)
            assert sheet is not None
            assert sheet.total[at] == sum(float(str(row[at])) for row in sheet.rows), (code, key, at)
        yearly = view.sheet("yearly")
        rows = frames.benefits[(frames.benefits["kind"] == kind) & (frames.benefits["code"] == code)]
        assert yearly is not None
        assert sorted(float(str(row[1])) for row in yearly.rows) == sorted(rows["amount"])
        for row in yearly.rows:
            assert sum(float(str(one)) for one in row[2 : 2 + len(Basis)]) == pytest.approx(
                float(str(row[1])), rel=1e-12
            )


def test_the_sums_are_those_of_the_board(app_engine: Engine, country: None) -> None:
    """Stage by stage; what the board shows beside them is counted and told."""
    assert country is None
    with viewing(ANNA):
        now = reading.read(app_engine, TODAY.year)
        for code in ("", "06", "15"):
            chosen = Chosen(TODAY.year, code)
            board = pipeline.columns(app_engine, pipeline.Sought(region=code))
            board = board[board["stage"] != "lapsed"]
            assert int(board["synergies"].sum()) == (figures(now, chosen)["synergies"] or 0) + now.beside(code)
            assert now.beside(code) > 0
            view = report.build(now, chosen, "fi", TODAY)
            told = column(view, "stages", 2)
            shown = {t(f"stage.{one.stage}", "fi").capitalize(): one.synergies for one in board.itertuples()}
            assert all(shown[name] >= count for name, count in told.items())
            assert any("ei näy kaikille koordinaattoreille" in words for words in view.book.notes)


def test_regions_add_up_to_the_country(frames: Frames) -> None:
    """Where nothing is counted in two regions, which only companies are."""
    sheet = built(frames).sheet("regions")
    assert sheet is not None
    assert len(sheet.rows) == 19
    for at, head in enumerate(sheet.columns[1:], 1):
        summed = sum(float(str(row[at])) for row in sheet.rows)
        if at == 1:
            assert summed >= float(str(sheet.total[1]))
        else:
            assert summed == pytest.approx(float(str(sheet.total[at])), rel=1e-9), head.heading


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_holds_what_the_page_shows_as_numbers(frames: Frames, language: Language) -> None:
    """Read back by another library: each sheet of the report, each figure unrounded; and charts of its own."""
    view = built(frames, "06", language)
    made = to_xlsx(view.book, "Notes")
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert len(book.sheet_names) == len(view.book.sheets) + 1
    for name, sheet in zip(book.sheet_names, view.book.sheets, strict=False):
        found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert found[2][: len(sheet.columns)] == [one.heading for one in sheet.columns]
        for line, row in zip(found[3:], sheet.rows, strict=False):
            told = ["" if value is None else value for value in row]
            # Sixteen digits are what such a file keeps of a number.
            same = [
                one == pytest.approx(two, rel=1e-15) if isinstance(two, float) else one == two
                for one, two in zip(line, told, strict=False)
            ]
            assert all(same), line
    charts = pd.Series([made.count(b"xl/charts/chart%d.xml" % number) for number in (1, 2, 3, 4)])
    assert charts.gt(0).all()


def test_paper_is_made_of_the_same_report(frames: Frames) -> None:
    """A PDF in each language, of several pages."""
    for language in LANGUAGES:
        made = paper.pdf(built(frames, "06", language), language)
        assert made.startswith(b"%PDF-")
        assert made.count(b"/Type /Page\n") > 1


def test_a_planner_is_told_what_is_public(engine: Engine, app_engine: Engine, frames: Frames) -> None:
    """Resources are counted as plain SQL counts the public ones, and the report says so; the open one warns."""
    with viewing(Viewer("Pia", Role.PLANNER)):
        told = reading.read(app_engine, YEAR)
    public = told.resources[(told.resources["kind"] == "country") & (told.resources["channel"] != "")]
    counts = dict(zip(public["channel"], public["resources"], strict=True))
    assert counts == counted(engine, CHANNELS.replace("IN ('public', 'network')", "= 'public'"))
    assert sum(counts.values()) < frames.resources.query("kind == 'country' and channel == ''")["resources"].sum()
    few = frames.resources.query("kind == 'region' and 0 < companies < 3")
    assert len(few) > 0
    view = report.build(told, Chosen(YEAR, few["code"].iloc[0]), "fi", TODAY, planner=True)
    assert any("julkiset" in words for words in view.book.notes)
    assert any("yksi tai kaksi" in words for words in built(frames, few["code"].iloc[0]).book.notes)
    assert not any("yksi tai kaksi" in words for words in view.book.notes)
    assert view.sheet("activation") is None


def test_the_page_shows_the_report(open_page: Open, frames: Frames) -> None:
    """Sentence and tables of the region that the link names; the page's own cells, letter by letter."""
    app = open_page("reports", year=YEAR, region="06")
    assert not app.exception
    said = " ".join(str(one.proto.body) for one in app.get("html"))
    view = built(frames, "06")
    assert view.sentence in said
    for key in ("stages", "channels", "yearly", "once", "occasions"):
        sheet = view.sheet(key)
        assert sheet is not None
        if sheet.rows:
            assert report_html.table(sheet, "fi") in said, key
