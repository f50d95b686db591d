"""Benefits for the overview: read once, summed up in memory beside the synergies that they came of."""

import pandas as pd
from sqlalchemy import Engine

from data import queries
from data.model import Basis, Stage
from data.queries.scope import Scope
from data.queries.synergies import Facts

_BENEFITS = """
SELECT synergy_id AS id, metric, amount * attribution_percent / 100 AS amount, basis, year::int AS year,
    demo AS told_demo
FROM benefit WHERE deleted_at IS NULL AND yearly
"""
_PLACES = {"region": "from_region", "municipality": "from_municipality"}
_COLUMNS = ["kind", "code", "metric", "amount", "before", "figures", "verified", "companies", "demo"]


def facts(engine: Engine) -> pd.DataFrame:
    """Read every yearly benefit with the amount that coordination is due; one-off ones are never added to them."""
    return queries.frame(engine, _BENEFITS, large=True)


def summed(benefits: pd.DataFrame, known: Facts, scope: Scope) -> pd.DataFrame:
    """Sum the benefits of completed synergies by metric as they stood in the year, and the year before.

    A figure stands until a newer one of the same synergy and metric. `kind` is country, region or municipality, of the
    resource offered; `verified` of `figures` are verified; `companies` are those that offer.
    """
    rows = known.rows[known.rows["stage"] == Stage.COMPLETED]
    rows = rows[rows["type"].isin(scope.types)] if scope.types else rows
    told = benefits[benefits["year"] <= scope.year].merge(
        rows[["id", "company", "from_region", "from_municipality", "demo"]], on="id"
    )
    if told.empty:
        return pd.DataFrame(columns=_COLUMNS).astype({"demo": bool})
    told = told.sort_values("year")
    now = told.drop_duplicates(["id", "metric"], keep="last")
    before = told[told["year"] < scope.year].drop_duplicates(["id", "metric"], keep="last")
    parts = [_by(now.assign(code=""), before.assign(code=""), "country")]
    for kind, column in _PLACES.items():
        named = {column: "code"}
        parts.append(_by(now.rename(columns=named), before.rename(columns=named), kind))
    return pd.concat(parts, ignore_index=True)[_COLUMNS]


def _by(now: pd.DataFrame, before: pd.DataFrame, kind: str) -> pd.DataFrame:
    keys = ["code", "metric"]
    groups = now.assign(
        verified=now["basis"] == Basis.VERIFIED, demo=now["demo"].astype(bool) | now["told_demo"].astype(bool)
    ).groupby(keys, observed=True)
    table = pd.DataFrame(
        {
            "amount": groups["amount"].sum(),
            "figures": groups.size(),
            "verified": groups["verified"].sum(),
            "companies": groups["company"].nunique(),
            "demo": groups["demo"].any(),
        }
    )
    table["before"] = before.groupby(keys, observed=True)["amount"].sum()
    listed = table.fillna({"before": 0.0}).reset_index()
    return listed.assign(kind=kind, code=listed["code"].astype(str))
