from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import candidates, pairs
from matching.features import FEATURES, Feature, values
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.weights import defaults

Make = Callable[..., dict[str, Any]]


def laid_out(index: MatchIndex, hauls: Hauls) -> pd.DataFrame:
    """Give every pair that passes the gate, measured."""
    found = candidates.find(index, np.arange(len(index.resources)), defaults())
    return pairs.measure(index, pairs.lay_out(index, found), hauls)


@pytest.mark.parametrize("name", FEATURES)
def test_every_feature_keeps_the_contract(name: str, index: MatchIndex, hauls: Hauls) -> None:
    """Values in 0..1 or NaN, the index of the pairs, the name of the feature."""
    given = laid_out(index, hauls).set_index(np.arange(100, 100 + len(laid_out(index, hauls))))
    feature: Feature = FEATURES[name]
    found = feature.value(given, defaults())
    assert found.name == name
    assert found.index.equals(given.index)
    assert found.dropna().between(0, 1).all()
    assert found.dtype == float


def test_features_bear_no_pairs_at_all(index: MatchIndex, hauls: Hauls) -> None:
    """A resource without any counterpart is no fault."""
    assert len(values(laid_out(index, hauls).head(0), defaults())) == 0


def one_pair(make: Make, hauls: Hauls, have: dict[str, Any], want: dict[str, Any]) -> "pd.Series[float]":
    """Give the feature values of an offer and a need."""
    sides = [
        make(id=1, organisation_id=1, site_id=1, **have),
        make(id=2, organisation_id=2, site_id=2, direction="want", **want),
    ]
    index = MatchIndex.build(pd.DataFrame(sides))
    found = candidates.find(index, np.array([0]), defaults())
    return values(pairs.measure(index, pairs.lay_out(index, found), hauls), defaults()).iloc[0]


def test_half_a_year_of_overlap_is_told_by_the_shorter_season(make: Make, hauls: Hauls) -> None:
    """May to August against all the year: always there when it is needed."""
    found = one_pair(make, hauls, {"season_months": [5, 6, 7, 8]}, {})
    assert found["time"] == 1.0
    found = one_pair(make, hauls, {"season_months": [5, 6, 7, 8]}, {"season_months": [8, 9]})
    assert found["time"] == 0.5


def test_what_is_over_before_the_other_begins_has_no_time_in_common(make: Make, hauls: Hauls) -> None:
    """Dates count as days."""
    found = one_pair(make, hauls, {"available_to": "2026-03-31"}, {"available_from": "2026-04-01"})
    assert found["time"] == 0.0
    found = one_pair(make, hauls, {"available_to": "2026-04-01"}, {"available_from": "2026-04-01"})
    assert found["time"] == 1.0


def test_a_batch_is_held_against_one_year_of_a_flow(make: Make, hauls: Hauls) -> None:
    """500 t once meet 500 t a year for one year: the amount is right, and the time is half right."""
    amount = {"tonnes_low": 500, "tonnes_high": 500}
    found = one_pair(make, hauls, {**amount, "continuity": "one_off"}, amount)
    assert found["quantity"] == 1.0
    assert found["time"] == 0.5


def test_amounts_without_tonnes_are_compared_in_their_own_unit(make: Make, hauls: Hauls) -> None:
    """A quarter of the need is half as good as all of it; different units say nothing."""
    quarter = {"quantity_low": 25, "quantity_high": 25, "unit": "m3"}
    whole = {"quantity_low": 100, "quantity_high": 100, "unit": "m3"}
    assert one_pair(make, hauls, quarter, whole)["quantity"] == pytest.approx(0.5)
    assert np.isnan(one_pair(make, hauls, quarter, {**whole, "unit": "MWh"})["quantity"])


@pytest.mark.parametrize(("code", "value"), [("100101", 1.0), ("100103", 0.6), ("101208", 0.2), ("030105", 0.0)])
def test_waste_codes_agree_by_their_leading_digits(make: Make, hauls: Hauls, code: str, value: float) -> None:
    """The same waste, sub-chapter or chapter."""
    assert one_pair(make, hauls, {"ewc_code": "100101"}, {"ewc_code": code})["ewc"] == value


def test_a_need_without_a_code_is_neither_for_nor_against(make: Make, hauls: Hauls) -> None:
    """Needs rarely have one."""
    assert np.isnan(one_pair(make, hauls, {"ewc_code": "100101"}, {})["ewc"])
