"""What the parts of the page of nearby partners hand to each other, and a partner's reasons in one line."""

from dataclasses import dataclass

import pandas as pd

from dashboard import frame, reasons, wording
from dashboard import source_partners as partners
from dashboard.views import partner_rows
from dashboard.views.partner_subject import Subject
from dashboard.views.partner_terms import Terms
from dashboard.views.partners import Row, View

IN_COLUMNS = ("reason.road_km", "reason.estimated_km")  # the row says these in its columns


@dataclass(frozen=True)
class Shown:
    """Hold what the page shows: whose partners, as of which state of the data, at which terms of hauls."""

    stamp: str
    subject: Subject
    view: View
    decided: pd.DataFrame
    terms: Terms


def reason_line(shown: Shown, row: Row) -> str:
    """Give the reasons of a partner, with completed cases like it."""
    language = frame.language()
    told = partners.explained(shown.stamp, shown.subject, row.match, language)
    parts = [reasons.line([one for one in told if one.key not in IN_COLUMNS], language)]
    if row.precedents:
        parts.append(partner_rows.precedents(row, language))
    return wording.capital(reasons.BETWEEN.join(part for part in parts if part))
