"""What breaks and what comes up when sites close, plants arrive, and limits and prices change."""

from typing import Any

import pandas as pd
import pytest

from config import factors
from matching.frame import COLUMNS
from matching.index import MatchIndex
from matching.pairs import Hauls
from matching.weights import defaults
from matching.whatif import Answer, Plant, Scenario, World, answer, of_json
from matching.whatif_terms import Terms, figures

KUOPIO, IISALMI, LAHTI = (534_000.0, 6_973_000.0), (511_000.0, 7_047_000.0), (427_000.0, 6_762_000.0)
NONE = pd.DataFrame(columns=[*COLUMNS])
NEW = -1


@pytest.fixture
def world(make: Any, hauls: Hauls) -> World:  # noqa: ANN401 - a function of the conftest
    """Give two ash suppliers, two who need it, and the exchanges between them: a near one and a far one."""
    told = [
        ("have", "Puutuhkaa voimalaitokselta", KUOPIO),
        ("want", "Tuhkaa metsälannoitukseen", IISALMI),
        ("have", "Puutuhkaa lämpölaitokselta", LAHTI),
        ("want", "Puutuhkaa lannoitukseen", LAHTI),
    ]
    rows = [
        make(
            id=at,
            organisation_id=at,
            site_id=at,
            direction=direction,
            title=title,
            easting_m=place[0],
            northing_m=place[1],
            tonnes_low=800.0,
            tonnes_high=800.0,
        )
        for at, (direction, title, place) in enumerate(told, 1)
    ]
    exchanges = [
        (1, 2, "material", 800.0, 95.0, 85.0, "road", 1, 2, True),
        (3, 2, "material", 600.0, 330.0, 270.0, "road", 3, 2, True),
        (1, 4, "service", float("nan"), 280.0, 230.0, "road", 1, 4, True),
    ]
    columns = ["have_id", "want_id", "type", "tonnes", "km", "minutes", "method", "from_site", "to_site", "demo"]
    frame = pd.DataFrame(exchanges, columns=columns)
    ends = {"from_company": frame["from_site"], "to_company": frame["to_site"]}
    about = {"material": "wood_ash", "want_material": "wood_ash", "hazardous": False}
    return World(frame.assign(**ends, **about), MatchIndex.build(pd.DataFrame(rows)), hauls, defaults())


def broken(found: Answer) -> dict[tuple[int, int], str]:
    """Give the pairs that break, and why."""
    rows = found.broken[["have_id", "want_id", "why"]]
    return {(have, want): why for have, want, why in rows.itertuples(index=False)}


def test_nothing_changed_changes_nothing(world: World) -> None:
    """The same figures before and after, to the last digit, and no rows."""
    found = answer(world, Scenario(), NONE)
    assert found.before == found.after
    assert found.before.tonnes == 1_400.0
    assert (len(found.broken), len(found.won), dict(found.substitutes)) == (0, 0, {})


def test_a_closed_site_breaks_its_exchanges_and_others_step_in(world: World) -> None:
    """The need that lost its ash is offered the other ash, with its way; the tonnes are lost."""
    found = answer(world, Scenario(closed=(1,)), NONE)
    assert broken(found) == {(1, 2): "closed", (1, 4): "closed"}
    assert found.after.tonnes - found.before.tonnes == -800.0
    assert 3 in found.substitutes[2]["partner_id"].tolist()
    assert 1 not in pd.concat(list(found.substitutes.values()))["partner_id"].tolist()
    assert (found.substitutes[2]["km"] > 0).all()


def test_limits_and_prices_break_what_they_rule_out_and_say_why(world: World) -> None:
    """A shorter limit breaks the far ones; dear transport only goods that are worth less than their haul."""
    assert set(broken(answer(world, Scenario(terms=Terms(limit_km=100.0)), NONE)).values()) == {"limit"}
    dear = answer(world, Scenario(terms=Terms(transport=2.0)), NONE)
    assert broken(dear) == {(3, 2): "price"}
    assert dear.after.eur < dear.before.eur
    worth = answer(world, Scenario(terms=Terms(eur_per_tonne=1.0)), NONE)
    assert worth.after.tonnes == 0.0


def test_a_price_of_its_own_counts_for_a_material_and_all_that_is_narrower(world: World) -> None:
    """Wood ash is ash: worth nothing it stays where it is, and what ash of another kind is worth does not touch it."""
    worthless = answer(world, Scenario(terms=Terms(prices=(("ash", 0.0),))), NONE)
    assert broken(worthless) == {(1, 2): "price", (3, 2): "price"}
    assert worthless.lost == worthless.before - worthless.after
    dearer = answer(world, Scenario(terms=Terms(prices=(("ash", 0.0), ("wood_ash", 90.0)))), NONE)
    assert (len(dearer.broken), dearer.after.tonnes) == (0, 1_400.0)
    assert dearer.after.eur - dearer.before.eur == pytest.approx(1_400.0 * 50.0)
    other = answer(world, Scenario(terms=Terms(prices=(("concrete", 0.0),))), NONE)
    assert other.after == other.before


def test_what_is_lost_and_what_is_won_are_all_that_changes(world: World) -> None:
    """Today less what breaks and with what comes up is the scenario, in each figure."""
    found = answer(world, Scenario(closed=(3,)), NONE)
    assert (found.lost.exchanges, found.lost.tonnes) == (1, 600.0)
    assert found.lost.eur > 0
    assert found.before - found.lost == found.after
    assert found.gained == figures(world.exchanges.head(0), Terms())


def test_emissions_saved_rest_on_the_factors_of_both_materials(world: World) -> None:
    """A tonne of plastic used again saves making it anew, less making it again and the haul; ash has no such factor."""
    rows = world.exchanges.head(1)
    ash = figures(rows, Terms())
    assert ash.saved_t == -ash.co2e_t
    plastic = figures(rows.assign(material="pvc", want_material="plastic"), Terms())
    a_tonne = factors.value("virgin.plastic") - factors.value("again.plastic")
    assert plastic.saved_t + plastic.co2e_t == pytest.approx(800.0 * a_tonne / 1000.0)
    burnt = figures(rows.assign(material="pvc", want_material="energy_use"), Terms())
    assert burnt.saved_t == ash.saved_t
    waste = figures(rows.assign(type="waste"), Terms())
    assert waste.saved_t > ash.saved_t


def test_a_new_plant_brings_exchanges_with_who_is_there(world: World, make: Any) -> None:  # noqa: ANN401 - as above
    """Its need of ash is met by the best supplier; of those that close it takes none."""
    plant = make(id=NEW, organisation_id=NEW, site_id=NEW, direction="want", title="Puutuhkaa lannoitteisiin")
    place = {"easting_m": KUOPIO[0], "northing_m": KUOPIO[1], "tonnes_low": 500.0, "tonnes_high": 500.0}
    listing = pd.DataFrame([plant | place])
    found = answer(world, Scenario(plants=(Plant("x", "297"),)), listing)
    assert found.won[["have_id", "want_id", "why"]].to_numpy().tolist() == [[1, NEW, "plant"]]
    assert found.after.tonnes - found.before.tonnes == 500.0
    other = answer(world, Scenario(closed=(1,), plants=(Plant("x", "297"),)), listing)
    assert other.won["have_id"].tolist() in ([3], [])


def test_a_site_that_is_gone_breaks_nothing(world: World) -> None:
    """A scenario on a deleted site gives today's figures."""
    found = answer(world, Scenario(closed=(99,)), NONE)
    assert found.before == found.after


def test_no_exchanges_at_all_are_no_fault(world: World) -> None:
    """An empty choice gives zeros."""
    nobody = World(world.exchanges.head(0), world.index, world.hauls, world.weights)
    assert answer(nobody, Scenario(closed=(1,)), NONE).after.exchanges == 0


def test_what_is_kept_comes_back_as_it_was() -> None:
    """Through JSON and back; an older one without terms is as today."""
    one = Scenario((3, 4), (Plant("sawmill", "297", 1.5),), Terms(80.0, 35.0, 1.2, (("ash", 12.0),)))
    assert of_json(one.as_json()) == one
    assert of_json({"closed": [7]}) == Scenario(closed=(7,))


def test_a_step_back_restores_every_number(world: World) -> None:
    """Forth and back: the same answer, table by table."""
    first = answer(world, Scenario(closed=(3,)), NONE)
    answer(world, Scenario(closed=(3, 1), terms=Terms(limit_km=90.0)), NONE)
    again = answer(world, Scenario(closed=(3,)), NONE)
    assert (first.before, first.after) == (again.before, again.after)
    pd.testing.assert_frame_equal(first.broken, again.broken)
    assert first.substitutes.keys() == again.substitutes.keys()
    for one, others in first.substitutes.items():
        pd.testing.assert_frame_equal(others, again.substitutes[one])
