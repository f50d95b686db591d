"""Which material a concept is, as far as the factors know it; and what may go to a landfill."""

from collections.abc import Iterable, Iterator

from matching import concepts

# Concept -> the name of its factors: virgin.<name> to make it anew, again.<name> to make it of what was used.
FACTORED = {
    "wood": "wood",
    "plastic": "plastic",
    "polyethylene": "plastic",
    "polypropylene": "plastic",
    "pet_ps": "plastic",
    "pvc": "plastic",
    "plastic_film": "plastic_film",
    "glass": "glass",
    "recovered_paper": "paper",
    "cardboard": "board",
    "metal": "metal",
    "aluminium": "aluminium",
    "concrete": "concrete",
    "gypsum_board": "plasterboard",
    "rubber_tyre": "tyres",
}
# Named after a material, and no longer it.
NO_LONGER = frozenset({
    "glass_fibre_waste", "glass_polish_sludge", "concrete_slurry", "wood_ash", "paper_reject", "metal_hydroxide_sludge",
})  # fmt: skip
# What does not rot and does not burn; all else may not go to a landfill (Government Decree 331/2013, section 28).
MINERAL = frozenset({
    "ash", "asphalt_material", "brick_tile", "cement_dust", "clay", "concrete", "dimension_stone", "glass",
    "gravel_rock", "green_liquor_sludge", "gypsum", "limestone", "mineral_wool", "sand", "slag", "smelter_dust",
    "soapstone_talc", "stone_fines", "surplus_soil",
})  # fmt: skip
BURNT = frozenset({"energy_use", "fuel"})


def replaced(have: Iterable[str], want: Iterable[str]) -> str | None:
    """Name the factors of what both sides call by the same material; None where it is to be burnt, or no factor is."""
    wanted = set(want)
    uses = {one for concept in wanted for one in _up(concept)}
    if uses & BURNT:
        return None
    named = {concept: _factored(concept) for concept in have}
    needed = {_factored(concept) for concept in wanted} - {None}
    return next((name for name in named.values() if name is not None and name in needed), None)


def mineral(have: Iterable[str]) -> bool:
    """Tell whether all that is known of it is mineral."""
    table = concepts.load().concepts
    told = [one for one in have if one in table and table[one].kind == "material"]
    return bool(told) and all(any(up in MINERAL for up in _up(one)) for one in told)


def _factored(concept: str) -> str | None:
    for one in _up(concept):
        if one in NO_LONGER:
            return None
        if one in FACTORED:
            return FACTORED[one]
    return None


def _up(concept: str) -> Iterator[str]:
    """Give a concept and its wider ones, the nearest first."""
    table, waiting, seen = concepts.load().concepts, [concept], set[str]()
    while waiting:
        one = waiting.pop(0)
        if one in table and one not in seen:
            seen.add(one)
            yield one
            waiting.extend(table[one].broader)
