from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from matching import chains, concepts, processes
from matching.index import MatchIndex
from matching.learning import Learned
from matching.pairs import Hauls
from matching.weights import defaults

OULU, KEMI, LIMINKA = (429_300.0, 7_209_300.0), (390_000.0, 7_293_600.0), (425_000.0, 7_188_000.0)
RISUT, HAKETTAJA, LAITOS = 1, 2, 3

Make = Callable[..., dict[str, Any]]
Row = dict[str, Any]


def at(place: tuple[float, float]) -> Row:
    """Place a listing."""
    return {"easting_m": place[0], "northing_m": place[1], "region_code": "17"}


@pytest.fixture
def three(make: Make) -> list[Row]:
    """Give logging residues, somebody who chips, and a heating plant that needs chips; each of its own company."""
    rows: list[Row] = [
        {"id": RISUT, "title": "Hakkuutähteitä tienvarressa", **at(OULU)},
        {"id": HAKETTAJA, "type": "service", "title": "Haketuspalvelu", **at(LIMINKA)},
        {"id": LAITOS, "direction": "want", "title": "Ostetaan haketta lämpölaitokselle", **at(KEMI)},
    ]
    return [make(**{"organisation_id": row["id"], "site_id": row["id"], **row}) for row in rows]


def found(rows: list[Row], resource_id: int, hauls: Hauls) -> pd.DataFrame:
    """Find the chains around a resource."""
    return chains.find(MatchIndex.build(pd.DataFrame(rows)), resource_id, hauls, defaults())


def test_a_chain_is_found_from_both_ends(three: list[Row], hauls: Hauls) -> None:
    """The same three, the same ways and the same score, whoever asks."""
    ends = [found(three, one, hauls).iloc[0] for one in (RISUT, LAITOS)]
    for chain in ends:
        assert (chain["have_id"], chain["processor_id"], chain["want_id"]) == (RISUT, HAKETTAJA, LAITOS)
        assert chain["km"] == pytest.approx(chain["first_km"] + chain["second_km"])
        assert chain["direct"] < chain["score"] <= min(chain["treats"], chain["asks"])
    assert (ends[0]["partner_id"], ends[1]["partner_id"]) == (LAITOS, RISUT)
    assert ends[0]["score"] == pytest.approx(ends[1]["score"])


def test_both_steps_are_explained(three: list[Row], hauls: Hauls) -> None:
    """What is done to what, what it is asked for then, and both ways with their method."""
    chain = found(three, RISUT, hauls).to_dict("records")[0]
    first, second = chains.explain(chain)
    assert (first.key, first.facts["process"], first.facts["material"]) == (
        "chain.first",
        "chipping_service",
        "logging_residues",
    )
    assert (second.key, second.facts["asked"]) == ("chain.second", "district_heating")
    assert first.facts["km"] == pytest.approx(chain["first_km"], abs=0.05)
    assert second.facts["method"] == "estimate"


@pytest.mark.parametrize(
    ("who", "change"),
    [
        (HAKETTAJA, {"organisation_id": RISUT}),
        (HAKETTAJA, {"organisation_id": LAITOS}),
        (LAITOS, {"organisation_id": RISUT}),
        (RISUT, {"hazardous": True}),
        (HAKETTAJA, {"visibility": "private"}),
        (HAKETTAJA, {"visibility": "region", "region_code": "01"}),
        (LAITOS, {"visibility": "region", "region_code": "01"}),
        (HAKETTAJA, {"direction": "want"}),
        (HAKETTAJA, {"title": "Kirjanpitopalvelu"}),
        (LAITOS, {"title": "Lasimurskaa vaahtolasin tekoon"}),
        (RISUT, {"title": "Jäteöljyä korjaamolta"}),
        (RISUT, {"title": "Hevosenlantaa, puupohjainen"}),
        (RISUT, {"ewc_code": "170802"}),
    ],
)
@pytest.mark.parametrize("asked", [RISUT, LAITOS])
def test_no_chain_leads_through_a_closed_gate(
    three: list[Row], hauls: Hauls, who: int, change: Row, asked: int
) -> None:
    """Three organisations, nothing hazardous, nobody who must not be seen, and each step makes sense."""
    rows = [{**row, **change} if row["id"] == who else row for row in three]
    assert found(rows, asked, hauls).empty


def test_hazardous_waste_goes_only_to_who_treats_it(make: Make, hauls: Hauls) -> None:
    """A solvent can be distilled."""
    rows = [
        make(id=1, organisation_id=1, type="waste", title="Käytetty liuotin", hazardous=True, ewc_code="140603"),
        make(id=2, organisation_id=2, type="service", title="Liuottimien tislauspalvelu"),
        make(id=3, organisation_id=3, direction="want", title="Liuotinta"),
    ]
    index = MatchIndex.build(pd.DataFrame(rows))
    taken = {one.concept for one in processes.load() if one.hazardous and one.best({"solvent": 1.0})[1]}
    assert taken == {"distillation_service"}
    told = chains.find(index, 1, hauls, defaults())
    assert set(told["process"]) == {"distillation_service"}


def test_a_pair_that_is_good_alone_needs_nobody_between(three: list[Row], hauls: Hauls) -> None:
    """Ready chips go straight to the plant."""
    rows = [{**row, "title": "Haketta lämpölaitokselle"} if row["id"] == RISUT else row for row in three]
    assert found(rows, RISUT, hauls).empty


def test_a_processor_of_another_material_is_second_choice(three: list[Row], hauls: Hauls, make: Make) -> None:
    """Who says that it chips wood comes before a crusher of concrete next door."""
    crusher = make(id=4, organisation_id=4, type="service", title="Betonijätteen murskaus", **at(OULU))
    told = found([*three, crusher], RISUT, hauls)
    assert told["processor_id"].tolist() == [HAKETTAJA]


@pytest.mark.parametrize("asked", [RISUT, LAITOS])
def test_chains_are_finite_and_the_same_every_time(three: list[Row], hauls: Hauls, asked: int) -> None:
    """In whatever order the resources come."""
    more = [{**row, "id": row["id"] + 10, "organisation_id": row["id"] + 10} for row in three]
    first, second = found([*three, *more], asked, hauls), found([*reversed(more), *reversed(three)], asked, hauls)
    numbers = ["km", "first_km", "second_km", "treats", "asks", "direct", "score"]
    assert np.isfinite(first[numbers].to_numpy(float)).all()
    rows = ["have_row", "processor_row", "want_row"]
    pd.testing.assert_frame_equal(first.drop(columns=rows), second.drop(columns=rows))
    assert not first["partner_id"].duplicated().any()


def test_other_types_have_no_chains(make: Make, hauls: Hauls) -> None:
    """Nobody crushes a warehouse."""
    rows = [
        make(id=1, type="storage", title="Varastotilaa"),
        make(id=2, organisation_id=2, type="service", title="Haketus"),
    ]
    assert found(rows, 1, hauls).empty
    assert found(rows, 2, hauls).empty


def test_the_table_of_processes_speaks_in_known_concepts() -> None:
    """Each row names a service or capacity, takes something, and makes something."""
    table = concepts.load().concepts
    for one in processes.load():
        assert table[one.concept].kind in processes.PROCESSORS
        assert one.takes
        assert one.same or one.makes
        assert set(one.makes) <= set(table)
        assert set(one.takes.values()) <= {1.0, processes.BY_WIDER}


def test_what_decisions_have_taught_ranks_chains_as_well(three: list[Row], hauls: Hauls) -> None:
    """The score is then the chance that somebody takes it up; whether it is worth telling is not learned."""
    index = MatchIndex.build(pd.DataFrame(three))
    model = Learned({"score": 0.5, "haul": 3.0}, start=-1.0)
    plain, taught = (
        chains.find(index, RISUT, hauls, one).iloc[0] for one in (defaults(), replace(defaults(), learned=model))
    )
    assert taught["score"] != plain["score"] == plain["default"] == pytest.approx(taught["default"])
    haul = 1 / (1 + plain["km"] / defaults().half_km["material"])
    odds = -1.0 + 0.5 * plain["score"] + 3.0 * haul
    assert taught["score"] == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-6)
