import pytest

from matching import concepts
from matching.words import fold


def tags(text: str, language: str) -> set[str]:
    """Give the concepts of a text without the generic ones."""
    taxonomy = concepts.load()
    return {one for one in taxonomy.tags(fold(text), language) if not taxonomy.concepts[one].stop}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Voimalaitoksen lentotuhkaa", "fi", "fly_ash"),
        ("Flygaska från värmeverk", "sv", "fly_ash"),
        ("Fly ash from a heating plant", "en", "fly_ash"),
        ("Polttoainepelletteihin", "fi", "pellets"),
        ("PP-rouhetta", "fi", "polypropylene"),
    ],
)
def test_a_material_is_the_same_in_three_languages(text: str, language: str, expected: str) -> None:
    """Inflected, inside a compound or as an abbreviation."""
    assert expected in tags(text, language)


def test_the_longest_term_wins() -> None:
    """Lentotuhka is fly ash, and not ash that flies."""
    assert "ash" not in tags("lentotuhkaa", "fi")


@pytest.mark.parametrize(
    ("text", "language", "not_expected"), [("kuorma-autoja", "fi", "bark"), ("pprice", "en", "polypropylene")]
)
def test_words_that_only_begin_alike_are_told_apart(text: str, language: str, not_expected: str) -> None:
    """A load is no bark."""
    assert not_expected not in tags(text, language)


def test_a_wrong_language_tag_costs_little() -> None:
    """Where the stated language finds nothing, the others are tried."""
    assert "fly_ash" in tags("Flygaska", "fi")


def test_an_empty_text_has_no_concepts() -> None:
    """Nothing named, nothing guessed."""
    assert tags("", "fi") == set()


def test_every_concept_that_another_names_is_there() -> None:
    """Broader terms and uses point at rows of the table, so that no tag is lost on the way."""
    table = concepts.load().concepts
    named = {one for concept in table.values() for one in (*concept.broader, *concept.good_for)}
    assert named <= set(table)
