"""What decisions have taught the matcher of this installation: learned by a refresh, used by every ranking."""

from datetime import datetime

from sqlalchemy import Engine

from data.queries import decisions
from data.queries import lessons as queries
from data.store import lessons as store
from matching import lessons
from matching.index import MatchIndex
from matching.learning import Lesson
from matching.pairs import Hauls
from matching.weights import Weights


def newest(engine: Engine) -> tuple[datetime, Lesson] | None:
    """Give the lesson that counts and when it was learned; None before the first."""
    kept = queries.newest(engine)
    return None if kept is None else (kept[0], lessons.of_json(kept[1]))


def weights(engine: Engine) -> Weights:
    """Give the weights that every ranking uses: the learned ones where they are surely better."""
    kept = newest(engine)
    return lessons.weights(kept[1] if kept else None)


def learn(engine: Engine, user: str, index: MatchIndex, hauls: Hauls) -> Lesson:
    """Learn from all that has been decided, and keep it."""
    lesson = lessons.learn(index, decisions.proposed(engine), hauls)
    store.add(engine, user, lessons.as_json(lesson))
    return lesson
