import pytest

from config import texts


@pytest.mark.parametrize(
    ("tag", "language"), [("sv-FI", "sv"), ("en_GB", "en"), ("de", "fi"), (None, "fi"), ("", "fi")]
)
def test_language_of_a_locale_tag(tag: str | None, language: str) -> None:
    """A browser's locale picks one of our three languages, Finnish where it is another."""
    assert texts.language_of(tag) == language


def test_values_fill_the_placeholders() -> None:
    """A text is filled in with what it is given."""
    assert "SYNERGIA_PORT" in texts.text("settings.invalid", "en", name="SYNERGIA_PORT", reason="too large")


@pytest.mark.parametrize(("number", "form"), [(0, "yritystä"), (1, "yritys"), (7, "yritystä")])
def test_count_words_follow_the_number(number: int, form: str) -> None:
    """Finnish takes the partitive after every number but one."""
    assert texts.count("organisation", number, "fi") == form
