"""The list of workshops, and the form that begins one."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config.texts import LANGUAGES
from dashboard import filters, frame, source, wording
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.live import gate
from dashboard.workshop import merging
from data import viewer
from data.queries import events as queries
from data.store import events
from data.store.events import Plan
from data.viewer import Role
from geo import regions

EVENT = "event"
FINLAND = ZoneInfo("Europe/Helsinki")
NAME_MAX, LINES_MAX = 120, 4_000
NATIONAL = "FI"
END_OF_DAY = time(23, 59)


def draw(*, gone: bool) -> None:
    """Draw the page of somebody who has not chosen a workshop."""
    frame.title_row(say("title.workshop"))
    if gone:
        frame.warn(say("workshop_page.gone"))
    who = viewer.current()
    if who is None or who.role not in {Role.NATIONAL, Role.REGIONAL}:
        frame.empty(say("workshop_page.not_yours"))
        return
    known = queries.workshops(source.engine())
    frame.sentence(wording.rich("workshop_page.choose" if known else "workshop_page.none", frame.language()))
    left, right = st.columns((1, 1), gap="large")
    with left:
        _form(who.regions if who.role is Role.REGIONAL else (), str(known[0]["region_code"]) if known else "")
    with right:
        for row in known:
            _row(row)
        merging.draw()


def _row(row: Mapping[str, Any]) -> None:
    day = wording.day(row["opened_at"].astimezone(FINLAND).date(), frame.language())
    with st.container(horizontal=True, vertical_alignment="center", key=f"workshop_{row['id']}"):
        words = f"{day} · {status(row)}" + (f" · {say('workshop_page.practice')}" if row["practice"] else "")
        st.markdown(f"**{literal(row['name'])}**  \n{literal(words)}", width="stretch")
        st.button(
            say("workshop_page.open"), key=f"open_{row['id']}", on_click=filters.choose, args=(EVENT, str(row["id"]))
        )


def _form(own: tuple[str, ...], last: str) -> None:
    places = regions.load().regions
    codes = [code for code in places if not own or code in own] + ([] if own else [NATIONAL])
    language = frame.language()
    with st.form("workshop_new"):
        st.subheader(say("workshop_page.new"), anchor=False)
        name = st.text_input(say("workshop_page.name"), max_chars=NAME_MAX)
        left, right = st.columns(2)
        region = left.selectbox(
            say("workshop_page.region"),
            codes,
            codes.index(last) if last in codes else 0,  # a coordinator's workshops are mostly in one region
            format_func=lambda code: places[code].name(language) if code in places else say("workshop_page.country"),
        )
        place = right.text_input(say("workshop_page.place"), max_chars=NAME_MAX)
        opens, ends_at = _when(left, right)
        tables = right.number_input(say("workshop_page.tables"), 1, events.TABLES_MAX, 8)
        spoken = left.selectbox(
            say("workshop_page.language"),
            LANGUAGES,
            LANGUAGES.index(language),
            format_func=frame.labels("language.", LANGUAGES),
        )
        goals = st.text_area(say("workshop_page.goals"), max_chars=LINES_MAX, height=80)
        invited = st.text_area(
            say("workshop_page.invited"), help=say("workshop_page.invited_help"), max_chars=LINES_MAX, height=80
        )
        if st.form_submit_button(say("workshop_page.begin"), type="primary"):
            if not name.strip():
                st.error(say("workshop_page.name_missing"))
                return
            plan = Plan(
                name=name.strip(),
                region=None if region == NATIONAL else region,
                place=place.strip(),
                language=str(spoken),
                starts_at=opens if opens > datetime.now(FINLAND) else None,
                ends_at=ends_at,
                tables=int(tables),
                goals=goals.strip(),
                invited=tuple(line.strip() for line in invited.splitlines() if line.strip()),
            )
            event_id = start(plan)
            filters.choose(EVENT, str(event_id))
            st.rerun()


def _when(left: DeltaGenerator, right: DeltaGenerator) -> tuple[datetime, datetime]:
    """Draw day and hours, and give when the workshop opens and ends."""
    today, first, last_hour = _hours()
    day = left.date_input(
        say("workshop_page.day"), today, min_value=today, format="DD.MM.YYYY", help=say("workshop_page.day_help")
    )
    from_hour, to_hour = right.columns(2)
    starts = from_hour.time_input(say("workshop_page.starts"), first)
    opens = datetime.combine(day, starts, FINLAND)
    return opens, until(to_hour.time_input(say("workshop_page.ends"), last_hour), opens)


def start(plan: Plan) -> int:
    """Begin a workshop and give out its code."""
    engine, user = source.engine(), frame.user()
    event_id = events.begin(engine, user, plan)
    events.give_out(engine, user, event_id, gate.hashes(event_id, 1), plan.ends_at or until(END_OF_DAY))
    return event_id


def until(ends: time, after: datetime | None = None) -> datetime:
    """Give the next moment after another, or after now, that a clock shows this time."""
    after = max(after or datetime.now(FINLAND), datetime.now(FINLAND))
    moment = datetime.combine(after.date(), ends, FINLAND)
    return moment if moment > after else moment + timedelta(days=1)


def status(event: Mapping[str, Any]) -> str:
    """Say how a workshop stands; one that is prepared waits for its facilitator."""
    prepared = event["status"] == "paused" and event["opened_at"] > datetime.now(UTC)
    return say(f"workshop_page.status_{'prepared' if prepared else event['status']}")


def _hours() -> tuple[date, time, time]:
    """Give today, this hour, and one five later, not beyond midnight: nobody means one in the night."""
    now = datetime.now(FINLAND)
    later = (now + timedelta(hours=5)).replace(minute=0, second=0, microsecond=0)
    return now.date(), time(now.hour), later.time() if later.date() == now.date() else END_OF_DAY
