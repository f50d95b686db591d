from threading import Thread

import pytest
from sqlalchemy import Engine, text

from config.errors import StoreProblem
from data.model import Direction, LapseReason, Organisation, Origin, Resource, ResourceType, Site, Stage
from data.queries import partners as queries
from data.store import edit, synergies
from data.store.synergies import Proposal, Proposed

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}


def add(engine: Engine, direction: Direction, *, demo: bool = False) -> int:
    """Add a company with one resource, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy", origin=Origin(demo=demo)))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
    resource = Resource(direction=direction, type=ResourceType.MATERIAL, title="Tuhkaa")
    return edit.add_resource(engine, "Anna", site.id, resource).id


@pytest.fixture
def pair(engine: Engine) -> Proposal:
    """Give an offer and a need that nobody has proposed yet."""
    have, want = add(engine, Direction.HAVE), add(engine, Direction.WANT)
    reasons = [{"key": "reason.shared_concepts", "values": {"concepts": ["ash"]}, "contribution": 0.2}]
    return Proposal(have_id=have, want_id=want, score=0.5, reasons=reasons, road_km=12.5, method="road")


def row(engine: Engine, pair: Proposal) -> dict[str, object]:
    """Read a synergy."""
    statement = text("SELECT * FROM synergy WHERE have_id = :have AND want_id = :want AND deleted_at IS NULL")
    with engine.connect() as connection:
        found = connection.execute(statement, {"have": pair.have_id, "want": pair.want_id}).mappings().one()
    return dict(found)


def test_a_pair_is_proposed_once(engine: Engine, pair: Proposal) -> None:
    """Counting again writes nothing; a new score changes the row and leaves its version."""
    assert synergies.propose(engine, "Anna", [pair]) == Proposed(1, 0, 0)
    assert synergies.propose(engine, "Anna", [pair]) == Proposed(0, 0, 1)
    better = Proposal(have_id=pair.have_id, want_id=pair.want_id, score=0.75)
    assert synergies.propose(engine, "Anna", [better]) == Proposed(0, 1, 0)
    assert (row(engine, pair)["score"], row(engine, pair)["version"]) == (0.75, 1)
    assert row(engine, pair)["stage"] == "identified"


def test_a_stage_outlives_a_new_score(engine: Engine, pair: Proposal) -> None:
    """What people have agreed is not undone by counting."""
    synergies.take_up(engine, "Anna", pair)
    synergies.propose(engine, "Ville", [Proposal(have_id=pair.have_id, want_id=pair.want_id, score=0.9)])
    assert (row(engine, pair)["stage"], row(engine, pair)["owner"]) == ("discussing", "Anna")


def test_taking_up_writes_the_stage_with_its_user(engine: Engine, pair: Proposal) -> None:
    """Also in the history; a second time changes nothing."""
    taken = synergies.take_up(engine, "Anna", pair)
    again = synergies.take_up(engine, "Ville", pair)
    assert (taken.stage, taken.changed, again.id, again.changed) == (Stage.DISCUSSING, True, taken.id, False)
    history = text("SELECT from_stage, to_stage, changed_by FROM synergy_history WHERE synergy_id = :id ORDER BY id")
    with engine.connect() as connection:
        rows = [tuple(one) for one in connection.execute(history, {"id": taken.id})]
    assert rows == [(None, "identified", "Anna"), ("identified", "discussing", "Anna")]


def test_a_rejected_pair_keeps_its_reason_and_can_be_taken_up_after_all(engine: Engine, pair: Proposal) -> None:
    """The reason is what the ranking learns from."""
    synergies.reject(engine, "Anna", pair, LapseReason.DISTANCE)
    decided = queries.synergies(engine, pair.want_id)
    assert decided[["partner_id", "stage", "lapse_reason"]].to_numpy().tolist() == [
        [pair.have_id, "lapsed", "distance"]
    ]
    synergies.take_up(engine, "Anna", pair)
    assert row(engine, pair)["lapse_reason"] is None


def test_a_synergy_with_an_invented_side_is_invented(engine: Engine) -> None:
    """Whichever way it came in."""
    have, want = add(engine, Direction.HAVE, demo=True), add(engine, Direction.WANT)
    pair = Proposal(have_id=have, want_id=want, score=0.5)
    synergies.propose(engine, "Anna", [pair])
    assert row(engine, pair)["demo"] is True
    other = Proposal(have_id=have, want_id=add(engine, Direction.WANT), score=0.5)
    synergies.take_up(engine, "Anna", other)
    assert row(engine, other)["demo"] is True


def test_a_side_that_is_gone_is_refused(engine: Engine, pair: Proposal) -> None:
    """With a sentence, and nothing is saved; among many proposals it is left out."""
    edit.delete(engine, "Anna", edit.Row("resource", pair.want_id))
    with pytest.raises(StoreProblem, match=r"store\.not_found"):
        synergies.take_up(engine, "Anna", pair)
    assert synergies.propose(engine, "Anna", [pair]).created == 0


def test_two_who_take_up_the_same_pair_make_one_synergy(engine: Engine, pair: Proposal) -> None:
    """The second waits for the first and finds its synergy."""
    users = [Thread(target=synergies.take_up, args=(engine, name, pair)) for name in ("Anna", "Ville")]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert row(engine, pair)["owner"] in {"Anna", "Ville"}
