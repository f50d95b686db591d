"""What the page of nearby partners reads: the match index of the process, ranked matches, what is known of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from config import settings
from config.texts import Language
from dashboard import kindred, lessons, match_index, precedents, source, source_ways
from dashboard.views import partner_choices, partner_subject
from dashboard.views.partner_subject import Idea, Subject
from data.queries import distances, matching
from data.queries import partners as queries
from data.store import lifecycle
from data.viewer import SYSTEM, viewing
from matching import amounts
from matching.explain import Row, explain
from matching.index import READ, MatchIndex
from matching.live import LiveIndex
from matching.pipeline import find_matches
from matching.reasons import Reason
from matching.weights import Weights

DECIDED = ("own_id", "partner_id", "synergy_id", "stage", "owner", "lapse_reason")
CHOICES_MAX = 6_000  # so many the browser searches by itself; beyond it a search in the store narrows them


@st.cache_resource(show_spinner=False)
def _live_index() -> LiveIndex:
    return match_index.live(source.engine(), settings.load(), beside=True)


def index(stamp: str) -> MatchIndex:
    """Give the index as of a stamp of those resources that the one who asks may see.

    It is made once of all that can be matched; so ranking is the same for all, and no list runs dry for what is hidden.
    """
    with viewing(SYSTEM):
        whole = _live_index().current(source.of_all(stamp))
    return _seen(stamp, id(whole), whole)


@st.cache_resource(show_spinner=False, max_entries=16)
def _seen(stamp: str, number: int, _whole: MatchIndex) -> MatchIndex:  # noqa: ARG001 - the key of the cache
    held = _whole.ids
    return _whole.remove(np.setdiff1d(held, matching.live_ids(source.engine()), assume_unique=True).tolist())


@dataclass(frozen=True)
class Found:
    """Hold the scored partners of a subject; `weak`: nothing answers it clearly, so these are the nearest of its type.

    `own_id` is the subject's own resource, `precedents` counts completed synergies like each, `experience` is that
    count in 0..1, `coverage` is the share of the need that the offer meets and `taken` the share of the offer that the
    need takes, both NaN where they have no measure in common.
    """

    matches: pd.DataFrame
    weak: bool


@st.cache_data(show_spinner=False, max_entries=500)
def found(stamp: str, resource_id: int) -> Found:
    """Give all partners of a resource."""
    return _ranked(stamp, index(stamp), resource_id)


@st.cache_data(show_spinner=False, max_entries=50)
def _found_for_idea(stamp: str, idea: Idea, language: Language) -> Found:
    return _ranked(stamp, _with_idea(stamp, idea, language), partner_subject.IDEA_ID)


@st.cache_resource(show_spinner=False, max_entries=4)
def _with_idea(stamp: str, idea: Idea, language: Language) -> MatchIndex:
    """Give the index of the moment with the idea in it; the index itself is never changed, and nothing is written."""
    return index(stamp).add(partner_subject.listing(idea, language))


def _ranked(stamp: str, held: MatchIndex, resource_id: int) -> Found:
    hauls = distances.hauls(source.engine(), source_ways.engine())
    chosen = weights(stamp)
    matches = find_matches(held, resource_id, hauls, k=None, weights=chosen)
    weak = kindred.weak(matches)
    if weak:
        matches = kindred.nearest(held, resource_id, hauls, chosen)
    counts = precedents.count(held, matches, _completed(stamp))
    return Found(
        matches.assign(
            own_id=resource_id,
            precedents=counts,
            experience=precedents.value(counts),
            **_shares(matches),
        ),
        weak,
    )


def _shares(matches: pd.DataFrame) -> "dict[str, pd.Series[float]]":
    told = amounts.ranges(matches)
    have, want = (told[f"{side}_low"] + told[f"{side}_high"] for side in ("have", "want"))
    return {"coverage": (have / want).clip(upper=1.0), "taken": (want / have).clip(upper=1.0)}


def ranked(stamp: str, subject: Subject, language: Language) -> Found:
    """Give all partners of a subject; of a company those of all its resources, the clear ones where there are any."""
    if subject.idea is not None:
        return _found_for_idea(stamp, subject.idea, language)
    if len(subject.own) == 1:
        return found(stamp, subject.own[0])
    every = [found(stamp, one) for one in subject.own]
    clear = [one for one in every if not one.weak] or every
    return Found(pd.concat([one.matches for one in clear], ignore_index=True), all(one.weak for one in every))


def index_of(stamp: str, subject: Subject, language: Language) -> MatchIndex:
    """Give the index that knows a subject's own resources."""
    return index(stamp) if subject.idea is None else _with_idea(stamp, subject.idea, language)


def explained(stamp: str, subject: Subject, match: Row, language: Language) -> tuple[Reason, ...]:
    """Give the reasons of a match."""
    pair = (int(match["have_id"]), int(match["want_id"]))
    return _explained(stamp, subject, pair, language, match)


@st.cache_data(show_spinner=False, max_entries=5_000)
def _explained(
    stamp: str,
    subject: Subject,
    pair: tuple[int, int],  # noqa: ARG001 - the key of the cache
    language: Language,
    _match: Row,
) -> tuple[Reason, ...]:
    return explain(index_of(stamp, subject, language), _match)


@st.cache_data(show_spinner=False, max_entries=200)
def topics(stamp: str, subject: Subject, language: Language) -> Mapping[int, tuple[str, ...]]:
    """Tell what each partner of a subject is about: the concepts that its text names and those chosen for it."""
    matches = ranked(stamp, subject, language).matches.drop_duplicates("partner_id")
    held = index_of(stamp, subject, language)
    rows = matches["partner_row"].to_numpy(dtype=np.intp)
    return partner_choices.topics(held.take(rows, ["id", *READ]), held.concept_space.taxonomy)


@st.cache_resource(show_spinner=False, max_entries=2)
def weights(stamp: str) -> Weights:  # noqa: ARG001 - the key of the cache
    """Give the weights that every ranking uses: what decisions have taught, where that is surely better."""
    with viewing(SYSTEM):
        return lessons.weights(source.engine())


@st.cache_data(show_spinner=False, max_entries=4)
def _completed(stamp: str) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    return queries.completed(source.engine())


@st.cache_data(show_spinner=False, max_entries=20)
def choices(stamp: str, search: str, language: Language) -> dict[int, str]:  # noqa: ARG001 - the key of the cache
    """Give the resources to choose from with their labels, at most `CHOICES_MAX`."""
    return partner_choices.labels(queries.choices(source.engine(), search, CHOICES_MAX), language)


def label(stamp: str, resource_id: int, language: Language) -> dict[int, str]:
    """Give one resource with its label; nothing when it is gone."""
    return partner_choices.labels(facts(stamp, (resource_id,)), language)


def too_many(stamp: str) -> bool:
    """Tell whether there are more resources than are listed at once."""
    return len(index(stamp)) > CHOICES_MAX


@st.cache_data(show_spinner=False, max_entries=500)
def facts(stamp: str, ids: tuple[int, ...]) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    """Tell what may be shown of some resources."""
    return queries.facts(source.engine(), ids)


def facts_of(stamp: str, subject: Subject, matches: pd.DataFrame) -> pd.DataFrame:
    """Tell what may be shown of a subject's own resources and of all its partners."""
    partners = sorted({int(one) for one in matches["partner_id"]})
    if subject.idea is None:
        return facts(stamp, (*subject.own, *partners))
    own = pd.DataFrame([partner_subject.fact(subject.idea)])
    return pd.DataFrame([*own.to_dict("records"), *facts(stamp, tuple(partners)).to_dict("records")])


def decided(stamp: str, subject: Subject) -> pd.DataFrame:
    """Tell which pairs of a subject somebody has decided on.

    Columns: own_id, partner_id, synergy_id, stage, owner, lapse_reason.
    """
    own = () if subject.idea is not None else subject.own
    every = [synergies(stamp, one).assign(own_id=one) for one in own]
    return pd.concat(every, ignore_index=True) if every else pd.DataFrame(columns=DECIDED)


@st.cache_data(show_spinner=False, max_entries=500)
def synergies(stamp: str, resource_id: int) -> pd.DataFrame:  # noqa: ARG001 - the key of the cache
    """Tell which pairs somebody has decided on; what has ended since lapses first, in a millisecond."""
    lifecycle.follow(source.engine(), settings.load().language, resource_id)
    return queries.synergies(source.engine(), resource_id)


@st.cache_data(show_spinner=False, max_entries=20)
def companies(stamp: str, search: str) -> dict[int, str]:  # noqa: ARG001 - the key of the cache
    """Give the companies to choose from, with how much each has and needs, at most `CHOICES_MAX`."""
    return partner_choices.companies(queries.companies(source.engine(), search, CHOICES_MAX))


@st.cache_data(show_spinner=False, max_entries=500)
def resources_of(stamp: str, organisation_id: int) -> tuple[int, ...]:  # noqa: ARG001 - the key of the cache
    """Give the ids of what a company has and needs that can be matched."""
    return tuple(queries.resources_of(source.engine(), organisation_id))


def warm(stamp: str) -> None:
    """Make ready what all visits share: the index of resources, and the roads that areas are reckoned on."""
    index(stamp)
    source_ways.warm()
