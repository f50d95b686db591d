from dashboard import labels, palette
from dashboard.labels import Name


def name(text: str, x: float, y: float, clear_px: float = 10.0) -> Name:
    """Give a name whose sign stands at a pixel."""
    return Name(text, (25.0, 62.0), (x, y), clear_px)


def test_a_name_stands_to_the_right_of_its_sign_where_there_is_room() -> None:
    """Else to the left, below, above; and nowhere if all of it is taken."""
    anchors = []
    taken: list[labels.Box] = []
    for _ in range(5):
        placed = labels.place([name("Kemi", 100, 100)], taken)
        anchors += [(one.anchor, one.offset[1] > 0) for one in placed]
        taken += [one.box for one in placed]
    assert anchors == [("start", False), ("end", False), ("middle", True), ("middle", False)]


def test_names_cover_neither_one_another_nor_signs() -> None:
    """Ten signs in a row of 40 px: some names find no room, none of the others overlap."""
    names = [name("Lappeenranta", 40.0 * at, 50.0) for at in range(10)]
    signs = [labels.around(one.pixel, 10.0) for one in names]
    placed = labels.place(names, signs)
    boxes = [*signs, *(one.box for one in placed)]
    assert 0 < len(placed) < 10
    assert not any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for at, a in enumerate(boxes)
        for b in boxes[at + 1 :]
        if not (a in signs and b in signs)
    )


def test_what_is_to_be_avoided_is_covered_only_where_nothing_else_is_free() -> None:
    """A road to the right sends the name to the left; signs on the other sides bring it back onto the road."""
    road = [labels.around((130.0, 100.0), 5.0)]
    assert labels.place([name("Kemi", 100, 100)], [], road)[0].anchor == "end"
    others = [labels.around(at, 8.0) for at in ((70.0, 100.0), (100.0, 120.0), (100.0, 80.0))]
    assert labels.place([name("Kemi", 100, 100)], others, road)[0].anchor == "start"


def test_a_region_has_no_sign_and_stands_in_its_middle() -> None:
    """And each name is written once with eight copies below it."""
    placed = labels.place([name("KAINUU", 10, 10, 0.0)], [])
    assert (placed[0].anchor, placed[0].offset) == ("middle", (0.0, 0.0))
    halo, text = labels.layers("x", placed, palette.rgb("#0F1920"), palette.LIGHT)
    assert (len(halo.data), len(text.data)) == (8, 1)
