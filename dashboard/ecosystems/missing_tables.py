"""The tables of missing processors: materials, proposed sites, what the chosen site needs and serves."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard import filters, frame, source
from dashboard.ecosystems import materials, network
from dashboard.ecosystems import missing_source as reads
from dashboard.frame import language, say
from dashboard.palette import css
from dashboard.views import ecosystem_missing as views
from dashboard.views.ecosystem_missing import Named
from dashboard.wording import counted, hundreds, number
from data.queries import network as queries
from matching import missing
from matching.missing_sites import Plan

ROW_PX, TALL_PX = 35, 66  # words wrap in rows of more than 64 px
SHORT = 18
GAPS_SHOWN = 6
MATERIAL, SITE = "of", "site"
LISTED = 40
TINT = 0.14


def materials_chosen(gaps: pd.DataFrame) -> str:
    """Show the materials without a processor, and give the chosen one: the first where the link names none."""
    every = [str(one) for one in gaps["material"]]
    asked = filters.chosen(MATERIAL)
    chosen = asked if asked in every else every[0]
    st.subheader(say("missing.title"), anchor=False)
    config = st.column_config
    columns: dict[str, ColumnConfig] = {
        "name": config.TextColumn(say("missing.col_material"), width=170),
        "ewc": config.TextColumn("EWC", width=84),
        "tonnes": config.TextColumn(say("missing.col_offered"), width=100, alignment="right"),
        "companies": config.NumberColumn(say("missing.col_companies"), width=80),
        "nearest": config.TextColumn(say("missing.col_nearest"), width=120, alignment="right"),
        "offers": config.NumberColumn(say("missing.col_offers"), width=110),
    }
    key = f"gaps_{chosen}"
    table = views.gap_table(gaps, language())
    st.dataframe(
        _marked(table, every.index(chosen)),
        hide_index=True,
        row_height=ROW_PX,
        height=ROW_PX * (min(len(every), GAPS_SHOWN) + 1) + 2,
        column_config=columns,
        selection_mode="single-cell",
        on_select=lambda: _picked(key, every),
        key=key,
        alt=say("missing.title"),
    )
    return chosen


def _marked(table: pd.DataFrame, line: int) -> Styler:
    """Tint the chosen line."""
    tint = css(frame.colours().accent, TINT)
    rows = (table.index[[line]], table.columns)
    return table.style.set_properties(subset=rows, **{"background-color": tint})


def _picked(key: str, every: list[str]) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells:
        filters.choose(MATERIAL, every[cells[0][0]])
        filters.choose(SITE, None)


def choose_site(number_: int) -> None:
    """Choose a site to see what it needs and serves."""
    filters.choose(SITE, str(number_))


def sites(stamp: str, material: str, left: pd.DataFrame, found: tuple[Named, ...], plan: Plan) -> None:
    """Show the sites, and of the chosen one what it needs and serves."""
    asked = filters.chosen(SITE)
    chosen = next((one for one in found if str(one.number) == asked), found[0])
    config = st.column_config
    columns: dict[str, ColumnConfig] = {
        "number": config.NumberColumn("", width=34),
        "place": config.TextColumn(say("missing.col_place"), width=130),
        "region": config.TextColumn(say("missing.col_region"), width=120),
        "exchanges": config.NumberColumn(say("missing.col_exchanges"), width=70),
        "tonnes": config.TextColumn("t/a", width=70, alignment="right"),
        "km": config.TextColumn(say("missing.col_km"), width=112, alignment="right"),
        "euros": config.TextColumn("€/t", width=56, alignment="right"),
        "co2e": config.TextColumn("kg CO₂e/t", width=84, alignment="right"),
    }
    key = f"sites_{material}_{chosen.number}"
    long = any(len(one.name(language())) > SHORT for one in found)  # a company's name, which wraps
    st.dataframe(
        _marked(views.site_table(found, language()), chosen.number - 1),
        hide_index=True,
        row_height=TALL_PX if long else ROW_PX,
        column_config=columns,
        selection_mode="single-cell",
        on_select=lambda: _site_picked(key),
        key=key,
        alt=say("missing.where"),
    )
    if len([one for one in found if one.site.chosen]) < len(found):
        frame.note(say("missing.instead"))
    _about(stamp, material, left, chosen, plan)


def _site_picked(key: str) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells:
        choose_site(int(cells[0][0]) + 1)


def _about(stamp: str, material: str, left: pd.DataFrame, chosen: Named, plan: Plan) -> None:
    """Tell in a sentence what a processor there would unlock, and list its inputs and outputs."""
    site, name = chosen.site, chosen.name(language())
    served = reads.served(stamp, material, (chosen.place.easting, chosen.place.northing), plan.longest_km)
    words = {
        "site": name,
        "material": materials.name(material, language()),
        "exchanges": counted(site.exchanges, "exchange", language()),
        "tonnes": f"{hundreds(site.tonnes, language())}\u00a0t/a",
        "km": number(site.mean_km, language(), 1),
        "needs": number(len(served.ids), language()),
    }
    st.markdown(say("missing.about", **words))
    made = {one for way in missing.ways(material) for one in way.product(material)} or {material}
    names = sorted({materials.name(one, language()).lower() for one in made if one})
    with st.expander(say("missing.needs_and_serves", site=name)):
        ids = left["id"].iloc[site.offers].tolist()
        _listed(stamp, say("missing.inputs", count=len(ids)), ids, {})
        km = dict(zip(served.ids, served.km, strict=True))
        _listed(stamp, say("missing.outputs", count=len(served.ids), made=", ".join(names)), list(served.ids), km)


def _listed(stamp: str, heading: str, ids: list[int], km: Mapping[int, float]) -> None:
    st.markdown(heading)
    if not ids:
        return
    rows = queries.resources(source.engine(), ids[:LISTED])
    table = views.told(rows, network.sites(stamp), ids[:LISTED], language())
    table["company"] = table["company"].replace("", say("frame.unnamed"))
    columns = {
        "title": say("missing.col_resource"),
        "company": say("missing.col_company"),
        "place": say("missing.col_municipality"),
        "tonnes": "t/a",
    }
    shown = table.rename(columns=columns)
    if km:
        shown["km"] = [number(km.get(int(one)), language(), 1) for one in table.index]
    st.dataframe(shown, hide_index=True, row_height=ROW_PX)
    if len(ids) > LISTED:
        frame.note(say("missing.more", count=number(len(ids) - LISTED, language())))
