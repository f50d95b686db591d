"""Ecosystems as files: sheets of a workbook, layers of a map in ETRS-TM35FIN, and a picture; pure."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from config.texts import Language
from dashboard import outlines, palette
from dashboard.layers_ecosystems import colour
from dashboard.pictures import Dot, Line, Picture
from dashboard.views.ecosystem_communities import Row, Spot, View
from dashboard.wording import known, t
from data.exporters import maps
from data.exporters.cells import Value
from data.exporters.report import Column, Sheet
from geo import crs
from matching.ecosystems import OUTSIDE

NONE = str(OUTSIDE)
DOT_PX, BRIDGE_PX = 4.0, 7.0

Spot2 = tuple[float, float]


def groups_sheet(view: View, language: Language) -> Sheet:
    """List the ecosystems with their figures."""
    heads = [Column(t(f"communities.col_{one}", language), "text") for one in ("name", "materials")]
    heads += [Column(t("communities.col_companies", language)), Column("t/a", "amount")]
    heads += [Column(t(f"communities.col_{one}", language), "share") for one in ("inside", "stability")]
    heads += [
        Column(t("communities.file_industries", language), "amount"),
        Column(t("communities.file_hubs", language), "text"),
    ]
    return Sheet(
        "ecosystems", t("ecosystems.part_communities", language), heads, [_group(one, language) for one in view.rows]
    )


def _group(row: Row, language: Language) -> list[Value]:
    one = row.ecosystem
    shares: list[Value] = [round(share, 3) if known(share) else None for share in (one.inside, one.stability)]
    hubs = ", ".join(_named(spot, language) for spot in row.hubs)
    return [row.name, row.materials, len(one.companies), round(one.tonnes, 1), *shares, round(one.industries, 1), hubs]


def _named(spot: Spot, language: Language) -> str:
    return f"{spot.name or t('frame.unnamed', language)}, {spot.place}"


def members_sheet(view: View, language: Language) -> Sheet:
    """List the companies of each ecosystem."""
    heads = [Column(t(f"communities.{one}", language), "text") for one in ("col_name", "col_company", "file_place")]
    unnamed = t("frame.unnamed", language)
    rows: list[list[Value]] = [
        [row.name, view.spots[one].name or unnamed, view.spots[one].place]
        for row in view.rows
        for one in row.ecosystem.companies
        if one in view.spots
    ]
    return Sheet("companies", t("communities.file_members", language), heads, rows)


def bridges_sheet(view: View, language: Language) -> Sheet:
    """List the companies that join ecosystems."""
    heads = [Column(t(f"communities.col_{one}", language), "text") for one in ("company", "joins")]
    heads += [Column(t("communities.col_exchanges", language)), Column(t("communities.col_breaks", language), "amount")]
    rows: list[list[Value]] = [
        [_named(tie.spot, language), tie.joins, tie.exchanges, round(tie.tonnes, 1)] for tie in view.bridges
    ]
    return Sheet("bridges", t("communities.bridges", language), heads, rows)


def layers(view: View, language: Language) -> list[maps.Layer]:
    """Draw hulls, companies and links; each in the colour that its ecosystem has on the screen."""
    names = {row.ecosystem.number: row.name for row in view.rows}
    kinds = [maps.Kind(str(number), colour(number, palette.LIGHT), name) for number, name in names.items()]
    alone = maps.Kind(NONE, palette.LIGHT.other, t("communities.file_alone", language))
    told = [_hulls(view, kinds, language)] if any(len(row.hull) for row in view.rows) else []
    return [*told, _links(view, [*kinds, alone], language), _companies(view, [*kinds, alone], names, language)]


def _hulls(view: View, kinds: Sequence[maps.Kind], language: Language) -> maps.Layer:
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    rows = [row for row in view.rows if len(row.hull)]
    told = {
        "kind": [str(row.ecosystem.number) for row in rows],
        "name": [row.name for row in rows],
        "materials": [row.materials for row in rows],
        "companies": [len(row.ecosystem.companies) for row in rows],
        "t_a": [row.ecosystem.tonnes for row in rows],
        "inside": [row.ecosystem.inside for row in rows],
        "stability": [row.ecosystem.stability for row in rows],
        "demo": view.demo,
    }
    frame = gpd.GeoDataFrame(told, geometry=[shapely.Polygon(row.hull) for row in rows], crs=crs.TM35FIN)
    name = t("ecosystems.part_communities", language)
    return maps.Layer("ecosystems", name, frame, maps.kinds_style("areas", "kind", kinds, "name"))


def _links(view: View, kinds: Sequence[maps.Kind], language: Language) -> maps.Layer:
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    pairs = [(pair, str(view.spots[pair[0]].group)) for pair in view.links]
    pairs += [(pair, "bridge") for pair in view.crossing]
    ends = [tuple(view.spots[one].xy for one in pair) for pair, _ in pairs]
    told = {"kind": [kind for _, kind in pairs], "demo": view.demo}
    frame = gpd.GeoDataFrame(told, geometry=[shapely.LineString(one) for one in ends], crs=crs.TM35FIN)
    dashed = maps.Kind("bridge", palette.LIGHT.text, t("communities.legend_link", language), dashed=True)
    title = t("communities.file_links", language)
    return maps.Layer("links", title, frame, maps.kinds_style("lines", "kind", [*kinds, dashed]))


def _companies(view: View, kinds: Sequence[maps.Kind], names: dict[int, str], language: Language) -> maps.Layer:
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    spots, bridges = list(view.spots.values()), {tie.spot.company for tie in view.bridges}
    told = {
        "kind": [str(one.group) for one in spots],
        "name": [one.name or t("frame.unnamed", language) for one in spots],
        "place": [one.place for one in spots],
        "ecosystem": [names.get(one.group, "") for one in spots],
        "bridge": [one.company in bridges for one in spots],
        "exact": [not one.vague for one in spots],
        "demo": view.demo,
    }
    frame = gpd.GeoDataFrame(told, geometry=[shapely.Point(one.xy) for one in spots], crs=crs.TM35FIN)
    title = t("communities.file_members", language)
    return maps.Layer("companies", title, frame, maps.kinds_style("points", "kind", kinds))


def picture(view: View, words: tuple[str, str], language: Language, region: str = "") -> Picture:
    """Give the map as a picture; `words` are its title and its sentence."""
    title, said = words
    bridges = [tie.spot for tie in view.bridges]
    ids = {spot.company for spot in bridges}
    hulls = [Line(degrees(row.hull), _colour(row.ecosystem.number), area=True) for row in view.rows if len(row.hull)]
    links = [Line(_ends(view, pair), _colour(view.spots[pair[0]].group), 0.8) for pair in view.links]
    crossing = [Line(_ends(view, pair), palette.LIGHT.text, 1.2) for pair in view.crossing if ids & set(pair)]
    dots = [Dot(degrees([one.xy])[0], _colour(one.group), DOT_PX) for one in view.spots.values()]
    rings = [Dot(degrees([one.xy])[0], palette.LIGHT.text, BRIDGE_PX, hollow=True) for one in bridges]
    middles = [(degrees([tuple(np.mean(row.hull, axis=0))])[0], row.name) for row in view.rows if len(row.hull)]
    return Picture(
        title=title,
        sentence=said,
        areas=land(),
        fills=ground(),
        texts=middles,
        legend=t("ecosystems.part_communities", language),
        classes=(),
        edges=(),
        notes=notes(language, demo=view.demo),
        lines=[*hulls, *links, *crossing],
        spots=[*dots, *rings],
        around=around(region, [dot.spot for dot in dots]),
        told=[(palette.LIGHT.text, t("communities.legend_bridge", language))],
    )


def _colour(group: int) -> str:
    return colour(group, palette.LIGHT)


def _ends(view: View, pair: tuple[int, int]) -> list[Spot2]:
    return degrees([view.spots[one].xy for one in pair])


def degrees(points: Sequence[Spot2] | npt.NDArray[np.float64]) -> list[Spot2]:
    """Turn TM35FIN metres into degrees."""
    xy = np.asarray(points, dtype=float).reshape(-1, 2)
    lon, lat = crs.to_wgs84(xy[:, 0], xy[:, 1])
    return list(zip(np.asarray(lon).tolist(), np.asarray(lat).tolist(), strict=True))


def land() -> dict[str, shapely.Geometry]:
    """Give the regions that the rest is drawn on."""
    return dict(outlines.of("regions"))


def ground() -> dict[str, str]:
    """Give the land its colour on the screen."""
    return dict.fromkeys(outlines.of("regions"), palette.LIGHT.amount[0])


def around(region: str, points: Sequence[Spot2]) -> list[Spot2]:
    """Give what a picture of a region must hold: all of it, and what is drawn; nothing for the country as a whole."""
    outline = outlines.of("regions").get(region)
    if outline is None:
        return []
    west, south, east, north = outline.bounds
    return [(west, south), (east, north), *points]


def notes(language: Language, *, demo: bool) -> list[str]:
    """Tell what a picture rests on, and whether it is of invented companies."""
    return [t("ecosystems.source_line", language), *([t("frame.demo_help", language)] if demo else [])]
