import pytest
from pydantic import ValidationError

from config.sign_in import SignIn

WHOLE = {
    "public_url": "https://kartta.example.fi/",
    "oidc_issuer": "https://id.example.fi",
    "oidc_client_id": "synergia",
    "oidc_client_secret": "hush",
}


def test_without_an_issuer_the_app_is_local() -> None:
    """One person at this machine, and no TLS to keep cookies to."""
    assert SignIn().local
    assert not SignIn().secure


def test_a_whole_provider_is_taken() -> None:
    """The public address gives the host's name and whether cookies keep to TLS; the secret shows in no text."""
    chosen = SignIn(**WHOLE)
    assert (chosen.local, chosen.secure, chosen.public_host) == (False, True, "kartta.example.fi")
    assert chosen.public_url == "https://kartta.example.fi"
    assert "hush" not in repr(chosen)


@pytest.mark.parametrize("lacking", ["public_url", "oidc_client_id", "oidc_client_secret"])
def test_half_a_provider_is_refused(lacking: str) -> None:
    """An issuer alone would let nobody in: the refusal names what is not set."""
    with pytest.raises(ValidationError, match=f"SYNERGIA_{lacking.upper()}"):
        SignIn(**{**WHOLE, lacking: None if lacking == "public_url" else ""})


@pytest.mark.parametrize("address", ["http://id.example.fi", "ftp://id.example.fi", "id.example.fi", "https://a/?b=c"])
def test_tokens_travel_over_tls_only(address: str) -> None:
    """Plain http is for this machine, and no other address is one."""
    with pytest.raises(ValidationError, match="https://"):
        SignIn(**{**WHOLE, "oidc_issuer": address})
    assert SignIn(**{**WHOLE, "oidc_issuer": "http://localhost:9400"}).oidc_issuer == "http://localhost:9400"


def test_roles_are_known_ones() -> None:
    """A group that means a role that there is not is refused; the program's own role can't be given to anybody."""
    assert SignIn(oidc_roles="Motiva = national; Alueet=regional;").roles_meant == {
        "Motiva": "national",
        "Alueet": "regional",
    }
    for wrong in ("Motiva=boss", "Motiva=system", "Motiva"):
        with pytest.raises(ValidationError, match="known: national"):
            SignIn(oidc_roles=wrong)
