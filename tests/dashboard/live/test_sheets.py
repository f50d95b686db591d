from io import BytesIO
from pathlib import Path

import httpx
import pytest
from python_calamine import CalamineWorkbook

from config.texts import LANGUAGES, Language
from dashboard.live import carry, sheets
from data import exporters
from data.importers import Options
from data.importers.columns import understand
from data.queries import events as queries
from data.viewer import viewing
from tests.dashboard.live.conftest import MAIJA, Room, identity

SHEET = """Yritys;Kunta;Tarjolla/tarvitaan;Laji;Otsikko;Määrä;Yksikkö
Paperi Oy;Kajaani;tarjolla;sivuvirta;Kuitulietettä;1 500;t
Multa Oy;Oulu;tarvitaan;sivuvirta;Kuitulietettä mullan raaka-aineeksi;900;t
;Oulu;tarjolla;sivuvirta;Nimetön rivi;1;t
"""


def test_a_paper_form_comes_into_the_event_once(room: Room, tmp_path: Path) -> None:
    """Its sound rows stand on the screen like all else; the faulty one is named."""
    file = tmp_path / "pöytä.csv"
    file.write_text(SHEET, encoding="utf-8")
    with viewing(MAIJA):
        report, new = sheets.take(room.engine, room.event_id, 6, file, Options())
        carry.finish(room.engine, room.event_id)
        again = sheets.take(room.engine, room.event_id, 6, file, Options())[1]
        shown = [card["status"] for card in queries.cards(room.engine, room.event_id)]
    assert (new, again, report.rejected, shown) == (2, 0, 1, ["shown", "shown"])
    frame = room.frame(lambda one: one["newest"])
    assert frame["newest"]["have"]["place"] == "Kajaani"
    assert frame["figures"]["tonnes"] == "900"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_sheet_asks_what_a_telephone_asks(language: Language) -> None:
    """Its headings are those that the import understands, and no others."""
    book = CalamineWorkbook.from_filelike(BytesIO(exporters.template(language, sheets.COLUMNS)))
    headings = book.get_sheet_by_index(0).to_python()[0]
    assert [understand(str(heading))[0] for heading in headings] == list(sheets.COLUMNS)


def test_the_screen_goes_back_in_time(room: Room) -> None:
    """A frame of an earlier moment holds what had come by then."""
    for title in ("Lasimurskaa", "Kumirouhetta"):
        room.card(str(identity(room.send(title))))
    address = f"{room.address}/screen/events?t={room.token}&at=2"
    past = httpx.get(address, timeout=30).text
    assert "Lasimurskaa" in past
    assert "Kumirouhetta" not in past
