"""The balance of SQL against one reckoned row by row from what each role may see, on demo data."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine

from config.settings import Settings
from data import queries
from data.model import ROLLUP, Rollup, Stage
from data.queries import balance
from data.store import demo
from data.viewer import SYSTEM, Role, Viewer, counting, viewing

TYPES = ("material", "waste")
KEYS = ["direction", "type", "municipality"]
SIDES = ("have_id", "want_id")
SUMS = ["resources", "tonnes", "completed", "active", "proposed"]
VIEWERS = {
    "national": Viewer("a", Role.NATIONAL),
    "regional": Viewer("b", Role.REGIONAL, ("01",)),
    "planner": Viewer("c", Role.PLANNER),
    "company": Viewer("d", Role.COMPANY, organisation_id=1),
    "screen": Viewer("e", Role.SCREEN),
    "public": Viewer("f", Role.PUBLIC),
    "system": SYSTEM,
    "nobody": None,
}
RESOURCES = """
SELECT r.id, r.direction, r.type, r.continuity, (r.tonnes_low + r.tonnes_high) / 2 AS usual, r.expires_on,
    coalesce(r.source_date, r.created_at::date) AS told_on, r.visibility, s.municipality_code AS municipality,
    s.organisation_id AS company
FROM shown_resource r JOIN shown_site s ON s.id = r.site_id JOIN shown_organisation o ON o.id = s.organisation_id
WHERE r.deleted_at IS NULL AND s.deleted_at IS NULL AND o.deleted_at IS NULL
"""
SYNERGIES = """
SELECT id, have_id, want_id, tonnes_per_year AS tonnes, stage, created_at::date AS began
FROM shown_synergy WHERE deleted_at IS NULL
"""
YEARS = "SELECT resource_id AS id, tonnes AS told FROM resource_year WHERE year <= :year ORDER BY year"
HISTORY = """
SELECT synergy_id AS id, from_stage FROM synergy_history
WHERE changed_at >= CAST(:after AS date) AND from_stage IS NOT NULL ORDER BY changed_at, id
"""


@pytest.fixture(scope="module")
def loaded(engine: Engine, app_engine: Engine, settings: Settings) -> Engine:
    """Load the demo data; give the app's engine."""
    demo.load(engine, settings)
    return app_engine


def plain(engine: Engine, year: int) -> pd.DataFrame:
    """Reckon the balance of a year row by row."""
    rows = queries.frame(engine, RESOURCES)
    rows = rows[rows["visibility"].isin(["public", "network"]) & rows["type"].isin(TYPES)]
    open_ = rows["expires_on"].isna() | (rows["expires_on"].fillna(date.max) >= date(year, 1, 1))
    rows = rows[open_ & (rows["told_on"] <= date(year, 12, 31))]
    told = queries.frame(engine, YEARS, {"year": year}).drop_duplicates("id", keep="last").set_index("id")["told"]
    flows = rows["continuity"] == "continuous"
    rows = rows.assign(tonnes=rows["id"].map(told).fillna(rows["usual"]).where(flows).astype(float))
    covered = _covered(engine, year)
    parts = {name: rows["id"].map(amounts).fillna(0.0) for name, amounts in covered.items()}
    left = rows["tonnes"]
    for name in ("completed", "active", "proposed"):
        rows[name] = left.clip(upper=parts[name]).fillna(0.0)
        left = left - rows[name]
    sums = rows.assign(resources=1).groupby(KEYS)[SUMS].sum()
    return sums.assign(companies=rows.groupby(KEYS)["company"].nunique())


def _covered(engine: Engine, year: int) -> dict[str, "pd.Series[float]"]:
    """Add up by resource and roll-up what synergies take of it, by their stage at the end of the year."""
    known = queries.frame(engine, SYNERGIES)
    known = known[known["began"] <= date(year, 12, 31)]
    left = queries.frame(engine, HISTORY, {"after": f"{year + 1}-01-01"}).drop_duplicates("id").set_index("id")
    then = left["from_stage"].to_dict()
    stages = [then.get(one, now) for one, now in zip(known["id"], known["stage"], strict=True)]
    known = known.assign(rollup=[str(ROLLUP.get(Stage(one), "")) for one in stages])
    sides = pd.concat(
        [known[[side, "tonnes", "rollup"]].rename(columns={side: "id"}) for side in ("have_id", "want_id")]
    )
    named = {"completed": Rollup.COMPLETED, "active": Rollup.ADVANCED, "proposed": Rollup.IDENTIFIED}
    return {name: sides[sides["rollup"] == one].groupby("id")["tonnes"].sum() for name, one in named.items()}


@pytest.mark.parametrize("year", [2024, 2026])
@pytest.mark.parametrize("who", VIEWERS)
def test_sql_says_what_the_rows_say(loaded: Engine, who: str, year: int) -> None:
    """By direction, type and municipality, for whoever asks; and what synergies cover is more than nothing."""
    with viewing(VIEWERS[who]):
        told = balance.atoms(loaded, year, TYPES)
        with counting():
            reckoned = plain(loaded, year)
    found = told.groupby(KEYS)[SUMS].sum()
    assert found.index.tolist() == reckoned.index.tolist()
    assert np.allclose(found.to_numpy(float), reckoned[SUMS].to_numpy(float))
    # No topics are read yet, so each is one atom, and its companies are those of the cell.
    assert told.set_index(KEYS)["companies"].sort_index().tolist() == reckoned["companies"].tolist()
    if who in {"national", "regional", "system"}:
        assert (found[["completed", "active", "proposed"]].sum() > 0).all()
