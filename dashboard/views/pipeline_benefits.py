"""Benefits in words: the four figures beside the board, their whole table, and what an estimate rests on; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from config.factors import Factor
from config.texts import Language
from dashboard import wording
from data.model import Basis, Metric
from matching.benefits import Estimate

MONEY = (Metric.COST_SAVINGS, Metric.ADDITIONAL_SALES)


@dataclass(frozen=True)
class Shown:
    """Hold one figure beside the board: its name with the unit, its value, its change, and what of it is estimated."""

    label: str
    value: str
    change: str | None
    note: str


def four(now: pd.DataFrame, before: pd.DataFrame, year: int, language: Language) -> tuple[Shown, ...]:
    """Give landfill diverted, emissions reduced, money a year, and the share of the figures that is verified."""
    told = (("landfill", (Metric.LANDFILL_DIVERTED,)), ("co2e", (Metric.CO2E_REDUCED,)), ("money", MONEY))
    shown = [_sum(name, metrics, (now, before), year, language) for name, metrics in told]
    return (*shown, _verified(now, before, year, language))


def _sum(
    name: str, metrics: Sequence[Metric], frames: tuple[pd.DataFrame, pd.DataFrame], year: int, language: Language
) -> Shown:
    now, before = (_of(frame, metrics) for frame in frames)
    total, estimated = float(now["amount"].sum()), float(now.loc[now["basis"] == Basis.ESTIMATED, "amount"].sum())
    note = wording.t("benefit.since", language, year=year - 1)
    if estimated:
        note = wording.t("benefit.of_it_estimated", language, amount=wording.hundreds(estimated, language))
    return Shown(
        wording.t(f"benefit.four_{name}", language),
        wording.hundreds(total, language) if len(now) else wording.UNKNOWN,
        wording.change(wording.to_hundreds(total - float(before["amount"].sum())), language),
        note,
    )


def _of(frame: pd.DataFrame, metrics: Sequence[Metric]) -> pd.DataFrame:
    return frame[frame["metric"].isin([one.value for one in metrics]) & frame["yearly"].astype(bool)]


def _verified(now: pd.DataFrame, before: pd.DataFrame, year: int, language: Language) -> Shown:
    shares = [_share(frame) for frame in (now, before)]
    change = None
    if shares[0] is not None and shares[1] is not None:
        change = wording.change((shares[0] - shares[1]) * 100, language)
        change = wording.t("benefit.points", language, points=change) if change else None
    return Shown(
        wording.t("benefit.four_verified", language),
        wording.percent(shares[0], language),
        change,
        wording.t("benefit.since", language, year=year - 1),
    )


def _share(frame: pd.DataFrame) -> float | None:
    """Give the share of the figures told that are verified; they are counted, since metrics can't be added up."""
    figures = int(frame["figures"].sum()) if len(frame) else 0
    return float(frame.loc[frame["basis"] == Basis.VERIFIED, "figures"].sum()) / figures if figures else None


def whole_table(sums: pd.DataFrame, language: Language) -> str:
    """Write all sums as an HTML table: a metric and a recurrence a row, a basis a column, no total."""
    bases = list(Basis)
    heads = [wording.t("benefit.metric", language), wording.t("benefit.recurrence", language)]
    heads += [wording.capital(wording.t(f"benefit_status.{one}", language)) for one in bases]
    head = "".join(f'<th scope="col"{_right(place)}>{escape(words)}</th>' for place, words in enumerate(heads))
    rows = []
    for metric in Metric:
        for yearly in (True, False):
            told = sums[(sums["metric"] == metric) & (sums["yearly"].astype(bool) == yearly)]
            if len(told):
                rows.append(_row(metric, told.set_index("basis")["amount"], yearly=yearly, language=language))
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _right(place: int) -> str:
    return ' class="n"' if place > 1 else ""


def _row(metric: Metric, amounts: "pd.Series[float]", *, yearly: bool, language: Language) -> str:
    recurrence = wording.t(f"benefit.recurrence_{'yearly' if yearly else 'one_off'}", language)
    cells = "".join(f'<td class="n">{amount(amounts.get(one.value), language)}</td>' for one in Basis)
    name = escape(wording.capital(wording.t(f"metric.{metric}", language)))
    return f'<tr><th scope="row">{name}</th><td>{escape(recurrence)}</td>{cells}</tr>'


def amount(value: float | None, language: Language) -> str:
    """Say a figure without its unit, small ones with decimals."""
    if value is None:
        return wording.UNKNOWN
    decimals = 0 if abs(value) >= 100 or float(value).is_integer() else 1 if abs(value) >= 10 else 2  # noqa: PLR2004 - digits
    return wording.number(value, language, decimals)


def terms(estimate: Estimate, language: Language) -> str:
    """Say what an estimate is the sum of: each term with its amount."""
    parts = [f"{wording.t(one.key, language)} {amount(one.amount, language)}" for one in estimate.parts]
    return ", ".join(parts)


def sources(estimate: Estimate, language: Language) -> str:
    """Say what an estimate is the sum of, and where its factors come from."""
    factors = [one.source for one in estimate.parts if one.source is not None]
    told = list(dict.fromkeys(_factor(one, language) for one in factors))
    haul = _assumptions(estimate.more, language)
    return "; ".join([terms(estimate, language), *told, *haul])


def _factor(factor: Factor, language: Language) -> str:
    value = wording.number(factor.value, language, 1 if factor.value < 1000 else 0)  # noqa: PLR2004 - digits
    return f"{value} {factor.unit} ({wording.figure_source(factor.source, language)})"


def _assumptions(more: Mapping[str, Factor], language: Language) -> list[str]:
    return [wording.t("benefit.haul_source", language)] if more else []
