"""A what-if view in words: figures before and after, what broke and what came up, who could step in; from frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.wording import MINUS, UNKNOWN, hundreds, known, number, t
from geo import regions
from matching.whatif import Answer
from matching.whatif_terms import Figures

LISTED = 40


@dataclass(frozen=True)
class Figure:
    """Hold one figure: its heading, its value in the scenario, and how much it changed (None: not at all)."""

    label: str
    value: str
    change: str | None


@dataclass(frozen=True)
class People:
    """Hold what may be known of sites and resources: frames by site_id and by id."""

    sites: pd.DataFrame
    resources: pd.DataFrame
    plants: Mapping[int, str]

    def site(self, site_id: int, language: Language) -> str:
        """Name a site: its company and municipality."""
        if site_id in self.plants:
            return self.plants[site_id]
        if site_id not in self.sites.index:
            return t("whatif.gone_site", language, site=site_id)
        row = self.sites.loc[site_id]
        places = regions.load().municipalities
        code = str(row["municipality"])
        place = places[code].name(language) if code in places else UNKNOWN
        name = row["name"] if isinstance(row["name"], str) else t("frame.unnamed", language)
        return f"{name}, {place}"

    def title(self, resource_id: int, titles: Mapping[int, str]) -> str:
        """Give the title of a resource."""
        return titles.get(resource_id, UNKNOWN)


ROWS = ("exchanges", "tonnes", "eur", "saved", "co2e")


def headings(language: Language) -> dict[str, str]:
    """Name the figures with their units, each by its key."""
    return {one: "t/a" if one == "tonnes" else t(f"whatif.{one}", language) for one in ROWS}


def _said(told: Figures, language: Language) -> dict[str, str]:
    return {
        "exchanges": number(told.exchanges, language),
        "tonnes": hundreds(told.tonnes, language),
        "eur": number(told.eur / 1e6, language, 2),
        "saved": number(told.saved_t, language),
        "co2e": number(told.co2e_t, language),
    }


def _changes(more: Figures, language: Language) -> dict[str, str | None]:
    return {
        "exchanges": wording.change(float(more.exchanges), language),
        "tonnes": wording.change(float(round(more.tonnes, -2)), language),
        "eur": wording.change(more.eur / 1e6, language, 2),
        "saved": wording.change(more.saved_t, language),
        "co2e": wording.change(more.co2e_t, language),
    }


def figures(answer: Answer, language: Language) -> list[Figure]:
    """Tell exchanges, tonnes, EUR and both kinds of CO2e of the scenario, each with its change."""
    told, changes = _said(answer.after, language), _changes(answer.after - answer.before, language)
    signed = {one: words.replace("-", MINUS) if words else None for one, words in changes.items()}
    return [Figure(name, told[one], signed[one]) for one, name in headings(language).items()]


def parts(answer: Answer, language: Language) -> pd.DataFrame:
    """Part the change into what breaks, what comes up, and what stays and is worth more or less; last comes all."""
    none = Figures(0, 0.0, 0.0, 0.0, 0.0)
    whole = answer.after - answer.before
    told = {
        "lost": none - answer.lost,
        "gained": answer.gained,
        "stays": whole - answer.gained - (none - answer.lost),
        "whole": whole,
    }
    rows = [
        {"": t(f"whatif.part_{name}", language)}
        | {head: (_changes(one, language)[key] or "0").replace("-", MINUS) for key, head in headings(language).items()}
        for name, one in told.items()
    ]
    return pd.DataFrame(rows)


def side_by_side(named: Sequence[tuple[str, Figures]], language: Language) -> pd.DataFrame:
    """Put scenarios beside each other, the first being today: a row a figure, a column a scenario."""
    told = [_said(one, language) for _, one in named]
    rows = {head: [one[key] for one in told] for key, head in headings(language).items()}
    names = [f"{at}. {name}" if at else name for at, (name, _) in enumerate(named)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("").reset_index()


def table(rows: pd.DataFrame, people: People, answer: Answer | None, language: Language) -> pd.DataFrame:
    """List exchanges, the largest first: what, who gives and takes, who could step in (with `answer`), t/a, km, why."""
    told = rows.assign(t=rows["tonnes"].astype(float).fillna(-1.0)).sort_values(["t", "km"], ascending=[False, True])
    titles = dict(zip(people.resources["id"], people.resources["title"], strict=True))
    out = []
    for row in told.head(LISTED).to_dict("records"):
        line = {
            "what": f"{people.title(row['have_id'], titles)} → {people.title(row['want_id'], titles)}",
            "from": people.site(int(row["from_site"]), language),
            "to": people.site(int(row["to_site"]), language),
            "tonnes": hundreds(row["tonnes"], language) if known(row["tonnes"]) else UNKNOWN,
            "km": wording.km(row["km"], language, str(row["method"])).removesuffix("km").rstrip(),
            "why": t(f"whatif.why_{row['why']}", language),
        }
        if answer is not None:
            line["instead"] = instead(row, people, answer, language)
        out.append(line)
    columns = ["from", "to", *(["instead"] if answer is not None else []), "what", "tonnes", "km", "why"]
    return pd.DataFrame(out, columns=columns)


def instead(row: Mapping[Any, Any], people: People, answer: Answer, language: Language) -> str:
    """Name up to three others for the side that is left, each with its way."""
    found = [answer.substitutes[int(str(row[own]))] for own in ("have_id", "want_id") if row[own] in answer.substitutes]
    if not found:
        return UNKNOWN
    where = dict(zip(people.resources["id"], people.resources["site_id"], strict=True))
    told = [
        f"{people.site(int(where[one]), language)} ({wording.km(float(km), language, str(method))})"
        for one, km, method in found[0][["partner_id", "km", "method"]].itertuples(index=False)
        if one in where
    ]
    return " · ".join(told) or t("whatif.nobody", language)
