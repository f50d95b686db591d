import numpy as np
import pytest

from data.queries.suppression import FEW_COMPANIES, Sum, hidden


def cube(seed: int) -> tuple[np.ndarray, np.ndarray, list[Sum]]:
    """Make a country of regions of municipalities by types, each cell with its companies; give few, sizes and sums."""
    chance = np.random.default_rng(seed)
    regions, each, types = int(chance.integers(1, 5)), int(chance.integers(1, 5)), int(chance.integers(1, 4))
    towns = [[f"{region}.{town}" for town in range(each)] for region in range(regions)]
    held = {
        (town, kind): {int(one) for one in chance.integers(0, 60, chance.integers(0, 7))}
        for group in towns
        for town in group
        for kind in range(types)
    }
    places = {"": [town for group in towns for town in group], **{str(at): group for at, group in enumerate(towns)}}
    places |= {town: [town] for group in towns for town in group}
    kinds = {-1: list(range(types)), **{kind: [kind] for kind in range(types)}}
    cells = [(place, kind) for place in places for kind in kinds]
    where = {cell: number for number, cell in enumerate(cells)}
    who = [set().union(*(held[town, one] for town in places[place] for one in kinds[kind])) for place, kind in cells]
    many = [sum(len(held[town, one]) for town in places[place] for one in kinds[kind]) for place, kind in cells]
    sums = [Sum(where["", kind], [where[str(at), kind] for at in range(regions)]) for kind in kinds]
    sums += [
        Sum(where[str(at), kind], [where[town, kind] for town in group])
        for at, group in enumerate(towns)
        for kind in kinds
    ]
    sums += [Sum(where[place, -1], [where[place, kind] for kind in range(types)]) for place in places]
    few = np.array([0 < len(one) < FEW_COMPANIES for one in who])
    return few, np.array(many, dtype=float), sums


@pytest.mark.parametrize("seed", range(60))
def test_no_small_cell_can_be_reckoned_back(seed: int) -> None:
    """Taken all sums together as equations, no cell of one or two companies has one solution only."""
    few, size, sums = cube(seed)
    out = hidden(few, size, sums)
    assert out[few].all()
    unknown = np.flatnonzero(out)
    column = {cell: number for number, cell in enumerate(unknown)}
    equations = np.zeros((len(sums), len(unknown)))
    for row, one in enumerate(sums):
        for cell, sign in [(one.whole, -1.0), *((part, 1.0) for part in one.parts)]:
            if cell in column:
                equations[row, column[cell]] += sign
    rank = np.linalg.matrix_rank(equations) if len(unknown) else 0
    for cell in np.flatnonzero(few):
        alone = np.zeros((1, len(unknown)))
        alone[0, column[cell]] = 1.0
        assert np.linalg.matrix_rank(np.vstack([equations, alone])) > rank


def test_where_all_are_many_nothing_is_hidden() -> None:
    """A cell of three companies is shown, and an empty one hides nothing."""
    none = np.array([False, False, False])
    assert not hidden(none, np.array([6.0, 6.0, 0.0]), [Sum(0, [1, 2])]).any()


def test_the_smallest_of_the_others_goes_with_a_small_one() -> None:
    """One of three companies or more, so that what is left over is of no two."""
    few = np.array([False, True, False, False])
    assert hidden(few, np.array([20.0, 2.0, 8.0, 10.0]), [Sum(0, [1, 2, 3])]).tolist() == [False, True, True, False]
