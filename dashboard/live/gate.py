"""Who is let in by a join code or a screen's token: guesses are counted, slowed down and kept in the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Engine
from starlette.requests import Request

from config import secrecy, settings
from dashboard.live import keys
from dashboard.throttle import address
from data.queries import events as queries
from data.store import audit, events
from data.store.audit import Event, Kind
from data.viewer import Role, Viewer, viewing

# A whole room may share one address and mistype; beyond it that address waits, and beyond the second everybody who
# has no right code. Whoever has it is never slowed down by those who guess.
GUESSES = RateLimitItemPerMinute(20, namespace="guesses")
GUESSES_IN_ALL = RateLimitItemPerMinute(120, namespace="guesses in all")

ENDED = "workshop_entry.ended"
OPEN_S, OPEN_MAX = 1.0, 64  # so long a revoked code still opens; so many are remembered

_limiter = MovingWindowRateLimiter(MemoryStorage())
_open: dict[tuple[str, str], tuple[int | None, float]] = {}
_ended: dict[str, None] = {}


@dataclass(frozen=True)
class Opened:
    """Tell which event is open to whoever asks, and what they came with; `refusal` is a text id where none is."""

    event_id: int = 0
    code: str = ""
    refusal: str = ""


def by_code(engine: Engine, request: Request, given: str) -> Opened:
    """Let a telephone in by its join code."""
    return _opened(engine, request, "code", keys.typed(given)[: keys.LENGTH + 1])


def by_token(engine: Engine, request: Request, given: str) -> Opened:
    """Let a screen in by its token."""
    return _opened(engine, request, "screen", given[:64])


def hashes(event_id: int, number: int) -> tuple[str, str]:
    """Give the hashes of a round's code and token, as the store keeps them."""
    secret = _secret()
    made = {"code": keys.code(secret, event_id, number), "screen": keys.token(secret, event_id, number)}
    code, screen = (keys.digest(secret, what, given) for what, given in made.items())
    return code, screen


def given_out(event_id: int, number: int) -> Mapping[str, str]:
    """Give the join code and the screen's token of a round, for the facilitator and the screen."""
    secret = _secret()
    return {"code": keys.code(secret, event_id, number), "screen": keys.token(secret, event_id, number)}


def forget() -> None:
    """Forget all guesses and all that is open, as a new server has."""
    _limiter.storage.reset()
    _open.clear()
    _ended.clear()


def ask_anew() -> None:
    """Ask the store again which codes are open: one has just ended."""
    _open.clear()


def _event(engine: Engine, what: str, digest: str) -> int | None:
    """Tell which event is open; a room asks by the same code a hundred times a second, so an answer holds for one."""
    known, until = _open.get((what, digest), (None, 0.0))
    if monotonic() < until:
        return known
    found = events.opened(engine, what, digest)
    _open.pop((what, digest), None)
    if found is not None:  # what is wrong is never kept, so that nobody fills the memory by guessing
        _open[what, digest] = (found, monotonic() + OPEN_S)
    while len(_open) > OPEN_MAX:
        _open.pop(next(iter(_open)), None)
    return found


def _was_open(engine: Engine, given: str) -> bool:
    """Tell whether a code opened a workshop that has ended since; of one that was revoked nothing is known."""
    secret, now = _secret(), datetime.now(UTC)
    with viewing(Viewer("server", Role.NATIONAL)):
        found = queries.workshops(engine)
    over = (one for one in found if one["status"] == "closed" or (one["code_until"] and one["code_until"] <= now))
    return any(keys.code(secret, one["id"], one["round"]) == given for one in over)


def _remember(codes: dict[str, None], given: str) -> None:
    """Keep a code that a whole room may ask by for a while, so that it is no guess; the oldest make room."""
    codes[given] = None
    while len(codes) > OPEN_MAX:
        codes.pop(next(iter(codes)))


def _secret() -> str:
    return secrecy.cookie_secret(settings.load())


def _opened(engine: Engine, request: Request, what: str, given: str) -> Opened:
    if not given:
        return Opened(refusal="workshop_entry.code_asked")
    here = address(request.scope)
    event_id = _event(engine, what, keys.digest(_secret(), what, given))
    if event_id is not None:
        return Opened(event_id, given)
    if what == "code" and given in _ended:
        return Opened(code=given, refusal=ENDED)
    if not (_limiter.hit(GUESSES, here) and _limiter.hit(GUESSES_IN_ALL, "")):
        return Opened(code=given, refusal="workshop_entry.slow_down")
    if what == "code" and _was_open(engine, given):
        _remember(_ended, given)
        return Opened(code=given, refusal=ENDED)
    with viewing(Viewer("", Role.PUBLIC)):
        audit.record(engine, Kind.REFUSED, Event(subject=f"workshop {what}", details={"address": here}))
    return Opened(code=given, refusal="workshop_entry.code_wrong")
