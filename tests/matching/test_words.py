from matching.words import TEXT_MAX, fold, goes_on, squeeze, stem


def test_folding_leaves_words_with_one_space_between() -> None:
    """Capitals, signs and line breaks say nothing about a material."""
    assert fold("  PP-rouhetta,\n 20 m³/h!") == "pp rouhetta 20 m3 h"


def test_a_novel_is_cut() -> None:
    """The length of a text can't slow everybody down."""
    assert len(fold("tuhkaa " * 10_000)) <= TEXT_MAX


def test_grades_of_a_finnish_word_begin_alike() -> None:
    """Pelletti, pelletin: the double letter of the stem comes and goes; PP at the start of a word is a name."""
    assert squeeze("pelletin").startswith(stem("pelletti", "fi"))
    assert squeeze("pp rouhe") == "pp rouhe"


def test_a_short_term_is_left_whole() -> None:
    """What is left of a short word after cutting would be found everywhere."""
    assert stem("puu", "fi") == "puu"
    assert stem("ash", "en") == "ash"


def test_a_stem_goes_on_only_as_its_word_can() -> None:
    """Kuoren and kuoria are bark, kuorma is a load."""
    assert goes_on("kuori", "kuor", "fi", "e")
    assert not goes_on("kuori", "kuor", "fi", "m")
