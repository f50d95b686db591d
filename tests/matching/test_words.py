from matching.words import TEXT_MAX, accentless, fold, function_words, squeeze


def test_folding_leaves_words_with_one_space_between() -> None:
    """Capitals, signs and line breaks say nothing about a material."""
    assert fold("  PP-rouhetta,\n 20 m³/h!") == "pp rouhetta 20 m3 h"


def test_a_novel_is_cut() -> None:
    """The length of a text can't slow everybody down."""
    assert len(fold("tuhkaa " * 10_000)) <= TEXT_MAX


def test_grades_of_a_finnish_word_begin_alike() -> None:
    """The double letter of a stem comes and goes; PP at the start of a word is a name."""
    assert squeeze("pelletin") == squeeze("pelletti")[:-1] + "in"
    assert squeeze("pp rouhe") == "pp rouhe"


def test_a_word_can_be_written_without_accents() -> None:
    """As on a keyboard that has none."""
    assert accentless("sähköromu på") == "sahkoromu pa"


def test_function_words_are_given_for_each_language() -> None:
    """They tell languages apart, so the common ones are there."""
    assert {language: len(words) > 30 for language, words in function_words().items()} == dict.fromkeys(
        ("fi", "sv", "en"), True
    )
    assert "ja" in function_words()["fi"]
