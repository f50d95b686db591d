import json

import pytest

from commands import packages


def told(*found: dict[str, object]) -> str:
    """Write what pip-audit answers."""
    return json.dumps({"dependencies": list(found), "fixes": []})


def test_a_known_flaw_is_named() -> None:
    """With its package, its version and its number; what could not be looked up is counted apart."""
    found = packages.findings(
        told(
            {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]},
            {"name": "b", "version": "2", "vulns": []},
            {"name": "c", "skip_reason": "not found"},
        )
    )
    assert found == packages.Findings(2, 1, ("a 1: PYSEC-1", "a 1: PYSEC-2"))


@pytest.mark.parametrize(
    "answer", ["", "ERROR: no network", "{}", "[]", told({"name": "c", "skip_reason": "not found"})]
)
def test_no_answer_is_no_clean_bill(answer: str) -> None:
    """Where the database can't be reached nothing counts as checked."""
    assert packages.findings(answer).audited == 0


def test_the_bill_lists_what_is_installed() -> None:
    """Every package of the lock file, in the format that others read."""
    count = packages.bill()
    listed = json.loads(packages.BILL.read_text())
    names = {one["name"] for one in listed["components"]}
    assert listed["bomFormat"] == "CycloneDX"
    assert len(listed["components"]) == count
    assert {"streamlit", "sqlalchemy", "prometheus-client", "limits"} <= names
