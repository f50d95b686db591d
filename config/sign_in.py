"""The settings of those who sign in: the provider, what its claims mean here, and the secrets that go with it."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, SecretStr, model_validator

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ROLES = ("national", "regional", "planner", "company", "screen", "public")


def _address(value: str | None) -> str | None:
    """Refuse what is no address, and plain http to anywhere but this machine: a token on its way could be read."""
    if value is None:
        return None
    parts = urlsplit(value)
    if parts.hostname is None or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        message = "must be an address that begins with https://"
        raise ValueError(message)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        message = "must begin with https://; http:// is for this machine only"
        raise ValueError(message)
    return value.rstrip("/")


Address = Annotated[str | None, AfterValidator(_address)]


class SignIn(BaseModel):
    """Hold what an organisation sets so that its people sign in; without an issuer the app is in local mode."""

    public_url: Address = Field(default=None, description="Address by which people open the app behind the proxy")
    oidc_issuer: Address = Field(
        default=None, description="OpenID Connect issuer; empty: local mode, one person at this machine"
    )
    oidc_client_id: str = Field(default="", description="Name of this app at the issuer")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Its secret there")
    oidc_client_secret_file: Path | None = Field(default=None, description="A file that holds the secret instead")
    oidc_role_claim: str = Field(
        default="synergia_role", description="Claim that tells the role; dots reach into claims within claims"
    )
    oidc_roles: str = Field(
        default="",
        description="Which values of the claim mean which role, as group=national;other=planner; empty: its own names",
    )
    oidc_region_claim: str = Field(default="synergia_regions", description="Claim with the codes of one's regions")
    oidc_organisation_claim: str = Field(
        default="synergia_business_id", description="Claim with the business ID of a company user's company"
    )
    trusted_proxies: str = Field(
        default="127.0.0.1", description="Addresses or networks of the proxies whose word on who asks is taken"
    )
    session_hours: float = Field(default=10, gt=0, le=24 * 30, description="Hours after which one signs in again")
    cookie_secret: SecretStr = Field(
        default=SecretStr(""), description="Key that signs cookies; empty: one is made and kept in the home"
    )
    cookie_secret_file: Path | None = Field(default=None, description="A file that holds the key instead")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Token that opens /metrics to others than this machine"
    )
    metrics_token_file: Path | None = Field(default=None, description="A file that holds the token instead")

    @model_validator(mode="after")
    def _whole(self) -> "SignIn":
        """Refuse half a provider, and roles that there are not."""
        if self.oidc_issuer is not None:
            secret = self.oidc_client_secret.get_secret_value() or self.oidc_client_secret_file
            lacking = [
                name
                for name, value in (
                    ("SYNERGIA_OIDC_CLIENT_ID", self.oidc_client_id),
                    ("SYNERGIA_OIDC_CLIENT_SECRET", secret),
                    ("SYNERGIA_PUBLIC_URL", self.public_url),
                )
                if not value
            ]
            if lacking:
                message = "SYNERGIA_OIDC_ISSUER needs " + ", ".join(lacking)
                raise ValueError(message)
        if unknown := set(self.roles_meant.values()) - set(ROLES):
            message = f"SYNERGIA_OIDC_ROLES names {', '.join(sorted(unknown)) or 'no role'}; known: {', '.join(ROLES)}"
            raise ValueError(message)
        return self

    @property
    def roles_meant(self) -> dict[str, str]:
        """Tell which value of the role claim means which role; empty: the roles' own names are told."""
        pairs = (pair.rpartition("=") for pair in self.oidc_roles.split(";") if pair.strip())
        return {told.strip(): role.strip() for told, _, role in pairs}

    @property
    def local(self) -> bool:
        """Tell whether this is the app of one person at this machine."""
        return self.oidc_issuer is None

    @property
    def secure(self) -> bool:
        """Tell whether people reach the app over TLS, so that cookies need never go without."""
        return (self.public_url or "").startswith("https://")

    @property
    def public_host(self) -> str:
        """Give the name in the public address; empty when there is none."""
        return urlsplit(self.public_url or "").hostname or ""
