"""Fictional contact people of the fictional companies, the talks with them, and when to come back to it."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.demo import catalogue
from data.demo.companies import Companies
from data.demo.frame import AS_OF, pick
from data.demo.names import person_name

SPOKEN_WITH = 0.17  # of the companies that somebody has been in touch with
FIRST_PERSON = 100  # after coordinators and experts
SECOND_TALK, REMINDED = 0.5, 0.45
CHANNELS = ("other", "visit", "interview")
# Days from the day of the data: some reminders have passed, most are to come.
REMIND_DAYS = (-25, 100)


def talks(rng: np.random.Generator, made: Companies) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw contact people and talks; both name their company by its key, a talk its contact by the name."""
    contacts: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    known = made.organisations["activation"].to_numpy()
    for company, status in zip(made.companies, known, strict=True):
        if company.archetype.kind != "company" or status == "known" or rng.random() > SPOKEN_WITH:
            continue
        name = person_name(FIRST_PERSON + len(contacts))
        contacts.append(_contact(rng, company.key, company.language, name, len(contacts)))
        said += _talks(rng, company.key, company.language, name)
    return pd.DataFrame(contacts), pd.DataFrame(said)


def _contact(rng: np.random.Generator, key: str, language: str, name: str, number: int) -> dict[str, Any]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return {
        "organisation_key": key,
        "name": name,
        "role": pick(rng, catalogue.table("talks")["role"][language]),
        "email": f"{re.sub(r'[^a-z]+', '.', plain)}@{key}.example",
        "phone": f"000 123 {4000 + number}",
    }


def _talks(rng: np.random.Generator, key: str, language: str, name: str) -> list[dict[str, Any]]:
    ago = int(rng.integers(3, 260))
    days = [ago, *([ago + int(rng.integers(20, 200))] if rng.random() < SECOND_TALK else [])]
    # The newest talk alone can have a reminder that nobody has seen to.
    remind = AS_OF + timedelta(days=int(rng.integers(*REMIND_DAYS))) if rng.random() < REMINDED else None
    happened = [AS_OF - timedelta(days=one) for one in days]
    return [
        {
            "organisation_key": key,
            "contact": name,
            "channel": pick(rng, CHANNELS),
            "note": pick(rng, catalogue.table("talks")["note"][language]),
            "happened_on": when,
            "remind_on": remind if when == happened[0] and remind is not None and remind > when else None,
        }
        for when in happened
    ]
