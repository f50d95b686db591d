from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from data.model import Direction, Organisation, Origin, Resource, ResourceType, Site
from data.queries import topics, unclear
from data.store import edit
from data.store import topics as kept

KUOPIO, HELSINKI = (534_000.0, 6_973_000.0), (386_000.0, 6_672_000.0)


@pytest.fixture(scope="module")
def rows(engine: Engine) -> dict[str, int]:
    """Add resources of known and of unclear material, of no amount, and of another region."""
    made: dict[str, int] = {}
    told = [("known", KUOPIO, 900.0), ("small", KUOPIO, 20.0), ("large", KUOPIO, 300.0), ("nothing", KUOPIO, None)]
    for name, (easting, northing), tonnes in [*told, ("south", HELSINKI, 50.0)]:
        company = edit.add_organisation(engine, "Anna", Organisation(name=f"{name} Oy", naming_consent=name != "small"))
        site = edit.add_site(engine, "Anna", company.id, Site(name="T", easting_m=easting, northing_m=northing))
        resource = Resource(
            direction=Direction.HAVE,
            type=ResourceType.MATERIAL,
            title=f"Erä {name}",
            tonnes_low=tonnes,
            tonnes_high=tonnes,
            origin=Origin(dated=date(2024, 1, 1)),
        )
        made[name] = edit.add_resource(engine, "Anna", site.id, resource).id
    unread = topics.unread(engine, "r1", 1_000)
    kept.keep(engine, "r1", unread, ["wood_ash" if one == made["known"] else "" for one in unread["id"]])
    return made


def test_resources_of_no_material_are_listed_the_largest_first(engine: Engine, rows: dict[str, int]) -> None:
    """What is read as a material, and what has no amount in the balance, is not among them."""
    found = unclear.listed(engine, 2026, "", ["material"])
    assert found["id"].tolist() == [rows["large"], rows["south"], rows["small"]]
    assert found["tonnes"].tolist() == [300.0, 50.0, 20.0]
    assert unclear.listed(engine, 2026, "11", ["material"])["id"].tolist() == [rows["large"], rows["small"]]
    assert unclear.listed(engine, 2026, "", ["waste"]).empty
    assert unclear.listed(engine, 2023, "", ["material"]).empty


def test_the_name_of_a_company_that_hides_it_is_left_out(engine: Engine, rows: dict[str, int]) -> None:
    """Also of its unclear resources."""
    names = unclear.listed(engine, 2026, "11", ["material"]).set_index("id")["name"]
    assert names[rows["large"]] == "large Oy"
    assert pd.isna(names[rows["small"]])
