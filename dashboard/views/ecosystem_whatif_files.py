"""What-if views as files: figures, what breaks and comes up, scenarios side by side, and the map; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import pandas as pd
import shapely

from config.texts import Language
from dashboard import palette
from dashboard.layers_whatif import Line as Drawn
from dashboard.pictures import Dot, Line, Picture
from dashboard.views.ecosystem_network_files import around, degrees, ground, land, notes
from dashboard.views.ecosystem_whatif import People, headings, instead
from dashboard.wording import known, t
from data.exporters import maps
from data.exporters.cells import Value
from data.exporters.report import Column, Sheet
from geo import crs
from matching.whatif import Answer
from matching.whatif_terms import Figures

KINDS = ("kept", "won", "broken")
CLOSED_PX = 9.0

Spot = tuple[float, float]


@dataclass(frozen=True)
class Shown:
    """Hold what the part shows: the answer, whose names may be told, the lines of the map, and what closes."""

    answer: Answer
    people: People
    lines: Sequence[Drawn]
    closed: Sequence[Spot]
    demo: bool


def figures_sheet(named: Sequence[tuple[str, Figures]], language: Language) -> Sheet:
    """Put today and scenarios beside each other, in whole figures."""
    heads = [Column(t("whatif.file_figure", language), "text"), *(Column(name, "amount") for name, _ in named)]
    told = [
        dict(
            zip(
                headings(language).values(),
                (one.exchanges, one.tonnes, one.eur / 1e6, one.saved_t, one.co2e_t),
                strict=True,
            )
        )
        for _, one in named
    ]
    rows: list[list[Value]] = [[head, *(round(one[head], 3) for one in told)] for head in headings(language).values()]
    return Sheet("figures", t("whatif.compare", language), heads, rows)


def exchanges_sheet(name: str, rows: pd.DataFrame, shown: Shown, language: Language) -> Sheet:
    """List all exchanges that break or come up, the largest first; of what breaks also who could step in."""
    heads = [Column(t(f"whatif.col_{one}", language), "text") for one in ("offer", "from", "need", "to")]
    heads += [Column("t/a", "amount"), Column("km", "amount"), Column(t("whatif.file_method", language), "text")]
    heads += [
        Column(t(f"whatif.col_{one}", language), "text") for one in ("why", *(("instead",) if name == "broken" else ()))
    ]
    ordered = rows.sort_values(["tonnes", "km"], ascending=[False, True], na_position="last")
    titles = dict(zip(shown.people.resources["id"], shown.people.resources["title"], strict=True))
    told = [
        _exchange(name, one, (shown, titles), language)
        for one in cast("list[Mapping[str, object]]", ordered.to_dict("records"))
    ]
    return Sheet(name, t(f"whatif.{name}", language, count=len(rows)), heads, told)


def _exchange(
    name: str, row: Mapping[str, object], known_of: tuple[Shown, dict[int, str]], language: Language
) -> list[Value]:
    shown, titles = known_of
    who = shown.people
    tonnes, way = float(str(row["tonnes"])), float(str(row["km"]))
    told: list[Value] = [
        who.title(int(str(row["have_id"])), titles),
        who.site(int(str(row["from_site"])), language),
        who.title(int(str(row["want_id"])), titles),
        who.site(int(str(row["to_site"])), language),
        round(tonnes, 1) if known(tonnes) else None,
        round(way, 1) if known(way) else None,
        str(row["method"]),
        t(f"whatif.why_{row['why']}", language),
    ]
    return [*told, instead(row, who, shown.answer, language)] if name == "broken" else told


def layers(shown: Shown, language: Language) -> list[maps.Layer]:
    """Draw exchanges by what becomes of them, and the sites that close."""
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    told = {
        "kind": [one.kind for one in shown.lines],
        "from": [one.name for one in shown.lines],
        "to": [one.said.removeprefix("→ ") for one in shown.lines],
        "demo": shown.demo,
    }
    shapes = [shapely.LineString([one.start, one.end]) for one in shown.lines]
    kinds = [maps.Kind(one, _colours()[one], _legend(one, language), dashed=one == "broken") for one in KINDS]
    frame = gpd.GeoDataFrame(told, geometry=shapes, crs=crs.TM35FIN)
    made = [maps.Layer("exchanges", t("whatif.exchanges", language), frame, maps.kinds_style("lines", "kind", kinds))]
    if shown.closed:
        red = maps.Kind("closed", palette.LIGHT.error_text, t("whatif.legend_closed", language))
        shut = {"kind": "closed", "demo": [shown.demo] * len(shown.closed)}
        spots = gpd.GeoDataFrame(shut, geometry=[shapely.Point(one) for one in shown.closed], crs=crs.TM35FIN)
        made.append(maps.Layer("closed", red.label, spots, maps.kinds_style("points", "kind", [red])))
    return made


def _colours() -> dict[str, str]:
    return {"kept": palette.LIGHT.other, "won": palette.LIGHT.accent, "broken": palette.LIGHT.error_text}


def _legend(kind: str, language: Language) -> str:
    return t(f"whatif.file_{kind}", language)


def picture(shown: Shown, words: tuple[str, str], language: Language, region: str = "") -> Picture:
    """Give the map as a picture; `words` are its title and its sentence."""
    title, said = words
    lines = [
        Line(degrees([one.start, one.end]), _colours()[kind], 1.0 if kind == "kept" else 2.2)
        for kind in KINDS
        for one in shown.lines
        if one.kind == kind
    ]
    red = palette.LIGHT.error_text
    return Picture(
        title=title,
        sentence=said,
        areas=land(),
        fills=ground(),
        texts=(),
        legend=t("whatif.exchanges", language),
        classes=(),
        edges=(),
        notes=notes(language, demo=shown.demo),
        around=around(region, [spot for line in lines for spot in line.points]),
        lines=lines,
        spots=[Dot(spot, red, CLOSED_PX, hollow=True) for spot in degrees(list(shown.closed))],
        told=[(_colours()[kind], _legend(kind, language)) for kind in reversed(KINDS)],
    )
