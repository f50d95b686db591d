"""Step 3: what the import would do, row by row what to mend, and the button that does it."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard import filters, frame, wording
from dashboard.importing import downloads, parts
from dashboard.importing.jobs import Job, Status
from dashboard.views import importing as view
from data.importers import Problem, Report, Severity

HELD = "import_table"  # the table as the editor was first given it: another one would throw away the user's edits
ADVICE_ROWS = 50


def step(job: Job) -> None:
    """Draw the figures, the tables and the buttons of a file that has been read."""
    status = job.status
    if status.report is None or status.expected is None:
        return
    outlook = view.outlook(status.expected)
    with st.container(gap="xxsmall"):
        _sentence(outlook)
        frame.note(_origin(status.report))
    parts.bar(outlook, frame.colours())
    tab = filters.switch(
        parts.SHOW,
        view.TABS,
        lambda name: f"{frame.say(f'importing.tab_{name}')} {wording.number(outlook.of_tab(name), frame.language())}",
        name=frame.say("importing.tab"),
        default=outlook.first_tab,
    )
    if tab in ("rejected", "warnings"):
        _problems(job, status.report, tab)
    else:
        _rows(status, tab)
    _decimal(job, status.report)
    _unfinished(job, status.report)
    _buttons(job, status.report)


def _sentence(outlook: view.Outlook) -> None:
    language = frame.language()
    rows = wording.counted(outlook.rows, "row", language)
    if not outlook.rejected:
        frame.sentence(wording.rich("importing.all_valid", language, rows=rows))
    elif not outlook.valid:
        frame.sentence(wording.rich("importing.all_rejected", language, rows=rows))
    else:
        bold = {"rows": rows, "rejected": wording.number(outlook.rejected, language)}
        told = {name: f"<b>{escape(value)}</b>" for name, value in bold.items()}
        valid = wording.number(outlook.valid, language)
        frame.sentence(frame.say("importing.some_rejected", valid=valid, **told))


def _origin(report: Report) -> str:
    language = frame.language()
    by = frame.say("importing.by_channel", channel=frame.say(f"channel.{report.channel}"))
    told = [
        report.options.name or report.file,
        frame.say("importing.from_sheet", sheet=report.sheet) if report.sheet else "",
        frame.say("importing.in_system", system=report.coordinates) if report.coordinates else "",
        f"{by}, {wording.day(report.options.dated, language)}" if report.options.dated else by,
    ]
    return " · ".join(part for part in told if part)


def _problems(job: Job, report: Report, tab: str) -> None:
    held = _held(job, report, tab)
    if held.empty:
        frame.empty(frame.say(f"importing.none_{tab}"))
        return
    columns = [name for name in held.columns if name != view.PART or held[view.PART].any()]
    edited = st.data_editor(
        held,
        key=f"problems_{st.session_state[HELD][1]}",
        hide_index=True,
        width="stretch",
        height=parts.table_height(len(held)),
        row_height=parts.ROW_PX,
        column_order=columns,
        disabled=[name for name in columns if name not in (view.FIX, view.PROPOSAL)],
        column_config=_config(),
        alt=frame.say(f"importing.tab_{tab}"),
    )
    after = view.decided(edited, job.decisions)
    if after != job.decisions:
        job.decisions = after
        if report.rows <= view.QUICK_ROWS:
            job.recheck(view.fixes(report, after))
        else:
            job.forget_fixes()
        if any(after[int(number)][0] != ticked for number, ticked in zip(edited.index, edited[view.FIX], strict=True)):
            del st.session_state[HELD]  # a proposal was edited, so its tick must show
        st.rerun()
    _more(len(held), sum(problem.severity == _severity(tab) for problem in report.problems), "first_shown")
    _advice([report.problems[int(number)] for number in held.index[:ADVICE_ROWS]])


def _severity(tab: str) -> Severity:
    return Severity.REJECTED if tab == "rejected" else Severity.WARNING


def _held(job: Job, report: Report, tab: str) -> pd.DataFrame:
    if not job.decisions:
        job.decisions = view.first_decisions(report)
        if report.rows <= view.QUICK_ROWS:
            job.recheck(view.fixes(report, job.decisions))
    mark = (job.staged.id, job.checks, tab, frame.language())
    held = st.session_state.get(HELD)
    if held is None or held[0] != mark:
        count = 1 + (held[1] if held else st.session_state.get(f"{HELD}_count", 0))
        held = (mark, count, view.problem_table(report, tab, job.decisions, frame.language()))
        st.session_state[HELD], st.session_state[f"{HELD}_count"] = held, count
    table: pd.DataFrame = held[2]
    return table


def _config() -> dict[str, ColumnConfig]:
    say = frame.say
    text = st.column_config.TextColumn
    return {
        view.FIX: st.column_config.CheckboxColumn(say("importing.col_fix"), width=70),
        view.ROW: st.column_config.NumberColumn(say("importing.col_row"), width=58, format="%d"),
        view.COLUMN: text(say("importing.col_column"), width=110),
        view.VALUE: text(say("importing.col_value"), width=130),
        view.RULE: text(say("importing.col_rule"), width=220),
        view.PROPOSAL: text(say("importing.col_proposal"), width=150, help=say("importing.proposal_help")),
        view.PART: text(say("importing.col_part"), width=120),
    }


def _more(shown: int, there_are: int, key: str) -> None:
    if there_are > shown:
        frame.note(frame.say(f"importing.{key}", shown=wording.number(shown, frame.language())))


def _advice(problems: Sequence[Problem]) -> None:
    rows = "".join(f"<li>{escape(problem.message(frame.language()))}</li>" for problem in problems)
    with st.expander(frame.say("importing.advice")):
        st.html(f'<ul class="advice">{rows}</ul>')


def _rows(status: Status, tab: str) -> None:
    if status.report is None or status.expected is None:
        return
    table = view.row_table(status.report, status.expected.states, tab)
    if table.empty:
        frame.empty(frame.say(f"importing.none_{tab}"))
        return
    st.dataframe(
        table,
        key=f"rows_{tab}",
        hide_index=True,
        height=parts.table_height(len(table)),
        row_height=parts.ROW_PX,
        column_config={
            "row": st.column_config.NumberColumn(frame.say("importing.col_row"), width=58, format="%d"),
            **{
                name: st.column_config.TextColumn(frame.say(f"importing.col_{name}"), width=250)
                for name in ("organisation", "site", "resource")
            },
        },
        alt=frame.say(f"importing.tab_{tab}"),
    )
    _more(len(table), int(getattr(status.expected, tab)), "first_rows")


def _decimal(job: Job, report: Report) -> None:
    if not view.has_ambiguous_numbers(report):
        return
    words = {None: "ask", ",": "comma", ".": "point"}
    chosen = st.segmented_control(
        frame.say("importing.decimal"),
        list(words),
        default=report.options.decimal,
        format_func=lambda sign: frame.say(f"importing.decimal_{words[sign]}"),
        required=True,
        key=f"decimal_{job.staged.id}",
    )
    if chosen != job.staged.options.decimal:
        job.choose(decimal=chosen)
        job.check()
        job.wait(parts.PATIENCE_S)
        st.rerun()


def _unfinished(job: Job, report: Report) -> None:
    undecided = view.undecided(report, job.decisions)
    if undecided:
        parts.notice(frame.say("importing.undecided", rows=", ".join(str(row) for row in undecided[:20])))
    wrong = view.still_wrong(report, job.status.fixed, job.decisions)
    if wrong:
        rows = "".join(f"<li>{escape(problem.message(frame.language()))}</li>" for problem in wrong[:ADVICE_ROWS])
        title = escape(frame.say("importing.still_wrong"))
        st.html(f'<div class="refusal" role="alert">{title}<ul class="advice">{rows}</ul></div>')


def _buttons(job: Job, report: Report) -> None:
    count = view.importable(report, job.status.fixed, job.decisions)
    blocked = job.staged.options.all_or_nothing and count < report.rows
    with st.container(horizontal=True, vertical_alignment="center", key="import_buttons"):
        st.button(
            frame.say("importing.import_rows", rows=wording.counted(count, "row", frame.language())),
            type="primary",
            key="import_now",
            disabled=blocked or count == 0,
            on_click=_import,
            args=(job, report, count),
        )
        if report.problems:
            downloads.problems(report)
        st.button(frame.say("importing.to_columns"), type="tertiary", key="to_columns", on_click=_to_columns)
        st.button(frame.say("importing.change_file"), type="tertiary", key="change_file", on_click=parts.forget)
    wanted = st.checkbox(
        frame.say("importing.all_or_nothing"), value=job.staged.options.all_or_nothing, key=f"all_{job.staged.id}"
    )
    if wanted != job.staged.options.all_or_nothing:
        job.choose(all_or_nothing=wanted)
        st.rerun()
    if blocked:
        left_out = wording.number(report.rows - count, frame.language())
        parts.notice(frame.say("importing.all_or_nothing_blocks", rejected=left_out))
    frame.note(frame.say("importing.promise"))


def _import(job: Job, report: Report, count: int) -> None:
    job.write(frame.user(), view.fixes(report, job.decisions), count)
    job.wait(parts.PATIENCE_S)


def _to_columns() -> None:
    st.query_params[parts.STEP] = "columns"
