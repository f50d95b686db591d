from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.store import edit

Open = Callable[..., AppTest]
KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


@pytest.fixture
def site(engine: Engine) -> edit.Row:
    """Add a company with a site."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    return edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))


@pytest.fixture
def ash(engine: Engine, site: edit.Row) -> edit.Row:
    """Add a resource."""
    listing = Resource(
        direction=Direction.HAVE, type=ResourceType.WASTE, title="Tuhka", quantity_low=5, quantity_high=5, unit="t"
    )
    return edit.add_resource(engine, "Anna", site.id, listing)


def row(engine: Engine, table: str, row_id: int) -> Mapping[str, object]:
    """Read a row of the store."""
    with engine.connect() as connection:
        more = ", ST_X(point) AS x" if table == "site" else ""
        statement = text(f"SELECT *{more} FROM {table} WHERE id = :id")  # noqa: S608 - the test's own names
        return dict(connection.execute(statement, {"id": row_id}).mappings().one())


def newest(engine: Engine, table: str) -> Mapping[str, object]:
    """Read the row that was added last."""
    with engine.connect() as connection:
        row_id = connection.execute(text(f"SELECT max(id) FROM {table}")).scalar_one()  # noqa: S608 - the test's own names
    return row(engine, table, row_id)


def told(app: AppTest) -> list[str]:
    """Give what the page says in our own HTML."""
    return [str(one.proto.body) for one in app.get("html")]


def type_into(app: AppTest, **values: str) -> AppTest:
    """Fill fields of text."""
    for name, value in values.items():
        app.text_input(key=f"sheet_{name}").input(value)
    return app.run()


def test_a_resource_is_refused_field_by_field_and_saved_once_mended(
    engine: Engine, site: edit.Row, open_page: Open
) -> None:
    """What was typed stays; each field says what is wrong and how to mend it."""
    app = open_page("companies", site=site.id)
    app.button(key="add_resource").click().run()
    type_into(app, quantity="paljon", source_document="Käynti 3")
    app.selectbox(key="sheet_type").set_value("waste").run()
    app.button(key="save_sheet").click().run()
    assert not app.exception
    faults = [said for said in told(app) if 'class="fault"' in said]
    assert len(faults) == 2
    assert "Otsikko puuttuu." in faults[0]
    assert "Määrää paljon ei voi lukea." in faults[1]
    assert app.text_input(key="sheet_quantity").value == "paljon"
    type_into(app, title="  Lento\u200btuhka ", quantity="n. 20 t")
    app.selectbox(key="sheet_ewc_code").set_value("10 01 04*").run()
    app.button(key="save_sheet").click().run()
    assert not app.exception
    saved = newest(engine, "resource")
    assert (saved["title"], saved["type"], saved["ewc_code"], saved["hazardous"]) == (
        "Lentotuhka",
        "waste",
        "100104",
        True,
    )
    assert (saved["quantity_high"], saved["unit"], saved["tonnes_basis"]) == (20, "t", "estimated")
    assert (saved["channel"], saved["source_document"], saved["site_id"]) == ("visit", "Käynti 3", site.id)
    assert app.query_params["resource"] == str(saved["id"])


def test_a_hazard_that_does_not_fit_offers_the_mirror_entry(engine: Engine, ash: edit.Row, open_page: Open) -> None:
    """One press chooses it, and then the form can be saved."""
    app = open_page("companies", resource=ash.id)
    app.button(key="edit_resource").click().run()
    app.selectbox(key="sheet_ewc_code").set_value("10 01 14*").run()
    app.button(key="save_sheet").click().run()
    assert any("valitse rinnakkaisnimike 10 01 15" in said for said in told(app))
    app.button(key="sheet_use_hazardous_0_0").click().run()
    app.button(key="save_sheet").click().run()
    assert not app.exception
    assert row(engine, "resource", ash.id)["ewc_code"] == "100115"


def test_a_number_that_can_be_read_in_two_ways_is_asked(engine: Engine, ash: edit.Row, open_page: Open) -> None:
    """Both readings are offered, and the one chosen is saved."""
    app = open_page("companies", resource=ash.id)
    app.button(key="edit_resource").click().run()
    type_into(app, quantity="1,234")
    offered = {button.label: button for button in app.button if str(button.key).startswith("sheet_use_quantity")}
    assert len(offered) == 2
    app.button(key="sheet_use_quantity_0_0").click().run()
    app.button(key="save_sheet").click().run()
    assert row(engine, "resource", ash.id)["quantity_high"] == 1234


def test_a_wrong_business_id_offers_the_right_one(engine: Engine, open_page: Open) -> None:
    """A company is added with the number that one press puts right, and stands in the link."""
    app = open_page("companies")
    app.button(key="add_organisation").click().run()
    type_into(app, name="Uusi Oy", business_id="1572860-1")
    assert any("Tarkoititko 1572860-0?" in said for said in told(app))
    app.button(key="sheet_use_business_id_0_0").click().run()
    app.button(key="save_sheet").click().run()
    assert not app.exception
    added = newest(engine, "organisation")
    assert (added["name"], added["business_id"]) == ("Uusi Oy", "1572860-0")
    assert app.query_params["organisation"] == str(added["id"])
    app = open_page("companies")
    app.button(key="add_organisation").click().run()
    type_into(app, name="Toinen Oy", business_id="1572860-0")
    app.button(key="save_sheet").click().run()
    assert any("on jo yritys" in error.value for error in app.error)
    assert app.text_input(key="sheet_name").value == "Toinen Oy"


def test_a_site_is_added_by_coordinates_and_moved_to_a_municipality(
    engine: Engine, site: edit.Row, open_page: Open
) -> None:
    """The form says in which municipality the point lies; without coordinates it stands for its municipality."""
    app = open_page("companies", site=site.id)
    app.button(key="add_site").click().run()
    type_into(app, name="Varasto", coordinates="64.2268, 27.7503")
    assert any("Pisteen kunta: Kajaani." in said for said in told(app))
    app.button(key="save_sheet").click().run()
    added = newest(engine, "site")
    assert (added["municipality_code"], added["precision"]) == ("205", "exact")
    app = open_page("companies", site=added["id"], tab="sites")
    app.button(key="edit_site").click().run()
    type_into(app, coordinates="")
    app.selectbox(key="sheet_municipality").set_value("091").run()
    app.button(key="save_sheet").click().run()
    assert not app.exception
    moved = row(engine, "site", int(str(added["id"])))
    assert (moved["municipality_code"], moved["precision"]) == ("091", "municipality")


def test_a_save_of_nothing_changes_nothing(engine: Engine, site: edit.Row, open_page: Open) -> None:
    """Also the metres of a point that the form shows rounded."""
    edit.change(engine, "Anna", site, {"easting_m": 536_400.25, "northing_m": 7_122_500.75})
    app = open_page("companies", site=site.id, tab="sites")
    app.button(key="edit_site").click().run()
    type_into(app, name="Tehdas 2")
    app.button(key="save_sheet").click().run()
    saved = row(engine, "site", site.id)
    assert (saved["name"], saved["x"], saved["version"]) == ("Tehdas 2", 536_400.25, 3)


@pytest.mark.parametrize(("way", "quantity"), [("merge", 7), ("reload", 5)])
def test_who_comes_second_sees_both_versions_and_goes_on(
    engine: Engine, ash: edit.Row, open_page: Open, way: str, quantity: float
) -> None:
    """Merging keeps both people's changes, reloading drops one's own; neither saves by itself."""
    app = open_page("companies", resource=ash.id)
    app.button(key="edit_resource").click().run()
    type_into(app, quantity="7")
    edit.change(engine, "Bertta <b>", ash, {"title": "Pohjatuhka"})
    app.button(key="save_sheet").click().run()
    assert not app.exception
    said = "\n".join(told(app))
    assert "Bertta &lt;b&gt; muutti tätä klo" in said
    assert '<th scope="row">Otsikko</th><td>Pohjatuhka</td><td>Tuhka</td>' in said
    assert '<th scope="row">Määrä</th><td>5</td><td>7</td>' in said
    app.button(key=f"stale_{way}").click().run()
    assert app.text_input(key="sheet_title").value == "Pohjatuhka"
    assert row(engine, "resource", ash.id)["version"] == 2
    app.button(key="save_sheet").click().run()
    assert not app.exception
    saved = row(engine, "resource", ash.id)
    assert (saved["title"], saved["quantity_high"]) == ("Pohjatuhka", quantity)


def test_a_form_of_what_was_deleted_meanwhile_says_so(engine: Engine, ash: edit.Row, open_page: Open) -> None:
    """What was typed is not lost from sight."""
    app = open_page("companies", resource=ash.id)
    app.button(key="edit_resource").click().run()
    type_into(app, title="Uusi")
    edit.delete(engine, "Bertta", ash)
    app.button(key="save_sheet").click().run()
    assert any("Tätä ei enää ole" in error.value for error in app.error)
    assert app.text_input(key="sheet_title").value == "Uusi"
