"""Indicators as files: regions and years as a table, a layer and a picture, with nothing of few companies; pure."""

from itertools import pairwise

import numpy as np
import pandas as pd

from config.texts import Language
from dashboard import classes, legends, outlines, palette
from dashboard.ecosystems.choice import Choice
from dashboard.pictures import Picture
from dashboard.views.ecosystem_files import plain
from dashboard.views.ecosystem_indicators import COUNTRY, INDICATORS, Indicators, sentence, told
from dashboard.views.ecosystem_network_files import notes
from dashboard.views.overview_counts import spots
from dashboard.wording import known, number, t
from data.exporters import maps
from data.exporters.cells import Value
from data.exporters.report import FEW, Column, Sheet
from geo import crs, regions

FEW_COMPANIES = 3
CROSSING, CROSSING_OF = "crossing", "crossing_of"


def _protected(view: Indicators) -> pd.DataFrame:
    """Give the rows without the figures of regions of one or two companies."""
    rows = view.rows.copy()
    few = rows["companies"].between(1, FEW_COMPANIES - 1)
    told = [*INDICATORS, CROSSING_OF]
    rows[told] = rows[told].astype(float)
    rows.loc[few, told] = np.nan
    return rows.assign(few=few)


def sheet(view: Indicators, language: Language) -> Sheet:
    """List every region and year with all indicators."""
    names = {str(code): str(name) for code, name in spots(regions.load(), "regions")[language].items()}
    heads = [Column(t("overview.region", language), "text"), Column(t("indicators.file_year", language))]
    heads += [Column(t(f"indicators.{one}", language), "share" if one == CROSSING else "amount") for one in INDICATORS]
    heads.append(Column(t(f"indicators.{CROSSING_OF}", language), "amount"))
    rows: list[list[Value]] = []
    for one in _protected(view).sort_values(["region", "year"]).to_dict("records"):
        name = names.get(str(one["region"]), t("overview.whole_country", language))
        figures = [float(one[indicator]) for indicator in (*INDICATORS, CROSSING_OF)]
        hidden = FEW if one["few"] else None
        rows.append([name, int(one["year"]), *(round(each, 3) if known(each) else hidden for each in figures)])
    return Sheet("indicators", t("ecosystems.part_indicators", language), heads, rows)


def layer(view: Indicators, choice: Choice, indicator: str, language: Language) -> maps.Layer:
    """Draw the regions with all indicators of the year, in the classes of the chosen one."""
    import geopandas as gpd  # noqa: PLC0415 - costs a second at start-up

    rows = _year(view, choice)
    names, shapes = spots(regions.load(), "regions")[language], outlines.of("regions")
    said = [_said(rows.loc[code, indicator], indicator, language) for code in rows.index]
    table = rows[list(INDICATORS)].assign(
        code=rows.index, name=[str(names[code]) for code in rows.index], year=choice.year, demo=view.demo
    )
    table["label"] = [f"{name}\n{words}" for name, words in zip(table["name"], said, strict=True)]
    frame = gpd.GeoDataFrame(
        table.reset_index(drop=True), geometry=[shapes[code] for code in rows.index], crs=crs.WGS84
    )
    limits = _limits(rows, indicator)
    edges = ["", *(_edge(one, indicator, language) for one in limits), ""]
    labels = [f"{low} … {high}".strip() for low, high in pairwise(edges)]
    bands = maps.bands(limits, palette.LIGHT.amount[: len(limits) + 1], labels)
    title = f"{t(f'indicators.{indicator}', language)}, {choice.year}"
    return maps.Layer("regions", title, frame, maps.areas_style(indicator, bands, "label"))


def picture(view: Indicators, choice: Choice, indicator: str, language: Language) -> Picture:
    """Give the map as a picture."""
    rows = _year(view, choice)
    limits, table = _limits(rows, indicator), spots(regions.load(), "regions")
    told_rows = rows[rows[indicator].notna()]
    numbers = classes.classify(told_rows[indicator], limits)
    colours = palette.LIGHT.amount
    words, edges = legends.scaled(t(f"indicators.{indicator}", language), _shown(limits, indicator), language)
    return Picture(
        title=f"{words}, {choice.year}",
        sentence=plain(sentence(view, choice, language)),
        areas=dict(outlines.of("regions")),
        fills={str(code): colours[int(at)] for code, at in zip(told_rows.index, numbers, strict=True)},
        texts=[
            (
                (float(table.loc[code, "lon"]), float(table.loc[code, "lat"])),
                f"{table.loc[code, language]}\n{_said(rows.loc[code, indicator], indicator, language)}",
            )
            for code in rows.index
        ],
        legend=words,
        classes=colours[: len(limits) + 1],
        edges=[number(one, language) for one in edges],
        notes=notes(language, demo=view.demo),
    )


def _year(view: Indicators, choice: Choice) -> pd.DataFrame:
    rows = _protected(view)
    return rows[(rows["year"] == choice.year) & (rows["region"] != COUNTRY)].set_index("region").sort_index()


def _limits(rows: pd.DataFrame, indicator: str) -> tuple[float, ...]:
    return tuple(classes.breaks(rows[indicator].fillna(0.0), whole=indicator != CROSSING))


def _shown(limits: tuple[float, ...], indicator: str) -> tuple[float, ...]:
    return tuple(limit * 100 for limit in limits) if indicator == CROSSING else limits


def _edge(limit: float, indicator: str, language: Language) -> str:
    return number(_shown((limit,), indicator)[0], language)


def _said(value: float, indicator: str, language: Language) -> str:
    return told(float(value), indicator, language) if known(float(value)) else FEW
