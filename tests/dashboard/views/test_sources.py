from datetime import UTC, date, datetime

import pandas as pd

from config.settings import ROOT
from dashboard.views import sources

WHEN = datetime(2026, 11, 22, 12, 31, tzinfo=UTC)


def test_every_table_and_layer_is_told_once() -> None:
    """Those of the map in one part and the others in another, each with publisher, date and licence."""
    loaded = pd.DataFrame({"key": ["region"], "file": ["regions.csv"], "rows": [19], "loaded_at": [WHEN]})
    plain = sources.tables(loaded, "fi", on_map=False)
    drawn = sources.tables(loaded, "sv", on_map=True)
    assert len(plain.rows) + len(drawn.rows) == len(sources.listing())
    assert all(all(row) for row in (*plain.rows, *drawn.rows))
    assert all(len(row) == len(plain.heads) for row in (*plain.rows, *drawn.rows))
    regions = next(row for row in plain.rows if row[0].startswith("Maakunnat 2026"))
    assert regions[-1] == "22.11.2026 klo 14.31"


def test_every_file_that_is_told_of_is_there() -> None:
    """The page names nothing that the program does not have."""
    missing = [one["file"] for one in sources.listing() if not (ROOT / one["file"]).exists()]
    assert missing == []


def test_documents_say_what_is_invented_and_what_came_by_hand() -> None:
    """A document without a name was typed in."""
    found = pd.DataFrame(
        {
            "channel": ["register", "other", "visit"],
            "document": ["PRTR", "", ""],
            "demo": [False, True, False],
            "organisations": [1200, 1, 1],
            "sites": [1, 1, 1],
            "resources": [1, 1, 1],
            "oldest": [date(2023, 1, 1), None, None],
            "newest": [date(2024, 1, 1), None, None],
        }
    )
    told = sources.documents(found, "fi").rows
    assert told[0] == ("viranomaisrekisteri", "PRTR", "1\u00a0200", "1", "1", "1.1.2023–1.1.2024")
    assert [row[1] for row in told[1:]] == ["Esimerkkiaineisto", "käsin kirjattu"]


def test_the_sentence_says_how_much_is_invented() -> None:
    """All, some or none of it."""
    said = [
        sources.sentence({"organisations": (7, demo), "sites": (9, 0), "resources": (1, 0)}, "fi") for demo in (0, 2, 7)
    ]
    assert "eksittyjä" not in said[0]
    assert "Keksittyjä: <b>2\u00a0yritystä</b>" in said[1]
    assert "kaikki keksittyjä" in said[2]


def test_an_import_says_what_came_of_its_rows() -> None:
    """Who, when and how many; an importer of another version goes by its own name."""
    found = pd.DataFrame(
        [
            {
                "id": 3,
                "importer": importer,
                "file_name": "<b>.csv",
                "channel": "survey",
                "started_at": WHEN,
                "finished_at": None,
                "imported_by": None,
                "read": 1,
                "created": 0,
                "updated": 0,
                "unchanged": 0,
                "rejected": 1,
                "problems": 1,
            }
            for importer in ("table", "novel")
        ]
    )
    first, second = sources.imports(found, "en")
    assert first.line == "table · survey · 22 Nov 2026 14:31 · unknown"
    assert first.counts == "Read 1\u00a0row: new 0, updated 0, unchanged 0, rejected 1"
    assert second.line.startswith("novel · ")


def test_problems_become_rows_with_every_key_as_a_column() -> None:
    """Whatever keys a problem has, and lists as text."""
    told = sources.problems([{"row": 2, "value": "=1+1"}, {"row": 3, "alternatives": ["a", "b"]}])
    assert list(told.columns) == ["row", "value", "alternatives"]
    assert told.loc[1, "alternatives"] == "a, b"
    assert sources.problems([]).empty
