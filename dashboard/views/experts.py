"""What is said of experts: who they are, why one is suggested, and who came into a synergy and left; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from config.texts import Language
from dashboard import wording
from dashboard.views.history import moment
from dashboard.views.records import Record, records
from geo.regions import Regions
from matching.concepts import Taxonomy
from matching.experts import Expert, Suggestion

NAMED_MAX = 3


@dataclass(frozen=True)
class Row:
    """Say of one expert what a row shows; `all` the regions where none is named."""

    id: int
    version: int
    name: str
    organisation: str
    know_how: str
    where: str
    email: str
    demo: bool
    synergies: int


def concept(one: str, taxonomy: Taxonomy, language: Language) -> str:
    """Name a concept; what is none stands as it is."""
    known = taxonomy.concepts.get(one)
    return known.name(language) if known else one.replace("_", " ")


def concepts(ids: Iterable[str] | None, taxonomy: Taxonomy, language: Language) -> str:
    """Name concepts in a row."""
    return ", ".join(concept(one, taxonomy, language) for one in ids or ())


def places(codes: Sequence[str] | None, regions: Regions, language: Language) -> str:
    """Name the regions in which somebody works: at most three, then how many more; all where none is named."""
    names = sorted(regions.regions[code].name(language) for code in codes or () if code in regions.regions)
    if not names:
        return wording.t("experts.everywhere", language)
    more = f" +{len(names) - NAMED_MAX}" if len(names) > NAMED_MAX else ""
    return ", ".join(names[:NAMED_MAX]) + more


def rows(pool: pd.DataFrame, taxonomy: Taxonomy, regions: Regions, language: Language) -> list[Row]:
    """Make the rows of experts in the order given."""
    return [
        Row(
            id=int(one["id"]),
            version=int(one["version"]),
            name=str(one["name"]),
            organisation=str(one["organisation"] or ""),
            know_how=wording.capital(concepts(one["competencies"], taxonomy, language)),
            where=places(one["regions"], regions, language),
            email=str(one["email"]),
            demo=bool(one["demo"]),
            synergies=int(one["synergies"]),
        )
        for one in records(pool)
    ]


def chosen(pool: pd.DataFrame, concept_id: str, region: str, taxonomy: Taxonomy) -> pd.DataFrame:
    """Keep those who know a concept or what it is near to, and work in a region; an empty choice keeps all."""
    keep = [_knows(one, concept_id, taxonomy) and _works(one, region) for one in records(pool)]
    return pool[keep] if len(pool) else pool


def _knows(one: Record, concept_id: str, taxonomy: Taxonomy) -> bool:
    near = taxonomy.tagger.near
    around = near.get(concept_id, {})
    return not concept_id or any(own in around or concept_id in near.get(own, {}) for own in one["competencies"] or ())


def _works(one: Record, region: str) -> bool:
    return not region or not list(one["regions"] or ()) or region in one["regions"]


def serving(pool: pd.DataFrame, regions: Regions) -> dict[str, int]:
    """Count the experts who work in each region."""
    told = records(pool)
    return {code: sum(_works(one, code) for one in told) for code in regions.regions}


def offered(pool: pd.DataFrame) -> list[Expert]:
    """Give the experts as the matcher reads them."""
    return [Expert(int(one["id"]), tuple(one["competencies"]), tuple(one["regions"])) for one in records(pool)]


def reason(suggestion: Suggestion, taxonomy: Taxonomy, regions: Regions, language: Language) -> str:
    """Say why somebody is suggested, in parts: the topic, what is near to it, the obstacle, the regions."""
    parts = []
    for ground in ("obstacle", "topic", "near"):
        met = [one for one in suggestion.reasons if one.ground == ground][:NAMED_MAX]
        if not met:
            continue
        known = concepts(dict.fromkeys(one.competency for one in met), taxonomy, language)
        about = concepts(dict.fromkeys(one.concept for one in met), taxonomy, language)
        parts.append(wording.t(f"experts.reason_{ground}", language, known=known, about=about))
    if suggestion.regions:
        parts.append(
            wording.t("experts.reason_region", language, regions=places(suggestion.regions, regions, language))
        )
    return " · ".join(parts)


def history(told: pd.DataFrame, language: Language) -> list[str]:
    """Say who brought whom into a synergy or out of it, and when."""
    nobody = wording.t("person.erased", language)
    return [
        wording.t(
            "experts.left" if one["operation"] == "DELETE" else "experts.joined",
            language,
            name=one["name"] or nobody,
            user=one["changed_by"] or wording.t("experts.somebody", language),
            time=moment(one["changed_at"], language),
        )
        for one in records(told)
        if one["operation"] != "UPDATE"
    ]


def sentence(found: int, pool: int, language: Language) -> str:
    """Say how many experts there are and how many meet the filters."""
    if found == pool:
        return wording.rich("experts.sentence_all", language, pool=wording.number(pool, language))
    told = {"pool": wording.number(pool, language), "found": wording.number(found, language)}
    return wording.rich("experts.sentence", language, **told)
