"""Check a move of a synergy as somebody types it: stage, reason, next step and its day."""

from collections.abc import Mapping
from datetime import date, timedelta

from data.importers.faults import Fault
from data.model import LapseReason, Stage
from data.rules.checked import Checked, Desk, Raw

ORDER = tuple(one for one in Stage if one is not Stage.LAPSED)
FAR = timedelta(days=5 * 365)
NOTE_CHARACTERS = 20_000
NAME_CHARACTERS = 100


def check(raw: Raw, before: Raw, today: date) -> Checked[Mapping[str, object]]:
    """Check the fields stage, lapse_reason, next_step, next_step_on, owner, note, showcase_consent and sure.

    `before` is what the form was filled with: a day that had passed already then is let be.
    """
    desk = Desk(raw)
    stage = desk.choice("stage", Stage.IDENTIFIED)
    reason = str(raw.get("lapse_reason") or "")
    if stage is Stage.LAPSED and reason not in set(LapseReason):
        desk.note("lapse_reason", Fault(rule="move.reason_missing"))
    between = skipped(Stage(str(before["stage"])), stage)
    if between and not raw.get("sure"):
        desk.note("stage", Fault(rule="move.skipped", values={"stages": between}))
    when = raw.get("next_step_on")
    if isinstance(when, date) and when != before.get("next_step_on"):
        _day(desk, when, today)
    values: dict[str, object] = {
        "stage": stage.value,
        "lapse_reason": reason if stage is Stage.LAPSED else None,
        "next_step": desk.line("next_step"),
        "next_step_on": when if isinstance(when, date) else None,
        "owner": desk.line("owner", limit=NAME_CHARACTERS) or None,
        "note": desk.line("note", limit=NOTE_CHARACTERS, lines=True),
        "showcase_consent": bool(raw.get("showcase_consent")),
    }
    return desk.done(values)


def skipped(old: Stage, new: Stage) -> tuple[Stage, ...]:
    """Name the stages that a move leaves out; what had lapsed begins anew."""
    if new not in ORDER:
        return ()
    first = ORDER.index(old) if old in ORDER else 0
    return ORDER[first + 1 : ORDER.index(new)]


def following(stage: Stage) -> Stage:
    """Give the stage that usually comes next; what has lapsed is talked about again."""
    return ORDER[min(ORDER.index(stage) + 1, len(ORDER) - 1)] if stage in ORDER else Stage.DISCUSSING


def _day(desk: Desk, when: date, today: date) -> None:
    if when < today:
        desk.note("next_step_on", Fault(rule="move.day_past", values={"day": when}))
    elif when > today + FAR:
        desk.note("next_step_on", Fault(rule="move.day_far", values={"day": when}))
