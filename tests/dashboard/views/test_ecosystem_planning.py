import sqlite3
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageColor

from dashboard import pictures
from dashboard.ecosystems import materials
from dashboard.ecosystems.choice import Choice
from dashboard.views import ecosystem_balance, ecosystem_files, ecosystem_flows, ecosystem_profile
from dashboard.views import ecosystem_communities as communities
from dashboard.views import ecosystem_indicator_files as indicator_files
from dashboard.views import ecosystem_indicators as indicators
from dashboard.views.ecosystem_balance_words import sentence, signed, table
from dashboard.views.ecosystem_flows import STAGES, Asked
from data.exporters import maps
from data.exporters.report import FEW
from data.queries import protected
from geo import regions, sub_regions
from matching import ecosystems


def balance_atoms(seed: int = 1, companies: int = 40) -> pd.DataFrame:
    """Draw atoms of three materials in twenty municipalities."""
    rng = np.random.default_rng(seed)
    places = rng.choice(sorted(regions.load().municipalities), 20, replace=False)
    keys = pd.DataFrame(product(("have", "want"), ("wood_ash", "ash", "sawdust"), places))
    low = rng.integers(0, companies, len(keys))
    table = keys.set_axis(["direction", "concept", "municipality"], axis=1)
    tonnes = rng.integers(1, 5_000, len(keys)).astype(float)
    behind = {"companies": rng.integers(1, 6, len(keys)), "lowest": low, "highest": low + 3}
    return table.assign(
        type="waste", resources=rng.integers(3, 9, len(keys)), tonnes=tonnes, completed=tonnes / 4, active=tonnes / 8,
        proposed=tonnes / 8, demo=True, **behind, **{f"weighed_{name}": told for name, told in behind.items()},
    )  # fmt: skip


def flow_atoms() -> pd.DataFrame:
    """Give ways of two synergies each from Uusimaa to its neighbours, the last of a single pair of companies."""
    rows = []
    for number, target in enumerate(("02", "05", "06", "01")):
        one, other = 1, 2 + number
        counts = 1 if target == "06" else 2
        total = (one + other) * counts + (counts - 1) * 50
        squares = (one**2 + other**2) * counts + (counts - 1) * (2 * 25 * (one + other) + 2 * 625)
        rows.append(
            {"source": "01", "target": target, "stage": "completed", "type": "waste", "concept": "ash",
             "synergies": counts, "tonnes": 1_000.0 * (number + 1), "eur": 500.0, "co2e_tonnes": 2.0, "demo": False,
             "lowest": one, "highest": other + 25 * (counts - 1), "total": total, "squares": squares}
        )  # fmt: skip
    return pd.DataFrame(rows)


def cells() -> pd.DataFrame:
    """Give every cell of the drawn balance."""
    subs = sub_regions.of_municipality()
    within = {code: (subs[code], place.region) for code, place in regions.load().municipalities.items()}
    return protected.cells(balance_atoms(), materials.tree().paths, within)


def planted_groups() -> communities.View:
    """Give an ecosystem of three companies in Kuopio, one of which may not be named."""
    row = {"score": 0.8, "tonnes": 500.0, "km": 9.0, "material": "wood_ash", "demo": True}
    pairs = ((1, 2), (2, 3), (1, 3))
    exchanges = pd.DataFrame(
        [row | {"from_company": a, "to_company": b, "from_site": a, "to_site": b} for a, b in pairs]
    )
    place = {"municipality": "297", "easting_m": 534_000.0, "northing_m": 6_973_000.0, "vague": False}
    sites = pd.DataFrame([place | {"name": "Hemligt Ab"} for _ in range(3)], index=[1, 2, 3])
    woven = ecosystems.weave(exchanges)
    portrait = ecosystems.describe(woven, ecosystems.find(woven), exchanges, pd.Series("35", index=[1, 2, 3]))
    return communities.build(portrait, exchanges, sites, "sv")


@pytest.mark.parametrize("level", ecosystem_balance.LEVELS)
def test_table_map_and_sentence_are_one_sum(level: str) -> None:
    """At every level of places, and for a material with all that is narrower."""
    for concept in ("", "ash", "wood_ash"):
        view = ecosystem_balance.build(balance_atoms(), Choice(2026, "", concept), level, "en")
        shown = table(view, Choice(2026, "", concept), level, "balance", "en").frame
        assert shown.iloc[0, 3] == pytest.approx(view.places["balance"].sum())
        assert shown.iloc[1:, 3].sum() == pytest.approx(shown.iloc[0, 3])
        assert signed(shown.iloc[0, 3], "en").lstrip("+−") in sentence(view, Choice(2026, "", concept), "en")


def test_what_may_be_handed_on_is_what_is_or_nothing() -> None:
    """A protected view says of every place, material and total what the open one says, or hides it."""
    for choice, level in product((Choice(2026), Choice(2026, "", "ash")), ecosystem_balance.LEVELS):
        plain = ecosystem_balance.build(balance_atoms(), choice, level, "en")
        safe = ecosystem_balance.shared(cells(), choice, level, "en")
        for one, other in ((safe.places, plain.places), (safe.parts, plain.parts)):
            both = one.set_index("code").join(other.set_index("code"), suffixes=("", "_open"))
            told = both["have_tonnes"].notna()
            assert np.allclose(both.loc[told, "have_tonnes"], both.loc[told, "have_tonnes_open"])
        assert set(safe.places["code"]) == set(plain.places["code"])


def test_classes_mirror_each_other() -> None:
    """A surplus and a deficit of the same size are as far from the middle."""
    values = np.array([-9_000.0, -4_000, -700, 0, 700, 4_000, 9_000, np.nan])
    found = ecosystem_balance.classify(values, (500.0, 3_000.0, 8_000.0))
    assert found.tolist() == [0, 1, 2, 3, 4, 5, 6, 3]


def test_flows_add_up_and_those_of_two_companies_are_not_handed_on() -> None:
    """Of 10,000 t/a 6,000 cross a border; a way of one pair is hidden, and another beside it."""
    asked = Asked(STAGES)
    view = ecosystem_flows.build(flow_atoms(), Choice(2026, "01"), asked, "en")
    assert view.out == pytest.approx(6_000)
    assert view.into == 0
    assert view.crossing == pytest.approx(0.6)
    safe = ecosystem_flows.shared(flow_atoms(), Choice(2026), asked, "en").cells.set_index("target")
    assert np.isnan(safe.loc["06", "tonnes"])
    assert safe["tonnes"].isna().sum() == 2


def test_geodata_opens_with_names_styles_and_metres(tmp_path: Path) -> None:
    """In ETRS-TM35FIN, a layer of areas and one of ways, each with the style that QGIS takes by itself."""
    view = ecosystem_balance.shared(cells(), Choice(2026), "sub_regions", "fi")
    going = ecosystem_flows.build(flow_atoms(), Choice(2026), Asked(STAGES), "fi")
    file = tmp_path / "map.gpkg"
    layers = [ecosystem_files.areas_layer(view, "sub_regions", "fi"), ecosystem_files.ways_layer(going, "fi")]
    file.write_bytes(maps.geopackage(layers))
    areas, ways = (gpd.read_file(file, layer=name) for name in ("sub_regions", "flows"))
    assert areas.crs.to_epsg() == ways.crs.to_epsg() == 3067
    assert (len(areas), len(ways)) == (69, 3)
    told = view.places.set_index("code")["balance"]
    assert areas["balance_t_a"].sum() == pytest.approx(told[view.places.set_index("code")["resources"] != 0].sum())
    with sqlite3.connect(file) as opened:
        styles = dict(opened.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    assert set(styles) == {"sub_regions", "flows"}
    assert styles["sub_regions"].count("<range ") == 7


def test_the_picture_has_the_classes_of_the_screen() -> None:
    """A region of the largest surplus is as teal as on the map, and a silent one is in the colour of the panel."""
    view = ecosystem_balance.shared(cells(), Choice(2026), "regions", "fi")
    shown = ecosystem_files.picture(view, Choice(2026), "regions", "fi")
    drawn = Image.open(BytesIO(pictures.png(shown))).convert("RGB")
    assert drawn.size == pictures.SIZE_PX
    assert set(shown.fills) == set(view.places.loc[view.places["resources"] != 0, "code"])
    found = {colour for _, colour in drawn.getcolors(2**24) or []}
    assert {ImageColor.getrgb(fill) for fill in shown.fills.values()} <= found


def test_the_profile_is_a_pdf_and_the_years_add_up() -> None:
    """The figures of the country are the sums of its regions in every year."""
    companies = pd.DataFrame({"region": ["", "01"], "year": [2026, 2026], "companies": [9, 9]})
    frames = indicators.Frames(companies, {2026: balance_atoms()}, {2026: flow_atoms()})
    view = indicators.build(frames, Choice(2026))
    whole, parts = view.rows[view.rows["region"] == ""], view.rows[view.rows["region"] != ""]
    for one in ("resources", "completed", "tonnes", "eur"):
        assert parts[one].sum() == pytest.approx(whole[one].sum())
    assert whole["crossing"].item() == pytest.approx(5 / 7)
    going = ecosystem_flows.shared(flow_atoms(), Choice(2026), Asked(STAGES), "sv")
    groups = planted_groups()
    for region in ("", "01"):
        safe = ecosystem_balance.shared(cells(), Choice(2026, region), "municipalities" if region else "regions", "sv")
        told = ecosystem_profile.profile((safe, going, groups), view, Choice(2026, region), "sv")
        assert told.startswith(b"%PDF")
    bare = ecosystem_profile.profile((safe, going, replace(groups, rows=())), view, Choice(2026, "01"), "sv")
    assert len(bare) < len(told)
    row = ecosystem_profile.ecosystem_rows(groups, "sv")[0]
    assert row[:4] == ["Kuopio: träaska", "träaska", "3", "1\u00a0500"]
    assert not any("Hemligt" in cell for cell in row)


def test_indicators_and_ways_are_files_without_what_few_companies_tell(tmp_path: Path) -> None:
    """A region of one company has no figure in table, map and picture; the rest have the screen's."""
    companies = pd.DataFrame({"region": ["", "01", "02"], "year": [2026] * 3, "companies": [9, 8, 1]})
    frames = indicators.Frames(companies, {2026: balance_atoms()}, {2026: flow_atoms()})
    view, choice = indicators.build(frames, Choice(2026)), Choice(2026)
    sheet = indicator_files.sheet(view, "fi")
    rows = {row[0]: row for row in sheet.rows}
    assert set(rows["Varsinais-Suomi"][2:]) == {FEW}
    assert rows["Uusimaa"][2] == 8
    file = tmp_path / "map.gpkg"
    file.write_bytes(maps.geopackage([indicator_files.layer(view, choice, "completed", "fi")]))
    areas = gpd.read_file(file, layer="regions").set_index("code")
    assert areas.crs.to_epsg() == 3067
    assert np.isnan(areas.loc["02", "completed"])
    assert areas.loc["01", "completed"] == rows["Uusimaa"][2 + indicators.INDICATORS.index("completed")]
    assert "02" not in indicator_files.picture(view, choice, "completed", "fi").fills
    asked = Asked(STAGES)
    safe = ecosystem_flows.shared(flow_atoms(), Choice(2026, "01"), asked, "fi")
    drawn = ecosystem_files.ways_picture(safe, Choice(2026, "01"), asked, "fi")
    assert len(drawn.lines) == safe.cells.loc[safe.cells["source"] != safe.cells["target"], "tonnes"].notna().sum()
    assert pictures.png(drawn).startswith(b"\x89PNG")
