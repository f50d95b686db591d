"""The table of concepts, held against itself and against the list of waste."""

import csv
from collections import Counter

import pytest

from config.settings import ROOT
from matching import concepts
from matching.concepts import Concept
from matching.lexicon import FAINT
from matching.words import fold, function_words

TABLE = concepts.load().concepts
LANGUAGES = ("fi", "sv", "en")
KINDS = (
    "material",
    "energy",
    "water",
    "use",
    "service",
    "capacity",
    "storage",
    "logistics",
    "expertise",
    "property",
)
# Words that one language uses for several things: what else a text names decides.
HOMONYMS = {
    "fi": {"kuori", "laiva", "tila", "trukki", "täyte"},
    "sv": {"fyllning", "gård", "skal", "trumma"},
    "en": {"concrete", "filling", "pet", "shell", "ship"},
}


def test_the_table_is_sorted_and_each_id_stands_once() -> None:
    """By kind and id, so that two people who add rows meet in one place."""
    with concepts.TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [(KINDS.index(row["kind"]), row["id"]) for row in csv.DictReader(lines)]
    assert rows == sorted(set(rows))
    assert len(rows) >= 450


@pytest.mark.parametrize("concept", TABLE.values(), ids=TABLE)
def test_a_row_is_whole(concept: Concept) -> None:
    """Words in three languages, a source, and references that lead somewhere."""
    assert all(concept.terms[language] for language in LANGUAGES)
    assert concept.source
    assert set(concept.broader) <= set(TABLE) - {concept.id}
    assert all(TABLE[use].kind == "use" for use in (*concept.good_for, *concept.made_by))
    for language in LANGUAGES:
        words = [fold(word) for word in concept.terms[language]]
        assert len(words) == len(set(words))
        assert all(words)


def test_wider_concepts_never_come_back_to_where_they_began() -> None:
    """Broader terms make no circle."""

    def above(one: str, below: tuple[str, ...] = ()) -> None:
        assert one not in below
        for wider in TABLE[one].broader:
            above(wider, (*below, one))

    for one in TABLE:
        above(one)


def test_waste_codes_are_of_the_list() -> None:
    """The list of waste as the project ships it."""
    with (ROOT / "data" / "reference" / "ewc.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    assert {code for concept in TABLE.values() for code in concept.ewc} <= codes


def test_lines_of_business_are_divisions() -> None:
    """Two digits of TOL 2008."""
    with (ROOT / "data" / "reference" / "tol2008.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    assert {code for concept in TABLE.values() for code in concept.tol} <= codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_means_one_thing_unless_it_is_a_known_homonym(language: str) -> None:
    """Else nobody could say why a listing was understood as it was."""
    meanings = Counter(fold(word) for concept in TABLE.values() for word in concept.terms[language])
    assert {word for word, times in meanings.items() if times > 1} <= HOMONYMS[language]


@pytest.mark.parametrize(
    "word",
    ["jäte", "käytetty", "ylijäämä", "sivuvirta", "materiaali", "avfall", "överskott", "waste", "used", "surplus"],
)
def test_generic_words_carry_no_weight(word: str) -> None:
    """They stand in every other listing."""
    assert all(concepts.load().tags(word, language) == {} for language in LANGUAGES)


def test_no_term_is_a_word_that_only_holds_sentences_together() -> None:
    """And, for, from."""
    bound = set().union(*function_words().values())
    weighty = [concept for concept in TABLE.values() if not concept.stop]
    assert not {word for concept in weighty for words in concept.terms.values() for word in words} & bound


def test_only_single_words_are_marked_as_faint() -> None:
    """Beside a second word it is clear what they mean."""
    marked = [
        word for one in TABLE.values() for words in one.parted.values() for word in words if word.startswith(FAINT)
    ]
    assert len(marked) > 100
    assert not [word for word in marked if " " in word]
