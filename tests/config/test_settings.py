import pytest

from config import settings
from config.errors import SettingsProblem


def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that makes no sense is refused with its name, and not with a traceback of a library."""
    monkeypatch.setenv("SYNERGIA_PORT", "eight")
    settings.load.cache_clear()
    with pytest.raises(SettingsProblem) as refused:
        settings.load()
    settings.load.cache_clear()
    assert refused.value.values["name"] == "SYNERGIA_PORT"


def test_two_checkouts_have_two_homes() -> None:
    """The home of a checkout carries a mark of its path."""
    assert settings.Settings().home.parent.name == "synergiakartta"
