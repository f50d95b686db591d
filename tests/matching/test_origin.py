import pytest

from matching import origin


@pytest.mark.parametrize(
    ("text", "language", "what", "rest"),
    [
        ("Steam from flash smelting boilers", "en", "Steam", "from flash smelting boilers"),
        ("Grate ash from a heating plant, mixed with sand", "en", "Grate ash, mixed with sand", "from a heating plant"),
        ("Returbröd från bageri, 3 ton i veckan", "sv", "Returbröd, 3 ton i veckan", "från bageri"),
        ("Kuorta sahan kuorimolta, männyn", "fi", "Kuorta, männyn", "sahan kuorimolta"),
        ("Betonimursketta purkukohteesta", "fi", "Betonimursketta", "purkukohteesta"),
        ("Mill scale, oil-free", "en", "Mill scale, oil-free", ""),
    ],
)
def test_where_it_comes_from_is_told_apart(text: str, language: str, what: str, rest: str) -> None:
    """By the small words of English and Swedish, and the endings of Finnish."""
    assert origin.part(text, language) == (what, rest)


@pytest.mark.parametrize(
    ("text", "language"), [("", "fi"), ("of", "en"), ("Kumista", "fi"), ("Лом of", "ru"), ("of a", "")]
)
def test_a_text_is_never_emptied(text: str, language: str) -> None:
    """What is nothing but an origin, or in a language that nobody knows, stays as it is."""
    assert origin.part(text, language) == (text, "")
