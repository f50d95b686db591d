import pytest

from matching import forms


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("sv", "flaska", "flaskorna"),
        ("sv", "pall", "pallarna"),
        ("sv", "cylinder", "cylindrar"),
        ("sv", "lim", "limmet"),
        ("en", "pallet", "pallets"),
        ("en", "battery", "batteries"),
        ("en", "brush", "brushes"),
        ("en", "shelf", "shelves"),
        ("fi", "kela", "keloja"),
    ],
)
def test_forms_lead_back_to_their_word(language: str, word: str, form: str) -> None:
    """In all three languages."""
    found = [stem for stem in forms.stems(word, language) if form.startswith(stem)]
    assert any(forms.is_ending(form[len(stem) :], language) for stem in found)


@pytest.mark.parametrize(
    ("language", "word", "opening"),
    [
        ("fi", "muovi", "muovi"),
        ("fi", "kahvi", "kahvin"),
        ("fi", "hevonen", "hevosen"),
        ("fi", "lauta", "laudan"),
        ("sv", "avfall", "avfalls"),
        ("sv", "flaska", "flask"),
        ("en", "wood", "wood"),
    ],
)
def test_a_word_opens_a_compound_in_its_own_form(language: str, word: str, opening: str) -> None:
    """Nominative or genitive in Finnish, a linking letter in Swedish."""
    assert opening in forms.links(word, language)


def test_both_spellings_of_english_are_known() -> None:
    """Britain's and America's."""
    assert {"fibre sludge", "fiber sludge"} <= forms.spellings("fibre sludge")
    assert "aluminum can" in forms.spellings("aluminium can")
