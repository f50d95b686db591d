"""A report's workbook tells numbers as the page does."""

import io
import zipfile

from data.exporters.report import Book, Column, Sheet, to_xlsx


def test_a_figure_has_the_digits_that_it_was_told_with() -> None:
    """Not the sixteen of its double; whole ones and large ones stand without decimals, small ones with one."""
    rows = [["a", 76.9, 2.0], ["b", 1234.5, 1.0], ["c", 0.1 + 0.2, 1.0]]
    sheet = Sheet("s", "Luvut", [Column("Nimi", "text"), Column("t/a", "amount"), Column("Synergioita")], rows)
    made = zipfile.ZipFile(io.BytesIO(to_xlsx(Book("Raportti", "", [sheet]), "Huom.")))
    cells = made.read("xl/worksheets/sheet1.xml").decode()
    assert [f"<v>{told}</v>" in cells for told in ("76.9", "1234.5", "0.3")] == [True] * 3
    styles = made.read("xl/styles.xml").decode()
    assert '"#,##0.0"' in styles
    assert "0.##" not in styles
