"""Synergies of the fictional companies: pairs, distances, stages, next steps and benefits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.demo import benefits, catalogue, people, stages, wording
from data.demo.companies import Companies
from data.demo.frame import AS_OF, COMPLETED, SYNERGIES, Floats, pick, two_figures
from data.demo.pairing import Rows, choose
from data.demo.resources import Resources
from geo.results import Distances

Measure = Callable[[Floats, Floats], Distances]

WITH_NOTE = 0.4
OWNED_AT_FIRST = 0.4
SHOWCASE = 0.45
AGREED = 4  # every so many-th synergy has an agreed amount, if it is completed and weighed
BASE_SCORE = {"completed": 0.74, "lapsed": 0.5, "identified": 0.52}


@dataclass(frozen=True)
class Synergies:
    """Hold synergies, their stage changes and their benefits, tied together by `number`."""

    frame: pd.DataFrame
    history: pd.DataFrame
    benefits: pd.DataFrame


def synergies(rng: np.random.Generator, resources: Resources, made: Companies, measure: Measure) -> Synergies:
    """Draw one part's synergies."""
    region_of = np.array([company.home.region for company in made.companies])[resources.company]
    points = made.points[resources.site]
    have, want = choose(rng, resources, points, region_of, SYNERGIES)
    hauls = measure(points[have], points[want])
    table = resources.frame
    days = table["source_date"].to_numpy()
    firsts = [_identified(rng, days[offer], days[need]) for offer, need in zip(have, want, strict=True)]
    likelihood = 1 / (20 + np.nan_to_num(hauls.km, nan=900.0))
    ends = stages.final_stages(rng, firsts, likelihood, COMPLETED)
    courses = [
        stages.course(rng, end, first, km if km == km else 0.0)  # noqa: PLR0124 - NaN where no road leads
        for end, first, km in zip(ends, firsts, hauls.km.tolist(), strict=True)
    ]
    frame = _agreed(_frame(rng, table, (have, want), hauls, courses))
    frame["owner"] = _owners(rng, frame["stage"].tolist(), region_of[want])
    owned = frame["owner"].tolist()
    history = [
        {"number": number, "from_stage": before, "to_stage": after, "changed_at": when, "changed_by": owned[number]}
        for number, course in enumerate(courses)
        for before, after, when in course.changes
    ]
    return Synergies(frame, pd.DataFrame(history), _benefits(rng, resources, have, want, frame))


def _identified(rng: np.random.Generator, one: date, other: date) -> date:
    # At the workshop itself where both came to it, otherwise some weeks after the later of the two.
    wait = 0 if one == other else int(rng.integers(2, 120))
    return min(max(one, other) + timedelta(days=wait), AS_OF - timedelta(days=8))


def _frame(
    rng: np.random.Generator,
    table: pd.DataFrame,
    pairs: tuple[Rows, Rows],
    hauls: Distances,
    courses: list[stages.Course],
) -> pd.DataFrame:
    have, want = pairs
    ends = [course.stage for course in courses]
    spoken = table["language"].to_numpy()
    languages = np.where(spoken[have] == spoken[want], spoken[want], "fi")  # what a coordinator writes for both
    moved = np.where(table["type"].isin(list(wording.GOODS)).to_numpy()[have], "goods", "other")
    notes = [_words(rng, *said) for said in zip(courses, languages, moved.tolist(), strict=True)]
    events = table["event_key"].to_numpy(dtype=object)
    both = [events[offer] if events[offer] == events[need] else None for offer, need in zip(have, want, strict=True)]
    base = np.array([BASE_SCORE.get(end, 0.62) for end in ends])
    far = np.log1p(np.nan_to_num(hauls.km, nan=900.0)) * 0.025
    return pd.DataFrame(
        {
            "number": np.arange(len(have)),
            "have_key": table["source_key"].to_numpy()[have],
            "want_key": table["source_key"].to_numpy()[want],
            "score": np.round(np.clip(base + rng.normal(0.06, 0.1, len(have)) - far, 0.12, 0.97), 4),
            "road_km": np.round(hauls.km, 1),
            "road_minutes": np.round(hauls.minutes, 0),
            "method": hauls.method,
            "tonnes_per_year": _moved(rng, table["tonnes_high"], have, want),
            "stage": ends,
            "lapse_reason": [course.lapse_reason for course in courses],
            "next_step": [step for step, _, _ in notes],
            "next_step_on": [when for _, when, _ in notes],
            "note": [note for _, _, note in notes],
            "event_key": both,
            "showcase_consent": [end == "completed" and bool(rng.random() < SHOWCASE) for end in ends],
            "created_at": [course.changes[0][2] for course in courses],
        }
    )


def _moved(rng: np.random.Generator, tonnes: pd.Series, have: Rows, want: Rows) -> Floats:
    """Give the tonnes that would move: the smaller of the two sides, or a part of it; NaN where none is known."""
    values = tonnes.to_numpy(dtype=float)
    smaller = np.fmin(values[have], values[want])
    either = np.where(np.isnan(values[have]) | np.isnan(values[want]), np.nan, smaller)
    return np.asarray(np.round(either * rng.uniform(0.4, 1.0, len(have)), 1), dtype=float)


def _agreed(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the amount agreed on, about what fits; most have none noted."""
    told = (frame["stage"] == "completed") & (frame["number"] % AGREED == 0) & (frame["tonnes_per_year"] > 0)
    ends = {"agreed_low": 0.9, "agreed_high": 1.1}
    tonnes = frame["tonnes_per_year"].where(told)
    return frame.assign(**{name: (tonnes * share).map(two_figures, na_action="ignore") for name, share in ends.items()})


def _words(rng: np.random.Generator, course: stages.Course, language: str, moved: str) -> tuple[str, date | None, str]:
    tongue = "sv" if language == "sv" else "fi"
    steps, notes = (catalogue.table("phrases")[kind][tongue][moved] for kind in ("step", "note"))
    step, when = "", None
    if course.stage in steps and (course.stage != "identified" or rng.random() < OWNED_AT_FIRST):
        step = pick(rng, steps[course.stage])
        when = AS_OF + timedelta(days=int(rng.integers(-45, 120)))
    topic = course.lapse_reason or course.stage
    note = pick(rng, notes[topic]) if topic in notes and rng.random() < WITH_NOTE else ""
    return step, when, note


def _owners(rng: np.random.Generator, ends: list[str], region_of: npt.NDArray[np.str_]) -> list[str | None]:
    return [
        people.coordinator(region, int(rng.integers(people.PER_REGION)))
        if end != "identified" or rng.random() < OWNED_AT_FIRST
        else None
        for end, region in zip(ends, region_of.tolist(), strict=True)
    ]


def _benefits(
    rng: np.random.Generator, resources: Resources, have: Rows, want: Rows, frame: pd.DataFrame
) -> pd.DataFrame:
    made: list[dict[str, Any]] = []
    quantity = resources.frame["quantity_high"].to_numpy(dtype=float)
    energy = np.fmin(quantity[have], quantity[want]) * rng.uniform(0.3, 0.9, len(have))
    began = frame["created_at"].dt.year.to_list()
    moved = frame["tonnes_per_year"].to_list()
    for number in np.flatnonzero((frame["stage"] == "completed").to_numpy()).tolist():
        stream = catalogue.streams()[resources.streams[int(have[number])]]
        tonnes = float(moved[number])
        mwh = float(energy[number]) if stream.unit == "MWh" else float("nan")
        amounts = benefits.figures(rng, stream, tonnes if tonnes > 0 else None, mwh if mwh > 0 else None)
        first_year = min(began[number] + 1, benefits.LAST_YEAR)
        made.extend(benefits.rows(rng, number, amounts, first_year))
    return pd.DataFrame(made)
