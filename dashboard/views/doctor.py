"""What the data doctor has found: what, where, how it is mended, and the one thing that a button does; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.views.history import moment
from dashboard.views.records import Record, records
from data.importers import business_id, ewc
from data.importers.codes import waste
from data.store.edit import Kind, Row
from geo.regions import Regions
from matching.concepts import Taxonomy

KINDS = ("business_ids", "wastes", "amounts", "companies_twice", "resources_twice", "stale")
EXTENDED_DAYS = 183  # as long as a listing of Materiaalitori holds


@dataclass(frozen=True)
class Finding:
    """Say of one finding what is wrong, where, and how it is mended.

    The button writes `values` into the row, or merges `other` into it, or opens the form where there are neither.
    """

    row: Row
    organisation_id: int
    what: str
    where: str
    how: str
    button: str
    values: Mapping[str, object] = field(default_factory=dict)
    other: Row | None = None


@dataclass(frozen=True)
class Desk:
    """Hold what findings are put into words by."""

    taxonomy: Taxonomy
    regions: Regions
    language: Language
    today: date

    def say(self, key: str, /, **values: object) -> str:
        """Give a text of the page."""
        return wording.t(f"doctor.{key}", self.language, **values)

    def where(self, one: Record) -> str:
        """Say where a resource is: its company and municipality."""
        place = self.regions.municipalities.get(str(one["municipality_code"]))
        return ", ".join(
            part for part in (str(one["organisation"]), place.name(self.language) if place else "") if part
        )


def total(found: pd.DataFrame) -> int:
    """Tell how many there are, also those that are not listed."""
    return int(found["total"].iloc[0]) if len(found) else 0


def findings(kind: str, found: pd.DataFrame, desk: Desk) -> list[Finding]:
    """Put the findings of a kind into words, in the order given."""
    return [_SAID[kind](one, desk) for one in records(found)]


def _row(kind: Kind, one: Record, before: str = "") -> Row:
    return Row(kind, int(one[f"{before}id"]), int(one[f"{before}version"]))


def _business_id(one: Record, desk: Desk) -> Finding:
    told = str(one["business_id"] or "")
    right = business_id.with_check_digit(told[:7]) if told and told[:7].strip("0") else ""
    what = desk.say("id_wrong", value=told) if told else desk.say("id_missing")
    how = desk.say("id_right", value=right) if right else desk.say("id_look_up")
    button = desk.say("correct", value=right) if right else desk.say("open")
    values = {"business_id": right} if right else {}
    return Finding(_row("organisation", one), int(one["id"]), what, str(one["name"]), how, button, values)


def codes_for(one: Record, taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """Give the waste codes that a text is typical of with the concept that says so, the likeliest first."""
    own = [concept for concept in one["concepts"] or () if concept in taxonomy.concepts]
    read = taxonomy.tags(f"{one['title']}. {one['description']}", str(one["language"]))
    ranked = own or sorted(read, key=lambda concept: -read[concept])
    codes = [(code, concept) for concept in ranked for code in taxonomy.concepts[concept].ewc]
    return [(code, concept) for code, concept in dict.fromkeys(codes) if code in waste()]


def _waste(one: Record, desk: Desk) -> Finding:
    row, where = _row("resource", one), f"{one['title']} – {desk.where(one)}"
    owner = int(one["organisation_id"])
    if one["ewc_code"]:
        return _hazard(one, desk, row, where)
    codes = codes_for(one, desk.taxonomy)
    if not codes:
        return Finding(row, owner, desk.say("code_missing"), where, desk.say("code_look_up"), desk.say("open"))
    code, concept = codes[0]
    name = desk.taxonomy.concepts[concept].name(desk.language)
    how = [desk.say("code_fits", code=ewc.written(code), name=name)]
    pair = ewc.mirror(code)
    if pair:
        how.append(desk.say("mirror", code=pair))
    values = {"ewc_code": code, "hazardous": bool(waste()[code].hazardous)}
    button = desk.say("set_code", code=ewc.written(code))
    return Finding(row, owner, desk.say("code_missing"), where, " ".join(how), button, values)


def _hazard(one: Record, desk: Desk, row: Row, where: str) -> Finding:
    code = str(one["ewc_code"])
    key = "hazard_not_said" if one["code_hazardous"] else "hazard_said"
    pair = ewc.mirror(code)
    how = " ".join([desk.say("hazard_how"), desk.say("mirror", code=pair) if pair else ""]).strip()
    what = desk.say(key, code=ewc.written(code))
    return Finding(row, int(one["organisation_id"]), what, where, how, desk.say("open"))


def _amount(one: Record, desk: Desk) -> Finding:
    problem = str(one["problem"])
    tonnes = wording.quantity(one["tonnes_high"], "t", desk.language) if one["tonnes_high"] else ""
    unit = str(one["unit"] or "")
    known = one["quantity_high"] is not None
    told = wording.span(one["quantity_low"], one["quantity_high"], unit, desk.language) if known else unit
    words = str(one["told"]).strip() if problem == "in_words" else tonnes or told
    what = desk.say(f"amount_{problem}", amount=words)
    where = f"{one['title']} – {desk.where(one)}"
    how = desk.say(f"amount_{problem}_how")
    return Finding(_row("resource", one), int(one["organisation_id"]), what, where, how, desk.say("open"))


def _company_twice(one: Record, desk: Desk) -> Finding:
    what = desk.say("company_twice", other=one["other"])
    how = desk.say("merge_how", kept=one["name"], gone=one["other"])
    other = _row("organisation", one, "other_")
    return Finding(
        _row("organisation", one), int(one["id"]), what, str(one["name"]), how, desk.say("merge"), other=other
    )


def _resource_twice(one: Record, desk: Desk) -> Finding:
    what = desk.say("resource_twice", other=one["other"])
    how = desk.say("merge_how", kept=one["title"], gone=one["other"])
    other = _row("resource", one, "other_")
    where = f"{one['title']} – {desk.where(one)}"
    owner = int(one["organisation_id"])
    return Finding(_row("resource", one), owner, what, where, how, desk.say("merge"), other=other)


def _stale(one: Record, desk: Desk) -> Finding:
    row, where = _row("resource", one), f"{one['title']} – {desk.where(one)}"
    owner = int(one["organisation_id"])
    if one["ended"]:
        until = desk.today + timedelta(days=EXTENDED_DAYS)
        what = desk.say("ended", day=wording.day(one["expires_on"], desk.language))
        button = desk.say("extend", day=wording.day(until, desk.language))
        return Finding(row, owner, what, where, desk.say("ended_how"), button, {"expires_on": until})
    what = desk.say("untouched", day=wording.day(one["touched_on"], desk.language))
    return Finding(row, owner, what, where, desk.say("untouched_how"), desk.say("open"))


_SAID: Mapping[str, Callable[[Record, Desk], Finding]] = {
    "business_ids": _business_id,
    "wastes": _waste,
    "amounts": _amount,
    "companies_twice": _company_twice,
    "resources_twice": _resource_twice,
    "stale": _stale,
}


def merged(found: pd.DataFrame, language: Language) -> list[tuple[int, str, bool]]:
    """Say of each merge, or pair told to be different, what it is of, who did it and when; and which of both it is."""
    somebody = wording.t("experts.somebody", language)
    return [
        (
            int(one["id"]),
            wording.t(
                "doctor.apart_row" if one["apart"] else "doctor.merged_row",
                language,
                kept=one["kept"],
                gone=one["gone"],
                user=one["merged_by"] or somebody,
                time=moment(one["merged_at"], language),
            ),
            bool(one["apart"]),
        )
        for one in records(found)
    ]
