"""What coordinators teach the matcher is kept, once, and can be taken back."""

import pytest
from sqlalchemy import Engine

from config.errors import StaleEdit, StoreProblem
from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import terms as queries
from data.store import edit, terms


def test_a_word_is_taught_once_in_a_language(engine: Engine) -> None:
    """The same word can't mean two things; whoever tries is told how to go on."""
    terms.add(engine, "Anna", "ash", "fi", "  keko   tuhka ")
    found = queries.taught(engine)[["concept", "language", "word", "created_by"]]
    assert found.iloc[0].tolist() == ["ash", "fi", "keko tuhka", "Anna"]
    with pytest.raises(StoreProblem, match="uq_concept_term_language_word"):
        terms.add(engine, "Anna", "sludge", "fi", "Keko Tuhka")
    terms.add(engine, "Anna", "ash", "sv", "keko tuhka")


def test_a_word_is_taken_back_and_taught_again(engine: Engine) -> None:
    """Undo brings it back as it was; what is gone can't be taken back twice."""
    one = terms.add(engine, "Anna", "ash", "fi", "kekotuhka")
    terms.forget(engine, "Anna", one)
    assert "kekotuhka" not in set(queries.taught(engine)["word"])
    with pytest.raises(StoreProblem):
        terms.forget(engine, "Anna", one)
    terms.restore(engine, "Anna", one)
    assert "kekotuhka" in set(queries.taught(engine)["word"])


@pytest.mark.parametrize(("language", "word"), [("fi", "  "), ("fi", "x" * 101), ("de", "Asche")])
def test_what_is_no_word_is_refused(engine: Engine, language: str, word: str) -> None:
    """An empty word would match everything."""
    with pytest.raises(StoreProblem):
        terms.add(engine, "Anna", "ash", language, word)  # type: ignore[arg-type]


def test_tags_are_corrected_and_a_stale_correction_is_told(engine: Engine) -> None:
    """The second of two who correct the same resource overwrites nothing."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", easting_m=536_400.0, northing_m=7_122_500.0))
    resource = Resource(direction=Direction.HAVE, type=ResourceType.MATERIAL, title="100 % harmaata")
    row = edit.add_resource(engine, "Anna", site.id, resource)
    terms.correct(engine, "Anna", row.id, row.version, ["ash", "ash"])
    found = queries.tagged(engine, "100 % HARM", 5)
    assert found["concepts"].tolist() == [["ash"]]
    assert found["version"].tolist() == [row.version + 1]
    with pytest.raises(StaleEdit):
        terms.correct(engine, "Bertta", row.id, row.version, ["sludge"])
    assert queries.tagged(engine, "", 5)["concepts"].tolist() == [["ash"]]
