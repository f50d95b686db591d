"""What decisions have taught is kept, and the newest lesson counts."""

from sqlalchemy import Engine

from data import queries as reads
from data.queries import lessons as queries
from data.store import lessons


def test_the_newest_lesson_counts(engine: Engine) -> None:
    """Numbers come back to the last digit, what is unknown as nothing."""
    assert queries.newest(engine) is None
    lessons.add(engine, "Anna", {"n": 1})
    lessons.add(engine, "Anna", {"n": 2, "gain": 0.1 + 0.2, "worth": {"haul": 1 / 3}, "low": None})
    kept = queries.newest(engine)
    assert kept is not None
    assert kept[1] == {"n": 2, "gain": 0.1 + 0.2, "worth": {"haul": 1 / 3}, "low": None}
    assert "lesson" in reads._STAMP  # noqa: SLF001 - or pages would go on with yesterday's weights
