from datetime import date

import pytest

from config import texts
from data.model import Basis, Direction, Resource, ResourceType
from data.rules import resource
from data.rules.checked import Checked

BASE = {"direction": "have", "type": "waste", "title": "Puutuhka"}


def check(**more: object) -> Checked[Resource]:
    """Check a resource that is right but for what is given."""
    return resource.check({**BASE, **more})


def rules(checked: Checked[Resource], field: str) -> list[str]:
    """Name the rules that a field breaks, without their group."""
    return [fault.rule.partition(".")[2] for fault in checked.faults.get(field, ())]


def test_a_title_is_enough() -> None:
    """All else may come later."""
    checked = check()
    assert checked.faults == {}
    assert checked.value == Resource(direction=Direction.HAVE, type=ResourceType.WASTE, title="Puutuhka")


@pytest.mark.parametrize("title", ["", "   ", "\u200b"])
def test_a_resource_without_a_title_is_refused(title: str) -> None:
    """Blanks and what can't be seen are no title."""
    checked = check(title=title)
    assert checked.value is None
    assert rules(checked, "title") == ["title_missing"]


@pytest.mark.parametrize(
    ("typed", "unit", "low", "high", "kept"),
    [
        ("20", "t", 20, 20, "t"),
        ("n. 20 t", "", 20, 20, "t"),
        ("5–10", "t", 5, 10, "t"),
        ("<5 t", "", 0, 5, "t"),
        ("1 200,5 t/a", "t", 1200.5, 1200.5, "t"),
        ("10 t/kk", "", 120, 120, "t"),
        ("0", "kpl", 0, 0, "kpl"),
    ],
)
def test_a_quantity_is_read_as_people_write_it(typed: str, unit: str, low: float, high: float, kept: str) -> None:
    """About, ranges, limits, a unit beside it, an amount a month."""
    value = check(quantity=typed, unit=unit).value
    assert value is not None
    assert (value.quantity_low, value.quantity_high, value.unit) == (low, high, kept)


@pytest.mark.parametrize(
    ("typed", "unit", "field", "rule"),
    [
        ("paljon", "t", "quantity", "quantity_unreadable"),
        ("-5", "t", "quantity", "quantity_negative"),
        ("1e308", "t", "quantity", "number_too_large"),
        (">5", "t", "quantity", "quantity_open"),
        ("10–5", "t", "quantity", "quantity_order"),
        ("2.5.2026", "t", "quantity", "number_became_date"),
        ("1,234", "t", "quantity", "ambiguous_number"),
        ("60 000 000", "t", "quantity", "quantity_absurd"),
        ("20", "", "unit", "unit_missing"),
        ("20 kg", "t", "unit", "unit_differs"),
        ("20 sylillistä", "", "quantity", "unit_unknown"),
    ],
)
def test_a_quantity_that_cannot_be_read_is_refused_at_its_field(typed: str, unit: str, field: str, rule: str) -> None:
    """Never zero, never a guess."""
    checked = check(quantity=typed, unit=unit)
    assert checked.value is None
    assert rules(checked, field) == [rule]


def test_a_volume_becomes_tonnes_by_its_own_or_a_typical_density() -> None:
    """The figure says whether it is an estimate; without any density the row is saved without tonnes."""
    own = check(quantity="100", unit="m3", density="800").value
    typical = check(quantity="100", unit="m3", concepts=["sawdust"])
    none = check(quantity="100", unit="m3")
    assert own is not None
    assert (own.tonnes_high, own.tonnes_basis) == (80, Basis.DECLARED)
    assert typical.value is not None
    assert (typical.value.tonnes_high, typical.value.tonnes_basis) == (30, Basis.ESTIMATED)
    assert "density_typical" in rules(typical, "quantity")
    assert none.value is not None
    assert none.value.tonnes_high is None
    assert rules(none, "quantity") == ["unit_needs_density"]


@pytest.mark.parametrize(("density", "rule"), [("1", "density_range"), ("raskas", "not_a_number")])
def test_a_density_that_no_material_has_is_refused(density: str, rule: str) -> None:
    """Kilograms and tonnes a cubic metre are easily mixed up."""
    checked = check(quantity="100", unit="m3", density=density)
    assert (checked.value, rules(checked, "density")) == (None, [rule])


def test_a_waste_code_settles_the_hazard_where_nothing_is_said() -> None:
    """A code written with or without blanks, its star or not."""
    ash = check(ewc_code="10 01 04").value
    plain = check(ewc_code="100101").value
    assert ash is not None
    assert plain is not None
    assert (ash.ewc_code, ash.hazardous) == ("100104", True)
    assert (plain.ewc_code, plain.hazardous) == ("100101", False)


def test_a_hazard_that_does_not_fit_the_code_is_refused_with_the_mirror_entry() -> None:
    """The right entry is offered where there is one."""
    checked = check(ewc_code="10 01 14*", hazardous="no")
    assert checked.value is None
    fault = checked.faults["hazardous"][0]
    assert (fault.rule, fault.values["mirror"]) == ("import.hazardous_mismatch", "10 01 15")
    assert rules(check(ewc_code="10 01 01", hazardous="yes"), "hazardous") == ["not_hazardous_mismatch"]


@pytest.mark.parametrize(
    ("code", "rule"), [("99 99 99", "ewc_unknown"), ("<b>", "ewc_unknown"), ("10 01", "ewc_group")]
)
def test_an_unknown_code_is_refused(code: str, rule: str) -> None:
    """Also what is no code at all."""
    checked = check(ewc_code=code)
    assert (checked.value, rules(checked, "ewc_code")) == (None, [rule])


def test_dates_go_forward() -> None:
    """The end may be the day of the beginning, and either may be open."""
    first, last = date(2026, 5, 1), date(2026, 4, 30)
    assert rules(check(available_from=first, available_to=last), "available_to") == ["dates_order"]
    assert check(available_from=first, available_to=first).value is not None
    assert check(available_from=None, available_to=last).value is not None


def test_markup_is_text_like_any_other() -> None:
    """Nothing is stripped: it is the screen that must show it as it stands."""
    nasty = "<script>alert(1)</script> **x** $y$ {z} =SUM(A1)"
    value = check(title=nasty, description=nasty).value
    assert value is not None
    assert value.title == value.description == nasty


def test_every_rule_that_a_form_can_break_has_its_sentence() -> None:
    """The importers' rules are told by forms in their own words, without a row and a file."""
    rules = (
        "business_id_form business_id_zero business_id_never_issued business_id_check_digit text_too_long cell_error"
        " broken_character mojibake characters_removed not_a_number not_finite number_too_large ambiguous_number"
        " number_became_date quantity_unreadable quantity_negative quantity_open quantity_order quantity_range"
        " quantity_approximate quantity_absurd unit_unknown unit_period unit_per_period unit_needs_density"
        " density_typical ewc_unknown ewc_group ewc_lost_zero ewc_deleted ewc_now_hazardous ewc_new hazardous_mismatch"
        " not_hazardous_mismatch"
    )
    assert {f"form.{rule}" for rule in rules.split()} <= set(texts.catalogue())
