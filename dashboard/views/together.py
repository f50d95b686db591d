"""Exchanges in two steps and loads filled together, as lines and as tables; pure, no Streamlit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.views.partners import Place, name_of, place_of
from matching import concepts
from matching.rounds import Pool

SHOWN = 3
ARROW = " → "
BETWEEN = " · "
CHAIN = ("material", "have", "process", "processor", "first_km", "asked", "want", "second_km", "km", "score")
POOL = ("material", "stops", "tonnes", "filled", "km", "alone_km", "euros", "alone_euros", "left", "saved")
WHO = ("have", "processor", "want")

Facts = dict[int, Mapping[str, Any]]
Own = tuple[int, ...]


@dataclass(frozen=True)
class Stop:
    """Hold a place on the way and who is there."""

    name: str
    place: Place


@dataclass(frozen=True)
class Line:
    """Hold one suggestion: its key in the link, two lines of text, the places in their order, and its cells.

    `kind` is `chain` or `pool`; `loss` is what a shared load loses at what a tonne is taken to be worth, else empty.
    """

    kind: str
    key: str
    words: str
    detail: str
    stops: tuple[Stop, ...]
    cells: tuple[str, ...]
    loss: str = ""


@dataclass(frozen=True)
class Section:
    """Hold the suggestions of one kind."""

    kind: str
    lines: tuple[Line, ...]


def ids(chains: pd.DataFrame, pools: Sequence[Pool]) -> tuple[int, ...]:
    """Give all resources that have to be named."""
    chained = {int(one) for who in WHO for one in chains.get(f"{who}_id", ())}
    return tuple(sorted(chained | {one for pool in pools for one in (pool.want_id, *(stop.id for stop in pool.stops))}))


def facts_of(facts: pd.DataFrame) -> Facts:
    """Give the facts of resources by id."""
    return {int(row["id"]): row for row in cast("list[dict[str, Any]]", facts.to_dict("records"))}


def chained(chains: pd.DataFrame, facts: Facts, limit_km: float, language: Language, *, own: Own) -> Section:
    """Lay out the chains of which no haul is longer than the limit; one of which somebody is gone is left out.

    `own` are the page's resources: a chain begins or ends at one of them.
    """
    rows = [
        row
        for row in chains.to_dict("records")
        if max(row["first_km"], row["second_km"]) <= limit_km and all(row[f"{who}_id"] in facts for who in WHO)
    ]
    return Section("chain", tuple(_chain(row, facts, language, own) for row in rows[:SHOWN]))


def pooled(
    pools: Sequence[Pool], facts: Facts, limit_km: float, worth_eur_per_t: float, language: Language, *, own: Own = ()
) -> Section:
    """Lay out the rounds that are no longer than the limit; those that pay at what a tonne is worth come first."""
    kept = [
        pool
        for pool in pools
        if pool.km <= limit_km and all(one in facts for one in (pool.want_id, *(stop.id for stop in pool.stops)))
    ]
    paying = sorted(kept, key=lambda pool: pool.eur_per_tonne > worth_eur_per_t)  # else in the order of what is saved
    return Section("pool", tuple(_pool(pool, facts, worth_eur_per_t, language, own) for pool in paying[:SHOWN]))


def _which(own: Own, ends: Sequence[int], facts: Facts) -> tuple[str, ...]:
    """Name the resource that a line is of, where the page has more than one."""
    mine = [one for one in ends if len(own) > 1 and int(one) in own]
    return tuple(str(facts[int(one)]["title"]) for one in mine[:1])


def _chain(row: Mapping[Any, Any], facts: Facts, language: Language, own: Own) -> Line:
    have, processor, want = (_stop(facts[int(row[f"{who}_id"])], language) for who in WHO)
    process, material, asked = (_concept(str(row[name]), language) for name in ("process", "material", "asked"))
    first, second = (
        wording.km(row[f"{step}_km"], language, str(row[f"{step}_method"])) for step in ("first", "second")
    )
    guessed = "estimate" in {row["first_method"], row["second_method"]}
    both = wording.km(row["km"], language, "estimate" if guessed else "road")
    score, direct = (wording.percent(float(row[name]), language) for name in ("score", "direct"))
    steps: tuple[str, ...] = (
        wording.t("chain.first", language, process=process, name=processor.name, km=first),
        wording.t("chain.second", language, asked=asked, name=want.name, km=second),
    )
    if int(row["have_id"]) not in own:  # whose offer it is can't be seen from the page's own resource
        steps = (have.name, *steps)
    detail = wording.t("chain.detail", language, material=material, km=both, score=score, direct=direct)
    detail = BETWEEN.join((*_which(own, (row["have_id"], row["want_id"]), facts), detail))
    cells = (material, have.name, process, processor.name, first, asked, want.name, second, both, score)
    key = f"c{row['have_id']}-{row['processor_id']}-{row['want_id']}"
    return Line(
        "chain", key, wording.capital(ARROW.join(steps)), wording.capital(detail), (have, processor, want), cells
    )


def _pool(pool: Pool, facts: Facts, worth_eur_per_t: float, language: Language, own: Own) -> Line:
    stops = [_stop(facts[stop.id], language) for stop in pool.stops]
    want = _stop(facts[pool.want_id], language)
    loads = [wording.quantity(stop.tonnes, "t", language, 1) for stop in pool.stops]
    told = [
        wording.t("pool.stop", language, name=stop.name, tonnes=load) for stop, load in zip(stops, loads, strict=True)
    ]
    material, filled = _concept(pool.material, language), wording.percent(pool.filled, language)
    tonnes = wording.quantity(pool.tonnes, "t", language, 1)
    km, alone_km = (wording.km(one, language, "estimate") for one in (pool.km, pool.alone_km))
    euros, alone = (wording.euros(one, language, "/t", 1) for one in (pool.eur_per_tonne, pool.alone_eur_per_tonne))
    key = "pool.saved_a_year" if pool.times_a_year > 1 else "pool.saved"
    saved = wording.t(key, language, count=wording.number(pool.saved_trips, language))
    left, loss = _left(worth_eur_per_t - pool.eur_per_tonne, worth_eur_per_t, language)
    detail = (
        *_which(own, [*(stop.id for stop in pool.stops), pool.want_id], facts),
        wording.t("pool.load", language, material=material, tonnes=tonnes, filled=filled),
        wording.t("pool.way", language, km=km, alone=alone_km),
        wording.t("pool.cost", language, euros=euros, alone=alone),
        *(() if loss else (wording.t("pool.left", language, left=left),)),
        saved,
    )
    words = ARROW.join((*told, want.name))
    cells = (material, words, tonnes, filled, km, alone_km, euros, alone, left, saved)
    name = f"p{'-'.join(str(one.id) for one in (*pool.stops,))}-{pool.want_id}"
    return Line("pool", name, words, wording.capital(BETWEEN.join(detail)), (*stops, want), cells, loss)


def _left(left_eur: float, worth_eur: float, language: Language) -> tuple[str, str]:
    """Give what is left of a tonne's worth after the haul, and what to say where nothing is."""
    left = wording.euros(left_eur, language, "/t", 1)
    if left_eur >= 0:
        return left, ""
    missing = wording.euros(-left_eur, language, "/t", 1)
    worth = wording.euros(worth_eur, language, "/t", 0 if worth_eur == round(worth_eur) else 1)
    return left, wording.t("pool.loss", language, missing=missing, worth=worth)


def _stop(fact: Mapping[str, Any], language: Language) -> Stop:
    place = place_of(fact, language)
    return Stop(name_of(fact) or f"{wording.t('frame.unnamed', language)}, {place.name}", place)


def _concept(concept: str, language: Language) -> str:
    return concepts.load().concepts[concept].name(language)


def sheet(line_colour: str, secondary: str, tint: str, loss: str) -> str:
    """Give the style sheet of the lines."""
    return f"""<style>
.tg{{padding:6px 8px;line-height:1.35;font-size:14px}}
.tg b{{font-weight:600;display:block}}
.tg small{{font-size:13px;color:{secondary};display:block}}
.tg small.loss{{color:{loss}}}
[class*=st-key-together_line_]{{position:relative;gap:0!important;border-bottom:1px solid {line_colour}}}
[class*=st-key-together_line_on]{{background:{tint};border-radius:8px}}
[class*=st-key-together_line_]>.stElementContainer:has(.stButton){{position:absolute!important;inset:0;width:100%}}
[class*=st-key-together_line_] .stButton{{width:100%;height:100%;margin:0}}
[class*=st-key-together_line_] .stButton button{{width:100%;height:100%;margin:0}}
[class*=st-key-together_line_] .stButton button{{background:transparent;color:transparent;border:0}}
[class*=st-key-together_line_] .stButton button *{{color:transparent}}
[class*=st-key-together_line_] .stButton button:hover{{background:{tint}}}
[class*=st-key-together_section]{{gap:0!important}}
</style>"""


def html(line: Line) -> str:
    """Give one suggestion as HTML."""
    loss = f'<small class="loss">{escape(line.loss)}</small>' if line.loss else ""
    return f'<div class="tg"><b>{escape(line.words)}</b><small>{escape(line.detail)}</small>{loss}</div>'


def legend(line: Line, colour: str, language: Language) -> str:
    """Give the line of the map's legend."""
    words = escape(wording.t(f"{line.kind}.legend", language))
    return (
        f'<div class="row"><i class="line" style="border-top:4px solid {colour};border-radius:0"></i>'
        f"<span>{words}</span></div>"
    )


def table(section: Section, language: Language) -> str:
    """Give all that a section's lines and its map show, as a table."""
    columns = CHAIN if section.kind == "chain" else POOL
    head = "".join(f"<th>{escape(wording.t(f'{section.kind}.column_{name}', language))}</th>" for name in columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line.cells)}</tr>" for line in section.lines)
    title = escape(wording.t(f"{section.kind}.title", language))
    return f'<div class="pn-table"><table><caption>{title}</caption><tr>{head}</tr>{rows}</table></div>'
