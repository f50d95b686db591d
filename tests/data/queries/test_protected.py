import numpy as np
import pandas as pd
import pytest

from data.queries import protected
from data.queries.suppression import FEW_COMPANIES, Sum, hidden

Cell = tuple[str, str, str, str]  # direction, node, level, place
PATHS = {"bark": ("bark", "wood"), "chips": ("chips", "wood"), "wood": ("wood",), "ash": ("ash",)}
WITHIN = {f"{number:03}": (f"s{number // 3}", f"r{number // 6}") for number in range(12)}


def atoms(seed: int, rows: int = 90) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw resources of a dozen municipalities, and sum them up by direction, concept and municipality."""
    rng = np.random.default_rng(seed)
    told = pd.DataFrame(
        {
            "direction": rng.choice(["have", "want"], rows),
            "concept": rng.choice([*PATHS, ""], rows),
            "municipality": rng.choice([*WITHIN], rows),
            "company": rng.integers(0, 12, rows),
            "demo": True,
            **dict.fromkeys(protected.FIGURES, 1),
        }
    )
    groups = told.groupby(["direction", "concept", "municipality"])
    table = groups.agg(
        demo=("demo", "any"),
        **{name: (name, "sum") for name in protected.FIGURES},
        **{
            f"{who}{name}": ("company", how)
            for who in protected.WHO
            for name, how in (("companies", "nunique"), ("lowest", "min"), ("highest", "max"))
        },
    )
    return told, table.reset_index()


def cells(told: pd.DataFrame) -> dict[Cell, set[int]]:
    """Give every cell with the companies behind it, one row at a time."""
    found: dict[Cell, set[int]] = {}
    for row in told.itertuples():
        sub, region = WITHIN[row.municipality]
        places = (("country", ""), ("regions", region), ("sub_regions", sub), ("municipalities", row.municipality))
        for node in (f"{row.concept}=", *PATHS.get(row.concept, ()), ""):
            for level, place in places:
                found.setdefault((row.direction, node, level, place), set()).add(row.company)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_few_companies_are_hidden_and_no_hidden_part_stands_alone(seed: int) -> None:
    """Beside a hidden part of a shown sum is another, and both are of three companies, unless none is left."""
    told, table = atoms(seed)
    known = cells(told)
    shown = protected.cells(table, PATHS, WITHIN)
    out = set(shown.loc[shown["hidden"], ["direction", "node", "level", "place"]].itertuples(index=False, name=None))
    assert shown["tonnes"].isna().eq(shown["hidden"]).all()
    assert len(shown) == len(known)
    assert {cell for cell, companies in known.items() if len(companies) < FEW_COMPANIES} <= out
    for whole in known:
        for parts in (_by_place(whole, known), _by_node(whole, known)):
            gone = [one for one in parts if one in out]
            if gone and whole not in out:
                behind = set().union(*(known[one] for one in gone))
                assert len(gone) > 1
                assert len(gone) == len(parts) or len(behind) >= FEW_COMPANIES
            if parts and whole in out:
                assert gone


def _by_place(whole: Cell, known: dict[Cell, set[int]]) -> list[Cell]:
    direction, node, level, place = whole
    if level == "municipalities":
        return []
    below = protected.LEVELS[protected.LEVELS.index(level) + 1]
    inside = {
        "country": lambda _code: True,
        "regions": lambda code: dict(WITHIN.values())[code] == place,
        "sub_regions": lambda code: WITHIN[code][0] == place,
    }[level]
    return [one for one in known if one[:3] == (direction, node, below) and inside(one[3])]


def _by_node(whole: Cell, known: dict[Cell, set[int]]) -> list[Cell]:
    direction, node, level, place = whole
    below = {"": ["wood", "ash", "="], "wood": ["wood=", "bark", "chips"]}.get(node, [])
    return [one for one in ((direction, part, level, place) for part in below) if one in known]


def test_whole_columns_follow_the_same_rules_as_one_sum_at_a_time() -> None:
    """Five parts of one sum, one of them few: the same cells are hidden."""
    few = np.array([False, True, False, False, False, False])
    size = np.array([20.0, 1, 7, 3, 5, 4])
    whole = np.array([-1, 0, 0, 0, 0, 0])
    assert protected.spread(few, size, [whole]).tolist() == hidden(few, size, [Sum(0, [1, 2, 3, 4, 5])]).tolist()


def test_whoever_only_offers_services_is_not_behind_tonnes() -> None:
    """Three companies in a municipality, of which one alone has t/a: the sum would be its own."""
    one = {"direction": "have", "concept": "wood", "municipality": "000", "demo": False}
    figures = {"resources": 3, "tonnes": 500.0, "completed": 0.0, "active": 0.0, "proposed": 0.0}
    behind = {"companies": 3, "lowest": 1, "highest": 3}
    for weighed, gone in ((1, True), (3, False)):
        who = {"weighed_companies": weighed, "weighed_lowest": 1, "weighed_highest": weighed}
        told = protected.cells(pd.DataFrame([one | figures | behind | who]), PATHS, WITHIN)
        assert told["hidden"].eq(gone).all()


def test_nothing_is_hidden_where_nothing_is_told() -> None:
    """An empty store has no cells."""
    assert protected.cells(atoms(1)[1].head(0), PATHS, WITHIN).empty
