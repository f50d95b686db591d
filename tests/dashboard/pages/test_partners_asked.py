"""What else the page of nearby partners is asked: a company, an idea, minutes, filters, a comparison, a draft."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard import partner_keeping
from dashboard.views.partner_subject import Idea
from data import rules
from data.model import Direction, Organisation, Resource, ResourceType, Site
from data.queries import companies
from data.store import edit
from data.viewer import Role, Viewer, viewing

Open = Callable[..., AppTest]

KEMI = Site(name="Tehdas", easting_m=388_500.0, northing_m=7_293_000.0)
OULU = Site(name="Tehdas", easting_m=429_300.0, northing_m=7_209_300.0)


def add(engine: Engine, name: str, *resources: Resource, place: Site) -> tuple[int, list[int]]:
    """Add a company with a site and what it has and needs; give their ids."""
    company = edit.add_organisation(engine, "Anna", Organisation(name=name, naming_consent=True))
    site = edit.add_site(engine, "Anna", company.id, place)
    return company.id, [edit.add_resource(engine, "Anna", site.id, one).id for one in resources]


def listing(direction: Direction, title: str, tonnes: float, **more: object) -> Resource:
    """Give a resource."""
    given = {"type": ResourceType.MATERIAL, **more}
    return Resource(direction=direction, title=title, tonnes_low=tonnes, tonnes_high=tonnes, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def held(engine: Engine) -> dict[str, int]:
    """Add a mill that has ash and needs gravel, and who answers it, near and far."""
    have, want = Direction.HAVE, Direction.WANT
    mill, (ash, gravel) = add(
        engine,
        "Tehdas Oy",
        listing(have, "Puutuhka", 100, type=ResourceType.WASTE, ewc_code="100101"),
        listing(want, "Soraa pihan pohjaan", 50),
        place=KEMI,
    )
    _, (near,) = add(engine, "Lannoite Oy", listing(want, "Puutuhkaa lannoitteeksi", 400), place=KEMI)
    _, (far,) = add(engine, "Metsä Oy", listing(want, "Puutuhkaa metsälannoitukseen", 90_000), place=OULU)
    _, (pit,) = add(engine, "Sora Oy", listing(have, "Soraa kuopasta", 10_000), place=OULU)
    return {"mill": mill, "ash": ash, "gravel": gravel, "near": near, "far": far, "pit": pit}


def words(app: AppTest) -> str:
    """Give all that a page says."""
    said = [str(getattr(one.proto, "body", "")) for one in app.get("html")]
    told = [one.value for one in (*app.markdown, *app.caption, *app.info, *app.error)]
    return "\n".join([*said, *told, *(button.label for button in app.button)]).replace("\u00a0", " ")


def test_a_company_sees_all_that_it_has_and_needs(held: dict[str, int], open_page: Open) -> None:
    """Each partner once, with which of its resources it answers."""
    app = open_page("partners", organisation=held["mill"])
    assert not app.exception
    shown = words(app)
    assert {"Lannoite Oy", "Metsä Oy", "Sora Oy"} <= {
        one for one in ("Lannoite Oy", "Metsä Oy", "Sora Oy") if one in shown
    }
    assert "vastaa: Puutuhka" in shown
    assert "vastaa: Soraa pihan pohjaan" in shown
    gone = open_page("partners", organisation=999_999)
    assert not gone.exception
    assert "Linkin yritystä ei enää ole" in words(gone)


def test_an_idea_finds_partners_and_is_never_kept(engine: Engine, held: dict[str, int], open_page: Open) -> None:
    """By the same matcher, as an estimate from the municipality; nothing to take up."""
    assert held
    with engine.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM resource")).scalar()
    app = open_page("partners", what="Puutuhkaa", side="have", kind="waste", at="240", tonnes="200")
    assert not app.exception
    shown = words(app)
    assert "Lannoite Oy" in shown
    assert "kattaa 50 % tarpeesta" in shown
    assert "Tätä ei ole tallennettu" in shown
    assert "Ota työn alle" not in shown
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM resource")).scalar() == before


def test_an_idea_goes_to_the_form_of_a_resource(engine: Engine, app_engine: Engine, held: dict[str, int]) -> None:
    """Of a company where one may add, those of its municipality first; as it passes the form's rules, nothing lost."""
    idea = Idea("Puutuhkaa kattilasta", Direction.HAVE, ResourceType.WASTE, "564", 1234.567)
    with viewing(Viewer("Anna", Role.NATIONAL)):
        found = companies.writable(app_engine, idea.municipality, "", 50)
    assert found["municipality"].tolist()[:2] == ["564", "564"]
    assert held["mill"] in found["id"].tolist()[2:]
    with viewing(Viewer("Bertta", Role.REGIONAL, regions=("21",))):
        assert companies.writable(app_engine, idea.municipality, "", 50).empty
    with viewing(Viewer("Carl", Role.COMPANY, organisation_id=held["mill"])):
        (own,) = companies.writable(app_engine, idea.municipality, "ehdas", 50).to_dict("records")
    assert own["id"] == held["mill"]
    checked = rules.resource.check(partner_keeping.filled(idea, int(own["site_id"]), "fi"))
    assert checked.value is not None
    told = checked.value
    assert (told.title, told.direction, told.type) == (idea.words, idea.direction, idea.type)
    assert (told.tonnes_low, told.tonnes_high, told.continuity) == (1234.567, 1234.567, "continuous")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM resource WHERE title = :title"), {"title": idea.words}) == 0


@pytest.mark.parametrize("link", [{"by": "idea"}, {"what": "Tuhkaa", "at": "999", "tonnes": "x", "kind": "y"}])
def test_half_an_idea_asks_for_the_rest(held: dict[str, int], open_page: Open, link: dict[str, str]) -> None:
    """With a form, and no partners of anything else."""
    assert held
    app = open_page("partners", **link)
    assert not app.exception
    assert "Kirjoita, mitä jollakin olisi" in words(app)
    assert app.text_input(key="idea_what").value == link.get("what", "")


def test_a_limit_in_minutes(held: dict[str, int], open_page: Open) -> None:
    """More than an hour from Kemi to Oulu, and less than four."""
    app = open_page("partners", resource=held["ash"], unit="min")
    assert "Rajan takana" not in words(app)
    app.slider(key="min").set_value(60).run()
    assert not app.exception
    assert "Rajan takana 1 kumppani. Lähin: Oulu" in words(app)


def test_filters_stand_in_the_link_and_one_that_is_gone_is_said(held: dict[str, int], open_page: Open) -> None:
    """Only what is large enough; a material that nobody is about falls away."""
    app = open_page("partners", resource=held["ash"], quantity="1000")
    assert "Metsä Oy" in words(app)
    assert "Lannoite Oy" not in words(app)
    gone = open_page("partners", resource=held["ash"], material="asbestos")
    assert "Linkin suodatin ei enää rajaa mitään" in words(gone)
    assert "Lannoite Oy" in words(gone)
    nobody = open_page("partners", resource=held["ash"], hazardous="yes")
    assert "Yksikään kumppani ei täytä suodattimia." in words(nobody)
    nobody.button(key="clear_all").click().run()
    assert "Lannoite Oy" in words(nobody)


def test_partners_stand_side_by_side(held: dict[str, int], open_page: Open) -> None:
    """Two of the link, with the nearer one's haul marked as the cheaper."""
    app = open_page("partners", resource=held["ash"], compare=held["near"])
    assert app.button(key="compare_show").disabled
    app.button(key=f"open_{held['far']}").click().run()
    app.button(key="compare_partner").click().run()
    app.button(key="compare_show").click().run()
    assert not app.exception
    assert "Kannattavuusraja" in words(app)
    assert "rivin paras" in words(app)


def test_the_open_row_tells_the_law_and_drafts_a_listing(held: dict[str, int], open_page: Open) -> None:
    """Waste may not be listed for a company, which may do it itself."""
    app = open_page("partners", resource=held["ash"])
    app.button(key="legal").click().run()
    assert "Jätelaki 646/2011 29 §" in words(app)
    app.button(key="listing_draft").click().run()
    assert not app.exception
    assert "Jäteilmoitusta ei voi jättää toisen yrityksen puolesta" in words(app)
    assert "Ilmoitustyyppi" not in "".join(one.value for one in app.code)


def test_an_amount_with_its_unit_is_read_and_what_is_none_is_said(held: dict[str, int], open_page: Open) -> None:
    """Two thousand tonnes in words are two thousand; what can't be read is named, and nothing is sought by half."""
    assert held
    app = open_page("partners", what="Puutuhkaa", side="have", kind="waste", at="240")
    app.text_input(key="idea_tonnes").set_value("2 000 tonnia")
    next(one for one in app.button if one.label == "Etsi kumppanit").click().run()
    assert app.query_params["tonnes"] in ("2000", ["2000"])
    app.text_input(key="idea_tonnes").set_value("paljon")
    next(one for one in app.button if one.label == "Etsi kumppanit").click().run()
    assert not app.exception
    assert "paljon" in " ".join(one.value for one in app.error)
    assert app.query_params["tonnes"] in ("2000", ["2000"])
