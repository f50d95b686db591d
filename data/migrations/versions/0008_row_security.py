"""Row-level security: who reads, adds and changes which rows of the tables themselves; and what the roles are granted.

A row of `organisation`, `site`, `resource` and `synergy` is here for those alone who may know all of it; others read
the views of 0007. Nothing is ever deleted by the program's roles, but an expert's part in a synergy: deletion is soft.
"""

from typing import NamedTuple

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


class Rule(NamedTuple):
    """Say by a condition each who reads a table's rows, who adds and who changes them; None: nobody.

    `keep` is what a changed row must still meet, where that is less than may be changed.
    """

    read: str
    add: str | None = None
    change: str | None = None
    keep: str | None = None


NATIONAL = "(SELECT viewer_in('national'))"
COORDINATORS = "(SELECT viewer_in('national', 'regional'))"
PROGRAM = "(SELECT viewer_in('national', 'regional', 'system'))"
REGIONAL = "(SELECT viewer_in('regional'))"
COMPANY = "(SELECT viewer_in('company'))"
SIGNED_IN = "(SELECT viewer_in('national', 'regional', 'planner', 'company', 'screen'))"
ANYBODY = "(SELECT viewer_told()) <> 'nobody'"
OWN_SITES = "(SELECT viewer_in('regional', 'company')) AND {} IN (SELECT own_sites())"
OWN_COMPANY = f"{COMPANY} AND {{}} = (SELECT viewer_organisation())"
IN_REGION = f"{REGIONAL} AND region_code = ANY((SELECT viewer_regions())::text[])"
SERVED = f"{REGIONAL} AND serves(organisation_id)"
SYNERGY = f"{NATIONAL} OR ({REGIONAL} AND works_on(synergy_id))"
BY_ME = (
    "(SELECT viewer_in('regional', 'company')) AND imported_by IS NOT NULL"
    " AND imported_by = (SELECT current_setting('synergia.user', true))"
)
OF_SYNERGY = (
    f"{NATIONAL} OR (SELECT viewer_in('system')) OR ({REGIONAL} AND EXISTS (SELECT FROM synergy y WHERE y.id = synergy_id))"
)
_ORGANISATION = f"{NATIONAL} OR ({REGIONAL} AND serves(id)) OR ({OWN_COMPANY.format('id')})"
# A company does not delete itself, nor a coordinator one that has sites in other regions.
_KEPT_ORGANISATION = (
    f"{NATIONAL} OR ({REGIONAL} AND serves(id) AND (deleted_at IS NULL OR serves_alone(id)))"
    f" OR ({OWN_COMPANY.format('id')} AND deleted_at IS NULL)"
)
_SITE = f"{NATIONAL} OR ({IN_REGION}) OR ({OWN_COMPANY.format('organisation_id')})"
_RESOURCE = f"{NATIONAL} OR ({OWN_SITES.format('site_id')})"
_VISIBLE = "have_id NOT IN (SELECT hidden_resources()) AND want_id NOT IN (SELECT hidden_resources())"
_PAIR = f"{NATIONAL} OR ({REGIONAL} AND (owns_resource(have_id) OR owns_resource(want_id)) AND {_VISIBLE})"
_REGIONAL_ROW = f"{NATIONAL} OR ({IN_REGION})"

RULES = {
    "organisation": Rule(
        f"{COORDINATORS} OR ({OWN_COMPANY.format('id')})", COORDINATORS, _ORGANISATION, _KEPT_ORGANISATION
    ),
    "site": Rule(
        f"{NATIONAL} OR ({OWN_SITES.format('id')}) OR ({REGIONAL} AND visibility = 'exact')"
        # What was added a moment ago is in no set yet.
        f" OR ({IN_REGION}) OR ({OWN_COMPANY.format('organisation_id')})",
        _SITE,
        _SITE,
    ),
    "resource": Rule(
        f"{NATIONAL} OR (visibility IN ('public', 'network') AND {REGIONAL}) OR ({OWN_SITES.format('site_id')})",
        _RESOURCE,
        _RESOURCE,
    ),
    "resource_year": Rule(
        f"{NATIONAL} OR (SELECT viewer_in('system')) OR EXISTS (SELECT FROM shown_resource r WHERE r.id = resource_id)",
        f"{NATIONAL} OR owns_resource(resource_id)",
        f"{NATIONAL} OR owns_resource(resource_id)",
    ),
    "synergy": Rule(
        f"{NATIONAL} OR ((SELECT viewer_in('regional', 'system')) AND {_VISIBLE})",
        _PAIR,
        f"(SELECT viewer_in('system')) OR {_PAIR}",
    ),
    "synergy_history": Rule(OF_SYNERGY),
    "synergy_expert": Rule(OF_SYNERGY, SYNERGY, SYNERGY),
    "benefit": Rule(f"{OF_SYNERGY} OR ({ANYBODY} AND synergy_id IN (SELECT showcase()))", SYNERGY, SYNERGY),
    "contact": Rule(
        f"{NATIONAL} OR ({SERVED}) OR ({OWN_COMPANY.format('organisation_id')})",
        f"{NATIONAL} OR ({SERVED}) OR ({OWN_COMPANY.format('organisation_id')})",
        f"{NATIONAL} OR ({SERVED}) OR ({OWN_COMPANY.format('organisation_id')})",
    ),
    "contact_log": Rule(*[f"{NATIONAL} OR ({SERVED})"] * 3),
    "expert": Rule(COORDINATORS, COORDINATORS, COORDINATORS),
    "organiser": Rule("(SELECT viewer_in('national', 'regional', 'planner'))", NATIONAL, NATIONAL),
    "target": Rule("(SELECT viewer_in('national', 'regional', 'planner'))", _REGIONAL_ROW, _REGIONAL_ROW),
    "event": Rule(SIGNED_IN, _REGIONAL_ROW, _REGIONAL_ROW),
    "change": Rule(f"{NATIONAL} OR ((SELECT viewer_in('regional', 'company')) AND owns_row(table_name, row_id))"),
    "import_log": Rule(f"{NATIONAL} OR ({BY_ME})", f"{NATIONAL} OR ({BY_ME})"),
    "distance_cache": Rule(PROGRAM),
    "distance_site": Rule(PROGRAM),
    "lesson": Rule(PROGRAM, COORDINATORS),
    "concept_term": Rule(ANYBODY, COORDINATORS, COORDINATORS),
    "audit": Rule(NATIONAL, ANYBODY),
}
DELETED = ("synergy_expert",)
VIEWS = ("shown_organisation", "shown_site", "shown_resource", "shown_synergy")
# What no organisation has told: codes, places, units, and which reference tables are loaded.
OPEN = (
    "activation", "alembic_version", "basis", "channel", "continuity", "dataset", "direction", "distance_method", "event_kind",
    "ewc", "industry", "lapse_reason", "metric", "municipality", "organisation_kind", "point_precision", "region",
    "resource_type", "site_visibility", "stage", "unit", "visibility",
)  # fmt: skip


def upgrade() -> None:
    """Apply."""
    op.execute(f"GRANT SELECT ON {', '.join([*OPEN, *VIEWS])} TO synergia_screen")
    for table, rule in RULES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"GRANT SELECT ON {table} TO synergia_screen")
        op.execute(f"CREATE POLICY read ON {table} FOR SELECT TO synergia_screen USING ({rule.read})")
        if rule.add:
            op.execute(f"GRANT INSERT ON {table} TO synergia_app")
            op.execute(f"CREATE POLICY add ON {table} FOR INSERT TO synergia_app WITH CHECK ({rule.add})")
        if rule.change:
            op.execute(f"GRANT UPDATE ON {table} TO synergia_app")
            op.execute(
                f"CREATE POLICY change ON {table} FOR UPDATE TO synergia_app"
                f" USING ({rule.change}) WITH CHECK ({rule.keep or rule.change})"
            )
        if table in DELETED:
            op.execute(f"GRANT DELETE ON {table} TO synergia_app")
            op.execute(f"CREATE POLICY remove ON {table} FOR DELETE TO synergia_app USING ({rule.change})")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO synergia_app")


def downgrade() -> None:
    """Take back."""
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM synergia_app")
    for table in RULES:
        for policy in ("read", "add", "change", "remove"):
            op.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.execute(f"REVOKE ALL ON {table} FROM synergia_app, synergia_screen")
    op.execute(f"REVOKE ALL ON {', '.join([*OPEN, *VIEWS])} FROM synergia_app, synergia_screen")
