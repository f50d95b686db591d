"""The table of the overview with the notes under it: what the map shows, once more in rows."""

from typing import NamedTuple

import pandas as pd

from config.texts import Language
from dashboard.views.overview_counts import Chosen, Frames, by_metric, counts
from dashboard.views.overview_sites import sites_table
from dashboard.views.overview_tables import Table
from dashboard.views.overview_tables import table as build_table
from dashboard.wording import percent, t
from geo import regions

SITES_SHOWN = 500


class Told(NamedTuple):
    """Hold the table that is chosen, and what its figures rest on."""

    table: Table
    notes: str


def told(frames: Frames, chosen: Chosen, language: Language, sites: pd.DataFrame) -> Told:
    """Build the table and its notes; `sites` are the rows of those on the map."""
    if chosen.table == "sites":
        within = sites[sites["region"] == chosen.region] if chosen.region else sites
        return Told(sites_table(within.head(SITES_SHOWN), language), _notes(frames, chosen, language))
    return Told(build_table(frames, chosen, language), _notes(frames, chosen, language))


def _notes(frames: Frames, chosen: Chosen, language: Language) -> str:
    notes = []
    if chosen.measure != "resources":
        benefits = by_metric(frames, "country")
        if len(benefits):
            share = float(benefits["verified"].sum() / max(1, benefits["figures"].sum()))
            notes.append(t("overview.note_benefits", language, verified=percent(share, language)))
    if chosen.table == "flows":
        notes.append(t("overview.note_km", language))
    if chosen.measure == "resources":
        notes.append(t("overview.note_tonnes", language))
    if (
        chosen.table in {"regions", "municipalities"}
        and counts(frames, chosen, chosen.level, regions.load())["few"].any()
    ):
        notes.append(t("overview.note_few", language))
    notes.append(t("overview.note_scope", language))
    return " ".join(notes)
