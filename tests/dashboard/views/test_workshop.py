"""What the facilitator reads of a card."""

from dashboard.views import workshop as view

TOLD = {"title": "Tuhkaa \u202eoikealta", "quantity": "1200", "unit": "t", "place": "240", "company": "Kuitu Oy"}


def test_marks_of_direction_end_with_the_words_they_came_in() -> None:
    """The amount beside a title that turns round stays as it is."""
    assert view.card_line({"told": TOLD}, "fi") == "\u2068Tuhkaa \u202eoikealta\u2069 · 1200 t · Kemi"


def test_a_unit_without_an_amount_is_not_said() -> None:
    """Purua in Kemi, and not of t."""
    assert view.card_line({"told": {**TOLD, "title": "Purua", "quantity": ""}}, "fi") == "Purua · Kemi"


def test_an_entry_is_found_by_its_words() -> None:
    """By title, place and company, whatever stands around the title."""
    card = {"told": TOLD, "kind": "resource"}
    assert view.sought([card], "kuitu", "fi") == [card]
    assert view.sought([card], "tuhkaa", "fi") == [card]
    assert view.sought([card], "hake", "fi") == []


def test_an_amount_says_what_it_is_of() -> None:
    """A flow is told a year, and cubic metres as people write them."""
    told = {**TOLD, "title": "Lietettä", "unit": "m3", "continuity": "continuous"}
    assert view.card_line({"told": told}, "fi") == "Lietettä · 1200 m³/a · Kemi"


def test_an_amount_that_its_table_confirmed_is_looked_at_once() -> None:
    """The facilitator says that it is right, and it is no longer asked about."""
    told = {**TOLD, "direction": "have", "type": "material", "sure": True}
    card = {"id": 1, "kind": "resource", "status": "shown", "remark": "", "table_number": 2, "told": told}
    assert [one.kind for one in view.checks([card])] == ["large"]
    assert view.checks([{**card, "remark": "kept"}]) == []
