import re

import pytest

from dashboard.literal import JOINER, literal, tooltip

PUNCTUATION = set("\\`*_{}[]()<>#+-.!|~$&\"'/=^")


@pytest.mark.parametrize(
    "words",
    [
        "Tuhka Oy",
        "<b>x</b> & 'y'",
        "**b** _i_ ~~s~~ `k` # h",
        "1. eka",
        "- lista",
        "$x^2$ \\(y\\)",
        "[l](http://e.fi) www.e.fi a@b.fi",
        ":tada: :material/home: :red[x]",
        "a -> b <- c -- d >= e",
        "{name}",
    ],
)
def test_only_joiners_and_backslashes_are_added(words: str) -> None:
    """What is shown is what was written: every sign that Markdown reads stands behind a backslash."""
    made = literal(words)
    assert re.sub(r"\\(.)", r"\1", made).replace(JOINER, "") == words
    bare = re.sub(r"\\.", "", made)
    assert not PUNCTUATION & set(bare)


def test_signs_that_are_joined_after_markdown_are_parted() -> None:
    """Emoji, icons, links and arrows are found in the text that Markdown leaves."""
    plain = re.sub(r"\\(.)", r"\1", literal(":tada: www.e.fi http://e.fi a@b.fi x -> y"))
    for found in (":tada:", "www.", "://", "@b", "->"):
        assert found not in plain


def test_lines_become_one() -> None:
    """A label has one line."""
    assert literal("a\n\n# b") == "a \\# b"


def test_a_field_of_a_tooltip_names_no_other_field() -> None:
    """The map puts values into {name}: a value must not ask for one."""
    assert "{name}" not in tooltip("a {name} b")
    assert tooltip("a {name} b").replace(JOINER, "") == "a {name} b"
