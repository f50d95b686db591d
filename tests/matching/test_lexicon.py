import pytest

from matching.lexicon import Words, build, near, one_slip

TERMS = [
    ("fly_ash", "fi", "lento+tuhka"),
    ("treated_wood", "fi", "kyllästetty puu"),
    ("pvc", "fi", "PVC"),
    ("fibre_sludge", "en", "fibre sludge"),
]


@pytest.fixture
def words() -> Words:
    """Give the Finnish words of a few terms."""
    return build(TERMS)["fi"]


def test_a_word_is_found_in_its_forms(words: Words) -> None:
    """And an abbreviation only as it is."""
    assert words.whole("lentotuhkaa") == ("lentotuhka",)
    assert words.whole("pvc") == ("pvc",)
    assert words.whole("pvcta") == ()


def test_a_word_of_a_longer_term_does_not_hide_a_shorter_one() -> None:
    """Haketta is chips, though it also stands in a term of two words."""
    words = build([("wood_chips", "fi", "hake"), ("fuel", "fi", "haketta kattilaan")])["fi"]
    assert words.whole("haketta") == ("hake",)
    assert set(words.bases("haketta")) == {"hake", "haketta"}


def test_parts_of_a_compound_are_words_too(words: Words) -> None:
    """They help to take other compounds apart, and mean nothing by themselves."""
    assert words.whole("tuhkan") == ("tuhka",)
    assert ("tuhka",) not in words.terms
    assert words.heads["lentotuhka"] == "tuhka"


def test_a_term_of_several_words_is_opened_by_its_first(words: Words) -> None:
    """So that a text is searched once."""
    assert words.opening["kyllästetty"] == (("kyllästetty", "puu"),)


def test_a_slip_of_the_finger_is_near(words: Words) -> None:
    """Two letters changed, one left out, one too many."""
    for slip in ("lentotukha", "lentothka", "lenttotuhka"):
        assert "lentotuhka" in {words.stems[stem][0] for stem, _ in near(words, slip)}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("tuhka", "tukha", True),
        ("tuhka", "tuhk", True),
        ("tuhka", "tuhkka", True),
        ("tuhka", "tulka", True),
        ("tuhka", "tuhka", True),
        ("tuhka", "turve", False),
        ("tuhka", "tuh", False),
    ],
)
def test_slips_are_counted(first: str, second: str, *, expected: bool) -> None:
    """One letter, not two."""
    assert one_slip(first, second) is expected


def test_terms_in_two_spellings_are_one(words: Words) -> None:
    """English as in Britain and in America."""
    english = build(TERMS)["en"]
    assert english.terms[("fiber", "sludge")] == english.terms[("fibre", "sludge")] == ("fibre_sludge",)
    assert words.language == "fi"
