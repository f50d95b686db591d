from typing import Any

import pandas as pd
import pytest

from config.texts import LANGUAGES, Language
from dashboard import palette
from dashboard.views import partner_rows
from dashboard.views.partners import BEST, Filter, View, build, pick

ORIGIN = 1


def matches(count: int = 4, **columns: object) -> pd.DataFrame:
    """Give scored partners 2, 3, ..., every second one inside the region, 40 km apart, the nearest the best."""
    rows = [
        {
            "partner_id": 2 + at,
            "inside": at % 2 == 0,
            "score": 0.9 - at / 100,
            "substance": 0.8,
            "quantity": None,
            "time": 1.0,
            "haul": 0.5,
            "km": 40.0 * (at + 1),
            "ferry_km": 0.0,
            "minutes": 30.0,
            "method": "road",
            "eur_per_tonne": 5.25,
            "co2e_kg_per_tonne": 3.96,
        }
        for at in range(count)
    ]
    return pd.DataFrame(rows).assign(**columns)


def facts(count: int = 40, **columns: object) -> pd.DataFrame:
    """Give what is known of the resource and of its partners."""
    rows: list[dict[str, Any]] = [
        {
            "id": one,
            "direction": "have" if one == ORIGIN else "want",
            "title": "Tuhkaa",
            "tonnes_low": 1200.0,
            "tonnes_high": 1200.0,
            "tonnes_basis": "declared",
            "quantity_low": None,
            "quantity_high": None,
            "unit": None,
            "continuity": "continuous",
            "demo": False,
            "organisation": f"Yritys {one} Oy",
            "municipality_code": "240",
            "region_code": "19",
            "vague": False,
            "easting_m": 390_000.0,
            "northing_m": 7_293_600.0,
        }
        for one in range(ORIGIN, count)
    ]
    return pd.DataFrame(rows).assign(**columns)


def built(found: pd.DataFrame, known: pd.DataFrame | None = None, language: Language = "fi", **chosen: Any) -> View:  # noqa: ANN401 - fields of Filter
    """Build the page."""
    wish = Filter(ORIGIN, **chosen)
    return build(pick(found, wish.limit_km), facts() if known is None else known, wish, language)


def test_rows_are_numbered_by_score_and_the_first_is_open() -> None:
    """Unless the link names another."""
    view = built(matches())
    assert [(row.number, row.partner, row.selected) for row in view.rows[:2]] == [(1, 2, True), (2, 3, False)]
    assert built(matches(), partner=4).selected == built(matches(), partner=4).rows[2]
    assert built(matches(), partner=99).rows[0].selected


def test_counts_are_of_each_side_and_add_up() -> None:
    """At most the best of each side."""
    view = built(matches(60, km=10.0), facts(80))
    assert view.counts == {"all": 2 * BEST, "own": BEST, "other": BEST}
    assert (len(view.rows), view.more) == (10, 10)


def test_a_limit_removes_exactly_those_above_it() -> None:
    """40, 80, 120 and 160 km against 80: the second still counts."""
    view = built(matches(), limit_km=80)
    assert [row.km for row in view.rows] == ["40,0", "80,0"]
    assert view.beyond == "Rajan takana 2\u00a0kumppania. Lähin: Kemi, 120,0\u00a0km.".replace("2\u00a0", "2 ")


def test_an_estimate_never_looks_like_a_road_distance() -> None:
    """Tens of km and whole euros, with the sign."""
    row = built(matches(method="estimate", km=257.0)).rows[0]
    assert (row.km, row.euros, row.co2e) == ("≈\u00a0260", "≈\u00a05", "≈\u00a04")
    assert row.estimated


def test_a_ferry_has_its_own_km() -> None:
    """Road and water apart."""
    row = built(matches(method="road+ferry", km=131.1, ferry_km=43.1)).rows[0]
    assert row.km == "88,0 + 43,1"


def test_what_no_road_reaches_comes_last() -> None:
    """However good it is; and it is left out where only such are near while others lie beyond the limit."""
    found = matches()
    found.loc[0, ["km", "minutes", "eur_per_tonne", "co2e_kg_per_tonne"]] = float("nan")
    found.loc[0, "method"] = "none"
    view = built(found)
    assert [row.partner for row in view.rows] == [3, 4, 5, 2]
    assert (view.rows[-1].km, view.rows[-1].euros) == ("–", "–")
    assert built(found, limit_km=10).rows == ()


@pytest.mark.parametrize(
    ("scope", "side"), [("all", ""), ("own", "omassa maakunnassa"), ("other", "muissa maakunnissa")]
)
def test_nothing_near_names_the_nearest_and_the_limit_that_reaches_it(scope: str, side: str) -> None:
    """Rounded up to the slider's step."""
    empty = built(matches(), limit_km=10, scope=scope).empty
    assert empty is not None
    assert side in empty.title
    assert empty.limit_km == (80 if scope == "other" else 40)
    assert "Lähin: Kemi" in empty.words


def test_a_rejected_partner_is_not_shown_again() -> None:
    """Nor counted."""
    assert [row["partner_id"] for row in pick(matches(), 300, [2]).within["all"]] == [3, 4, 5]


def test_a_hidden_name_is_none_and_a_vague_place_says_so() -> None:
    """For each language."""
    view = built(matches(), facts(organisation=None, vague=True))
    assert view.rows[0].name is None
    assert view.rows[0].place.name == "Kemi (kunta)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_whole_in_every_language(language: Language) -> None:
    """Every bar says its value, every value is escaped."""
    view = built(matches(), facts(organisation="<b>&Co"), language)
    for row in view.rows:
        html = partner_rows.row(row, palette.LIGHT, language)
        assert html.count('role="img"') == 4
        assert "&lt;b&gt;&amp;Co" in html
    assert partner_rows.head(view, language).count("<span") == 9
    assert "<script" not in partner_rows.legend(view, palette.DARK, language)


def test_the_legend_explains_only_what_is_drawn() -> None:
    """No dashes without an estimate, no blue ring without another region."""
    inside = matches(1)
    assert partner_rows.legend(built(inside), palette.LIGHT, "fi").count('class="row"') == 3
    guess = matches(2, method="estimate")
    assert "arvio" in partner_rows.legend(built(guess), palette.LIGHT, "fi")
