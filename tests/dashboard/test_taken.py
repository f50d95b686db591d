"""A file is for the one for whom it was made."""

from dashboard import taken
from data.viewer import Role, Viewer

MAIJA, RISTO = Viewer("Maija", Role.NATIONAL), Viewer("Risto", Role.REGIONAL, ("11",))


def test_a_file_is_for_those_for_whom_it_was_made() -> None:
    """Two may have made the same; what nobody made, as a picture of the page, is for all."""
    taken.note(b"rows", MAIJA)
    assert taken.is_for(b"rows", MAIJA)
    assert not taken.is_for(b"rows", RISTO)
    assert not taken.is_for(b"rows", None)
    taken.note(b"rows", RISTO)
    assert taken.is_for(b"rows", RISTO)
    assert taken.is_for(b"logo", None)
