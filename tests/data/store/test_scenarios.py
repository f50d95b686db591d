"""What-if views are kept, changed and taken away by whom they belong to."""

import pytest
from sqlalchemy import Engine

from config.errors import StaleEdit, StoreProblem
from data.queries.scenarios import kept
from data.store import scenarios
from data.viewer import Role, Viewer, viewing

PLANNER = Viewer("Päivi", Role.PLANNER)
OTHER = Viewer("Olli", Role.PLANNER)


def test_a_planner_keeps_changes_and_removes_one(app_engine: Engine) -> None:
    """What was told comes back as it was, and another planner reads it."""
    with viewing(PLANNER):
        one = scenarios.add(app_engine, "Päivi", "  Selluton   Kemi ", {"closed": [12], "limit_km": 90.0})
    with viewing(OTHER):
        row = kept(app_engine).iloc[0]
        assert (row["name"], row["told"], row["created_by"]) == (
            "Selluton Kemi",
            {"closed": [12], "limit_km": 90.0},
            "Päivi",
        )
    with viewing(PLANNER):
        scenarios.change(app_engine, "Päivi", one, 1, "Kemi", {"closed": []})
        with pytest.raises(StaleEdit):
            scenarios.change(app_engine, "Päivi", one, 1, "Vanha", {})
        scenarios.delete(app_engine, "Päivi", one, 2)
        assert kept(app_engine).empty


def test_nobody_changes_what_is_somebody_elses(app_engine: Engine) -> None:
    """Whoever may only read it is told that it can't be changed; a company can't even add one."""
    with viewing(PLANNER):
        one = scenarios.add(app_engine, "Päivi", "Oma", {})
    with viewing(OTHER), pytest.raises(StaleEdit):
        scenarios.delete(app_engine, "Olli", one, 1)
    with viewing(Viewer("Yritys", Role.COMPANY, organisation_id=1)):
        assert kept(app_engine).empty
        with pytest.raises(StoreProblem, match=r"roles\.not_allowed"):
            scenarios.add(app_engine, "Yritys", "Ei", {})


def test_one_without_a_name_is_refused(app_engine: Engine) -> None:
    """Blanks are no name."""
    with viewing(PLANNER), pytest.raises(StoreProblem, match=r"constraint\.ck_scenario_name"):
        scenarios.add(app_engine, "Päivi", "   ", {})
