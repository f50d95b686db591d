"""The one hook around every run of a page: who asks is known to the page, to its fragments and to its callbacks.

Streamlit has no middleware for runs, and callbacks and fragments go past the script. So its ScriptRunner is wrapped,
once a process. Without the hook nobody is anybody, and the database shows nothing.
"""

from functools import wraps

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from dashboard import identity

HOOKED = "synergia_hooked"


def hook() -> None:
    """Wrap every run from now on; a second call changes nothing."""
    run = ScriptRunner._run_script  # noqa: SLF001 - there is no public way
    if hasattr(run, HOOKED):
        return

    @wraps(run)
    def seen(runner: ScriptRunner, rerun_data: RerunData) -> None:
        with identity.standing_as(identity.of_session(runner._user_info)):  # noqa: SLF001 - the session's own claims
            run(runner, rerun_data)

    setattr(seen, HOOKED, True)
    ScriptRunner._run_script = seen  # type: ignore[method-assign, assignment]  # noqa: SLF001 - the hook itself
