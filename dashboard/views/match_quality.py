"""How often the matcher was right, by what coordinators decided; pure, no Streamlit."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

import pandas as pd

from config.texts import Language
from dashboard.wording import SPACE, UNKNOWN, number, percent, rich, t
from data.model import LapseReason, ResourceType
from matching.decisions import LAPSED, Rate, hit_rate, outcomes

BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # of the score


def sentence(rate: Rate, waiting: int, language: Language) -> str:
    """Say the hit rate with its interval and number, as HTML."""
    if rate.share is None:
        return escape(t("quality.nothing", language, waiting=number(waiting, language)))
    told = {"n": number(rate.n, language), "hits": number(rate.hits, language), "share": percent(rate.share, language)}
    interval = _interval(rate, language)
    return rich("quality.sentence", language, **told, interval=interval, waiting=number(waiting, language))


def tables(proposed: pd.DataFrame, language: Language) -> str:
    """Write the hit rate by type and by score, and why pairs were rejected, as HTML."""
    right = outcomes(proposed)
    by_type = [(t(f"type.{one}", language), hit_rate(right[proposed["type"] == one])) for one in ResourceType]
    by_score = [
        (_band(low, high, language), hit_rate(right[_within(proposed["score"], low, high)]))
        for low, high in pairwise(BANDS)
    ]
    parts = [_rates("quality.by_type", by_type, language), _rates("quality.by_score", by_score, language)]
    return "".join([*parts, _reasons(proposed, language)])


def _within(score: pd.Series, low: float, high: float) -> pd.Series:
    return (score >= low) & (score <= high if high == BANDS[-1] else score < high)


def _band(low: float, high: float, language: Language) -> str:
    return f"{number(low, language, 1)}–{number(high, language, 1)}"


def _interval(rate: Rate, language: Language) -> str:
    low = percent(rate.low, language).removesuffix("%").rstrip(SPACE)
    return f"{low}–{percent(rate.high, language)}"


def _rates(key: str, rows: list[tuple[str, Rate]], language: Language) -> str:
    heads = "".join(
        f'<th scope="col" class="{kind}">{escape(t(one, language))}</th>'
        for one, kind in ((key, ""), ("quality.hits", "n"), ("quality.share", "n"), ("quality.interval", ""))
    )
    body = "".join(_lines(rows, language))
    return f'<table class="plain rates"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _lines(rows: list[tuple[str, Rate]], language: Language) -> Iterator[str]:
    for name, rate in rows:
        hits = f"{number(rate.hits, language)} / {number(rate.n, language)}"
        share = UNKNOWN if rate.share is None else percent(rate.share, language)
        yield (
            f'<tr><th scope="row">{escape(name)}</th><td class="n">{hits}</td><td class="n">{share}</td>'
            f"<td>{_bar(rate, language)}</td></tr>"
        )


def _bar(rate: Rate, language: Language) -> str:
    if rate.share is None:
        return UNKNOWN
    said = escape(_interval(rate, language))
    ends = f"left:{100 * rate.low:.1f}%;width:{100 * (rate.high - rate.low):.1f}%"
    return (
        f'<span class="range" role="img" aria-label="{said}"><i style="{ends}"></i>'
        f'<b style="left:{100 * rate.share:.1f}%"></b></span><span class="note"> {said}</span>'
    )


def _reasons(proposed: pd.DataFrame, language: Language) -> str:
    lapsed = proposed.loc[proposed["stage"] == LAPSED, "lapse_reason"].value_counts()
    rows = [(one, int(lapsed[one])) for one in LapseReason if one in lapsed]
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col" class="{kind}">{escape(t(key, language))}</th>'
        for key, kind in (("quality.rejected_for", ""), ("quality.times", "n"))
    )
    told = [(escape(t(f"lapse_reason.{one}", language)), number(times, language)) for one, times in rows]
    body = "".join(f'<tr><th scope="row">{name}</th><td class="n">{times}</td></tr>' for name, times in told)
    return f'<table class="plain rates"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def sheet(line: str, mark: str) -> str:
    """Give the styles of the bars: the colour of the track and of what is marked on it."""
    return (
        "<style>.rates{max-width:760px;margin-bottom:1.25rem!important;table-layout:fixed}"
        ".rates th:nth-child(2){width:150px}.rates th:nth-child(3){width:80px}.rates th:nth-child(4){width:290px}"
        f".range{{display:inline-block;position:relative;width:180px;height:8px;margin-right:6px;background:{line};border-radius:4px}}"
        f".range i{{position:absolute;top:0;height:8px;background:{mark};opacity:.35;border-radius:4px}}"
        f".range b{{position:absolute;top:-2px;width:4px;height:12px;margin-left:-2px;background:{mark}}}</style>"
    )
