"""Fields for benefits: a metric a row with its amount, basis and share; below them year, recurrence and source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

import streamlit as st

from dashboard import frame, wording
from dashboard.frame import say
from dashboard.literal import literal
from dashboard.pipeline import words
from dashboard.views import pipeline_benefits as benefit_words
from dashboard.views.history import FINLAND
from data.model import Basis, Metric, ResourceType
from data.rules import benefit as rules
from data.rules.checked import Checked
from data.store.benefits import Figure
from matching.benefits import Estimate

YEARS = 8
BASES = [one.value for one in Basis]
# What usually comes of a type; every other metric can be added.
USUAL: Mapping[ResourceType, tuple[Metric, ...]] = {
    ResourceType.MATERIAL: (Metric.VIRGIN_SAVED, Metric.CO2E_REDUCED, Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES),
    ResourceType.WASTE: (Metric.LANDFILL_DIVERTED, Metric.CO2E_REDUCED, Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES),
    ResourceType.ENERGY: (Metric.ENERGY_SAVED, Metric.CO2E_REDUCED, Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES),
    ResourceType.WATER: (Metric.WATER_SAVED, Metric.COST_SAVINGS),
}
OTHERWISE = (Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES, Metric.CO2E_REDUCED)


@dataclass(frozen=True)
class Context:
    """Hold what the rows are checked against: what moves in a year, when it began, and what we estimate ourselves."""

    tonnes_per_year: float | None
    begun: date
    estimates: Mapping[Metric, Estimate]


@dataclass
class Fields:
    """Draw the rows under keys that begin with `prefix`; a row without an amount is none."""

    prefix: str
    context: Context
    tried: bool
    adding: bool = True  # whether other metrics can be added

    def draw(self, usual: Sequence[Metric]) -> list[Figure] | None:
        """Draw the rows and give the figures typed; None while something is wrong with one."""
        metrics = [*usual, *self._added(usual)]
        self._head()
        checked = [one for one in (self._row(metric) for metric in metrics) if one is not None]
        self._add(metrics)
        self._common()
        self._sure(checked)
        figures = [one.value for one in checked]
        return None if None in figures else [one for one in figures if one is not None]

    def _head(self) -> None:
        names = ("metric", "amount", "basis", "attribution")
        for place, name in zip(st.columns((5, 3, 4, 2)), names, strict=True):
            place.html(f'<p class="remark">{escape(say(f"benefit.{name}"))}</p>')

    def _row(self, metric: Metric) -> Checked[Figure] | None:
        name, amount, basis, share = st.columns((5, 3, 4, 2), vertical_alignment="center")
        label = wording.capital(say(f"metric.{metric}"))
        name.html(f"<p class='remark' style='margin:0'>{escape(label)}</p>")
        amount.text_input(
            f"{label}: {say('benefit.amount')}",
            key=self._key("amount", metric),
            label_visibility="collapsed",
            placeholder="–",
        )
        basis.selectbox(
            f"{label}: {say('benefit.basis')}",
            BASES,
            format_func=frame.labels("benefit_status.", BASES),
            key=self._key("basis", metric),
            label_visibility="collapsed",
        )
        share.text_input(
            f"{label}: {say('benefit.attribution')}",
            key=self._key("attribution", metric),
            placeholder="100",
            label_visibility="collapsed",
        )
        self._offer(metric)
        typed = str(st.session_state.get(self._key("amount", metric)) or "").strip()
        return self._checked(metric) if typed else None

    def _checked(self, metric: Metric) -> Checked[Figure]:
        raw = self._raw(metric)
        checked = rules.check(raw, self.context.tonnes_per_year, self.context.begun, datetime.now(FINLAND).date())
        if self.tried:
            for field, faults in checked.faults.items():
                for one in faults:
                    said = words.fault(one, raw.get(field), frame.language())
                    st.html(f'<p class="fault" role="alert">{escape(said)}</p>')
        return checked

    def _raw(self, metric: Metric) -> dict[str, Any]:
        state = st.session_state
        source = str(state.get(self._key("source")) or "")
        estimate = self.context.estimates.get(metric)
        taken = state.get(self._key("taken", metric))
        if estimate is not None and taken and taken == state.get(self._key("amount", metric)):
            source = " · ".join(part for part in (source, benefit_words.sources(estimate, frame.language())) if part)
        return {
            "metric": metric.value,
            "amount": state.get(self._key("amount", metric)),
            "basis": state.get(self._key("basis", metric)),
            "attribution": state.get(self._key("attribution", metric)) or "100",
            "year": state.get(self._key("year")),
            "yearly": state.get(self._key("yearly")) != "one_off",
            "source": source[: rules.SOURCE_CHARACTERS],
            "sure": state.get(self._key("sure")),
        }

    def _offer(self, metric: Metric) -> None:
        """Offer our own estimate where there is one and nothing is typed; it comes in as an estimate, or not at all."""
        estimate = self.context.estimates.get(metric)
        if estimate is None or st.session_state.get(self._key("amount", metric)):
            return
        amount = wording.number(estimate.rounded, frame.language(), 1 if abs(estimate.rounded) < 10 else 0)  # noqa: PLR2004 - digits
        st.button(
            literal(say("benefit.use_estimate", amount=amount)),
            key=self._key("use", metric),
            type="tertiary",
            icon=":material/calculate:",
            help=literal(benefit_words.sources(estimate, frame.language())),
            on_click=self._use,
            args=(metric, amount),
        )

    def _use(self, metric: Metric, amount: str) -> None:
        st.session_state[self._key("amount", metric)] = st.session_state[self._key("taken", metric)] = amount
        st.session_state[self._key("basis", metric)] = Basis.ESTIMATED.value

    def _added(self, usual: Sequence[Metric]) -> list[Metric]:
        return [Metric(one) for one in st.session_state.get(self._key("added"), []) if Metric(one) not in usual]

    def _add(self, shown: Sequence[Metric]) -> None:
        left = [one.value for one in Metric if one not in shown]
        if not left or not self.adding:
            return
        with st.popover(say("benefit.add_row"), icon=":material/add:", type="tertiary"):
            for one in left:
                label = wording.capital(say(f"metric.{one}"))
                st.button(literal(label), type="tertiary", key=self._key("add", one), on_click=self._more, args=(one,))

    def _more(self, metric: str) -> None:
        st.session_state[self._key("added")] = [*st.session_state.get(self._key("added"), []), metric]

    def _common(self) -> None:
        year = datetime.now(FINLAND).year
        years = [str(one) for one in range(year + 1, year - YEARS, -1)]
        left, right = st.columns(2)
        st.session_state.setdefault(self._key("year"), str(year))
        left.selectbox(say("benefit.year_label"), years, key=self._key("year"))
        options = ["yearly", "one_off"]
        st.session_state.setdefault(self._key("yearly"), "yearly")
        right.segmented_control(
            say("benefit.recurrence"),
            options,
            format_func=frame.labels("benefit.recurrence_", options),
            key=self._key("yearly"),
            required=True,
        )
        st.text_input(
            say("benefit.source"),
            key=self._key("source"),
            max_chars=rules.SOURCE_CHARACTERS,
            placeholder=say("benefit.source_hint"),
        )

    def _sure(self, checked: Sequence[Checked[Figure]]) -> None:
        asked = {"benefit.absurd", "benefit.year_before"}
        rules_told = {one.rule for each in checked for faults in each.faults.values() for one in faults}
        if self.tried and (rules_told & asked or st.session_state.get(self._key("sure"))):
            st.checkbox(say("benefit.sure"), key=self._key("sure"))

    def _key(self, name: str, metric: str = "") -> str:
        return f"{self.prefix}{name}_{metric}" if metric else f"{self.prefix}{name}"


def usual(kind: str) -> tuple[Metric, ...]:
    """Give the metrics that usually come of a type of resource."""
    return USUAL.get(ResourceType(kind), OTHERWISE)
