"""What a provider's claims mean here: who somebody is, in which role, and for which regions or company."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from config.sign_in import ROLES, SignIn
from dashboard.local_name import clean
from data.viewer import Role

Claims = Mapping[str, object]
REGION = re.compile(r"\d{2}")


@dataclass(frozen=True)
class Person:
    """Hold what the claims say of somebody; `issued_at` is the second of the sign-in by the provider's clock."""

    subject: str
    name: str
    issued_at: int
    role: Role = Role.PUBLIC
    regions: tuple[str, ...] = ()
    business_id: str = ""


def read(claims: Claims, chosen: SignIn) -> Person | None:
    """Understand claims; None where they don't even say who it is, or when."""
    subject, issued_at = claims.get("sub"), claims.get("iat")
    if not isinstance(subject, str) or not subject or isinstance(issued_at, bool) or not isinstance(issued_at, int):
        return None
    return Person(
        subject,
        _name(claims, subject),
        issued_at,
        _role(claims, chosen),
        tuple(sorted({code for code in _texts(claims, chosen.oidc_region_claim) if REGION.fullmatch(code)})),
        next(iter(_texts(claims, chosen.oidc_organisation_claim)), ""),
    )


def _name(claims: Claims, subject: str) -> str:
    told = (claims.get(claim) for claim in ("name", "preferred_username", "email"))
    return clean(next((name for name in told if isinstance(name, str) and name.strip()), subject))


def _role(claims: Claims, chosen: SignIn) -> Role:
    """Take the widest of the roles that are told; whoever is told none is the public."""
    told, named = _texts(claims, chosen.oidc_role_claim), chosen.roles_meant
    meant = {named.get(value, "") for value in told} if named else set(told)
    return Role(next((role for role in ROLES if role in meant), Role.PUBLIC))


def _texts(claims: Claims, path: str) -> list[str]:
    """Give the texts of a claim, whether it is one, a list, or several with commas or spaces between."""
    found: object = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return [part for part in re.split(r"[\s,;]+", found) if part]
    return [one.strip() for one in found if isinstance(one, str)] if isinstance(found, list) else []
