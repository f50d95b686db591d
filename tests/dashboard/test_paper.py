"""Reports on paper hold what they were told, literally."""

import re

import pytest
from reportlab.graphics.shapes import Drawing, String
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from config.texts import LANGUAGES, Language
from dashboard import paper
from dashboard.paper import Paper, label_beside


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_a_pdf_of_its_pages(language: Language) -> None:
    """Table, bars and hostile text stand on as many pages as they need."""
    paper = Paper("Vuosiraportti <b>2026</b>", language, demo=True, sources="Lähde: \u20ac & CO₂e")
    paper.heading("Hyödyt")
    paper.sentence("Ei <script>merkintää</script> & muuta")
    paper.table(["Mittari", "t/a"], [[f"Rivi {n} → CO₂e", str(n)] for n in range(60)], shares=(3, 1))
    paper.bars("Kanavat", ["Työpaja", "Kysely"], [3.0, 0.0], "t")
    written = paper.finish()
    assert written.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", written)) == 2


def test_a_chart_of_nothing_is_left_out() -> None:
    """No bars and only zeros break nothing."""
    paper = Paper("Tyhjä", "fi")
    paper.bars("Ei mitään", [], [])
    paper.bars("Nollia", ["a"], [0.0])
    assert b"%%EOF" in paper.finish()


def test_a_sign_that_the_type_lacks_is_told_by_its_name() -> None:
    """An emoji is no blank box; what only changes another sign goes, and a foreign letter shows that one is there."""
    Paper("Kooste", "fi")
    assert paper.named("Puuta 🪵 ja äöå ß ≈ €") == "Puuta [wood] ja äöå ß ≈ €"
    assert paper.named("👩🏽‍🌾") == "[woman][ear of rice]"
    assert paper.named("Ж ș") == "? s"


@pytest.mark.parametrize("rows", [3, 30])
def test_a_heading_and_a_table_hold_together(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Wherever on the page it begins: the heading is with the first rows, and no row is left alone at an end."""
    drawn: dict[str, int] = {}
    draw = Paragraph.drawOn

    def note(cell: Paragraph, canvas: Canvas, *where: float, **more: object) -> None:
        drawn[cell.getPlainText()] = canvas.getPageNumber()
        draw(cell, canvas, *where, **more)

    monkeypatch.setattr(Paragraph, "drawOn", note)
    broken = 0
    for before in range(28, 44):
        drawn.clear()
        paper = Paper("Raportti", "fi")
        for line in range(before):
            paper.sentence(f"Lause {line}")
        paper.heading("Osa")
        paper.table(["Nimi", "t/a"], [[f"Rivi {line}", f"{line} t"] for line in range(rows)])
        paper.finish()
        pages = [drawn[f"Rivi {line}"] for line in range(rows)]
        assert drawn["Osa"] == pages[0] == pages[2], before
        assert pages[-1] == pages[-2], before
        broken += pages[0] != pages[-1]
    assert bool(broken) == (rows > 3)


def test_a_long_label_of_a_bar_is_not_cut() -> None:
    """It takes two lines, smaller ones where it must."""
    label = "Säästetyt neitseelliset raaka-aineet, tonnia vuodessa, kaikki maakunnat yhteensä"
    drawing = Drawing(400, 40)
    label_beside(drawing, 170, 20, label)
    written = [one for one in drawing.contents if isinstance(one, String)]
    assert " ".join(one.text for one in written) == label
    assert len(written) == 2
