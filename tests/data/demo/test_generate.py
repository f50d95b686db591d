"""The demo data are the same each time, complete, and sensible as a coordinator would judge them."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
import shapely

from config.settings import ROOT
from data import demo
from data.demo import benefits, catalogue, names
from data.demo.frame import COMPANIES, COMPLETED, RESOURCES, SYNERGIES
from data.model import Direction, ResourceType, Stage
from geo import crs, land, regions
from geo.regions import Regions


@pytest.fixture(scope="module")
def made() -> demo.Demo:
    """Generate scale 2 once."""
    return demo.generate(scale=2)


@pytest.fixture(scope="module")
def places() -> Regions:
    """Give the municipalities."""
    return regions.load()


def _frames(of: demo.Demo) -> dict[str, pd.DataFrame]:
    batch = {field.name: getattr(of.batch, field.name) for field in dataclasses.fields(of.batch)}
    rest = {field.name: getattr(of, field.name) for field in dataclasses.fields(of) if field.name != "batch"}
    return {**batch, **rest}


def test_the_same_seed_gives_the_same_bytes(made: demo.Demo) -> None:
    """Another run is equal to the last byte, and another seed is not."""
    again = demo.generate(scale=2)
    for name, frame in _frames(made).items():
        assert frame.to_csv().encode() == _frames(again)[name].to_csv().encode(), name
    other = next(demo.parts(1, seed=7))
    assert other.batch.resources["title"].to_list() != next(demo.parts(1)).batch.resources["title"].to_list()


def test_counts_follow_the_scale(made: demo.Demo) -> None:
    """Scale 2 has twice the companies, resources and synergies of FISS, and begins with those of scale 1."""
    assert len(made.batch.organisations) == 2 * COMPANIES
    assert len(made.batch.resources) == 2 * RESOURCES
    assert len(made.synergies) == 2 * SYNERGIES
    assert (made.synergies["stage"] == "completed").sum() == 2 * COMPLETED
    first = next(demo.parts(1)).batch.resources
    pd.testing.assert_frame_equal(made.batch.resources.head(len(first)), first)


def test_everything_is_there(made: demo.Demo, places: Regions) -> None:
    """All regions, types, directions, stages and languages occur, the languages in the shares of the country."""
    sites, resources = made.batch.sites, made.batch.resources
    found = places.assign(sites[["easting_m", "northing_m"]].to_numpy())
    assert set(found.region) == set(places.regions)
    assert set(zip(resources["direction"], resources["type"], strict=True)) == {
        (direction.value, kind.value) for direction in Direction for kind in ResourceType
    }
    assert set(made.synergies["stage"]) == {stage.value for stage in Stage}
    shares = resources["language"].value_counts(normalize=True)
    assert 0.76 < shares["fi"] < 0.88
    assert 0.08 < shares["sv"] < 0.16
    assert 0.03 < shares["en"] < 0.09


def test_names_are_unique_and_keys_too(made: demo.Demo) -> None:
    """No two companies share a name, no two rows a key, and nobody bears a business ID."""
    assert made.batch.organisations["name"].is_unique
    assert "business_id" not in made.batch.organisations
    for frame in (made.batch.organisations, made.batch.sites, made.batch.resources):
        assert frame["source_key"].is_unique
        assert frame["demo"].all()
        assert set(frame["source_document"]) == {demo.DOCUMENT}


def test_no_name_is_a_municipality(made: demo.Demo, places: Regions) -> None:
    """The made-up place in a name is no real municipality in the genitive."""
    real = {place.fi.casefold()[:-1] for place in places.municipalities.values() if len(place.fi) > 5}
    stems = {name.split()[0].casefold() for name in made.batch.organisations["name"]}
    assert {stem for stem in stems if stem.removesuffix("n")[:-1] in real} == set()


def test_sites_stand_on_land_in_the_town_they_name(made: demo.Demo, places: Regions) -> None:
    """Each point lies in the municipality that the site names, and none at sea or in a lake."""
    points = made.batch.sites[["easting_m", "northing_m"]].to_numpy()
    found = places.assign(points)
    names = [
        {places.municipalities[code].name(language).strip() for language in ("fi", "sv", "en")}
        for code in found.municipality
    ]
    assert all(town in known for town, known in zip(made.batch.sites["postal_place"], names, strict=True))
    assert (land.landmass(points) != land.AT_SEA).all()
    features = json.loads((ROOT / "static" / "map" / "lakes.geojson").read_text(encoding="utf-8"))["features"]
    lakes = shapely.union_all([shapely.make_valid(shapely.geometry.shape(item["geometry"])) for item in features])
    shapely.prepare(lakes)
    assert shapely.contains_xy(lakes, *crs.to_wgs84(points[:, 0], points[:, 1])).sum() == 0


def test_synergies_join_what_fits(made: demo.Demo) -> None:
    """Each joins an offer and a need of two companies, as the streams' tables say, and no pair comes twice."""
    resources = made.batch.resources.set_index("source_key")
    owner = resources["site_key"].map(made.batch.sites.set_index("source_key")["organisation_key"])
    have, want = made.synergies["have_key"], made.synergies["want_key"]
    assert set(resources.loc[have, "direction"]) == {"have"}
    assert set(resources.loc[want, "direction"]) == {"want"}
    assert (owner.loc[have].to_numpy() != owner.loc[want].to_numpy()).all()
    assert not made.synergies.duplicated(["have_key", "want_key"]).any()
    streams = catalogue.streams().values()
    fits = {
        (have_type.type, need.type)
        for need in streams
        for have_type in map(catalogue.streams().__getitem__, need.fed_by)
    }
    assert set(zip(resources.loc[have, "type"], resources.loc[want, "type"], strict=True)) <= fits


def test_distances_and_borders_are_plausible(made: demo.Demo, places: Regions) -> None:
    """About 38 % cross a region's border, most are near, and only a way over the sea has no distance."""
    sites = made.batch.sites.set_index("source_key")
    region = pd.Series(
        places.assign(sites[["easting_m", "northing_m"]].to_numpy()).region, index=sites.index, name="region"
    )
    of_resource = made.batch.resources.set_index("source_key")["site_key"].map(region)
    there = of_resource.loc[made.synergies["have_key"]].to_numpy()
    here = of_resource.loc[made.synergies["want_key"]].to_numpy()
    assert 0.34 < np.mean(there != here) < 0.42
    assert 15 < made.synergies["road_km"].median() < 90
    assert (made.synergies["road_km"].isna() == (made.synergies["method"] == "none")).all()
    assert (made.synergies["method"] == "none").mean() < 0.05


def test_courses_run_forward(made: demo.Demo) -> None:
    """A history begins at the first stage, never turns back in time and ends where the synergy stands."""
    ordered = made.history.groupby("number", sort=True)
    assert ordered["to_stage"].first().eq("identified").all()
    assert ordered["changed_at"].is_monotonic_increasing.all()
    assert ordered["to_stage"].last().to_list() == made.synergies["stage"].to_list()
    assert (made.history["changed_at"].dt.date <= demo.AS_OF).all()
    assert ((made.synergies["stage"] == "lapsed") == made.synergies["lapse_reason"].notna()).all()


def test_only_completed_synergies_have_benefits(made: demo.Demo) -> None:
    """Each completed synergy tells at least one benefit, and no other does; an investment is never yearly."""
    completed = made.synergies.loc[made.synergies["stage"] == "completed", "number"]
    assert set(made.benefits["number"]) == set(completed)
    assert (made.benefits["amount"] >= 0).all()
    assert not made.benefits.loc[made.benefits["metric"] == "private_investment_eur", "yearly"].any()
    assert set(made.benefits["basis"]) == {"declared", "estimated", "verified"}


def test_quantities_make_sense(made: demo.Demo) -> None:
    """A range runs upward, has a unit, and its tonnes follow from it."""
    told = made.batch.resources.dropna(subset=["quantity_low"])
    assert len(told) > 0.6 * len(made.batch.resources) * 0.9
    assert (told["quantity_low"].astype(float) <= told["quantity_high"].astype(float)).all()
    assert told["unit"].notna().all()
    in_tonnes = told[(told["unit"] == "t") & told["type"].isin(["material", "waste"])]
    assert np.allclose(in_tonnes["quantity_high"].astype(float), in_tonnes["tonnes_high"].astype(float))


def test_finnish_names_part_equal_vowels() -> None:
    """Harmaa and aho make Harmaa-aho."""
    farm = catalogue.archetypes()[0]
    written = {names.organisation_name(farm, "fi", number).split()[0] for number in range(3_000)}
    assert "Harmaa-aukean" in written
    assert not any("aaa" in name for name in written)


def test_what_a_synergy_cost_and_employs_goes_with_what_it_saves() -> None:
    """No investment of hundreds of thousands for a few tonnes of film, nor three jobs."""
    rng = np.random.default_rng(3)
    stream = next(one for one in catalogue.streams().values() if one.type == "waste")
    for _ in range(200):
        drawn = benefits.figures(rng, stream, 5.0, None)
        gained_eur = sum(drawn.get(metric, 0.0) for metric in benefits.GAINS)
        assert drawn.get("private_investment_eur", 0.0) <= gained_eur * 8
        assert "jobs_fte" not in drawn or gained_eur > 10_000
