"""A what-if view in words: figures before and after, what broke and what came up, who could step in; from frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.wording import UNKNOWN, hundreds, known, number, t
from geo import regions
from matching.whatif import Answer, Figures

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


def figures(answer: Answer, language: Language) -> list[Figure]:
    """Tell exchanges, tonnes, EUR and CO2e of the scenario, each with its change."""
    more = answer.after - answer.before
    return [
        Figure(
            t("whatif.exchanges", language),
            number(answer.after.exchanges, language),
            wording.change(float(more.exchanges), language),
        ),
        Figure("t/a", hundreds(answer.after.tonnes, language), wording.change(more.tonnes, language)),
        Figure(
            t("whatif.eur", language),
            number(answer.after.eur / 1e6, language, 2),
            wording.change(more.eur / 1e6, language, 2),
        ),
        Figure(
            t("whatif.co2e", language), number(answer.after.co2e_t, language), wording.change(more.co2e_t, language)
        ),
    ]


def side_by_side(named: Sequence[tuple[str, Figures]], language: Language) -> pd.DataFrame:
    """Put scenarios beside each other, the first being today: a row a figure, a column a scenario."""
    rows = {
        t("whatif.exchanges", language): [number(one.exchanges, language) for _, one in named],
        "t/a": [hundreds(one.tonnes, language) for _, one in named],
        t("whatif.eur", language): [number(one.eur / 1e6, language, 2) for _, one in named],
        t("whatif.co2e", language): [number(one.co2e_t, language) for _, one in named],
    }
    names = [f"{at}. {name}" if at else name for at, (name, _) in enumerate(named)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("").reset_index()


def table(rows: pd.DataFrame, people: People, answer: Answer | None, language: Language) -> pd.DataFrame:
    """List exchanges, the largest first: offer, need, sides, t/a, km, why, and who could step in (with `answer`)."""
    told = rows.assign(t=rows["tonnes"].astype(float).fillna(-1.0)).sort_values(["t", "km"], ascending=[False, True])
    titles = dict(zip(people.resources["id"], people.resources["title"], strict=True))
    out = []
    for row in told.head(LISTED).to_dict("records"):
        line = {
            "offer": people.title(row["have_id"], titles),
            "from": people.site(int(row["from_site"]), language),
            "need": people.title(row["want_id"], titles),
            "to": people.site(int(row["to_site"]), language),
            "tonnes": hundreds(row["tonnes"], language) if known(row["tonnes"]) else UNKNOWN,
            "km": wording.km(row["km"], language, str(row["method"])),
            "why": t(f"whatif.why_{row['why']}", language),
        }
        if answer is not None:
            line["instead"] = _instead(row, people, answer, language)
        out.append(line)
    columns = ["offer", "need", "tonnes", "km", *(["instead"] if answer is not None else []), "from", "to", "why"]
    return pd.DataFrame(out, columns=columns)


def _instead(row: Mapping[Any, Any], people: People, answer: Answer, language: Language) -> str:
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
