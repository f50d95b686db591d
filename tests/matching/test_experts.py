from matching import concepts, experts
from matching.experts import Expert, Need

KNOWN = concepts.load()
WOOD, PERMIT, TEXTILE = Expert(1, ("wood",), ("11",)), Expert(2, ("expert_permit",), ("01",)), Expert(3, ("textile",))


def test_who_knows_the_topic_is_suggested_and_nobody_else() -> None:
    """An expert of wood for bark, whose wider concept it is; an expert of textiles for nothing."""
    found = experts.suggest([WOOD, PERMIT, TEXTILE], Need({"bark": 1.0}, (), ("11",)), KNOWN)
    assert [one.expert_id for one in found] == [1]
    assert [(one.ground, one.competency, one.concept) for one in found[0].reasons] == [("near", "wood", "bark")]
    assert found[0].regions == ("11",)


def test_what_holds_a_synergy_up_is_asked_about_first() -> None:
    """Where a permit is missing, the expert of permits stands before the one who knows the material."""
    obstacle = experts.obstacles("permit", "", "fi", KNOWN)
    found = experts.suggest([WOOD, PERMIT, TEXTILE], Need({"wood": 1.0}, obstacle), KNOWN)
    assert [one.expert_id for one in found] == [2, 1]
    assert found[0].reasons[0].ground == "obstacle"
    assert found[1].reasons[0].ground == "topic"


def test_an_obstacle_is_read_from_the_notes() -> None:
    """A note of an environmental permit calls for whoever knows permits, a note of a lunch for nobody."""
    assert "expert_permit" in experts.obstacles(None, "Odottaa ympäristölupaa.", "fi", KNOWN)
    assert experts.obstacles(None, "Soitetaan maanantaina.", "fi", KNOWN) == ()


def test_whoever_takes_part_is_not_suggested_again_and_a_near_one_comes_first() -> None:
    """Of two with the same know-how, the one who works in the region of a side."""
    far = Expert(4, ("wood",), ("19",))
    need = Need({"wood": 1.0}, (), ("11",))
    assert [one.expert_id for one in experts.suggest([far, WOOD], need, KNOWN)] == [1, 4]
    assert [one.expert_id for one in experts.suggest([far, WOOD], need, KNOWN, without=[1])] == [4]


def test_a_competency_that_is_no_concept_says_nothing() -> None:
    """A word of old data is passed over."""
    assert experts.suggest([Expert(5, ("tuhkat",))], Need({"ash": 1.0}), KNOWN) == ()
