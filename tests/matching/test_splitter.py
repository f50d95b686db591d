import pytest

from matching import concepts, splitter
from matching.lexicon import Words
from matching.splitter import COMPOUND, EXACT, INFLECTED, PARTLY


@pytest.fixture(scope="module")
def finnish() -> Words:
    """Give the Finnish words of the whole table."""
    return concepts.load().tagger.words["fi"]


def parts(words: Words, word: str) -> list[str]:
    """Give the first meaning of each part."""
    reading = splitter.read(words, word)
    return [piece.words[0] for piece in reading.pieces] if reading else []


@pytest.mark.parametrize(
    ("word", "expected", "quality"),
    [
        ("lentotuhka", ["lentotuhka"], EXACT),
        ("lentotuhkaa", ["lentotuhka"], INFLECTED),
        ("kipsisäkkejä", ["kipsi", "säkki"], COMPOUND),
        ("kylmävarastotilaa", ["kylmävarasto", "tila"], COMPOUND),
        ("lentotuhkakuorma", ["lentotuhka", "kuorma"], COMPOUND),
    ],
)
def test_a_word_is_taken_apart_by_the_table(finnish: Words, word: str, expected: list[str], quality: int) -> None:
    """Long parts before short ones: the table's own compounds stay whole."""
    assert parts(finnish, word) == expected
    reading = splitter.read(finnish, word)
    assert reading is not None
    assert reading.quality == quality


def test_a_half_understood_word_says_so(finnish: Words) -> None:
    """An unknown beginning or end makes a reading partial."""
    beginning, end = (splitter.read(finnish, word) for word in ("xyzbetoni", "betonixyzw"))
    assert beginning is not None
    assert end is not None
    assert (beginning.quality, beginning.headed) == (PARTLY, True)
    assert (end.quality, end.headed) == (PARTLY, False)


def test_missing_accents_are_no_obstacle(finnish: Words) -> None:
    """Sahkoromu is sähköromu."""
    assert parts(finnish, "sahkoromu") == ["sähköromu"]


def test_a_slip_is_looked_for_in_long_words_only(finnish: Words) -> None:
    """In a short word another letter makes another word."""
    assert splitter.slipped(finnish, "lentotukha") is not None
    assert splitter.slipped(finnish, "tukha") is None


def test_an_english_compound_may_be_written_as_one(finnish: Words) -> None:
    """Both halves must be words of the table."""
    english = concepts.load().tagger.words["en"]
    assert parts(english, "steelplates") != []
    assert parts(english, "carpetbag") == []
    assert finnish.language == "fi"


@pytest.mark.parametrize(("word", "chance"), [("monomeeriksi", "rikki"), ("fosforikuormitukseen", "tukki")])
def test_the_end_of_a_word_is_no_chance_likeness(finnish: Words, word: str, chance: str) -> None:
    """Behind an unknown beginning only a stem of four letters and more tells a part from an ending."""
    assert chance not in parts(finnish, word)


def test_another_letter_makes_another_word_of_a_short_stem(finnish: Words) -> None:
    """What is salted is no salad, while another letter is a slip in a long word."""
    assert splitter.slipped(concepts.load().tagger.words["sv"], "saltade") is None
    assert splitter.slipped(finnish, "lentotuhks") is not None
