from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from config import secrecy
from config.errors import SettingsProblem
from config.settings import Settings


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    """Give the settings of an organisation, with a secret in a file of tight permissions."""
    file = tmp_path / "secret"
    file.write_text("hush\n")
    file.chmod(0o640)
    return Settings(
        home=tmp_path,
        public_url="https://kartta.example.fi",
        oidc_issuer="https://id.example.fi",
        oidc_client_id="synergia",
        oidc_client_secret_file=file,
    )


def test_a_secret_comes_from_its_file(chosen: Settings) -> None:
    """Without the line's end."""
    assert secrecy.client_secret(chosen) == "hush"


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602])
def test_a_file_open_to_all_is_refused(chosen: Settings, mode: int) -> None:
    """Whoever is on the machine could read or change it: the sentence names the file and never the secret."""
    file = chosen.oidc_client_secret_file
    assert file is not None
    file.chmod(mode)
    with pytest.raises(SettingsProblem) as refused:
        secrecy.check(chosen)
    assert (refused.value.key, refused.value.values) == ("settings.secret_open", {"file": file})


def test_a_file_that_is_not_there_is_said(chosen: Settings, tmp_path: Path) -> None:
    """And no empty secret is used instead."""
    with pytest.raises(SettingsProblem) as refused:
        secrecy.client_secret(chosen.model_copy(update={"oidc_client_secret_file": tmp_path / "none"}))
    assert refused.value.key == "settings.secret_unread"


def test_the_key_of_cookies_is_made_once(chosen: Settings) -> None:
    """Processes that start at once end up with the same key, in a file for the owner only."""
    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(secrecy.cookie_secret, [chosen] * 16))
    (key,) = keys
    assert len(key) >= secrecy.LENGTH_MIN
    assert (chosen.home / "cookie_secret").stat().st_mode & 0o077 == 0
    assert not list(chosen.home.glob(".cookie_secret.*"))


def test_a_key_that_can_be_guessed_is_refused(chosen: Settings) -> None:
    """Whoever guesses it signs cookies as anybody."""
    with pytest.raises(SettingsProblem) as refused:
        secrecy.cookie_secret(chosen.model_copy(update={"cookie_secret": SecretStr("short")}))
    assert refused.value.key == "settings.secret_short"
