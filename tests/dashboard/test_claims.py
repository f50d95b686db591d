import pytest

from config.sign_in import SignIn
from dashboard import claims
from data.viewer import Role

WHO = {"sub": "a1", "iat": 1_795_000_000, "name": " Maija \n Meikäläinen "}


def role(told: object, **settings: str) -> Role:
    """Give the role that a claim means."""
    found = claims.read({**WHO, "synergia_role": told}, SignIn.model_validate(settings))
    assert found is not None
    return found.role


@pytest.mark.parametrize("missing", ["sub", "iat"])
def test_claims_that_tell_nobody_are_none(missing: str) -> None:
    """Without a subject or a time nobody has signed in."""
    assert claims.read({key: value for key, value in WHO.items() if key != missing}, SignIn()) is None
    assert claims.read({**WHO, missing: ["x"]}, SignIn()) is None


def test_the_name_is_one_line() -> None:
    """It stands in the history; whoever has none goes by the provider's own mark."""
    found = claims.read(WHO, SignIn())
    assert found is not None
    assert found.name == "Maija Meikäläinen"
    bare = claims.read({"sub": "a1", "iat": 5, "name": "  ", "email": 7}, SignIn())
    assert bare is not None
    assert bare.name == "a1"


@pytest.mark.parametrize("told", [None, "", "boss", "system", "NATIONAL", 7, {"national": True}, []])
def test_without_a_known_role_one_is_the_public(told: object) -> None:
    """Nothing but an exact role opens anything, and nobody becomes the program itself."""
    assert role(told) is Role.PUBLIC


def test_of_several_roles_the_widest_counts() -> None:
    """As a list, or in one text."""
    assert role(["planner", "regional"]) is Role.REGIONAL
    assert role("screen, planner") is Role.PLANNER


def test_groups_mean_what_the_settings_say() -> None:
    """Once groups are named the roles' own names mean nothing."""
    named = {"oidc_roles": "Motiva=national; Alueet=regional"}
    assert role(["Alueet"], **named) is Role.REGIONAL
    assert role(["national"], **named) is Role.PUBLIC


def test_a_claim_may_lie_within_others() -> None:
    """As Keycloak tells its roles; a name with a dot in it is found as well."""
    chosen = SignIn(oidc_role_claim="realm_access.roles", oidc_region_claim="https://kartta.fi/regions")
    told = {**WHO, "realm_access": {"roles": ["regional"]}, "https://kartta.fi/regions": ["06", "6", "x", "06", "11"]}
    found = claims.read(told, chosen)
    assert found is not None
    assert (found.role, found.regions) == (Role.REGIONAL, ("06", "11"))
