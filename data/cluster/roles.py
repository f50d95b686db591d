"""The roles under which the app works, below the owner's, in the private server.

`synergia_app` reads and writes what row-level security lets a viewer, `synergia_screen` only reads it. The app's pool
logs in as `synergia_app`, so that no fault of it gets further; a cluster made before there were roles gets them at its
next start.
"""

import secrets

from data.cluster.layout import Layout

APP = "synergia_app"
SCREEN = "synergia_screen"

# Row-level security comes before any function that might betray a row by what it says of it. These say nothing; as
# long as the server does not know it, no index finds a distance or a word. Only a superuser may tell it.
LEAKPROOF = (
    "st_dwithin(geometry, geometry, double precision)",
    "geometry_overlaps(geometry, geometry)",
    "st_expand(geometry, double precision)",
    "ts_match_vq(tsvector, tsquery)",
    "textlike(text, text)",
    "texticlike(text, text)",
)


def leakproof() -> str:
    """Give the statements that a database, or the template of all later ones, needs; one a line."""
    return "".join(f"ALTER FUNCTION {function} LEAKPROOF\n" for function in LEAKPROOF)


def made(password: str, owner: str) -> str:
    """Give the statements that make the roles of the server, or as much of them as is missing; one a line."""
    wanted = (
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{0}') THEN CREATE ROLE {0}; END IF; END $$\n"
    )
    return (
        wanted.format(SCREEN) + wanted.format(APP) + f"ALTER ROLE {APP} LOGIN PASSWORD '{password}'\n"
        f"GRANT {SCREEN} TO {APP}\n"
        f"GRANT {APP} TO {owner}\n"
    )


def new_password() -> str:
    """Make up a password that nobody ever types."""
    return secrets.token_hex(24)


def missing(files: Layout) -> bool:
    """Tell whether the cluster was made before there were roles."""
    return not files.app_password.exists()
