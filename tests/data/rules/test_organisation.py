import pytest

from data.model import Activation, Organisation, OrganisationKind
from data.rules import organisation


def test_a_name_is_enough() -> None:
    """A company may be known by its name alone."""
    checked = organisation.check({"name": "  Tuhka   Oy "})
    assert checked.faults == {}
    assert checked.value == Organisation(name="Tuhka Oy")


def test_all_fields_are_read() -> None:
    """Other names one a line, each once; the ID in its usual form."""
    raw = {
        "name": "Tuhka Oy",
        "business_id": "FI15728600",
        "other_names": "Ash Ltd\n\n Ask Ab \nAsh Ltd",
        "industry_code": "35",
        "kind": "public_body",
        "activation": "active",
        "naming_consent": True,
    }
    assert organisation.check(raw).value == Organisation(
        name="Tuhka Oy",
        business_id="1572860-0",
        other_names=("Ash Ltd", "Ask Ab"),
        industry_code="35",
        kind=OrganisationKind.PUBLIC_BODY,
        activation=Activation.ACTIVE,
        naming_consent=True,
    )


@pytest.mark.parametrize(
    ("typed", "rule", "suggestion"),
    [
        ("1572860-1", "import.business_id_check_digit", "1572860-0"),
        ("0000000-0", "import.business_id_zero", ""),
        ("abc", "import.business_id_form", ""),
    ],
)
def test_a_business_id_that_cannot_be_is_refused(typed: str, rule: str, suggestion: str) -> None:
    """The right one is offered where one digit is wrong."""
    checked = organisation.check({"name": "Tuhka Oy", "business_id": typed})
    assert checked.value is None
    fault = checked.faults["business_id"][0]
    assert (fault.rule, fault.suggestion) == (rule, suggestion)


def test_a_company_without_a_name_is_refused() -> None:
    """Blanks are no name, and a name is no novel."""
    assert organisation.check({"name": " "}).faults["name"][0].rule == "form.name_missing"
    assert organisation.check({"name": "x" * 301}).faults["name"][0].rule == "import.text_too_long"
