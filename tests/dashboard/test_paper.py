"""Reports on paper hold what they were told, literally."""

import re

import pytest

from config.texts import LANGUAGES, Language
from dashboard import paper
from dashboard.paper import Paper


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
