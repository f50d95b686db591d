"""The one hook around every run of a page: who asks is known to the page, to its fragments and to its callbacks.

Streamlit has no middleware for runs, and callbacks and fragments go past the script. So its ScriptRunner is wrapped,
once a process. Without the hook nobody is anybody, and the database shows nothing.
"""

from dataclasses import replace
from functools import wraps
from secrets import token_hex

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from structlog.contextvars import bound_contextvars

from dashboard import identity, measures

HOOKED = "synergia_hooked"
OUT = "synergia_out"  # in the session: whoever looks has been told that they are kept out


def hook() -> None:
    """Wrap every run from now on; a second call changes nothing."""
    run = ScriptRunner._run_script  # noqa: SLF001 - there is no public way
    if hasattr(run, HOOKED):
        return

    @wraps(run)
    def seen(runner: ScriptRunner, rerun_data: RerunData) -> None:
        standing = identity.of_session(runner._user_info)  # noqa: SLF001 - the session's own claims
        if standing.refusal:
            measures.REFUSED.labels(standing.refusal).inc()
        with identity.standing_as(standing), measures.run(), bound_contextvars(run=token_hex(4)):
            run(runner, _allowed(runner, rerun_data, out=bool(standing.refusal)))

    setattr(seen, HOOKED, True)
    ScriptRunner._run_script = seen  # type: ignore[method-assign, assignment]  # noqa: SLF001 - the hook itself


def _allowed(runner: ScriptRunner, asked: RerunData, *, out: bool) -> RerunData:
    """Give what may be run: of a page that was open when its viewer was shut out, no fragment and no callback."""
    state = runner._session_state  # noqa: SLF001 - it belongs to the run
    was_out = OUT in state
    if out == was_out:
        return asked
    if not out:
        del state[OUT]
        return asked
    state[OUT] = True
    return replace(asked, fragment_id=None, fragment_id_queue=[], widget_states=None, replay_trigger_states=None)
