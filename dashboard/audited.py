"""Files that leave the store from a page: each leaves its line in the audit when it is taken."""

from collections.abc import Callable

from dashboard import frame, source, taken
from data import viewer
from data.store import audit
from data.store.audit import Kind


def file(subject: str, rows: int | None, make: Callable[[], bytes], kind: Kind = Kind.EXPORTED) -> Callable[[], bytes]:
    """Give what makes a file when it is asked for, and says then who took it; for a download button.

    Files are made after the run of the page, where nobody is anybody: so who looks at the page is noted while it is
    drawn. Without `rows` it is a CSV file, whose lines are counted.
    """
    seen, name = viewer.current(), frame.user()

    def made_now() -> bytes:
        with viewer.viewing(seen):
            made = make()
            taken.note(made, seen)
            counted = made.count(b"\n") - 1 if rows is None else rows
            audit.record(source.engine(), kind, audit.Event(subject=subject, rows=counted, person=name))
        return made

    return made_now
