"""What came of completed synergies, in the metrics of NISP, at magnitudes that such exchanges have."""

from typing import Any

import numpy as np

from data.demo.catalogue import Stream
from data.demo.frame import two_figures

TOLD_BY = {"declared": "Yrityksen ilmoitus", "estimated": "Koordinaattorin arvio", "verified": "Punnituskirjanpito"}
BASES = ("declared", "estimated", "verified")
BASIS_SHARES = (0.45, 0.35, 0.2)
ATTRIBUTION = (100.0, 75.0, 50.0, 25.0)
ATTRIBUTION_SHARES = (0.4, 0.2, 0.3, 0.1)
SECOND_YEAR = 0.35
GAINS = ("cost_savings_eur_per_year", "additional_sales_eur_per_year")
INVESTMENT = 0.3
PAID_BACK_YEARS = (1.5, 7.0)  # in which an investment comes back
JOBS = 0.3
JOBS_MOST = 3.0
EUR_PER_JOB = 60_000.0  # what a year's work costs: gains below a fifth of it employ nobody
JOBS_LEAST = 0.2
LARGEST_TONNES = 60_000.0
LAST_YEAR = 2026


def figures(rng: np.random.Generator, stream: Stream, tonnes: float | None, mwh: float | None) -> dict[str, float]:
    """Draw a metric -> amount; `tonnes` and `mwh` a year are what the synergy moves."""
    found: dict[str, float] = {}
    if stream.type == "energy":
        moved = min(mwh or float(rng.uniform(100, 2000)), 40_000.0)
        found["energy_saved_mwh_per_year"] = moved
        found["co2e_reduced_tonnes_per_year"] = moved * rng.uniform(0.05, 0.19)
        found["cost_savings_eur_per_year"] = moved * rng.uniform(8, 28)
    elif stream.type == "water":
        found["water_saved_m3_per_year"] = rng.uniform(800, 40_000)
        found["cost_savings_eur_per_year"] = rng.uniform(1_500, 40_000)
    elif tonnes and stream.type in {"material", "waste"}:
        found |= _material(rng, stream, min(tonnes, LARGEST_TONNES))
    else:
        found["cost_savings_eur_per_year"] = rng.lognormal(9.2, 0.8)
        if stream.type == "logistics":
            found["co2e_reduced_tonnes_per_year"] = rng.uniform(4, 90)
    gained_eur = sum(
        found.get(metric, 0.0) for metric in ("cost_savings_eur_per_year", "additional_sales_eur_per_year")
    )
    if rng.random() < INVESTMENT:
        found["private_investment_eur"] = gained_eur * rng.uniform(*PAID_BACK_YEARS)
    jobs_fte = min(gained_eur / EUR_PER_JOB, JOBS_MOST)
    if rng.random() < JOBS and jobs_fte >= JOBS_LEAST:
        found["jobs_fte"] = jobs_fte
    return {metric: two_figures(amount) for metric, amount in found.items()}


def _material(rng: np.random.Generator, stream: Stream, tonnes: float) -> dict[str, float]:
    found = {"virgin_saved_tonnes_per_year": tonnes * rng.uniform(0.5, 1.0)}
    if stream.hazardous:
        found["hazardous_eliminated_tonnes_per_year"] = tonnes * rng.uniform(0.6, 1.0)
    elif stream.type == "waste" and rng.random() < 0.7:  # noqa: PLR2004 - the rest was burnt or recycled before
        found["landfill_diverted_tonnes_per_year"] = tonnes * rng.uniform(0.6, 1.0)
    # Heavy flows save little a tonne and small ones much: gravel against steel and plastics.
    found["co2e_reduced_tonnes_per_year"] = tonnes**0.8 * rng.uniform(0.1, 0.6)
    found["cost_savings_eur_per_year"] = tonnes**0.75 * rng.uniform(25, 120)
    if rng.random() < 0.4:  # noqa: PLR2004 - the seller earns in two of five
        found["additional_sales_eur_per_year"] = tonnes**0.75 * rng.uniform(20, 150)
    return found


def rows(rng: np.random.Generator, number: int, amounts: dict[str, float], first_year: int) -> list[dict[str, Any]]:
    """Turn one synergy's figures into benefit rows, some of them told again a year later."""
    made: list[dict[str, Any]] = []
    share = float(rng.choice(ATTRIBUTION, p=ATTRIBUTION_SHARES))
    basis = str(rng.choice(BASES, p=BASIS_SHARES))
    for metric, amount in amounts.items():
        yearly = metric != "private_investment_eur"
        years = [first_year]
        if yearly and first_year < LAST_YEAR and rng.random() < SECOND_YEAR:
            years.append(first_year + 1)
        for year in years:
            told = basis if year == first_year else "verified"
            made.append(
                {
                    "number": number,
                    "metric": metric,
                    "amount": amount if year == first_year else two_figures(amount * float(rng.uniform(0.8, 1.2))),
                    "basis": told,
                    "year": year,
                    "yearly": yearly,
                    "attribution_percent": share,
                    "source": TOLD_BY[told],
                }
            )
    return made
