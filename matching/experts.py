"""Whom to ask about a synergy that is stuck: experts who know what it is about, or what stands in its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from matching.concepts import Taxonomy

# Who helps with what a synergy lapses for; a judgement of this project, from the reasons that DOMAIN.md names.
REMEDIES: Mapping[str, tuple[str, ...]] = {
    "price": ("business_models", "funding_expert"),
    "quality": ("quality_expert", "lab_analysis", "expert_eow"),
    "quantity": ("process_expert", "logistics_expert"),
    "distance": ("logistics_expert",),
    "permit": ("expert_permit", "expert_eow", "mara_expert", "fertiliser_law"),
    "withdrawn": ("contract_law", "business_models"),
}
OBSTACLE_WEIGHT = 1.2  # what holds a synergy up is asked about before what it is about
REGION_WEIGHT = 0.2
LEAST = 0.25  # of a topic: half of a half is the farthest that still says something

Ground = Literal["topic", "near", "obstacle"]


@dataclass(frozen=True)
class Expert:
    """Hold what decides whether somebody is asked; no region: works everywhere."""

    id: int
    competencies: tuple[str, ...]
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Need:
    """Say what a synergy is about (concept -> how much), what stands in its way, and where its sides are."""

    topics: Mapping[str, float]
    obstacles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Say by which competency somebody helps, and with what of the synergy."""

    ground: Ground
    competency: str
    concept: str
    weight: float


@dataclass(frozen=True)
class Suggestion:
    """Name an expert, the strength of the suggestion, the reasons (the strongest first) and the regions in common."""

    expert_id: int
    score: float
    reasons: tuple[Reason, ...]
    regions: tuple[str, ...]


def obstacles(reason: str | None, words: str, language: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Give the know-how that an obstacle calls for: of the reason for a lapse, and of what notes say in words."""
    named = taxonomy.tags(words, language) if words.strip() else {}
    told = [one for one in named if taxonomy.concepts[one].kind == "expertise"]
    return tuple(dict.fromkeys((*REMEDIES.get(reason or "", ()), *told)))


def suggest(
    experts: Iterable[Expert], need: Need, taxonomy: Taxonomy, most: int = 3, without: Sequence[int] = ()
) -> tuple[Suggestion, ...]:
    """Rank the experts who know a topic or an obstacle of a synergy, the best first; `without` take part already."""
    found = [_suggestion(one, need, taxonomy) for one in experts if one.id not in set(without)]
    ranked = sorted((one for one in found if one.reasons), key=lambda one: (-one.score, one.expert_id))
    return tuple(ranked[:most])


def _suggestion(expert: Expert, need: Need, taxonomy: Taxonomy) -> Suggestion:
    reasons = [one for competency in expert.competencies if (one := _best(competency, need, taxonomy)) is not None]
    reasons.sort(key=lambda one: (-one.weight, one.competency))
    here = tuple(sorted(set(expert.regions) & set(need.regions)))
    # The second competency says less than the first: two words for the same know-how are not twice of it.
    score = sum(one.weight / (place + 1) for place, one in enumerate(reasons))
    everywhere = not expert.regions
    return Suggestion(expert.id, score + (REGION_WEIGHT if here or everywhere else 0.0), tuple(reasons), here)


def _best(competency: str, need: Need, taxonomy: Taxonomy) -> Reason | None:
    if competency not in taxonomy.concepts:
        return None
    met = [
        Reason("obstacle", competency, one, OBSTACLE_WEIGHT * share)
        for one in need.obstacles
        if (share := _share(competency, one, taxonomy)) >= LEAST
    ]
    for topic, weight in need.topics.items():
        share = _share(competency, topic, taxonomy)
        if share >= LEAST:
            met.append(Reason("topic" if competency == topic else "near", competency, topic, share * weight))
    return max(met, key=lambda one: (one.weight, one.concept), default=None)


def _share(competency: str, concept: str, taxonomy: Taxonomy) -> float:
    """Tell how near a competency is to a concept: itself, the wider one or a use of it, or a narrower one."""
    near = taxonomy.tagger.near
    return max(near.get(concept, {}).get(competency, 0.0), near.get(competency, {}).get(concept, 0.0))
