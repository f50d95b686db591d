"""Fictional coordinators and experts, the organisations that run FISS in the regions, and the regions' targets."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data.demo import places
from data.demo.companies import Companies
from data.demo.frame import two_figures
from data.demo.names import person_name
from geo.regions import Regions

PER_REGION = 2
EXPERTS = 26
FIRST_EXPERT = 60
# Ids of concepts of config/taxonomy, by which experts are suggested for a synergy.
COMPETENCIES = (
    ("ash", "fertiliser", "fertiliser_law"),
    ("biogas", "manure"),
    ("waste_heat", "energy_expert"),
    ("concrete", "earthworks", "mara_expert"),
    ("plastic", "recycling_expert"),
    ("expert_permit", "expert_eow"),
    ("textile",),
    ("food_sidestream", "animal_feed", "food_safety"),
    ("wood", "biochar"),
    ("metal", "slag"),
    ("logistics_expert",),
    ("expert_lca", "carbon_market"),
    ("wastewater", "water_expert"),
)
RUNNERS = ("university", "consultant", "municipality")
TARGET_YEARS = (2025, 2026)


def coordinator(region: str, number: int) -> str:
    """Give the name of one of a region's fictional coordinators."""
    return person_name(int(region) * PER_REGION + number)


def experts(rng: np.random.Generator, regions: Regions) -> pd.DataFrame:
    """Draw the pool of experts: each with know-how and the regions that he or she serves."""
    codes = list(regions.regions)
    rows = [
        {
            "name": person_name(FIRST_EXPERT + number),
            "competencies": list(COMPETENCIES[number % len(COMPETENCIES)]),
            "regions": sorted(rng.choice(codes, int(rng.integers(1, 5)), replace=False).tolist()),
        }
        for number in range(EXPERTS)
    ]
    return pd.DataFrame(rows)


def organisers(made: Companies) -> pd.DataFrame:
    """Choose in each region the organisation that runs FISS there, where one of the right kind exists."""
    rows: dict[str, dict[str, Any]] = {}
    for kind in RUNNERS:
        for company in made.companies:
            region = company.home.region
            if company.archetype.key == kind and region not in rows:
                rows[region] = {
                    "organisation_key": company.key,
                    "regions": [region],
                    "coordinators": [coordinator(region, number) for number in range(PER_REGION)],
                    "contract_from": date(2024, 1, 1),
                    "contract_to": date(2027, 12, 31),
                }
    return pd.DataFrame([rows[region] for region in sorted(rows)])


def targets(rng: np.random.Generator, regions: Regions) -> pd.DataFrame:
    """Draw what each region means to reach in a year, in step with its size."""
    rows: list[dict[str, object]] = []
    for region in regions.regions:
        share = sum(places.inhabitants(town) for town in regions.in_region(region)) ** 0.6 / 12
        aims = {
            "companies": 12.0,
            "resources": 80.0,
            "synergies": 30.0,
            "completed": 4.0,
            "co2e_reduced_tonnes_per_year": 900.0,
        }
        rows.extend(
            {
                "region_code": region,
                "year": year,
                "measure": measure,
                "amount": max(1.0, two_figures(round(amount * share * float(rng.uniform(0.8, 1.2))))),
            }
            for year in TARGET_YEARS
            for measure, amount in aims.items()
        )
    return pd.DataFrame(rows)
