"""Companies and resources: who is in the network, what they have and need, and who changed what."""

import streamlit as st

from dashboard import filters, forms, frame
from dashboard.companies import deleted, listing, looks, profile
from dashboard.reading import Reader
from data.queries import companies as queries


def page() -> None:
    """Draw the list of companies, or the one that the link names by itself, its site or its resource."""
    st.html(looks.sheet(frame.colours()))
    read = Reader()
    organisation = _organisation(read)
    company = read(queries.company, organisation) if organisation else None
    if filters.chosen(deleted.OPEN):
        deleted.draw(read)
        return
    columns = frame.two_columns()
    if company is not None:
        profile.draw(columns, read, company)
    else:
        if organisation is not None:
            columns.words.warning(frame.say("companies.gone"))
        listing.draw(columns, read)
    forms.show()


def _organisation(read: Reader) -> int | None:
    """Tell which company the link means; 0 where it means one that is gone."""
    named = filters.chosen("organisation")
    if named:
        return _id(named)
    site, resource = _id(filters.chosen("site")), _id(filters.chosen("resource"))
    if not site and not resource:
        return None
    return read(queries.owner, site=site, resource=resource) or 0


def _id(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0  # noqa: PLR2004 - digits of the largest bigint
