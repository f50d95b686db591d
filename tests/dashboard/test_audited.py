"""Files that leave the store from a page."""

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

PAGE = """
from dashboard import audited
made = audited.file("Vuosiraportti 2025 (PDF)", {rows}, lambda: {content!r})
if {taken}:
    made()
"""


@pytest.mark.usefixtures("open_page")
@pytest.mark.parametrize(("rows", "content", "counted"), [(12, b"%PDF", 12), (None, b"a\n1\n2\n", 2)])
def test_a_file_stands_in_the_audit_once_it_is_taken(
    engine: Engine, rows: int | None, content: bytes, counted: int
) -> None:
    """Not when its button is drawn: with what, how many rows, and by whom; the lines of a CSV file are counted."""
    asked = text("SELECT kind, subject, rows, person FROM audit ORDER BY id")
    for taken in (False, True):
        with engine.connect() as connection:
            before = len(connection.execute(asked).all())
        script = PAGE.format(rows=rows, content=content, taken=taken)
        app = AppTest.from_string(script, default_timeout=120)
        app.session_state["account_name"] = "Anna"
        assert not app.run().exception
        with engine.connect() as connection:
            new = [tuple(one) for one in connection.execute(asked).all()[before:]]
        assert new == ([("exported", "Vuosiraportti 2025 (PDF)", counted, "Anna")] if taken else [])
