"""Files that leave the store from a page: each leaves its line in the audit when it is taken."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import frame, source, taken
from data import viewer
from data.store import audit
from data.store.audit import Kind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Mapping[str, tuple[str, str]] = {
    "csv": ("text/csv", ":material/table:"),
    "xlsx": (XLSX, ":material/table_view:"),
    "gpkg": ("application/geopackage+sqlite3", ":material/map:"),
    "png": ("image/png", ":material/image:"),
    "pdf": ("application/pdf", ":material/picture_as_pdf:"),
}


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


def entry(label: str, made: Callable[[], bytes], name: str, key: str) -> None:
    """Write one entry of a menu of downloads; what kind of file it is follows from its name."""
    mime, icon = KINDS[name.rpartition(".")[2]]
    st.download_button(label, made, file_name=name, mime=mime, icon=icon, type="tertiary", on_click="ignore", key=key)
