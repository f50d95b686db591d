"""Sources: what data is loaded, from where, when and under which licence."""

from functools import partial
from html import escape

import streamlit as st

from config.texts import Language
from dashboard import audited, exports, filters, frame
from dashboard.companies import looks
from dashboard.literal import literal
from dashboard.reading import Reader
from dashboard.views import sources as view
from data.queries import sources as queries

PART = "part"


def page() -> None:
    """Draw the page: one part of it at a time."""
    st.html(looks.sheet(frame.colours()))
    read, language = Reader(), frame.language()
    totals = read(queries.totals)
    invented = totals["organisations"][1] > 0
    frame.title_row(frame.say("title.sources"), demo=invented)
    frame.sentence(view.sentence(totals, language))
    part = filters.switch(
        PART,
        view.PARTS,
        lambda one: frame.say(f"sources.part_{one}"),
        name=frame.say("sources.part"),
        default="documents",
    )
    if part == "documents":
        _table(view.documents(read(queries.documents), language), frame.say("sources.no_documents"))
        if invented:
            frame.note(frame.say("sources.about_demo"))
    elif part == "imports":
        _imports(read)
    else:
        _table(view.tables(read(queries.datasets), language, on_map=part == "map"), "")
        if part == "map":
            frame.note(view.roads(language))
    frame.note(frame.say("sources.line"))


def _table(table: view.Table, empty: str) -> None:
    if not table.rows:
        frame.empty(empty)
        return
    head = "".join(f'<th scope="col" class="{kind}">{escape(frame.say(key))}</th>' for key, kind in table.heads)
    body = "".join(f"<tr>{_cells(row, table)}</tr>" for row in table.rows)
    st.html(f'<table class="plain wide"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _cells(row: tuple[str, ...], table: view.Table) -> str:
    return "".join(f'<td class="{kind}">{_lines(cell)}</td>' for cell, (_, kind) in zip(row, table.heads, strict=True))


def _lines(cell: str) -> str:
    """Write the first line of a cell as it is and the second as small print."""
    first, _, second = cell.partition("\n")
    return escape(first) + (f'<span class="small">{escape(second)}</span>' if second else "")


def _imports(read: Reader) -> None:
    found = view.imports(read(queries.imports), frame.language())
    if not found:
        frame.empty(frame.say("sources.no_imports"), frame.say("sources.no_imports_hint"))
        if frame.has_page("importing") and st.button(
            frame.say("companies.import_file"), type="primary", key="to_import"
        ):
            frame.open_page("importing")
        return
    with st.container(key="rows"):
        for one in found:
            _import(one, read)


def _import(one: view.Import, read: Reader) -> None:
    with st.container(key=f"row_import_{one.id}", horizontal=True, vertical_alignment="center"):
        words = f'<p class="first">{escape(one.file)}</p><p class="small">{escape(one.line)}</p>'
        st.html(f'{words}<p class="small">{escape(one.counts)}</p>', width="stretch")
        if one.problems:
            st.download_button(
                literal(frame.say("sources.problems", count=one.problems)),
                audited.file(
                    frame.say("audit.export_problems", id=one.id),
                    one.problems,
                    partial(_problems, read, one.id, frame.language()),
                ),
                file_name=f"problems-{one.id}.csv",
                mime="text/csv",
                icon=":material/download:",
                key=f"problems_{one.id}",
            )


def _problems(read: Reader, import_id: int, language: Language) -> bytes:
    return exports.csv_bytes(view.problems(read(queries.problems, import_id)), language)
