from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import doctor as queries
from data.store import edit

Open = Callable[..., AppTest]
KAINUU = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


def listed(engine: Engine, site: int, title: str, **more: object) -> int:
    """Add waste that a site offers."""
    told = Resource(direction=Direction.HAVE, type=ResourceType.WASTE, title=title, **more)  # type: ignore[arg-type]
    return edit.add_resource(engine, "Anna", site, told).id


@pytest.fixture(scope="module")
def faulty(engine: Engine) -> dict[str, int]:
    """Add one of each fault: two names, a wrong ID, no code, ten million tonnes, a twin, and one that has ended."""
    ids: dict[str, int] = {}
    for name, business_id in (("VALIO OY", "0116297-6"), ("Valio Oy", None), ("Tuhka Oy", "2077474-1")):
        made = edit.add_organisation(engine, "Anna", Organisation(name=name, business_id=business_id))
        ids[name] = made.id
        place = Site(name="Tehdas", **KAINUU)
        ids[f"site {name}"] = edit.add_site(engine, "Anna", made.id, place).id
    site = ids["site Tuhka Oy"]
    ids["sawdust"] = listed(engine, site, "Sahanpuru")
    much = {"quantity_low": 1e7, "quantity_high": 1e7, "unit": "t", "tonnes_low": 1e7, "tonnes_high": 1e7}
    ids["much"] = listed(engine, site, "Betonimurske", ewc_code="170101", **much)
    ids["words"] = listed(engine, site, "Pahvia 20 t vuodessa", ewc_code="150101")
    ids["loose"] = listed(engine, site, "Outo erä", ewc_code="170101", quantity_low=5, quantity_high=5, unit="m3")
    ids["one"] = listed(engine, site, "Lentotuhka, kuiva", ewc_code="100117")
    ids["twin"] = listed(engine, site, "LENTOTUHKA kuiva", ewc_code="100117")
    ids["ended"] = listed(engine, site, "Vanha muovi", ewc_code="170203", expires_on=date(2026, 1, 31))
    ids["hazard"] = listed(engine, site, "Maalijäte", ewc_code="080111")
    return ids


def words(app: AppTest) -> str:
    """Give all that a page says."""
    said = [str(one.proto.body) for one in app.get("html")]
    return "\n".join([*said, *(button.label.replace("\\", "") for button in app.button)]).replace("\u2060", "")


def test_each_fault_is_found_once(engine: Engine, faulty: dict[str, int]) -> None:
    """And nothing that is right."""
    assert queries.business_ids(engine)["name"].to_list() == ["Tuhka Oy", "Valio Oy"]
    assert set(queries.wastes(engine)["id"]) == {faulty["sawdust"], faulty["hazard"]}
    told = queries.amounts(engine)
    assert dict(zip(told["id"], told["problem"], strict=True)) == {
        faulty["much"]: "implausible",
        faulty["words"]: "in_words",
        faulty["loose"]: "no_tonnes",
    }
    assert told[told["id"] == faulty["words"]]["told"].to_list() == ["20 t"]
    twice = queries.companies_twice(engine)
    assert twice[["id", "other_id"]].values.tolist() == [[faulty["VALIO OY"], faulty["Valio Oy"]]]
    same = queries.resources_twice(engine)
    assert same[["id", "other_id"]].values.tolist() == [[faulty["one"], faulty["twin"]]]
    assert queries.stale(engine)["id"].to_list() == [faulty["ended"]]


def test_what_nobody_has_touched_for_a_year_is_stale(engine: Engine, faulty: dict[str, int]) -> None:
    """Counted from the last change of the row."""
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE resource DISABLE TRIGGER touch"))
        aged = "UPDATE resource SET updated_at = now() - interval '400 days' WHERE id = :id"
        connection.execute(text(aged), {"id": faulty["words"]})
        connection.execute(text("ALTER TABLE resource ENABLE TRIGGER touch"))
    told = queries.stale(engine)
    assert dict(zip(told["id"], told["ended"], strict=True)) == {faulty["words"]: False, faulty["ended"]: True}


def test_a_finding_says_what_where_how_and_mends_by_one_button(
    engine: Engine, faulty: dict[str, int], open_page: Open
) -> None:
    """The business ID is corrected, and the correction can be taken back."""
    app = open_page("doctor", kind="business_ids")
    assert not app.exception
    assert "Y-tunnus 2077474-1 ei ole oikein: tarkistusnumero ei täsmää." in words(app)
    app.button(key=f"mend_organisation_{faulty['Tuhka Oy']}_0").click().run()
    assert not app.exception
    assert queries.business_ids(engine)["name"].to_list() == ["Valio Oy"]
    app.button(key="undo_last").click().run()
    assert queries.business_ids(engine)["name"].to_list() == ["Tuhka Oy", "Valio Oy"]


def test_a_code_is_proposed_with_a_warning_of_its_mirror_entry(
    engine: Engine, faulty: dict[str, int], open_page: Open
) -> None:
    """Sawdust is 03 01 05, whose mirror is 03 01 04*."""
    app = open_page("doctor", kind="wastes")
    assert not app.exception
    assert "Rinnakkaisnimike on 03 01 04*" in words(app)
    assert "Aseta 03 01 05" in words(app)
    app.button(key=f"mend_resource_{faulty['sawdust']}_0").click().run()
    assert set(queries.wastes(engine)["id"]) == {faulty["hazard"]}
    app.button(key=f"mend_resource_{faulty['hazard']}_0").click().run()
    assert not app.exception
    assert app.selectbox(key="sheet_ewc_code").value == "08 01 11*"


def test_an_ended_listing_is_extended(engine: Engine, faulty: dict[str, int], open_page: Open) -> None:
    """By half a year from today, by one press."""
    app = open_page("doctor", kind="stale")
    app.button(key=f"mend_resource_{faulty['ended']}_0").click().run()
    assert not app.exception
    assert faulty["ended"] not in set(queries.stale(engine)["id"])


def test_two_companies_become_one_and_two_again(engine: Engine, faulty: dict[str, int], open_page: Open) -> None:
    """By the button of the finding, and by the one that takes it back."""
    app = open_page("doctor", kind="companies_twice")
    assert "Sama yritys kahdella nimellä? Toinen: Valio Oy" in words(app)
    app.button(key=f"mend_organisation_{faulty['VALIO OY']}_{faulty['Valio Oy']}").click().run()
    assert not app.exception
    assert queries.companies_twice(engine).empty
    assert queries.merges(engine)[["kept", "gone"]].values.tolist() == [["VALIO OY", "Valio Oy"]]
    app = open_page("doctor", kind="merges")
    merge_id = int(queries.merges(engine)["id"][0])
    app.button(key=f"take_back_{merge_id}").click().run()
    assert not app.exception
    assert len(queries.companies_twice(engine)) == 1
    assert queries.merges(engine).empty


def test_two_that_are_not_the_same_are_not_asked_about_again(
    engine: Engine, faulty: dict[str, int], open_page: Open
) -> None:
    """One button, taken back by another; it stands among the settled pairs."""
    app = open_page("doctor", kind="resources_twice")
    app.button(key=f"apart_resource_{faulty['one']}_{faulty['twin']}").click().run()
    assert not app.exception
    assert queries.resources_twice(engine).empty
    assert "Nämä pidetään erillään" in words(app)
    settled = open_page("doctor", kind="merges")
    assert "eivät ole samat" in words(settled)
    app.button(key="undo_merge").click().run()
    assert not app.exception
    assert len(queries.resources_twice(engine)) == 1
