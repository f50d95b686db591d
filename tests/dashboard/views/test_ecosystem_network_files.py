"""What ecosystems, missing processors and what-if views are as files."""

import sqlite3
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageColor

from dashboard import palette, pictures
from dashboard.layers_missing import Offer
from dashboard.layers_whatif import Line
from dashboard.views import ecosystem_communities as communities
from dashboard.views import ecosystem_missing_files as missing_files
from dashboard.views import ecosystem_network_files as network_files
from dashboard.views import ecosystem_whatif_files as whatif_files
from dashboard.views.ecosystem_missing import Named
from dashboard.views.ecosystem_whatif import People
from data.exporters import maps
from data.exporters.report import Book, to_xlsx
from geo import regions
from geo.distance import Piece
from matching import ecosystems
from matching.missing_sites import Site
from matching.whatif import Answer
from matching.whatif_terms import Figures

KUOPIO, IISALMI, LAHTI = (534_000.0, 6_973_000.0), (511_000.0, 7_047_000.0), (427_000.0, 6_762_000.0)


@pytest.fixture
def view() -> communities.View:
    """Give two groups of three companies near Kuopio and Lahti, and a company that ties them."""
    pairs = [(1, 2), (2, 3), (1, 3), (4, 5), (5, 6), (4, 6), (3, 4)]
    exchanges = pd.DataFrame(pairs, columns=["from_company", "to_company"]).assign(
        score=0.8, tonnes=[500.0] * 6 + [20.0], km=20.0, material="wood_ash", demo=True
    )
    exchanges = exchanges.assign(from_site=exchanges["from_company"], to_site=exchanges["to_company"])
    near = [(KUOPIO if one < 4 else LAHTI) for one in range(1, 7)]
    sites = pd.DataFrame(
        {
            "name": [None, *(f"Yritys {one} Oy" for one in range(2, 7))],
            "municipality": ["297"] * 3 + ["398"] * 3,
            "easting_m": [x + 900.0 * at for at, (x, _) in enumerate(near)],
            "northing_m": [y + 1_500.0 * (at % 3) for at, (_, y) in enumerate(near)],
            "vague": False,
        },
        index=range(1, 7),
    )
    woven = ecosystems.weave(exchanges)
    portrait = ecosystems.describe(woven, ecosystems.find(woven), exchanges, pd.Series("35", index=range(1, 7)))
    return communities.build(portrait, exchanges, sites, "fi")


def opened(layers: list[maps.Layer], folder: Path) -> dict[str, gpd.GeoDataFrame]:
    """Write layers, check what holds for all of them, and read them again."""
    file = folder / "map.gpkg"
    file.write_bytes(maps.geopackage(layers))
    read = {layer.name: gpd.read_file(file, layer=layer.name) for layer in layers}
    assert all(one.crs.to_epsg() == 3067 and one.geometry.is_valid.all() for one in read.values())
    with sqlite3.connect(file) as known:
        styles = dict(known.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    assert set(styles) == set(read)
    for name, rows in read.items():
        assert all(f'value="{kind}"' in styles[name] for kind in set(rows["kind"]))
    return read


def colours(picture: pictures.Picture) -> set[Any]:
    """Draw a picture and give its colours."""
    drawn = Image.open(BytesIO(pictures.png(picture))).convert("RGB")
    return {colour for _, colour in drawn.getcolors(2**24) or []}


def test_ecosystems_open_as_hulls_links_and_companies(view: communities.View, tmp_path: Path) -> None:
    """Each group with its figures, each company where it stands, hidden ones without a name."""
    read = opened(network_files.layers(view, "fi"), tmp_path)
    assert set(read) == {"ecosystems", "links", "companies"}
    assert read["ecosystems"]["companies"].tolist() == [3, 3]
    assert read["ecosystems"].geometry.iloc[0].contains(read["companies"].geometry.iloc[0])
    assert read["companies"]["name"].iloc[0] == "Nimi piilotettu"
    assert read["companies"]["demo"].all()
    assert (read["links"]["kind"] == "bridge").sum() == 1
    sheets = [make(view, "fi") for make in (network_files.groups_sheet, network_files.members_sheet)]
    assert [len(one.rows) for one in sheets] == [2, 6]
    assert to_xlsx(Book("T", "S", [*sheets, network_files.bridges_sheet(view, "fi")]), "N").startswith(b"PK")
    shown = network_files.picture(view, ("T", "S"), "fi")
    assert ImageColor.getrgb(palette.LIGHT.text) in colours(shown)  # the ring of who ties them
    assert len({one.colour for one in shown.lines if one.area}) == 2


def test_missing_processors_open_as_sites_offers_roads_and_ferries(tmp_path: Path) -> None:
    """The site of the plan is another kind than the next best, and a ferry another than a road."""
    places = regions.load().municipalities
    none = np.zeros(0, np.intp)
    sites = tuple(
        Named(at, Site(at, at == 1, none, np.zeros(0), 900.0, 40.0, 5.0, 6.0, 4.0), places[code])
        for at, code in ((1, "297"), (2, "140"))
    )
    offers = [Offer(KUOPIO, "A Oy", "Kuopio", 500.0, 1), Offer(LAHTI, "", "Lahti", 0.0, 0)]
    road = np.array([KUOPIO, IISALMI])
    ways = [(Piece(road, ferry=False), Piece(road + 500.0, ferry=True))]
    shown = missing_files.Shown("concrete", offers, sites, ways, demo=True)
    read = opened(missing_files.layers(shown, "fi"), tmp_path)
    assert read["sites"]["kind"].tolist() == ["opened", "instead"]
    assert read["roads"]["kind"].tolist() == ["road", "ferry"]
    assert read["offers"]["kind"].tolist() == ["taken", "left"]
    assert missing_files.sites_sheet(shown, "fi").rows[0][1:7] == ["Kuopio", "Pohjois-Savo", 0, 900.0, 40.0, 5.0]
    assert missing_files.offers_sheet(shown, "fi").rows[0][3] == "Kuopio"
    drawn = colours(missing_files.picture(shown, ("T", "S"), "fi", "11"))
    assert {ImageColor.getrgb(one) for one in (palette.LIGHT.accent, palette.LIGHT.have)} <= drawn


def test_a_what_if_view_opens_as_what_breaks_and_what_comes_up(tmp_path: Path) -> None:
    """Its lines by what becomes of them, the closed site, whole figures, and who could step in."""
    row = {"have_id": 1, "want_id": 2, "tonnes": 600.0, "km": 84.25, "method": "road", "from_site": 1, "to_site": 2}
    others = pd.DataFrame({"partner_id": [3], "score": [0.7], "km": [12.0], "method": ["road"]})
    today, then = Figures(2, 900.0, 5e6, 3.0, -1.0), Figures(1, 300.0, 2e6, 1.0, 0.5)
    broken = pd.DataFrame([row | {"why": "closed"}])
    answer = Answer(today, then, today - then, then, broken, broken.head(0), broken, {2: others})
    sites = pd.DataFrame({"name": ["A Oy", "B Oy", "C Oy"], "municipality": ["297", "140", "398"]}, index=[1, 2, 3])
    resources = pd.DataFrame({"id": [1, 2, 3], "title": ["Tuhka", "Lannoite", "Toinen tuhka"], "site_id": [1, 2, 3]})
    lines = [Line(KUOPIO, IISALMI, "broken", "A Oy", "→ B Oy"), Line(KUOPIO, LAHTI, "kept", "", "")]
    shown = whatif_files.Shown(answer, People(sites, resources, {}), lines, [KUOPIO], demo=False)
    read = opened(whatif_files.layers(shown, "fi"), tmp_path)
    assert read["exchanges"][["kind", "to"]].to_numpy().tolist() == [["broken", "B Oy"], ["kept", ""]]
    assert len(read["closed"]) == 1
    sheet = whatif_files.exchanges_sheet("broken", broken, shown, "fi")
    assert list(sheet.rows[0][:6]) == ["Tuhka", "A Oy, Kuopio", "Lannoite", "B Oy, Iisalmi", 600.0, 84.2]
    assert "C Oy, Lahti (12,0" in str(sheet.rows[0][-1])
    figures = whatif_files.figures_sheet([("Nykytilanne", today), ("Tämä", then)], "fi")
    assert [list(one[1:]) for one in figures.rows][:3] == [[2, 1], [900.0, 300.0], [5.0, 2.0]]
    drawn = colours(whatif_files.picture(shown, ("T", "S"), "fi", "11"))
    assert ImageColor.getrgb(palette.LIGHT.error_text) in drawn
