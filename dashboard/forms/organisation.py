"""The form of a company."""

import streamlit as st

from config.texts import Language
from dashboard import frame
from dashboard.forms.fields import Fields
from dashboard.forms.sheet import Raw
from dashboard.reading import Reader
from dashboard.views.records import Record, records
from data.model import Activation, OrganisationKind
from data.queries import companies


def fill(company: Record | None) -> Raw:
    """Give what the fields hold for a company, or for a new one."""
    if company is None:
        return {
            "name": "",
            "business_id": "",
            "other_names": "",
            "industry_code": None,
            "kind": OrganisationKind.COMPANY.value,
            "activation": Activation.KNOWN.value,
            "naming_consent": False,
        }
    return {
        "name": company["name"],
        "business_id": company["business_id"] or "",
        "other_names": "\n".join(company["other_names"] or ()),
        "industry_code": company["industry_code"],
        "kind": company["kind"],
        "activation": company["activation"],
        "naming_consent": bool(company["naming_consent"]),
    }


def draw(fields: Fields) -> None:
    """Draw the fields."""
    fields.text("name", required=True)
    fields.text("business_id")
    names = industries(frame.language())
    fields.select("industry_code", list(names), lambda code: names.get(code, str(code)))
    left, right = st.columns(2)
    with left:
        kinds = [one.value for one in OrganisationKind]
        fields.select("kind", kinds, lambda one: frame.say(f"organisation_kind.{one}"), needed=True)
    with right:
        steps = [one.value for one in Activation]
        fields.select("activation", steps, lambda one: frame.say(f"activation.{one}"), needed=True)
    fields.text("other_names", area=True, hint=frame.say("form_help.other_names"))
    fields.tick("naming_consent")


def industries(language: Language) -> dict[str, str]:
    """Name the divisions of TOL 2008 by their codes."""
    listed = Reader()(companies.industries)
    return {row["code"]: f"{row['code']} {row[language]}" for row in records(listed)}
