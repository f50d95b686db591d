"""The resources of a balance that are read as no material, in words; from frames alone."""

from html import escape

import pandas as pd

from config.texts import Language
from dashboard.ecosystems.choice import Choice
from dashboard.views.ecosystem_balance import Balance
from dashboard.views.ecosystem_balance_words import amount
from dashboard.wording import UNKNOWN, hundreds, rich, t
from geo import regions

LINK = "link"
ANCHOR = "unclear"  # of the list on the page
SIDES = {"have": "offered", "want": "wanted"}


def said(balance: Balance, choice: Choice, language: Language) -> str:
    """Say how much is offered and needed of what; empty where a material is chosen or each is known."""
    sides = _sides(balance, choice, language)
    return t("balance.unclear", language, **sides) if sides else ""


def _sides(balance: Balance, choice: Choice, language: Language) -> dict[str, str]:
    rows = balance.parts[balance.parts["code"].astype(str) == ""]
    if choice.concept or rows.empty:
        return {}
    return {side: amount(float(rows[f"{side}_tonnes"].iloc[0]), language) for side in SIDES}


def headline(balance: Balance, choice: Choice, language: Language) -> str:
    """Say it beside the page's answer, as HTML with a link to the list below; empty as `said` is."""
    if not (sides := _sides(balance, choice, language)):
        return ""
    link = f'<a href="#{ANCHOR}" style="color:inherit">{escape(t("balance.unclear_below", language))}</a>'
    return f" {rich('balance.unclear_share', language, **sides)} {link}"


def table(rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    """List resources: the link to each, its title, its side with t/a, company and municipality."""
    places = regions.load().municipalities
    tonnes = [hundreds(float(one), language) for one in rows["tonnes"]]
    both = {
        t(f"balance.{word}", language): [
            told if one == side else "" for one, told in zip(rows["direction"], tonnes, strict=True)
        ]
        for side, word in SIDES.items()
    }
    return pd.DataFrame(
        {
            LINK: [f"/companies?resource={one}&lang={language}" for one in rows["id"]],
            t("missing.col_resource", language): rows["title"].to_list(),
            **both,
            t("missing.col_company", language): [
                one if isinstance(one, str) else t("frame.unnamed", language) for one in rows["name"]
            ],
            t("missing.col_municipality", language): [
                places[str(one)].name(language) if str(one) in places else UNKNOWN for one in rows["municipality"]
            ],
        }
    )
