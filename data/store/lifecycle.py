"""Let proposals lapse that nobody has begun to work on, and bring them back: when a side ends, or fits no more.

Only *identified* ones: what people have begun is theirs to end, whatever becomes of a listing. What lapses this way has
the program as its user, in words, so that it is told apart from what a person has decided, and only that comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from config.texts import LANGUAGES, Language
from config.texts import text as words
from data import store
from data.queries.scope import LIVE
from data.viewer import SYSTEM, viewing

_ENDED, _RESUMED, _FADED, _FITS = "lifecycle.ended", "lifecycle.resumed", "lifecycle.faded", "lifecycle.fits"

# Rows that somebody else is writing this moment are left for the next time: nobody waits, and nobody can wait for each
# other. The stage is looked at again when the row is written.
_LAPSE = """
WITH over AS (SELECT y.id FROM synergy y WHERE {which} ORDER BY y.id FOR UPDATE SKIP LOCKED)
UPDATE synergy SET stage = 'lapsed', lapse_reason = '{reason}', version = synergy.version + 1
FROM over WHERE over.id = synergy.id AND synergy.stage = 'identified'
"""
_RETURN = """
WITH back AS (SELECT y.id FROM synergy y WHERE {which} ORDER BY y.id FOR UPDATE SKIP LOCKED)
UPDATE synergy SET stage = 'identified', lapse_reason = NULL, version = synergy.version + 1
FROM back WHERE back.id = synergy.id AND synergy.stage = 'lapsed'
"""
_OPEN = "y.deleted_at IS NULL AND y.stage = 'identified'"
_LAPSED_BY_US = """y.deleted_at IS NULL AND y.stage = 'lapsed' AND y.lapse_reason = '{reason}' AND (
    SELECT h.changed_by FROM synergy_history h WHERE h.synergy_id = y.id ORDER BY h.id DESC LIMIT 1
) = ANY(:users)"""
_LIVE_SIDE = f"EXISTS (SELECT {LIVE} AND r.id = y.{{side}})"
_BOTH_LIVE = " AND ".join(_LIVE_SIDE.format(side=side) for side in ("have_id", "want_id"))
# Each side by itself: an OR of two would be looked up row by row, and of a quarter of a million rows that is long.
_ONE_ENDED = "y.id IN ({})".format(
    " UNION ".join(
        f"SELECT y.id FROM synergy y WHERE {_OPEN} {{own}} AND NOT {_LIVE_SIDE.format(side=side)}"  # noqa: S608 - our own
        for side in ("have_id", "want_id")
    )
)
_OWN = "AND (y.have_id = :resource OR y.want_id = :resource)"
# Nobody has said a word on it.
_UNTOUCHED = """y.owner IS NULL AND y.next_step = '' AND y.next_step_on IS NULL AND y.note = '' AND y.event_id IS NULL
    AND NOT EXISTS (SELECT FROM benefit b WHERE b.synergy_id = y.id)
    AND NOT EXISTS (SELECT FROM synergy_expert e WHERE e.synergy_id = y.id)"""
_IN_PROPOSAL = "EXISTS (SELECT FROM proposal p WHERE p.have_id = y.have_id AND p.want_id = y.want_id AND {how})"


@dataclass(frozen=True)
class Followed:
    """Tell how many proposals have lapsed, and how many have come back."""

    lapsed: int
    returned: int


def automatic(*keys: str) -> list[str]:
    """Give the names, in all languages, under which the program itself lets proposals lapse."""
    return [words(key, language) for key in keys or (_ENDED, _FADED) for language in LANGUAGES]


def follow(engine: Engine, language: Language, resource_id: int | None = None) -> Followed:
    """Let proposals lapse of which a side is no longer valid, and bring back those whose sides are valid again.

    Of one resource it takes about a millisecond, so that whoever reads its proposals may call it first.
    """
    own = _OWN if resource_id is not None else ""
    values: dict[str, object] = {"resource": resource_id} if resource_id is not None else {}
    ended = f"{_OPEN} {own} AND {_ONE_ENDED.format(own=own)}"
    back = f"{_LAPSED_BY_US.format(reason='withdrawn')} {own} AND {_BOTH_LIVE}"
    # The program does it for all: of who asks, a side may be hidden that is valid none the less.
    with viewing(SYSTEM), store.connection(engine, words(_ENDED, language)) as connection:
        lapsed = _write(connection, _LAPSE.format(which=ended, reason="withdrawn"), values)
        _as_user(connection, _RESUMED, language)
        returned = _write(connection, _RETURN.format(which=back), values | {"users": automatic(_ENDED)})
    return Followed(lapsed, returned)


def fade(connection: Connection, language: Language) -> Followed:
    """Let untouched proposals lapse that fit too little now, and bring back what fits again.

    Within the transaction of a refresh, whose temporary table `proposal` tells of each pair whether it is `weak`.
    """
    weak = f"{_OPEN} AND y.score IS NOT NULL AND {_UNTOUCHED} AND {_IN_PROPOSAL.format(how='p.weak')}"
    fits = f"{_LAPSED_BY_US.format(reason='other')} AND {_IN_PROPOSAL.format(how='p.listed AND NOT p.weak')}"
    _as_user(connection, _FADED, language)
    lapsed = _write(connection, _LAPSE.format(which=weak, reason="other"), {})
    _as_user(connection, _FITS, language)
    returned = _write(connection, _RETURN.format(which=fits), {"users": automatic(_FADED)})
    return Followed(lapsed, returned)


def _as_user(connection: Connection, key: str, language: Language) -> None:
    connection.execute(text("SELECT set_config('synergia.user', :user, true)"), {"user": words(key, language)})


def _write(connection: Connection, statement: str, values: Mapping[str, object]) -> int:
    return connection.execute(text(statement), values).rowcount
