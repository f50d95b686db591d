"""Workshop: begin one, and steer what its room sees and enters."""

from dashboard import filters, source
from dashboard.workshop import begin, steer
from data.queries import events as queries

EVENT = "event"
ID_DIGITS = 10


def page() -> None:
    """Draw the workshop of the link, or the list of them with the form of a new one."""
    asked = str(filters.chosen(EVENT) or "")
    known = asked.isdecimal() and len(asked) <= ID_DIGITS
    found = queries.workshop(source.engine(), int(asked)) if known else None
    if found is None:
        begin.draw(gone=bool(asked))
    else:
        steer.draw(found)
