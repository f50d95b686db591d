"""The fields of a form, each with what is wrong with it and how to mend it right below."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any, cast

import streamlit as st

from config.texts import Language, catalogue
from dashboard import frame
from dashboard.forms.sheet import Raw, Sheet, key
from dashboard.literal import literal
from data.importers.faults import Fault
from data.importers.report import Severity
from geo.regions import Place

Faults = Mapping[str, tuple[Fault, ...]]


def sentence(fault: Fault, typed: object, language: Language) -> str:
    """Say what is wrong with a field and how to mend it."""
    rule = fault.rule.partition(".")[2]
    if rule == "hazardous_mismatch" and not fault.values.get("mirror"):
        rule = "hazardous_mismatch_alone"
    told = {name: one.name(language) if isinstance(one, Place) else one for name, one in fault.values.items()}
    return catalogue()[f"form.{rule}"][language].format_map({"value": typed, "suggestion": fault.suggestion, **told})


def proposals(name: str, fault: Fault) -> tuple[tuple[str, str], ...]:
    """Name the field and the value of each way to mend a fault by one press."""
    if fault.values.get("mirror"):
        return (("ewc_code", str(fault.values["mirror"])),)
    if fault.severity is not Severity.REJECTED:
        return ()
    return tuple((name, one) for one in (fault.suggestion, *fault.alternatives) if one)


class Fields:
    """Draw the fields of the open form."""

    def __init__(self, sheet: Sheet, raw: Raw, faults: Faults) -> None:
        self.sheet, self.raw, self.faults = sheet, raw, faults

    def text(self, name: str, *, required: bool = False, area: bool = False, hint: str = "") -> None:
        """Draw a field of text."""
        draw: Callable[..., Any] = st.text_area if area else st.text_input
        draw(self._label(name, required=required), key=key(name), placeholder=hint or None, help=_help(name))
        self.told(name)

    def select(
        self, name: str, options: Sequence[Any], say: Callable[[Any], str], *, new: bool = False, needed: bool = False
    ) -> None:
        """Draw a field with one choice; `new`: something else may be typed; `needed`: it can't be emptied."""
        chosen = self.raw.get(name)
        known = [*options, chosen] if chosen is not None and chosen not in options else list(options)
        hint = frame.say("form_help.choose")
        st.selectbox(
            self._label(name),
            known,
            # With an index there is no button that empties the field; `required` would say so in English.
            index=0 if needed else None,
            format_func=say,
            key=key(name),
            placeholder=hint,
            accept_new_options=new,
            help=_help(name),
        )
        self.told(name)

    def many(self, name: str, options: Sequence[Any], say: Callable[[Any], str]) -> None:
        """Draw a field with many choices; what is chosen already stays among them."""
        chosen = cast("list[Any]", self.raw.get(name) or [])
        known = [*options, *(one for one in chosen if one not in options)]
        st.multiselect(
            self._label(name),
            known,
            format_func=say,
            key=key(name),
            placeholder=frame.say("form_help.choose"),
            select_all=False,
        )
        self.told(name)

    def switch(self, name: str, options: Sequence[str], say: Callable[[str], str]) -> None:
        """Draw a field with few choices, all in sight."""
        st.segmented_control(self._label(name), options, format_func=say, key=key(name), required=True)
        self.told(name)

    def day(self, name: str) -> None:
        """Draw a field with a date."""
        st.date_input(self._label(name), value=None, key=key(name), format="DD.MM.YYYY")
        self.told(name)

    def tick(self, name: str) -> None:
        """Draw a field to tick."""
        st.checkbox(self._label(name), key=key(name), help=_help(name))

    def told(self, name: str) -> None:
        """Say below a field what is wrong, once saving was tried; remarks and slips of the pen at once."""
        for number, fault in enumerate(self.faults.get(name, ())):
            refused = fault.severity is Severity.REJECTED
            if refused and not self.sheet.tried and not str(self.raw.get(name) or "").strip():
                continue
            words = sentence(fault, self.raw.get(name), frame.language())
            role = ' role="alert"' if refused else ""
            st.html(f'<p class="{"fault" if refused else "remark"}"{role}>{escape(words)}</p>')
            self._proposals(name, fault, number)

    def _proposals(self, name: str, fault: Fault, number: int) -> None:
        offered = proposals(name, fault)
        if not offered:
            return
        with st.container(horizontal=True, gap="small"):
            for at, (field, one) in enumerate(offered):
                words = literal(frame.say("form.use", value=one))
                st.button(words, key=f"sheet_use_{name}_{number}_{at}", on_click=partial(_use, field, one))

    def _label(self, name: str, *, required: bool = False) -> str:
        shown = "site_visibility" if (self.sheet.kind, name) == ("site", "visibility") else name
        words = frame.say(f"field.{shown}")
        return f"{words} ({frame.say('form.required')})" if required else words


def _use(name: str, value: str) -> None:
    st.session_state[key(name)] = value


def _help(name: str) -> str | None:
    found = f"form_help.{name}"
    return frame.say(found) if found in catalogue() else None
