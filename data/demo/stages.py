"""How far each synergy has come, and the days on which it got there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from data.demo.frame import AS_OF, draw

HELSINKI = ZoneInfo("Europe/Helsinki")
PATH = ("identified", "discussing", "assessing", "negotiating", "implementing", "completed")
# Of those that are neither completed nor to be completed; FISS has most of its synergies still at the first stage.
OPEN = {
    "identified": 0.645,
    "discussing": 0.1,
    "assessing": 0.07,
    "negotiating": 0.04,
    "implementing": 0.03,
    "lapsed": 0.115,
}
LAPSES = {"price": 0.26, "quality": 0.18, "quantity": 0.13, "permit": 0.11, "withdrawn": 0.12, "other": 0.06}
FAR_KM = 80.0
DISTANCE_LAPSE = 0.5
OLD_DAYS = 400
STEP_DAYS = (12, 210)
# Of those that are being worked on, how many had their last step of late, and how many days ago on average.
LIVELY = 0.8
LATELY_DAYS = 25


@dataclass(frozen=True)
class Course:
    """Hold where a synergy stands and how it came there: (from, to, when) of each change."""

    stage: str
    lapse_reason: str | None
    changes: list[tuple[str | None, str, datetime]]


def final_stages(rng: np.random.Generator, firsts: list[date], likelihood: np.ndarray, completed: int) -> list[str]:
    """Give each synergy its stage; those completed are old enough and rather the likelier ones."""
    age_days = np.array([(AS_OF - first).days for first in firsts])
    weight = np.where(age_days > OLD_DAYS, likelihood, 0.0)
    chosen = set(rng.choice(len(firsts), completed, replace=False, p=weight / weight.sum()).tolist())
    return ["completed" if row in chosen else draw(rng, OPEN) for row in range(len(firsts))]


def course(rng: np.random.Generator, stage: str, first: date, km: float) -> Course:
    """Draw the days of a synergy's stages up to the one it has, none after the day of the data."""
    if stage == "lapsed":
        path = [*PATH[: 1 + int(rng.integers(4))], "lapsed"]
        reasons = LAPSES | ({"distance": DISTANCE_LAPSE} if km > FAR_KM else {})
        reason: str | None = draw(rng, reasons)
    else:
        path, reason = _walk(rng, stage), None
    waits = rng.integers(*STEP_DAYS, size=len(path) - 1)
    room = max((AS_OF - first).days - 3, len(path))
    lately = _lately(first, km) if stage in PATH[1:-1] else None
    if lately is not None and room > lately:
        waits = np.maximum(1, (waits * (room - lately) / waits.sum()).astype(int))
    elif waits.sum() > room:
        waits = np.maximum(1, (waits * room / waits.sum()).astype(int))
    days = [first + timedelta(days=int(wait)) for wait in np.concatenate([[0], np.cumsum(waits)])]
    times = [_office_hour(rng, min(day, AS_OF)) for day in days]
    steps = zip([None, *path[:-1]], path, sorted(times), strict=True)
    return Course(stage, reason, list(steps))


def _lately(first: date, km: float) -> int | None:
    """Draw how many days ago a synergy's last step was, from numbers of its own; None for one that has gone quiet."""
    own = np.random.default_rng([first.toordinal(), int(km * 10)])
    return int(own.exponential(LATELY_DAYS)) if own.random() < LIVELY else None


def _walk(rng: np.random.Generator, stage: str) -> list[str]:
    """Give the stages on the way; a simple case skips some between the second and the last."""
    way = list(PATH[: PATH.index(stage) + 1])
    return [name for at, name in enumerate(way) if at < 2 or at == len(way) - 1 or rng.random() > 0.25]  # noqa: PLR2004 - see above


def _office_hour(rng: np.random.Generator, day: date) -> datetime:
    return datetime.combine(day, time(8 + int(rng.integers(8)), int(rng.integers(60))), HELSINKI)
