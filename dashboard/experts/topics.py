"""What a synergy is about and what holds it up, as the matcher reads them."""

from collections.abc import Mapping
from typing import Any

from config.texts import Language
from matching import experts
from matching.concepts import Taxonomy
from matching.experts import Need


def need(topic: Mapping[str, Any], taxonomy: Taxonomy, language: Language) -> Need:
    """Read the concepts of both sides, and the obstacle from the reason and the notes."""
    topics: dict[str, float] = {}
    for side in ("have", "want"):
        for one, weight in _read(topic, side, taxonomy).items():
            topics[one] = max(weight, topics.get(one, 0.0))
    words = f"{topic['note'] or ''}. {topic['next_step'] or ''}"
    obstacles = experts.obstacles(topic["lapse_reason"], words, language, taxonomy)
    return Need(topics, obstacles, tuple(dict.fromkeys(topic["regions"])))


def _read(topic: Mapping[str, Any], side: str, taxonomy: Taxonomy) -> Mapping[str, float]:
    corrected = [one for one in topic[f"{side}_concepts"] or () if one in taxonomy.concepts]
    if corrected:
        return dict.fromkeys(corrected, 1.0)
    words = f"{topic[f'{side}_title']}. {topic[f'{side}_description']}"
    return taxonomy.tags(words, str(topic[f"{side}_language"]))
