import pytest

from dashboard import legends
from dashboard.palette import LIGHT


def test_words_are_escaped() -> None:
    """A legend is our own HTML."""
    parts = [
        legends.title("<b>"),
        legends.thin("<b>"),
        legends.line("#000000", 2, "<b>"),
        legends.dot("#000000", "<b>"),
        legends.ring("#000000", "<b>", LIGHT),
    ]
    assert all("<b>" not in part and "&lt;b&gt;" in part for part in parts)


@pytest.mark.parametrize(("limits", "boxes", "last"), [((), 1, "<span>0</span>"), ((1.0, 2.0), 3, "<span>2+</span>")])
def test_a_scale_has_a_box_a_class(limits: tuple[float, ...], boxes: int, last: str) -> None:
    """One more than there are limits, the last one open."""
    drawn = legends.scale(LIGHT.amount, limits, "fi")
    assert drawn.count("<i ") == boxes
    assert drawn.endswith(f"{last}</div>")


def test_large_sums_are_told_in_thousands() -> None:
    """The unit in the title changes with the figures; counts stay as they are."""
    title, limits = legends.scaled("Tarjolla, t/a", (10_000.0, 20_000.0), "fi")
    assert (title, limits) == ("Tarjolla, 1\u00a0000\u00a0t/a", (10.0, 20.0))
    assert legends.scaled("Synergioita", (10_000.0,), "fi") == ("Synergioita", (10_000.0,))
