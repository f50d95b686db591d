"""The profile of a region on paper: map, balance, largest materials, gaps, ways, years; nothing of few companies."""

from collections.abc import Sequence

import numpy as np
import shapely
from reportlab.graphics.shapes import Drawing, Path
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from config.texts import Language
from dashboard import flows as arrows
from dashboard import outlines, palette
from dashboard.ecosystems.choice import Choice
from dashboard.paper import Paper
from dashboard.views.ecosystem_balance import Balance, classify
from dashboard.views.ecosystem_balance_words import amount, material_name, place_name, sentence, signed
from dashboard.views.ecosystem_communities import View
from dashboard.views.ecosystem_files import plain
from dashboard.views.ecosystem_flows import Flows
from dashboard.views.ecosystem_indicators import INDICATORS, Indicators, year_name
from dashboard.views.ecosystem_indicators import told as told_indicator
from dashboard.wording import UNKNOWN, hundreds, known, number, percent, t
from data.queries.balance import this_year

ROWS = 10
MAP_MM = (110.0, 120.0)
FEW_COMPANIES = 3


def profile(handed: tuple[Balance, Flows, View], view: Indicators, choice: Choice, language: Language) -> bytes:
    """Write the PDF of a balance and flows that may be handed on, and of ecosystems, of which no company is named."""
    balance, flows, groups = handed
    title = f"{place_name(choice, language)}: {material_name(choice, language)}, {choice.year}"
    paper = Paper(title, language, demo=balance.demo, sources=t("ecosystems.source_line", language))
    paper.sentence(plain(sentence(balance, choice, language)))
    paper.drawing(_map(balance, choice))
    if balance.scaled:
        paper.note(_limits(balance, language))
    if balance.places["hidden"].any():
        paper.note(t("balance.note_few", language))
    _materials(paper, balance, language)
    _gaps(paper, balance, language)
    _ecosystems(paper, groups, choice, language)
    _places(paper, balance, choice, language)
    _ways(paper, flows, choice, language)
    _years(paper, view, choice, language)
    for key in ("balance.note", "balance.note_hidden", "flows.note", "indicators.note"):
        paper.note(t(key, language))
    return paper.finish()


def _map(balance: Balance, choice: Choice) -> Drawing:
    """Draw the places in their classes, as the screen does."""
    level = "municipalities" if choice.region else "regions"
    shapes = outlines.of(level)
    flat = {
        str(code): shapely.transform(shapes[str(code)], lambda xy: np.array([arrows.to_mercator(x, y) for x, y in xy]))
        for code in balance.places["code"]
    }
    west, south, east, north = shapely.total_bounds(list(flat.values()))
    scale = min(MAP_MM[0] * mm / (east - west), MAP_MM[1] * mm / (north - south))
    drawing = Drawing((east - west) * scale, (north - south) * scale)
    numbers = classify(balance.places["balance"].to_numpy(dtype=float), balance.limits)
    silent, unknown = balance.places["resources"].eq(0), balance.places["balance"].isna()
    for code, number_of, nothing, hidden in zip(balance.places["code"], numbers, silent, unknown, strict=True):
        told = palette.LIGHT.line if hidden else palette.LIGHT.balance[int(number_of)]
        fill = palette.LIGHT.panel if nothing else told
        for ring in _rings(flat[str(code)]):
            drawing.add(_path([((x - west) * scale, (y - south) * scale) for x, y in ring], fill))
    return drawing


def _rings(shape: shapely.Geometry) -> list[Sequence[tuple[float, ...]]]:
    return [list(part.exterior.coords) for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]


def _path(points: Sequence[tuple[float, float]], fill: str) -> Path:
    path = Path(fillColor=HexColor(fill), strokeColor=HexColor(palette.LIGHT.border), strokeWidth=0.4)
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.closePath()
    return path


def _limits(balance: Balance, language: Language) -> str:
    edges = " · ".join(f"±{number(limit, language)}" for limit in balance.limits)
    return f"{t('balance.legend', language)}: {edges}"


def _materials(paper: Paper, balance: Balance, language: Language) -> None:
    paper.heading(t("balance.by_material", language))
    heads = [t("ecosystems.material", language), *(t(f"balance.col_{one}", language) for one in ("have", "want"))]
    rows = [
        [str(one["name"]), amount(float(one["have_tonnes"]), language), amount(float(one["want_tonnes"]), language)]
        for one in balance.parts.head(ROWS).to_dict("records")
    ]
    paper.table(heads, rows, shares=(3, 1, 1))


def _gaps(paper: Paper, balance: Balance, language: Language) -> None:
    """List the materials of which most is needed and neither offered here nor on its way."""
    parts = balance.parts.dropna(subset=["want_tonnes"])
    left = parts["want_tonnes"] - parts[["want_completed", "want_active", "want_proposed"]].sum(axis=1)
    rows = parts.assign(left=left)[left > 0].sort_values("left", ascending=False).head(ROWS)
    if rows.empty:
        return
    paper.heading(t("ecosystems.gaps", language))
    heads = [t("ecosystems.material", language), t("balance.col_want", language), t("balance.col_open", language)]
    told = [
        [str(one["name"]), hundreds(float(one["want_tonnes"]), language), hundreds(float(one["left"]), language)]
        for one in rows.to_dict("records")
    ]
    paper.table(heads, told, shares=(3, 1, 1))


def ecosystem_rows(groups: View, language: Language) -> list[list[str]]:
    """Tell the ecosystems in a line each: name, materials, companies, t/a, what stays inside, and stability."""
    return [
        [
            row.name,
            row.materials,
            number(len(row.ecosystem.companies), language),
            hundreds(row.ecosystem.tonnes, language) if row.ecosystem.tonnes else UNKNOWN,
            *(
                percent(one, language) if known(one) else UNKNOWN
                for one in (row.ecosystem.inside, row.ecosystem.stability)
            ),
        ]
        for row in groups.rows[:ROWS]
    ]


def _ecosystems(paper: Paper, groups: View, choice: Choice, language: Language) -> None:
    """List the ecosystems, each of at least three companies, the largest first."""
    paper.heading(t("ecosystems.part_communities", language))
    if not groups.rows:
        paper.note(t("communities.none", language, place=place_name(choice, language)))
        return
    heads = [t(f"communities.col_{one}", language) for one in ("name", "materials", "companies")]
    heads += ["t/a", *(t(f"communities.col_{one}", language) for one in ("inside", "stability"))]
    paper.table(heads, ecosystem_rows(groups, language), shares=(2.2, 2.6, 1, 1, 1, 1))
    paper.note(t("communities.stability_note", language))


def _places(paper: Paper, balance: Balance, choice: Choice, language: Language) -> None:
    level = "municipalities" if choice.region else "regions"
    paper.heading(t(f"balance.level_{level}", language))
    heads = [t(f"balance.col_{one}", language) for one in (level, "have", "want", "balance")]
    rows = [
        [
            str(one["name"]),
            amount(float(one["have_tonnes"]), language),
            amount(float(one["want_tonnes"]), language),
            signed(float(one["balance"]), language),
        ]
        for one in balance.places.to_dict("records")
        if one["resources"] != 0
    ]
    paper.table(heads, rows, shares=(3, 1, 1, 1))


def _ways(paper: Paper, flows: Flows, choice: Choice, language: Language) -> None:
    cells = flows.cells[(flows.cells["source"] != flows.cells["target"]) & flows.cells["tonnes"].notna()]
    if choice.region:
        cells = cells[(cells["source"] == choice.region) | (cells["target"] == choice.region)]
    if cells.empty:
        return
    paper.heading(t("ecosystems.part_flows", language))
    heads = [t(f"flows.col_{one}", language) for one in ("from", "to", "tonnes", "synergies")]
    rows = [
        [str(one["from"]), str(one["to"]), hundreds(float(one["tonnes"]), language), number(one["synergies"], language)]
        for one in cells.head(ROWS).to_dict("records")
    ]
    paper.table(heads, rows, shares=(2, 2, 1, 1))


def _years(paper: Paper, view: Indicators, choice: Choice, language: Language) -> None:
    rows = view.rows[view.rows["region"] == choice.region].set_index("year").sort_index()
    paper.heading(t("ecosystems.part_indicators", language))
    fewer = t("frame.fewer", language)
    few = rows["companies"].between(1, FEW_COMPANIES - 1).to_numpy()
    lines = []
    for one in INDICATORS:
        both = zip(rows[one], rows["crossing_of"], strict=True)
        told = [told_indicator(float(value), one, language, float(of)) for value, of in both]
        told = [fewer if hidden else words for words, hidden in zip(told, few, strict=True)]
        lines.append([t(f"indicators.{one}", language), *told])
    if rows.index.max() >= this_year():
        paper.note(t("indicators.unfinished", language, year=year_name(int(rows.index.max()))))
    paper.table(
        [t("indicators.indicator", language), *map(year_name, rows.index)], lines, shares=(2.4, *[1] * len(rows))
    )
