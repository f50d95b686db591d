import pytest

from dashboard.live import screen


@pytest.mark.parametrize(
    ("address", "only_here"),
    [
        ("http://localhost:8501/entry?t=A", True),
        ("http://127.0.0.1:8600/entry", True),
        ("http://[::1]:8600/entry", True),
        ("http://192.168.1.20:8600/entry", False),
        ("https://synergiakartta.example/entry", False),
    ],
)
def test_an_address_that_leads_no_telephone_anywhere_is_told(address: str, only_here: bool) -> None:  # noqa: FBT001 - a case
    """The screen then says what to set, instead of an address that nobody can open."""
    assert screen.loopback(address) is only_here
