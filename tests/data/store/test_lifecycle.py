from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from config.texts import LANGUAGES
from config.texts import text as words
from data.model import Direction, LapseReason, Organisation, Resource, ResourceType, Site, Visibility
from data.queries import partners, proposals
from data.store import edit, lifecycle, synergies
from data.store.lifecycle import Followed
from data.store.synergies import Proposal

KAJAANI = {"easting_m": 536_400.0, "northing_m": 7_122_500.0}
YESTERDAY, TOMORROW = (date.today() + timedelta(days=days) for days in (-1, 1))  # noqa: DTZ011 - the server's day
ENDED, RESUMED = (words(f"lifecycle.{key}", "fi") for key in ("ended", "resumed"))


def add(engine: Engine, direction: Direction) -> int:
    """Add a company with one resource, and give the resource's id."""
    company = edit.add_organisation(engine, "Anna", Organisation(name="Tuhka Oy"))
    site = edit.add_site(engine, "Anna", company.id, Site(name="Tehdas", **KAJAANI))
    resource = Resource(direction=direction, type=ResourceType.MATERIAL, title="Tuhkaa")
    return edit.add_resource(engine, "Anna", site.id, resource).id


@pytest.fixture
def pair(engine: Engine) -> Proposal:
    """Give an offer and a need that are proposed."""
    proposed = Proposal(have_id=add(engine, Direction.HAVE), want_id=add(engine, Direction.WANT), score=0.5)
    synergies.propose(engine, "Anna", [proposed])
    return proposed


def change(engine: Engine, resource_id: int, **values: object) -> None:
    """Edit a resource as a coordinator does."""
    with engine.connect() as connection:
        version = connection.scalar(text("SELECT version FROM resource WHERE id = :id"), {"id": resource_id})
    edit.change(engine, "Ville", edit.Row("resource", resource_id, version or 1), values)


def delete(engine: Engine, resource_id: int) -> None:
    """Delete a resource, with its open synergies known."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE resource SET deleted_at = now() WHERE id = :id"), {"id": resource_id})


def stage(engine: Engine, pair: Proposal) -> tuple[str, str | None]:
    """Read stage and reason."""
    row = proposals.of(engine, pair.have_id).iloc[0]
    return str(row["stage"]), row["lapse_reason"]


def history(engine: Engine, pair: Proposal) -> list[tuple[str | None, str, str]]:
    """Read what has happened: from, to, by whom."""
    statement = text(
        "SELECT from_stage, to_stage, changed_by FROM synergy_history h JOIN synergy s ON s.id = h.synergy_id"
        " WHERE s.have_id = :have AND s.want_id = :want ORDER BY h.id"
    )
    with engine.connect() as connection:
        found = connection.execute(statement, {"have": pair.have_id, "want": pair.want_id})
        return [(one.from_stage, one.to_stage, one.changed_by) for one in found]


def expire(engine: Engine, resource_id: int) -> None:
    """Let a resource end yesterday."""
    change(engine, resource_id, expires_on=YESTERDAY)


def hide(engine: Engine, resource_id: int) -> None:
    """Let nobody match a resource any more."""
    change(engine, resource_id, visibility=Visibility.PRIVATE)


@pytest.mark.parametrize("end", [expire, delete, hide])
@pytest.mark.parametrize("side", ["have_id", "want_id"])
def test_a_proposal_lapses_when_a_side_ends(
    engine: Engine, pair: Proposal, end: Callable[[Engine, int], None], side: str
) -> None:
    """Withdrawn, under a name that says why, once."""
    end(engine, getattr(pair, side))
    assert lifecycle.follow(engine, "fi").lapsed == 1
    assert stage(engine, pair) == ("lapsed", "withdrawn")
    assert lifecycle.follow(engine, "fi") == Followed(0, 0)
    assert history(engine, pair) == [(None, "identified", "Anna"), ("identified", "lapsed", ENDED)]


def test_it_comes_back_with_its_side(engine: Engine, pair: Proposal) -> None:
    """Whatever the language of the installation is by then."""
    expire(engine, pair.want_id)
    lifecycle.follow(engine, "sv")
    change(engine, pair.want_id, expires_on=TOMORROW)
    assert lifecycle.follow(engine, "fi") == Followed(0, 1)
    assert stage(engine, pair) == ("identified", None)
    assert history(engine, pair)[-1] == ("lapsed", "identified", RESUMED)


def test_what_a_person_let_lapse_stays_lapsed(engine: Engine, pair: Proposal) -> None:
    """Also where the reason is the same."""
    synergies.reject(engine, "Anna", pair, LapseReason.WITHDRAWN)
    assert lifecycle.follow(engine, "fi", pair.have_id) == Followed(0, 0)
    assert stage(engine, pair) == ("lapsed", "withdrawn")


def test_what_people_have_begun_is_theirs_to_end(engine: Engine, pair: Proposal) -> None:
    """A read only marks that a side has ended."""
    synergies.take_up(engine, "Anna", pair)
    expire(engine, pair.have_id)
    assert lifecycle.follow(engine, "fi", pair.have_id) == Followed(0, 0)
    row = proposals.of(engine, pair.want_id).iloc[0]
    assert (row["stage"], bool(row["side_ended"])) == ("discussing", True)


def test_one_resource_is_followed_without_the_others(engine: Engine, pair: Proposal) -> None:
    """As a page does that shows one."""
    other = Proposal(have_id=add(engine, Direction.HAVE), want_id=add(engine, Direction.WANT), score=0.5)
    synergies.propose(engine, "Anna", [other])
    for one in (pair, other):
        expire(engine, one.have_id)
    assert lifecycle.follow(engine, "fi", pair.want_id) == Followed(1, 0)
    assert stage(engine, other) == ("identified", None)
    assert lifecycle.follow(engine, "fi") == Followed(1, 0)


def test_nobody_is_said_to_have_rejected_what_lapsed_by_itself(engine: Engine, pair: Proposal) -> None:
    """Or the page would hide a partner that nobody has turned down."""
    expire(engine, pair.have_id)
    lifecycle.follow(engine, "fi")
    assert partners.synergies(engine, pair.want_id).empty
    assert proposals.of(engine, pair.want_id)["automatic"].tolist() == [True]


def test_an_open_form_is_told_of_the_lapse(engine: Engine, pair: Proposal) -> None:
    """The version counts on, so that nobody writes over it unseen."""
    expire(engine, pair.have_id)
    lifecycle.follow(engine, "fi")
    with engine.connect() as connection:
        statement = text("SELECT version FROM synergy WHERE have_id = :id")
        assert connection.scalar(statement, {"id": pair.have_id}) == 2


def test_a_weak_proposal_lapses_and_comes_back(engine: Engine, pair: Proposal) -> None:
    """With its new score; it comes back when it is among the best again, not before."""
    weak = replace(pair, score=0.1, listed=False, weak=True)
    assert synergies.propose(engine, "Anna", [weak]).lapsed == 1
    assert stage(engine, pair) == ("lapsed", "other")
    assert proposals.of(engine, pair.have_id)["score"].tolist() == [0.1]
    assert synergies.propose(engine, "Anna", [replace(pair, score=0.3, listed=False)]).returned == 0
    assert synergies.propose(engine, "Anna", [replace(pair, score=0.6)]).returned == 1
    assert stage(engine, pair) == ("identified", None)
    assert [one[2] for one in history(engine, pair)[1:]] == [
        words(f"lifecycle.{key}", "fi") for key in ("faded", "fits")
    ]


@pytest.mark.parametrize("touch", ["owner = 'Anna'", "note = 'Soitettu'", "next_step = 'Soita'"])
def test_a_weak_one_that_somebody_has_touched_stays(engine: Engine, pair: Proposal, touch: str) -> None:
    """Its score is counted again all the same."""
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE synergy SET {touch} WHERE have_id = {pair.have_id}"))  # noqa: S608 - our own
    done = synergies.propose(engine, "Anna", [replace(pair, score=0.1, listed=False, weak=True)])
    assert (done.updated, done.lapsed) == (1, 0)
    assert stage(engine, pair) == ("identified", None)


def test_what_is_not_among_the_best_is_never_written_anew(engine: Engine) -> None:
    """It is only scored again where it is there."""
    new = Proposal(have_id=add(engine, Direction.HAVE), want_id=add(engine, Direction.WANT), score=0.2, listed=False)
    assert synergies.propose(engine, "Anna", [new]).created == 0


def test_refreshes_at_once_write_each_pair_and_each_lapse_once(engine: Engine) -> None:
    """Four of them propose, follow and fade at the same moment, and none waits for another for ever."""
    good, gone, weak = (
        [
            Proposal(have_id=add(engine, Direction.HAVE), want_id=add(engine, Direction.WANT), score=0.5)
            for _ in range(5)
        ]
        for _ in range(3)
    )
    synergies.propose(engine, "Anna", [*gone, *weak])
    for one in gone:
        expire(engine, one.have_id)
    asked = [*good, *(replace(one, score=0.1, listed=False, weak=True) for one in weak)]
    start = Barrier(4)

    def refresh(_turn: int) -> None:
        start.wait()
        synergies.propose(engine, "Anna", asked)
        lifecycle.follow(engine, "fi")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(refresh, range(4)))  # raises what any of them raised
    assert [len(history(engine, one)) for one in (*good, *gone, *weak)] == [1] * 5 + [2] * 10
    assert {stage(engine, one) for one in gone} == {("lapsed", "withdrawn")}
    assert {stage(engine, one) for one in weak} == {("lapsed", "other")}


def test_the_program_has_a_name_in_every_language() -> None:
    """And none is the name of another reason."""
    named = lifecycle.automatic()
    assert len(set(named)) == 2 * len(LANGUAGES)
