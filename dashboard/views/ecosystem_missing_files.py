"""Missing processors as files: what waits, the proposed sites, what each would take, and the roads; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import shapely

from config.texts import Language
from dashboard import palette
from dashboard.ecosystems import materials
from dashboard.layers_missing import Offer, radius_px
from dashboard.pictures import Dot, Line, Picture
from dashboard.views.ecosystem_missing import Named, ewc
from dashboard.views.ecosystem_network_files import around, degrees, ground, land, notes
from dashboard.wording import known, t
from data.exporters import maps
from data.exporters.cells import Value
from data.exporters.report import Column, Sheet
from geo import crs
from geo.distance import Piece

RING_PX = 11.0
OPENED, INSTEAD, TAKEN, LEFT, ROAD, FERRY = "opened", "instead", "taken", "left", "road", "ferry"


@dataclass(frozen=True)
class Shown:
    """Hold what the part shows: the material's id, its offers, the sites, and the roads between them."""

    material: str
    offers: Sequence[Offer]
    sites: Sequence[Named]
    ways: Sequence[tuple[Piece, ...]]
    demo: bool


def gaps_sheet(gaps: pd.DataFrame, language: Language) -> Sheet:
    """List the materials without a processor."""
    heads = [Column(t("missing.col_material", language), "text"), Column("EWC", "text")]
    heads += [Column(t("missing.col_offered", language), "amount"), Column(t("missing.col_companies", language))]
    heads += [Column(t("missing.col_nearest", language), "amount"), Column(t("missing.col_offers", language))]
    rows: list[list[Value]] = [
        [
            materials.name(str(one["material"]), language),
            ewc(str(one["ewc_code"])),
            round(float(one["tonnes"]), 1),
            int(one["companies"]),
            round(float(one["nearest_km"]), 1) if known(float(one["nearest_km"])) else None,
            int(one["offers"]),
        ]
        for one in gaps.to_dict("records")
    ]
    return Sheet("materials", t("missing.title", language), heads, rows)


def sites_sheet(shown: Shown, language: Language) -> Sheet:
    """List the proposed sites with what each would unlock."""
    heads = [Column(t("missing.file_rank", language)), Column(t("missing.col_place", language), "text")]
    heads.append(Column(t("missing.col_region", language), "text"))
    heads += [Column(t("missing.col_exchanges", language)), Column("t/a", "amount")]
    heads += [Column(t("missing.col_km", language), "amount"), Column(t("missing.file_ferry", language), "amount")]
    heads += [
        Column("EUR/t", "amount"),
        Column("kg CO₂e/t", "amount"),
        Column(t("missing.file_plan", language), "text"),
    ]
    rows: list[list[Value]] = [
        [one.number, one.name(language), one.region_name(language), *_figures(one), _kind(one, language)]
        for one in shown.sites
    ]
    return Sheet("sites", t("missing.where", language), heads, rows)


def _figures(one: Named) -> list[Value]:
    site = one.site
    told = (site.tonnes, site.mean_km, site.ferry_km, site.eur_per_tonne, site.co2e_kg_per_tonne)
    return [site.exchanges, *(round(figure, 2) for figure in told)]


def _kind(one: Named, language: Language) -> str:
    return t(f"missing.file_{OPENED if one.site.chosen else INSTEAD}", language)


def offers_sheet(shown: Shown, language: Language) -> Sheet:
    """List what is offered and the site that would take it."""
    heads = [
        Column(t("missing.col_company", language), "text"),
        Column(t("missing.col_municipality", language), "text"),
    ]
    heads += [Column("t/a", "amount"), Column(t("missing.file_taker", language), "text")]
    names = {one.number: one.name(language) for one in shown.sites}
    unnamed = t("frame.unnamed", language)
    rows: list[list[Value]] = [
        [one.name or unnamed, one.place, round(one.tonnes, 1), names.get(one.site, "")] for one in shown.offers
    ]
    name = t("missing.legend_offer", language, material=materials.name(shown.material, language)).split(",")[0]
    return Sheet("offers", name, heads, rows)


def layers(shown: Shown, language: Language) -> list[maps.Layer]:
    """Draw offers, roads and sites."""
    return [*_roads(shown, language), _offers(shown, language), *_sites(shown, language)]


def _roads(shown: Shown, language: Language) -> list[maps.Layer]:
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    pieces = [piece for way in shown.ways for piece in way if len(piece.points) > 1]
    if not pieces:
        return []
    told = {"kind": [FERRY if piece.ferry else ROAD for piece in pieces], "demo": shown.demo}
    frame = gpd.GeoDataFrame(told, geometry=[shapely.LineString(one.points) for one in pieces], crs=crs.TM35FIN)
    blue = palette.LIGHT.accent
    kinds = [maps.Kind(ROAD, blue, t("missing.file_road", language))]
    kinds.append(maps.Kind(FERRY, blue, t("missing.file_ferry", language), dashed=True))
    return [maps.Layer("roads", t("missing.file_roads", language), frame, maps.kinds_style("lines", "kind", kinds))]


def _offers(shown: Shown, language: Language) -> maps.Layer:
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    every = shown.offers
    told: Mapping[str, object] = {
        "kind": [TAKEN if one.site else LEFT for one in every],
        "name": [one.name or t("frame.unnamed", language) for one in every],
        "place": [one.place for one in every],
        "t_a": [one.tonnes for one in every],
        "site": [one.site for one in every],
        "demo": shown.demo,
    }
    frame = gpd.GeoDataFrame(told, geometry=[shapely.Point(one.xy) for one in every], crs=crs.TM35FIN)
    kinds = [maps.Kind(TAKEN, palette.LIGHT.have, t("missing.file_taken", language))]
    kinds.append(maps.Kind(LEFT, palette.LIGHT.other, t("missing.file_left", language)))
    name = materials.name(shown.material, language)
    return maps.Layer("offers", name, frame, maps.kinds_style("points", "kind", kinds))


def _sites(shown: Shown, language: Language) -> list[maps.Layer]:
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    if not shown.sites:
        return []
    told: Mapping[str, object] = {
        "kind": [OPENED if one.site.chosen else INSTEAD for one in shown.sites],
        "number": [one.number for one in shown.sites],
        "name": [one.name(language) for one in shown.sites],
        "exchanges": [one.site.exchanges for one in shown.sites],
        "t_a": [one.site.tonnes for one in shown.sites],
        "mean_km": [one.site.mean_km for one in shown.sites],
        "ferry_km": [one.site.ferry_km for one in shown.sites],
        "eur_t": [one.site.eur_per_tonne for one in shown.sites],
        "co2e_kg_t": [one.site.co2e_kg_per_tonne for one in shown.sites],
        "demo": shown.demo,
    }
    spots = [shapely.Point(one.place.easting, one.place.northing) for one in shown.sites]
    frame = gpd.GeoDataFrame(told, geometry=spots, crs=crs.TM35FIN)
    kinds = [maps.Kind(OPENED, palette.LIGHT.accent, t("missing.file_opened", language))]
    kinds.append(maps.Kind(INSTEAD, palette.LIGHT.secondary, t("missing.file_instead", language)))
    style = maps.kinds_style("points", "kind", kinds, "name")
    return [maps.Layer("sites", t("missing.where", language), frame, style)]


def picture(shown: Shown, words: tuple[str, str], language: Language, region: str = "") -> Picture:
    """Give the map as a picture; `words` are its title and its sentence."""
    title, said = words
    blue, have, pale = palette.LIGHT.accent, palette.LIGHT.have, palette.LIGHT.other
    roads = [Line(degrees(piece.points), blue, 2.0) for way in shown.ways for piece in way]
    offers = [Dot(degrees([one.xy])[0], have if one.site else pale, radius_px(one.tonnes)) for one in shown.offers]
    spots = [degrees([(one.place.easting, one.place.northing)])[0] for one in shown.sites]
    rings = [Dot(spot, blue, RING_PX, hollow=not one.site.chosen) for one, spot in zip(shown.sites, spots, strict=True)]
    names = [
        ((lon, lat + 0.09), f"{one.number}. {one.name(language)}")
        for one, (lon, lat) in zip(shown.sites, spots, strict=True)
    ]
    told = [(have, t("missing.file_taken", language)), (pale, t("missing.file_left", language))]
    return Picture(
        title=title,
        sentence=said,
        areas=land(),
        fills=ground(),
        texts=names,
        legend=materials.name(shown.material, language),
        classes=(),
        edges=(),
        notes=notes(language, demo=shown.demo),
        around=around(region, [*(dot.spot for dot in offers), *spots]),
        lines=roads,
        spots=[*offers, *rings],
        told=[*told, (blue, t("missing.legend_site", language))],
    )
