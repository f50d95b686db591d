"""What the balance and the flows are as files: sheets of a workbook, and layers of a map; pure."""

from collections.abc import Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import cast

import pandas as pd
import shapely

from config.texts import Language
from dashboard import flows as arrows
from dashboard import outlines, palette
from dashboard.ecosystems.choice import Choice
from dashboard.pictures import Dot, Line, Picture
from dashboard.views.ecosystem_balance import SIDES, Balance, classify
from dashboard.views.ecosystem_balance_words import material_name, place_name, sentence, signed
from dashboard.views.ecosystem_flows import MEASURES, Asked, Flows, ways
from dashboard.views.ecosystem_flows_words import sentence as flows_sentence
from dashboard.views.overview_counts import spots
from dashboard.wording import hundreds, known, number, t
from data.exporters import maps
from data.exporters.cells import Value
from data.exporters.report import FEW, Book, Column, Sheet
from geo import crs, regions

PARTS = ("tonnes", "completed", "active", "proposed")
HEADS = {"tonnes": "", "completed": "col_completed", "active": "col_active", "proposed": "col_proposed"}
# The width of a way in millimetres, as an expression of QGIS.
MM = "0.3 + sqrt(coalesce(tonnes, 0)) / 250"


def book(sheets: Sequence[Sheet], said: str, choice: Choice, language: Language, *, demo: bool) -> Book:
    """Bind sheets to a workbook with what they rest on."""
    title = f"{place_name(choice, language)}: {material_name(choice, language)}, {choice.year}"
    notes = [t("balance.note", language), t("balance.note_covered", language), t("balance.note_hidden", language)]
    notes += [t("flows.note", language)]
    return Book(title, said, sheets, [*notes, *([t("frame.demo_help", language)] if demo else [])])


def places_sheet(balance: Balance, level: str, language: Language) -> Sheet:
    """List the places with both sides, what covers them, and the balance."""
    head = [Column(t("ecosystems.code", language), "text"), Column(t(f"balance.col_{level}", language), "text")]
    rows = [[str(one["code"]), str(one["name"]), *_figures(one)] for one in _rows(balance.places)]
    total: list[Value] = ["", t("balance.sum", language), *_figures(dict(balance.total))]
    name = t(f"balance.level_{level}", language)
    return Sheet("places", name, [*head, *_columns(language)], rows, total)


def parts_sheet(balance: Balance, language: Language) -> Sheet:
    """List the materials in the same way."""
    head = [Column(t("ecosystems.code", language), "text"), Column(t("ecosystems.material", language), "text")]
    rows = [[str(one["code"]), str(one["name"]), *_figures(one)] for one in _rows(balance.parts)]
    total: list[Value] = ["", t("balance.sum", language), *_figures(dict(balance.total))]
    return Sheet("materials", t("balance.by_material", language), [*head, *_columns(language)], rows, total)


def _columns(language: Language) -> list[Column]:
    made = []
    for side in SIDES:
        made.append(Column(t(f"balance.col_{side}", language), "amount"))
        group = t(f"balance.show_{side}", language)
        made += [Column(f"{group}: {t(f'balance.{HEADS[one]}', language)}", "amount") for one in PARTS[1:]]
    return [*made, Column(t("balance.col_balance", language), "amount")]


def _rows(frame: pd.DataFrame) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", frame.to_dict("records"))  # with NaN for what is held back


def _figures(one: Mapping[str, object]) -> list[Value]:
    told = {name: float(str(one[name])) for name in (f"{side}_{part}" for side in SIDES for part in PARTS)}
    values = [*told.values(), told["have_tonnes"] - told["want_tonnes"]]
    return [round(value, 1) if known(value) else FEW for value in values]


def flows_sheet(flows: Flows, language: Language) -> Sheet:
    """List the ways with all measures; those of few companies without."""
    heads = [Column(t(f"flows.col_{one}", language), "text") for one in ("from", "to")]
    heads += [Column(t(f"flows.col_{one}", language), "amount") for one in MEASURES]
    rows: list[list[Value]] = []
    for one in flows.cells.to_dict("records"):
        figures: list[Value] = [round(float(one[name]), 1) if known(float(one[name])) else FEW for name in MEASURES]
        rows.append([str(one["from"]), str(one["to"]), *figures])
    return Sheet("flows", t("ecosystems.part_flows", language), heads, rows)


def frame(sheet: Sheet) -> pd.DataFrame:
    """Give a sheet as a frame, for a file of text."""
    rows = [*sheet.rows, *([sheet.total] if sheet.total else [])]
    return pd.DataFrame([list(row) for row in rows], columns=[one.heading for one in sheet.columns])


def areas_layer(balance: Balance, level: str, language: Language) -> maps.Layer:
    """Draw the places with their figures in the seven classes; those of few companies have none."""
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    told = balance.places.drop(columns=["lon", "lat", "hidden"]).rename(
        columns={f"{side}_tonnes": f"{side}_t_a" for side in SIDES} | {"balance": "balance_t_a"}
    )
    said = [f"{one['name']}\n{signed(float(str(one['balance'])), language)}" for one in _rows(balance.places)]
    shapes = outlines.of(level)
    rows = gpd.GeoDataFrame(
        told.assign(label=said, demo=balance.demo),
        geometry=[shapes[str(code)] for code in told["code"]],
        crs=crs.WGS84,
    )
    silent = balance.places["resources"].eq(0).to_numpy()
    rows.loc[silent, ["balance_t_a", "label"]] = None
    edges = [-limit for limit in reversed(balance.limits)] + list(balance.limits)
    said_edges = [number(edge, language) for edge in edges]
    ends = ["−∞", *said_edges, "∞"]
    labels = [f"{low} … {high} t/a" for low, high in pairwise(ends)]
    classes = maps.bands(edges, palette.LIGHT.balance, labels)
    return maps.Layer(level, t("balance.legend", language), rows, maps.areas_style("balance_t_a", classes, "label"))


def ways_layer(flows: Flows, language: Language) -> maps.Layer:
    """Draw the ways between regions as curves, as wide as what goes there; those of few companies stay out."""
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    told = flows.cells[(flows.cells["source"] != flows.cells["target"]) & flows.cells["tonnes"].notna()]
    spot = spots(regions.load(), "regions")
    ends = {str(code): (float(row["lon"]), float(row["lat"])) for code, row in spot.iterrows()}
    curves = [
        shapely.LineString(arrows.arrow(ends[str(one["source"])], ends[str(one["target"])], 0.0)[0])
        for one in told.to_dict("records")
    ]
    said = [f"{hundreds(float(one), language)}\u00a0t/a" for one in told["tonnes"]]
    kept = told[["code", "source", "target", "from", "to", *MEASURES]].assign(label=said, demo=flows.demo)
    rows = gpd.GeoDataFrame(kept, geometry=curves, crs=crs.WGS84)
    style = maps.lines_style(palette.LIGHT.accent, MM, "label")
    return maps.Layer("flows", t("ecosystems.part_flows", language), rows, style)


def ways_picture(flows: Flows, choice: Choice, asked: Asked, language: Language) -> Picture:
    """Give the map of the flows as a picture, the largest ways with their amounts."""
    told = ways(flows, choice, asked, language, palette.LIGHT)
    told = told[told["tonnes"].notna()]
    most = max(float(told["tonnes"].max()), 1e-9) if len(told) else 1.0
    lines, texts = [], []
    for one in told.to_dict("records"):
        start, end = (float(one["lon"]), float(one["lat"])), (float(one["to_lon"]), float(one["to_lat"]))
        curve = [(float(x), float(y)) for x, y in arrows.arrow(start, end, 0.0)[0]]
        lines.append(Line(curve, str(one["colour"]), 1.5 + 8 * (float(one["tonnes"]) / most) ** 0.5))
        texts.append((curve[int(len(curve) * 0.6)], str(one["a"]).split(",")[0]))
    place = spots(regions.load(), "regions")
    points = [(float(row["lon"]), float(row["lat"])) for _, row in place.iterrows()]
    demo = [t("frame.demo_help", language)] if flows.demo else []
    return Picture(
        title=f"{place_name(choice, language)}: {material_name(choice, language)}, {choice.year}",
        sentence=plain(flows_sentence(flows, choice, asked, language)),
        areas=dict(outlines.of("regions")),
        fills=dict.fromkeys(outlines.of("regions"), palette.LIGHT.amount[0]),
        texts=[*texts, *zip(points, place[language].astype(str), strict=True)],
        legend=t("ecosystems.part_flows", language),
        classes=(),
        edges=(),
        notes=[t("ecosystems.source_line", language), *demo],
        lines=lines,
        spots=[Dot(point, palette.LIGHT.text) for point in points],
        told=[(str(colour), _way_words(str(colour), language)) for colour in dict.fromkeys(told["colour"])],
    )


def _way_words(colour: str, language: Language) -> str:
    names = {palette.LIGHT.have: "legend_out", palette.LIGHT.want: "legend_in"}
    return t(f"flows.{names.get(colour, 'legend_across')}", language)


def plain(html: str) -> str:
    """Give a sentence of ours without its marks."""
    return unescape(html.replace("<b>", "").replace("</b>", ""))


def picture(balance: Balance, choice: Choice, level: str, language: Language) -> Picture:
    """Give the map of the balance as a picture, with what the screen says of it."""
    shapes = outlines.of(level)
    numbers = classify(balance.places["balance"].to_numpy(dtype=float), balance.limits)
    told = (balance.places["resources"] != 0).to_numpy()
    rows = balance.places.to_dict("records")
    fills = {
        str(row["code"]): palette.LIGHT.balance[int(number_of)] if known(float(row["balance"])) else palette.LIGHT.line
        for row, number_of, there in zip(rows, numbers, told, strict=True)
        if there
    }
    texts = [
        ((float(row["lon"]), float(row["lat"])), f"{row['name']}\n{signed(float(row['balance']), language)}")
        for row, there in zip(rows, told, strict=True)
        if there
    ]
    edges = [number(-one, language) for one in reversed(balance.limits)]
    demo = [t("frame.demo_help", language)] if balance.demo else []
    few = [t("balance.note_few", language)] if balance.places["hidden"].any() else []
    return Picture(
        title=f"{place_name(choice, language)}: {material_name(choice, language)}, {choice.year}",
        sentence=plain(sentence(balance, choice, language)),
        areas={str(row["code"]): shapes[str(row["code"])] for row in rows},
        fills=fills,
        texts=texts,
        legend=t("balance.legend", language) if balance.scaled else "",
        classes=palette.LIGHT.balance if balance.scaled else (),
        edges=[*edges, *(number(one, language) for one in balance.limits)] if balance.scaled else (),
        notes=[t("ecosystems.source_line", language), *demo, *few],
    )
