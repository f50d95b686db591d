from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from config.texts import catalogue
from dashboard.reports import yearly
from data.model import Direction, Organisation, Resource, ResourceType, Site, Visibility
from data.queries import report_targets
from data.store import edit, organisers, synergies, targets
from data.store.organisers import Organiser
from data.store.synergies import Proposal
from data.store.targets import Aim

Open = Callable[..., AppTest]
AS_ROLE = """
from data.viewer import Role, Viewer, viewing
from dashboard.pages.reports import page
with viewing(Viewer("Minä", Role("{role}"), {regions})):
    page()
"""
TAMPERE = {"easting_m": 327_911.0, "northing_m": 6_822_911.0}


@pytest.fixture(scope="module")
def pair(engine: Engine) -> int:
    """Add two companies with a completed synergy between public resources, and give its id."""
    sides = {}
    for name, direction in (("Eka Oy", Direction.HAVE), ("Toka Oy", Direction.WANT)):
        company = edit.add_organisation(engine, "Anna", Organisation(name=name, naming_consent=True))
        site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **TAMPERE))
        told = Resource(
            direction=direction, type=ResourceType.WASTE, title=f"Tuhka {name}", visibility=Visibility.PUBLIC
        )
        sides[direction] = edit.add_resource(engine, "Anna", site.id, told).id
    proposal = Proposal(have_id=sides[Direction.HAVE], want_id=sides[Direction.WANT], score=0.5)
    taken = synergies.take_up(engine, "Anna", proposal)
    with engine.begin() as connection:
        connection.execute(text("UPDATE synergy SET stage = 'completed' WHERE id = :id"), {"id": taken.id})
    return taken.id


def said(app: AppTest) -> str:
    """Give what the page says in our own HTML."""
    assert not app.exception, [one.message for one in app.exception]
    return " ".join(str(one.proto.body) for one in app.get("html"))


def test_an_empty_store_says_how_to_begin(open_page: Open) -> None:
    """No table of zeros."""
    assert "Raportoitavaa ei vielä ole." in said(open_page("reports"))


def test_a_report_shows_progress_towards_the_target(engine: Engine, open_page: Open, pair: int) -> None:
    """Half of the companies, in words for those who don't see the bar; a wrong region in the link falls back."""
    assert pair
    targets.save(engine, "Anna", [Aim(region="06", year=2026, measure="companies", amount=4)])
    words = said(open_page("reports", region="06", year=2026))
    assert "Yrityksiä mukana: 2, tavoite 4, toteuma 50\xa0%" in words
    assert "<b>Koko maa</b>" in said(open_page("reports", region="03", year=2026))


def test_targets_of_all_regions_and_of_one(engine: Engine, open_page: Open, pair: int) -> None:
    """All stand in a table beside what was reached; one region's are in a table to edit."""
    assert pair
    targets.save(engine, "Anna", [Aim(region="06", year=2027, measure="workshops", amount=3)])
    app = open_page("reports", part="targets", year=2027)
    assert "0 / 3" in said(app)
    app = open_page("reports", part="targets", year=2027, region="06")
    assert "<b>Pirkanmaa</b>" in said(app)
    table = app.dataframe[0].value
    assert table.set_index("name")["target"].dropna().to_dict() == {"Työpajoja vuoden aikana": 3.0}
    assert app.button(key="targets_save").disabled


def test_an_organiser_is_added_and_a_contract_the_wrong_way_round_refused(
    engine: Engine, open_page: Open, pair: int
) -> None:
    """What was typed stays in the form; mended, it is saved."""
    assert pair
    app = open_page("reports", part="organisers")
    app.button(key="organiser_add").click().run()
    app.button(key="organiser_save").click().run()
    assert "Organisaatio puuttuu" in app.error[0].value
    company = app.selectbox(key="organiser_field_organisation")
    company.set_value(next(one for one in _options(engine) if one[1] == "Eka Oy")[0])
    app.multiselect(key="organiser_field_regions").set_value(["06"])
    app.text_area(key="organiser_field_coordinators").set_value("Aino Aalto\n")
    app.date_input(key="organiser_field_from").set_value(date(2026, 6, 1))
    app.date_input(key="organiser_field_to").set_value(date(2026, 5, 1))
    app.button(key="organiser_save").click().run()
    assert "päättyy 1.5.2026 ennen kuin se alkaa 1.6.2026" in app.error[0].value.replace("\\", "")
    assert report_targets.organisers(engine).empty
    app.date_input(key="organiser_field_to").set_value(date(2027, 5, 1))
    app.button(key="organiser_save").click().run()
    row = report_targets.organisers(engine).iloc[0]
    assert (row["name"], row["regions"], row["contract_to"]) == ("Eka Oy", ["06"], date(2027, 5, 1))


def _options(engine: Engine) -> list[tuple[int, str]]:
    found = report_targets.choices(engine, "")
    return list(zip(found["id"].astype(int), found["name"], strict=True))


def test_a_stale_form_of_an_organiser_is_told_so(engine: Engine, open_page: Open, pair: int) -> None:
    """Nothing is overwritten, and the newest version can be loaded into the form."""
    assert pair
    company = _options(engine)[0][0]
    row_id = organisers.save(engine, "Anna", Organiser(organisation_id=company, regions=["11"]))
    app = open_page("reports", part="organisers")
    app.button(key=f"organiser_edit_{row_id}").click().run()
    changed = Organiser(organisation_id=company, regions=["10", "11"], id=row_id, version=1)
    organisers.save(engine, "Ville", changed)
    app.button(key="organiser_save").click().run()
    assert "Ville muutti tätä" in app.error[0].value
    app.button(key="organiser_reload").click().run()
    assert app.multiselect(key="organiser_field_regions").value == ["10", "11"]


def test_a_symbiosis_is_released_once_both_have_agreed_and_taken_back(
    engine: Engine, open_page: Open, pair: int
) -> None:
    """One tick is not enough; the state is told in words."""
    app = open_page("reports", part="showcase")
    assert "Ei julkaistu" in said(app)
    app.button(key=f"ask_release_{pair}").click().run()
    app.checkbox(key="release_have").check()
    app.button(key="release_now").click().run()
    assert "kun molemmat osapuolet ovat suostuneet" in app.error[0].value
    app.checkbox(key="release_want").check()
    app.button(key="release_now").click().run()
    assert _released(engine, pair)
    app = open_page("reports", part="showcase")
    app.button(key=f"withdraw_{pair}").click().run()
    assert not _released(engine, pair)
    assert "Julkaisu peruttiin" in app.success[0].value


def _released(engine: Engine, pair: int) -> bool:
    with engine.connect() as connection:
        found = connection.scalar(text("SELECT showcase_consent FROM synergy WHERE id = :id"), {"id": pair})
    return bool(found)


@pytest.mark.parametrize(("role", "regions"), [("planner", ()), ("regional", ("01",)), ("company", ()), ("public", ())])
def test_others_open_it_and_are_offered_nothing_they_may_not_do(
    open_page: Open, pair: int, role: str, regions: tuple[str, ...]
) -> None:
    """A planner and a coordinator of another region read; a company and the public are told where to look."""
    assert pair
    open_page("reports")  # on this module's database
    for part in ("yearly", "targets", "organisers", "showcase"):
        app = AppTest.from_string(AS_ROLE.format(role=role, regions=regions), default_timeout=120)
        app.query_params["part"] = part
        app.query_params["region"] = "06"
        words = said(app.run())
        offered = {str(one.key).split("_")[0] for one in app.button}
        assert offered & {"organiser", "ask", "withdraw", "targets"} == set(), part
        if role in {"company", "public"}:
            assert "koordinaattoreille ja suunnittelijoille" in app.info[0].value
            assert "Pirkanmaa" not in words


def test_every_table_can_be_empty() -> None:
    """A region without anything is told so table by table, in each language."""
    assert {f"report.none_{key}" for key in (*yearly.BESIDE, *yearly.BELOW)} <= set(catalogue())


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("reports", {"region": "99", "year": "1066", "part": "moon"}),
        ("reports", {"part": "targets", "region": "99"}),
        ("activation", {"region": "99", "status": "gone", "municipality": "999", "company": "999999"}),
        ("experts", {"region": "99", "concept": "unobtainium"}),
        ("doctor", {"kind": "headache"}),
    ],
)
def test_what_a_link_asks_for_in_vain_is_said(pair: int, page: str, asked: dict[str, str], open_page: Open) -> None:
    """Each page falls back to what there is, and says above it what there is not."""
    assert pair
    app = open_page(page, **asked)
    assert not app.exception
    told = " ".join(one.value for one in app.info).replace("\\", "")
    assert all(f"{key}={value}" in told for key, value in asked.items() if value != "targets")
