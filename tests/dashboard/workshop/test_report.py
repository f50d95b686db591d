import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from config.texts import LANGUAGES, Language, text
from dashboard.live import telling
from dashboard.live.board import Board, moved
from dashboard.views import workshop_companies as companies
from dashboard.workshop import report

EVENT = {"id": 7, "name": "Oulun paja", "place": "Oulu", "practice": False, "goals": "", "opened_at": datetime.now(UTC)}


def card(number: int, title: str, direction: str, place: str, region: str, company: int) -> dict[str, object]:
    """Give the line of a card."""
    amount = {"tonnes_low": 100.0, "tonnes_high": 100.0, "tonnes_basis": "declared", "continuity": "continuous"}
    told = {"resource": number, "company": company, "direction": direction, "type": "material", "title": title}
    where = {"place": place, "region": region, "table": 2, "name": "Salainen Oy", "named": False}
    told |= {**where, "amount": {**amount, "quantity_low": 100, "quantity_high": 100, "unit": "t"}, "tonnes": 100.0}
    return {"seq": number, "at": "2026-11-22T12:00:00+00:00", "kind": "card", "told": told}


def match(number: int, have: int, want: int, score: float) -> dict[str, object]:
    """Give the line of a match between two cards."""
    side = {"name": None, "named": False, "table": 2, "type": "material", "tonnes": 100.0}
    have_side = {**side, "card": have, "key": have, "title": "Tuhka", "place": "240", "region": "19"}
    want_side = {**side, "card": want, "key": want, "title": "Tuhkaa", "place": "564", "region": "17"}
    told = {"synergy": number, "have": have_side, "want": want_side, "km": 110.0, "minutes": 70.0}
    told |= {"method": "estimate", "tonnes": 100.0, "score": score, "reasons": [], "cross": True, "table": 2}
    return {"seq": number, "at": "2026-11-22T12:01:00+00:00", "kind": "match", "told": {**told, "co2e_per_tonne": 0.5}}


def sheet(book: bytes, name: str) -> list[list[Any]]:
    """Read a sheet of a workbook."""
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()


@pytest.fixture
def board() -> Board:
    """Give a board on which one offer answers two needs."""
    lines: list[Mapping[str, Any]] = [
        card(1, "=cmd|' /C calc'!A0", "have", "240", "19", 1),
        card(2, "Tuhkaa", "want", "564", "17", 2),
        card(3, "Tuhkaa myös", "want", "564", "17", 3),
        match(4, 1, 2, 0.9),
        match(5, 1, 3, 0.8),
    ]
    return Board().take_all(lines)


def test_no_tonne_moves_twice(board: Board) -> None:
    """What is offered once goes to the best need alone."""
    assert moved(board.live_matches()) == {4: 100.0, 5: 0.0}
    assert board.totals().co2e_tonnes == 50.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_what_the_last_frame_said(board: Board, language: Language) -> None:
    """Every counter of the screen, in the words of the report, in PDF and workbook."""
    rows = sheet(report.xlsx(EVENT, board, [], language), text("workshop_report.part_figures", language))[1:]
    assert [row[1] for row in rows] == list(telling.snapshot(board, language)["figures"].values())  # type: ignore[attr-defined]
    assert report.pdf(EVENT, board, [], language).startswith(b"%PDF")


def test_a_card_that_looks_like_a_formula_is_text(board: Board) -> None:
    """The program that opens the workbook runs nothing."""
    rows = sheet(report.xlsx(EVENT, board, [], "fi"), text("workshop_report.part_cards", "fi"))
    assert "'=cmd|' /C calc'!A0" in [cell for row in rows for cell in row]


def test_counts_are_numbers_in_the_workbook_and_words_on_paper(board: Board) -> None:
    """A spreadsheet adds up what the report counts; paper writes it as people do."""
    book = report.xlsx(EVENT, board, [], "fi")
    for part in ("kinds", "pairs"):
        rows = sheet(book, text(f"workshop_report.part_{part}", "fi")[:31])[1:]
        assert [row[-1] for row in rows] == [2.0]
    (many,) = [part for part in report.view.parts(board, [], "fi") if part.key == "kinds"]
    assert replace(many, rows=[["Sivuvirta", 1200]]).written("fi") == [["Sivuvirta", "1\u00a0200"]]


def test_a_card_that_is_taken_down_takes_its_matches_along(board: Board) -> None:
    """The counters follow; the same line twice changes nothing."""
    line = {"seq": 6, "at": "2026-11-22T12:02:00+00:00", "kind": "hide", "told": {"of": 1}}
    for _ in range(2):
        board.take(line)
    assert (board.totals().resources, board.totals().matches) == (2, 0)


def test_what_was_corrected_stands_nowhere_any_more(board: Board) -> None:
    """Its matches say the new words, and move what is there now."""
    line = {**card(1, "Puutuhka", "have", "240", "19", 1), "seq": 6}
    board.take({**line, "told": {**line["told"], "of": 1, "tonnes": 40.0}})  # type: ignore[dict-item]
    assert "cmd" not in str(telling.snapshot(board, "fi"))
    assert [one["have"]["title"] for one in board.live_matches()] == ["Puutuhka", "Puutuhka"]
    assert board.totals().tonnes == 40.0
    assert "cmd" not in str([sheet(report.xlsx(EVENT, board, [], "fi"), text("workshop_report.part_best", "fi")[:31])])


def test_names_that_were_not_agreed_to_are_in_no_frame(board: Board) -> None:
    """Also where the facilitator lets names be shown."""
    board.take({"seq": 6, "at": "2026-11-22T12:02:00+00:00", "kind": "board", "told": {"names": True}})
    assert "Salainen" not in str(telling.snapshot(board, "fi"))


def test_the_coordinators_report_says_who_was_there_and_who_was_not() -> None:
    """With all spellings of a name as one; what was taken down is not counted."""
    told = {"company": "Kuitu Oy", "business_id": "2077474-0", "direction": "have"}
    card = {"kind": "resource", "status": "shown", "table_number": 2, "told": told}
    other = {**card, "table_number": 1, "told": {**told, "company": "KUITU", "direction": "want"}}
    gone = {**card, "status": "hidden", "told": {**told, "company": "Vitsi Oy"}}
    guest = {**card, "told": {**told, "company": "Vieras Oy", "business_id": None}}
    rows = companies.rows([card, other, gone, guest], ["Oy Kuitu Ab", "Poissa Oy"], "fi")
    assert rows == [
        ["Oy Kuitu Ab", "2077474-0", "1, 2", 1, 1, "kutsuttu, kirjasi"],
        ["Vieras Oy", "", "2", 1, 0, "kirjasi kutsutta"],
        ["Poissa Oy", "", "", "", "", "kutsuttu, ei kirjannut"],
    ]
    there = companies.attendance([card, other, gone, guest], ["Oy Kuitu Ab", "Poissa Oy"])
    assert (there.present, there.uninvited, there.absent) == (("Oy Kuitu Ab",), ("Vieras Oy",), ("Poissa Oy",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_what_in_it_is_invented(board: Board, language: Language) -> None:
    """A practice in its title, example data beside the suggestion; of neither where there is neither."""
    event = {**EVENT, "practice": True, report.INVENTED: {2}}
    book = report.xlsx(event, board, [], language)
    best = sheet(book, text("workshop_report.part_best", language)[:31])
    assert [text("workshop_report.demo_mark", language) in row[1] for row in best[1:]] == [True, False]
    notes = [row[0] for row in sheet(book, text("workshop_report.notes", language))]
    assert notes[1].startswith(text("workshop_report.practice_title", language, title=""))
    assert {text(f"workshop_report.{key}_note", language) for key in ("practice", "demo")} <= set(notes)
    plain = [row[0] for row in sheet(report.xlsx(EVENT, board, [], language), text("workshop_report.notes", language))]
    assert not {text(f"workshop_report.{key}_note", language) for key in ("practice", "demo")} & set(plain)
