"""Check a move of a synergy as somebody types it: stage, reason, next step and its day, and the agreed amount."""

from collections.abc import Mapping
from datetime import date, timedelta

from data.importers import quantity
from data.importers.faults import Fault
from data.importers.numbers import as_text
from data.importers.report import Severity
from data.model import LapseReason, Stage
from data.rules.checked import Checked, Desk, Raw

ORDER = tuple(one for one in Stage if one is not Stage.LAPSED)
FAR = timedelta(days=5 * 365)
NOTE_CHARACTERS = 20_000
NAME_CHARACTERS = 100
AGREED_CHARACTERS = 60


def check(raw: Raw, before: Raw, today: date) -> Checked[Mapping[str, object]]:
    """Check the fields stage, lapse_reason, next_step, next_step_on, owner, note, agreed, showcase_consent and sure.

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
    low, high = _agreed(desk)
    values: dict[str, object] = {
        "stage": stage.value,
        "lapse_reason": reason if stage is Stage.LAPSED else None,
        "next_step": desk.line("next_step"),
        "next_step_on": when if isinstance(when, date) else None,
        "owner": desk.line("owner", limit=NAME_CHARACTERS) or None,
        "note": desk.line("note", limit=NOTE_CHARACTERS, lines=True),
        "showcase_consent": bool(raw.get("showcase_consent")),
        "agreed_low": low,
        "agreed_high": high,
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


def agreed_text(low: float | None, high: float | None) -> str:
    """Write an agreed amount as it can be typed: 1500, 1500–2000; empty where there is none."""
    if low is None or high is None:
        return ""
    return _plain(low) if low == high else f"{_plain(low)}–{_plain(high)}"


def _plain(amount: float) -> str:
    """Write a number that is read in one way only: 1,234 would be asked about."""
    text = as_text(amount)
    return f"{text}0" if len(text.partition(",")[2]) == 3 else text  # noqa: PLR2004 - digits of a thousand


def agreed(raw: Raw) -> tuple[float | None, float | None]:
    """Read the agreed amount of a form alone, whatever is wrong with the rest; none where it can't be read."""
    return _agreed(Desk(raw))


def _agreed(desk: Desk) -> tuple[float | None, float | None]:
    """Read the agreed amount, a single one or a range, in tonnes a year unless another unit of mass is told."""
    found = str(desk.raw.get("agreed") or "").strip()
    if not found:
        return None, None
    reading = quantity.parse(found[:AGREED_CHARACTERS], None)
    if reading.value is None:
        ambiguous = any(one.rule == "import.ambiguous_number" for one in reading.faults)
        desk.note("agreed", Fault(rule=f"move.agreed_{'ambiguous' if ambiguous else 'unreadable'}"))
        return None, None
    times = _tonnes_in(reading.value.unit)
    if times is None:
        desk.note("agreed", Fault(rule="move.agreed_unit", values={"unit": reading.value.unit}))
        return None, None
    low, high = reading.value.low * times, reading.value.high * times
    if not 0 < high <= quantity.LARGEST_TONNES:
        desk.note("agreed", Fault(rule="move.agreed_size"))
        return None, None
    return low, high


def _tonnes_in(unit: str) -> float | None:
    """Give the tonnes a year in one of a unit as written; None where it is no mass, or stands for no unit."""
    if not unit:
        return 1.0
    reading = quantity.unit(unit)
    if reading.value is None or any(one.severity is Severity.REJECTED for one in reading.faults):
        return None
    mass, times = reading.value
    return mass.factor * times if mass.dimension == "mass" else None


def _day(desk: Desk, when: date, today: date) -> None:
    if when < today:
        desk.note("next_step_on", Fault(rule="move.day_past", values={"day": when}))
    elif when > today + FAR:
        desk.note("next_step_on", Fault(rule="move.day_far", values={"day": when}))
