import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.queries import grouped, protected
from tests.data.queries.subtracting import betrayed

PATHS = {"bark": ("bark", "wood"), "chips": ("chips", "wood"), "wood": ("wood",), "ash": ("ash",)}
WITHIN = {f"{number:03}": (f"s{number // 2}", f"r{number // 4}") for number in range(8)}
ROW = st.fixed_dictionaries(
    {
        "direction": st.sampled_from(["have", "want"]),
        "type": st.sampled_from(["waste", "material"]),
        "concept": st.sampled_from([*PATHS, ""]),
        "municipality": st.sampled_from([*WITHIN]),
        "company": st.integers(0, 7),
        "weighed": st.booleans(),
    }
)


def rows(*told: dict[str, object]) -> pd.DataFrame:
    """Give each row with t/a the next power of two."""
    table = pd.DataFrame(told).assign(demo=False, resources=1)
    return table.assign(tonnes=np.where(table["weighed"], 2.0 ** (table["weighed"].cumsum() - 1), 0.0))


def cells(table: pd.DataFrame) -> pd.DataFrame:
    """Give what is shown of rows that are not public."""
    return protected.cells(grouped.atoms(table, PATHS, WITHIN), PATHS, grouped.wider(WITHIN))


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=40))
def test_no_subtraction_tells_of_fewer_than_three(told: list[dict[str, object]]) -> None:
    """All cells at all levels, hidden or not: no sums and differences are of one or two companies."""
    table = rows(*told)
    found = grouped.atoms(table, PATHS, WITHIN)
    shown = protected.cells(found, PATHS, grouped.wider(WITHIN)) if len(found) else found
    assert betrayed(list(found["tonnes"]), list(table.loc[table["weighed"], "company"])) == []
    if len(shown):
        assert betrayed(list(shown["tonnes"]), list(table.loc[table["weighed"], "company"])) == []
        assert not shown.loc[~shown["hidden"], "resources"].lt(3).any()


def test_too_few_of_one_place_are_told_of_a_wider_one() -> None:
    """Of the municipality where there are three, else the sub-region, else the region; one alone is told of nowhere."""
    one = {"direction": "have", "type": "waste", "concept": "bark", "weighed": True}
    same = [one | {"municipality": "000", "company": company} for company in range(3)]
    near = [one | {"municipality": f"00{company % 2}", "concept": "ash", "company": company} for company in range(3)]
    far = [one | {"municipality": f"00{company}", "concept": "chips", "company": company} for company in range(3)]
    alone = one | {"municipality": "007", "company": 1}
    found = grouped.atoms(rows(*same, *near, *far, alone), PATHS, WITHIN)
    told = found.set_index("concept")[["municipality", "tonnes"]].to_dict("index")
    assert told["bark"] == {"municipality": "000", "tonnes": 7.0}
    assert told["ash"] == {"municipality": "s0=", "tonnes": 56.0}
    assert told["chips"] == {"municipality": "r0=", "tonnes": 448.0}
    assert found["tonnes"].sum() == 511.0


def test_too_few_of_one_concept_are_told_of_a_wider_one() -> None:
    """Bark and chips of a region together as wood; with ash beside them as anything at all."""
    one = {"direction": "have", "type": "waste", "weighed": True, "municipality": "004"}
    wood = [one | {"concept": name, "company": company} for company, name in enumerate(["bark", "chips", "wood"])]
    assert grouped.atoms(rows(*wood), PATHS, WITHIN)[["concept", "municipality"]].to_numpy().tolist() == [
        ["wood", "r1="]
    ]
    mixed = [*wood[:2], one | {"concept": "ash", "company": 2}]
    assert grouped.atoms(rows(*mixed), PATHS, WITHIN)[["concept", "municipality"]].to_numpy().tolist() == [["", "r1="]]


def test_where_no_three_are_alike_nothing_is_told() -> None:
    """Neither of two companies nor of none."""
    one = {"direction": "have", "type": "waste", "concept": "ash", "municipality": "000", "weighed": True}
    told = rows(*(one | {"company": company} for company in range(2)))
    assert grouped.atoms(told, PATHS, WITHIN).empty
    assert grouped.atoms(told.head(0), PATHS, WITHIN).empty


def test_whoever_only_offers_services_makes_no_group_with_tonnes() -> None:
    """Two of three companies have no t/a: the third's would stand alone, so it is told nowhere."""
    one = {"direction": "have", "type": "waste", "concept": "ash", "municipality": "000"}
    told = [one | {"company": company, "weighed": company == 0} for company in range(4)]
    found = grouped.atoms(rows(*told), PATHS, WITHIN)
    assert found[["resources", "tonnes", "companies"]].to_numpy().tolist() == [[3, 0, 3]]


def test_regions_add_up_to_the_country_and_concepts_to_all() -> None:
    """Whatever is told in a region is told in the country, and nothing is told twice."""
    rng = np.random.default_rng(5)
    told = [
        {"direction": "have", "type": "waste", "concept": str(rng.choice([*PATHS, ""])), "weighed": True,
         "municipality": str(rng.choice([*WITHIN])), "company": int(rng.integers(0, 30))}
        for _ in range(45)
    ]  # fmt: skip
    shown = cells(rows(*told)).query("not hidden")
    for whole in ("", "wood"):
        at = shown[shown["node"] == whole].groupby("level")["tonnes"].sum()
        assert at["country"] == at["regions"]
    country = shown[shown["level"] == "country"].set_index("node")["tonnes"]
    assert country[""] == pytest.approx(sum(country.get(one, 0.0) for one in ("wood", "ash", "=")))
