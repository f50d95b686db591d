"""Whose partners the page seeks: a resource, a company, or an idea that is written on the page and kept nowhere."""

import re
from collections.abc import Callable
from functools import cache
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from config.texts import Language
from dashboard import filters, frame, old_links, wording
from dashboard import source_partners as partners
from dashboard.literal import literal
from dashboard.views.partner_subject import KINDS, TONNES_MAX, WORDS_MAX, Idea, Kind, Subject
from dashboard.views.partners import ROWS
from data.importers import numbers
from data.model import Direction, ResourceType
from geo import regions

ID_DIGITS = 18  # more than the store can count to
BY, RESOURCE, ORGANISATION, PARTNER, SHOWN = "by", "resource", "organisation", "partner", "partner_rows_shown"
WHAT, SIDE, SORT, AT, TONNES = "what", "side", "kind", "at", "tonnes"
SEARCH, WRONG = "partner_search", "idea_wrong"
TONNES_LETTERS = 20
_UNIT = re.compile(r"(t|tn|ton|tonni|tonnia|tonnes?)(/a|/v| vuodessa| per år| a year)?$", re.IGNORECASE)
SUGGESTED = (RESOURCE, ORGANISATION, WHAT)


def kind() -> Kind:
    """Show the switch between resource, company and idea; by default what the link has something of."""
    told = next((one for key, one in zip(SUGGESTED, KINDS, strict=True) if filters.chosen(key)), KINDS[0])
    picked = filters.switch(BY, KINDS, frame.labels("partners.by_", KINDS), name=frame.say("partners.by"), default=told)
    return cast("Kind", picked)


def choose(stamp: str, by: Kind, place: DeltaGenerator) -> Subject | None:
    """Show the box or the form of a kind, and give what is chosen in it; None when there is nothing to choose."""
    if by == "idea":
        if wrong := str(st.session_state.get(WRONG, "")):
            st.error(literal(frame.say("calc.not_a_number", value=wrong)), icon=":material/error:")
        idea = _idea(place)
        return Subject("idea", (-1,), idea) if idea is not None else None
    if by == "organisation":
        return _company(stamp, place)
    chosen = _box(
        stamp,
        place,
        RESOURCE,
        lambda words: partners.choices(stamp, words, frame.language()),
        lambda one: partners.label(stamp, one, frame.language()),
    )
    return None if chosen is None else Subject("resource", (chosen,))


def _company(stamp: str, place: DeltaGenerator) -> Subject | None:
    chosen = _box(
        stamp,
        place,
        ORGANISATION,
        lambda words: partners.companies(stamp, words),
        lambda one: _gone_company(stamp, one),
    )
    own = partners.resources_of(stamp, chosen) if chosen is not None else ()
    return Subject("organisation", own) if own else None


def _gone_company(stamp: str, organisation_id: int) -> dict[int, str]:
    """Name a company of the link that is not listed, which has resources all the same: its name is not to be told."""
    return {organisation_id: frame.say("frame.unnamed")} if partners.resources_of(stamp, organisation_id) else {}


Found = Callable[[str], dict[int, str]]
Named = Callable[[int], dict[int, str]]


def _box(stamp: str, place: DeltaGenerator, link: str, listed: Found, named: Named) -> int | None:
    """Show the box in which one is found, and give the one chosen; the first where the link names none."""
    told = filters.chosen(link)
    asked = number(told)
    if told is not None and asked is None:
        old_links.note(link, [told])
    labels = listed(_search(stamp, place))
    own = {} if asked is None or asked in labels else named(asked)
    if asked is not None and asked not in labels and not own:
        st.info(frame.say(f"partners.gone_{link}"), icon=":material/link_off:")
        asked = None
    labels = own | labels
    if not labels:
        _show_nothing()
        return None
    options = list(labels)
    key = f"{link}_box_{asked}"  # the link decides what stands in the box
    place.selectbox(
        frame.say(f"partners.{link}"),
        options,
        index=options.index(asked) if asked is not None else 0,
        format_func=labels.__getitem__,
        placeholder=frame.say("partners.choose"),
        key=key,
        on_change=_choose,
        args=(link, key),
    )
    return asked if asked is not None else options[0]


def _search(stamp: str, place: DeltaGenerator) -> str:
    """Ask for words first where there are more resources than a browser can search by itself."""
    if not partners.too_many(stamp):
        return ""
    return place.text_input(frame.say("partners.choose"), key=SEARCH, max_chars=100)


def _show_nothing() -> None:
    search = str(st.session_state.get(SEARCH, ""))
    if search:
        frame.empty(frame.say("partners.not_found", search=search))
    else:
        frame.empty(frame.say("partners.empty"), frame.say("partners.empty_text"))


def _choose(link: str, key: str) -> None:
    filters.choose(link, str(st.session_state[key]))
    _afresh()


def _afresh() -> None:
    filters.choose(PARTNER, None)
    st.session_state[SHOWN] = ROWS


def number(text: str | None) -> int | None:
    """Read an id of a link; None where it is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) <= ID_DIGITS else None


def _idea(place: DeltaGenerator) -> Idea | None:
    """Show the form of an idea, folded away once it holds one that can be looked up."""
    now = _of_link()
    if now is None or not now.usable:
        with place:
            _form(now)
        frame.empty(frame.say("partners.idea_empty"), frame.say("partners.idea_empty_text"))
        return None
    town = regions.load().municipalities[now.municipality].name(frame.language())
    label = frame.say("partners.idea_told", side=frame.say(f"direction.{now.direction}"), what=now.words, place=town)
    if now.tonnes is not None:
        label += f" · {wording.quantity(now.tonnes, 't', frame.language())}"
    place.caption(frame.say("partners.by_idea"))
    with place.popover(filters.popover_label(label, changed=True), icon=":material/lightbulb:", width="stretch"):
        _form(now)
    return now


def _of_link() -> Idea | None:
    words = (filters.chosen(WHAT) or "")[:WORDS_MAX]
    if not words:
        return None
    side, sort = filters.chosen(SIDE), filters.chosen(SORT)
    _note_unread(side, sort)
    return Idea(
        words=words,
        direction=Direction(side) if side in list(Direction) else Direction.HAVE,
        type=ResourceType(sort) if sort in list(ResourceType) else ResourceType.MATERIAL,
        municipality=filters.chosen(AT) or "",
        tonnes=_tonnes(filters.chosen(TONNES) or "", "."),
    )


def _note_unread(side: str | None, sort: str | None) -> None:
    """Say what of an idea's link can't be read; it falls back to what the form begins with."""
    place, tonnes = filters.chosen(AT), filters.chosen(TONNES)
    wrong = {
        SIDE: side if side not in list(Direction) else None,
        SORT: sort if sort not in list(ResourceType) else None,
        AT: place if place not in regions.load().municipalities else None,
        TONNES: tonnes if _tonnes(tonnes or "", ".") is None else None,
    }
    for key, value in wrong.items():
        if value is not None:
            old_links.note(key, [value])


def _tonnes(typed: str, decimal: str) -> float | None:
    bare = _UNIT.sub("", typed.strip()[:TONNES_LETTERS]).strip()
    found = numbers.number(bare, decimal, large=TONNES_MAX).value if bare else None
    return found if found is not None and 0 < found < TONNES_MAX else None


def _form(now: Idea | None) -> None:
    names = _towns(frame.language())
    towns = list(names)
    with st.form("idea", border=False):
        st.segmented_control(
            frame.say("partners.idea_side"),
            list(Direction),
            default=now.direction if now else Direction.HAVE,
            format_func=frame.labels("direction.", Direction),
            key="idea_side",
            required=True,
        )
        st.text_input(
            frame.say("partners.idea_what"),
            value=now.words if now else "",
            max_chars=WORDS_MAX,
            placeholder=frame.say("partners.idea_hint"),
            key="idea_what",
        )
        st.selectbox(
            frame.say("partners.idea_type"),
            list(ResourceType),
            index=list(ResourceType).index(now.type) if now else 0,
            format_func=frame.labels("type.", ResourceType),
            key="idea_type",
        )
        st.selectbox(
            frame.say("partners.idea_at"),
            towns,
            index=towns.index(now.municipality) if now and now.municipality in names else None,
            format_func=names.__getitem__,
            placeholder=frame.say("partners.idea_at"),
            key="idea_at",
        )
        amount = "" if now is None or now.tonnes is None else f"{now.tonnes:g}".replace(".", _decimal())
        st.text_input(frame.say("partners.idea_tonnes"), value=amount, max_chars=TONNES_LETTERS, key="idea_tonnes")
        st.form_submit_button(frame.say("partners.idea_find"), type="primary", on_click=_keep_idea)
        frame.note(frame.say("partners.idea_note"))


def _decimal() -> str:
    return "." if frame.language() == "en" else ","


def _keep_idea() -> None:
    """Put the idea into the link, from which alone the page knows it."""
    state = st.session_state
    typed = str(state["idea_tonnes"])
    tonnes = _tonnes(typed, _decimal())
    if not str(state["idea_what"]).strip() or state["idea_at"] is None:
        st.toast(frame.say("partners.idea_missing"), icon=":material/warning:")
    state[WRONG] = typed if typed.strip() and tonnes is None else ""
    if state[WRONG]:  # nothing is sought by half of what was typed
        return
    filters.choose(WHAT, str(state["idea_what"]).strip() or None)
    filters.choose(SIDE, str(state["idea_side"]))
    filters.choose(SORT, str(state["idea_type"]))
    filters.choose(AT, state["idea_at"])
    filters.choose(TONNES, None if tonnes is None else f"{tonnes:g}")
    _afresh()


@cache
def _towns(language: Language) -> dict[str, str]:
    names = {code: place.name(language) for code, place in regions.load().municipalities.items()}
    return {code: names[code] for code in sorted(names, key=lambda code: names[code].casefold())}
