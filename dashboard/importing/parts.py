"""What the four steps share: the jobs of this process, the row of steps, the bar, notices, and the map."""

from html import escape

import pandas as pd
import streamlit as st

from config import settings
from config.errors import SynergiaError
from dashboard import frame, source, wording
from dashboard.importing import layers
from dashboard.importing.jobs import Job, Jobs
from dashboard.importing.staging import Staging
from dashboard.palette import Palette
from dashboard.views import importing as view

ID, STEP, SHOW = "id", "step", "show"  # parameters of the link
ROW_PX = 35
HEAD_PX = 36
PATIENCE_S = 1.0  # small files are read within it: no progress bar that flashes by
STEPS = ("file", "columns", "check", "done")
_SHEET = """
.steps{display:flex;gap:14px;align-items:center;list-style:none;padding:0!important;
margin:.25rem 0;flex-wrap:wrap}
.steps li{display:flex;align-items:center;gap:10px;margin:0!important;padding:0;font-size:1rem;color:SECONDARY}
.steps li:not(:last-child)::after{content:"";width:56px;height:1px;background:LINE;margin-left:4px}
.steps i{width:26px;height:26px;border-radius:50%;border:1px solid BORDER;display:flex;align-items:center;
justify-content:center;font-style:normal;font-size:.8125rem;box-sizing:border-box}
.steps .past{color:TEXT}
.steps .past i{border-color:ACCENT;color:ACCENT}
.steps .now{color:TEXT;font-weight:600}
.steps .now i{background:ACCENT;border-color:ACCENT;color:PAGE}
.bar{display:flex;gap:3px;height:14px;margin:.5rem 0 .5rem}
.bar i{border-radius:2px;min-width:4px}
.parts{display:flex;gap:28px;flex-wrap:wrap;margin:0;color:SECONDARY}
.parts span{display:flex;align-items:center;gap:8px}
.parts b{color:TEXT;font-weight:600}
.parts i{width:10px;height:10px;border-radius:2px}
.refusal,.notice{border-radius:8px;padding:12px 16px;margin:0}
.refusal{background:AMBER;color:WANT}
.notice{background:PANEL;color:TEXT}
.stApp [data-testid^=stBaseButton-primary]:disabled{color:SECONDARY}
.advice{margin:0;padding:0!important;list-style:none;font-size:.875rem}
.advice li{margin:0 0 6px!important}
.refusal .stApp [data-testid^=stBaseButton-primary]:disabled{color:SECONDARY}
.advice{margin-top:6px}
"""


# After a hot reload the classes are others, and no worker understands the old ones; the files are on the disk.
@st.cache_resource(
    show_spinner=False,
    validate=lambda jobs: isinstance(jobs, Jobs),
    on_release=lambda jobs: jobs.workers.close(),
)
def jobs() -> Jobs:
    """Open the desk at which this process works on files."""
    address = source.engine().url.render_as_string(hide_password=False)
    return Jobs(Staging(settings.load().home / "staging"), address)


def style(colours: Palette) -> None:
    """Write the style sheet of this page."""
    amber = {"light": "#FBF0E6", "dark": "#35270F"}[colours.theme]
    names = {
        "SECONDARY": colours.secondary,
        "LINE": colours.line,
        "BORDER": colours.border,
        "TEXT": colours.text,
        "ACCENT": colours.accent,
        "PAGE": colours.page,
        "PANEL": colours.panel,
        "AMBER": amber,
        "WANT": colours.want_text,
    }
    rules = _SHEET
    for name, value in names.items():
        rules = rules.replace(name, value)
    st.html(f"<style>{rules}</style>")


def steps(now: str) -> None:
    """Write the row of the four steps."""
    at = STEPS.index(now)
    items = []
    for number, step in enumerate(STEPS):
        state = "past" if number < at else "now" if number == at else "next"
        sign = "✓" if number < at else str(number + 1)
        current = ' aria-current="step"' if number == at else ""
        items.append(f'<li class="{state}"{current}><i>{sign}</i>{escape(frame.say(f"importing.step_{step}"))}</li>')
    st.html(f'<ol class="steps">{"".join(items)}</ol>')


def refusal(error: SynergiaError) -> None:
    """Say why a whole file is refused; its values are the user's, so nothing of it is rendered."""
    st.html(f'<p class="refusal" role="alert">{escape(frame.say(error.key, **error.values))}</p>')


def notice(words: str) -> None:
    """Say something that is no fault."""
    st.html(f'<p class="notice" role="status">{escape(words)}</p>')


def bar(outlook: view.Outlook, colours: Palette) -> None:
    """Draw the bar whose parts sum to the rows read, and its figures below."""
    fills = {
        "created": colours.accent,
        "updated": colours.matrix[2],
        "unchanged": colours.border,
        "rejected": colours.want,
    }
    pieces = "".join(
        f'<i style="flex:{share:.6f};background:{fills[name]}"></i>' for name, share in outlook.shares().items()
    )
    language = frame.language()
    figures = []
    for name, fill in fills.items():
        count = int(getattr(outlook, name))
        words = frame.say(f"importing.part_{name}_{'one' if count == 1 else 'many'}")
        number = wording.number(count, language)
        figures.append(f'<span><i style="background:{fill}"></i><b>{number}</b> {escape(words)}</span>')
    told = {name: getattr(outlook, name) for name in fills}
    alt = escape(frame.say("importing.bar_alt", **told), quote=True)
    st.html(f'<div class="bar" role="img" aria-label="{alt}">{pieces}</div><p class="parts">{"".join(figures)}</p>')


def table_height(rows: int, most: int = 10) -> int:
    """Give the height in pixels at which a table shows its rows and no half one."""
    return HEAD_PX + ROW_PX * min(rows, most) + 2


def forget() -> None:
    """Leave the file: it is thrown away, and the link is empty again."""
    identity = st.query_params.get(ID)
    if identity:
        jobs().drop(identity)
    for name in (ID, STEP, SHOW):
        st.query_params.pop(name, None)


def file_map(job: Job | None) -> None:
    """Draw the places of the file, or Finland while there are none."""
    points = _points(job)
    colours = frame.colours()
    labels = {
        int(row): frame.say("importing.map_row", row=int(row))
        for row in points.loc[points["sign"] == "doubtful", "row"]
    }
    key = "empty" if job is None or points.empty else f"{job.staged.id}_{len(points)}"
    alt = frame.say("importing.map_alt", points=len(points), doubtful=len(labels))
    st.pydeck_chart(
        layers.deck(points, labels, colours),
        height="stretch",
        key=f"import_map_{key}",
        alt=alt if len(points) else frame.say("importing.map_alt_empty"),
    )
    if len(points):
        frame.legend(_legend(points, colours), low=True)


def _points(job: Job | None) -> pd.DataFrame:
    status = job.status if job else None
    tried = (status.expected or status.result) if status else None
    if status is None or status.report is None or tried is None:
        names = ["row", "easting", "northing", "proposed_easting", "proposed_northing", "sign"]
        return pd.DataFrame({name: pd.Series(dtype=float) for name in names})
    return view.map_points(status.report, tried.states)


def _legend(points: pd.DataFrame, colours: Palette) -> str:
    grey, amber = colours.other, colours.want
    signs = {
        "new": f'<i class="dot" style="background:{grey}"></i>',
        "known": f'<i class="ring" style="border-color:{grey}"></i>',
        "rejected": f'<i class="dot" style="background:{amber}"></i>',
        "doubtful": f'<i class="dot" style="background:{amber};width:14px;height:14px;margin:0 6px"></i>',
        "proposed": f'<i class="ring" style="border-color:{amber};width:14px;height:14px;margin:0 6px"></i>',
    }
    drawn = set(points["sign"]) | ({"proposed"} if points["proposed_easting"].notna().any() else set())
    return "".join(
        f'<div class="row">{sign}{escape(frame.say(f"importing.legend_{name}"))}</div>'
        for name, sign in signs.items()
        if name in drawn
    )
