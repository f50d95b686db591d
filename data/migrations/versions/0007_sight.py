"""Who asks, what that identity may see, and views that show of a row no more than it may know.

The tables themselves are for those who may know all of a row (see 0008); everybody else reads `shown_organisation`,
`shown_site`, `shown_resource` and `shown_synergy`, in which a hidden name is NULL and a hidden point the
municipality's. docs/roles.md has the rules as a table.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Roles belong to the server and not to a database, so another database may have brought them already. The program's
# own server has them from its making; elsewhere whoever migrates needs CREATEROLE, or somebody makes them beforehand.
ROLES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synergia_screen') THEN
        CREATE ROLE synergia_screen NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'synergia_app') THEN
        CREATE ROLE synergia_app NOLOGIN;
    END IF;
    IF NOT pg_has_role('synergia_app', 'synergia_screen', 'MEMBER') THEN
        GRANT synergia_screen TO synergia_app;
    END IF;
    IF NOT pg_has_role(current_user, 'synergia_app', 'MEMBER') THEN
        EXECUTE format('GRANT synergia_app TO %I', current_user);
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the roles synergia_app and synergia_screen are missing; docs/roles.md says how they are made'
        USING ERRCODE = 'insufficient_privilege';
END $$
"""

# The first is what the transaction was told. The second also knows the owner, who needs no identity; it is not for
# functions that run as the owner.
WHO = [
    """CREATE FUNCTION viewer_told() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('synergia.role', true), ''), 'nobody') $$""",
    """CREATE FUNCTION viewer_role() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN viewer_told() = 'nobody' AND current_user = (
        SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'public.organisation'::regclass
    ) THEN 'national' ELSE viewer_told() END $$""",
    """CREATE FUNCTION viewer_in(VARIADIC roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT viewer_role() = ANY(roles) $$""",
    """CREATE FUNCTION viewer_regions() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT string_to_array(coalesce(current_setting('synergia.regions', true), ''), ',') $$""",
    """CREATE FUNCTION viewer_organisation() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('synergia.organisation', true), '')::bigint $$""",
]

# Sets that are made once a query, past row security, which would otherwise go round in circles.
SETS = {
    "own_sites": """
    SELECT id FROM site WHERE viewer_told() = 'regional' AND region_code = ANY(viewer_regions())
    UNION ALL SELECT id FROM site WHERE viewer_told() = 'company' AND organisation_id = viewer_organisation()""",
    "open_sites": """
    SELECT s.id FROM site s JOIN organisation o ON o.id = s.organisation_id AND o.deleted_at IS NULL
    WHERE viewer_told() IN ('planner', 'company', 'screen') AND s.deleted_at IS NULL AND (o.naming_consent
        OR s.id IN (SELECT site_id FROM resource WHERE visibility = 'public' AND deleted_at IS NULL))
    UNION SELECT r.site_id FROM resource r WHERE viewer_told() = 'public' AND r.id IN (SELECT showcase_resources())
    UNION SELECT own_sites()""",
    "open_organisations": """
    SELECT organisation_id FROM site WHERE id IN (SELECT open_sites())
    UNION SELECT id FROM organisation WHERE viewer_told() IN ('planner', 'company', 'screen')
        AND naming_consent AND deleted_at IS NULL
    UNION SELECT id FROM organisation WHERE viewer_told() = 'company' AND id = viewer_organisation()""",
    "hidden_resources": """
    SELECT id FROM resource WHERE viewer_told() = 'system' AND visibility = 'private'
    UNION ALL SELECT id FROM resource WHERE viewer_told() = 'regional' AND visibility IN ('region', 'private')
        AND site_id NOT IN (SELECT own_sites())""",
    "showcase": """
    SELECT y.id FROM synergy y
    JOIN resource h ON h.id = y.have_id AND h.visibility = 'public' AND h.deleted_at IS NULL
    JOIN resource w ON w.id = y.want_id AND w.visibility = 'public' AND w.deleted_at IS NULL
    WHERE y.stage = 'completed' AND y.showcase_consent AND y.deleted_at IS NULL""",
    "showcase_resources": """
    SELECT unnest(ARRAY[have_id, want_id]) FROM synergy WHERE id IN (SELECT showcase())""",
    "open_synergies": """
    SELECT showcase()
    UNION SELECT y.id FROM synergy y JOIN resource h ON h.id = y.have_id JOIN resource w ON w.id = y.want_id
    WHERE viewer_told() = 'company' AND y.deleted_at IS NULL AND (
        h.site_id IN (SELECT own_sites()) AND (w.visibility = 'public' OR w.site_id IN (SELECT own_sites()))
        OR w.site_id IN (SELECT own_sites()) AND h.visibility = 'public')""",
}
MADE_FIRST = ("own_sites", "showcase", "showcase_resources", "open_sites", "open_organisations")

DEFINER = "LANGUAGE {how} STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ {body} $$"

# A regional coordinator serves an organisation that has a site there, or none anywhere yet.
QUESTIONS = {
    "serves(organisation bigint)": """
    SELECT EXISTS (SELECT FROM site WHERE organisation_id = $1 AND deleted_at IS NULL
            AND region_code = ANY(viewer_regions()))
        OR NOT EXISTS (SELECT FROM site WHERE organisation_id = $1 AND deleted_at IS NULL)""",
    "serves_alone(organisation bigint)": """
    SELECT NOT EXISTS (SELECT FROM site WHERE organisation_id = $1 AND deleted_at IS NULL
        AND region_code <> ALL(viewer_regions()))""",
    "owns_resource(resource bigint)": """
    SELECT EXISTS (SELECT FROM resource r JOIN site s ON s.id = r.site_id WHERE r.id = $1 AND (
        viewer_told() = 'regional' AND s.region_code = ANY(viewer_regions())
        OR viewer_told() = 'company' AND s.organisation_id = viewer_organisation()))""",
    "works_on(synergy bigint)": """
    SELECT EXISTS (SELECT FROM synergy y WHERE y.id = $1 AND (owns_resource(y.have_id) OR owns_resource(y.want_id))
        AND NOT EXISTS (SELECT FROM hidden_resources() h WHERE h IN (y.have_id, y.want_id)))""",
    "owns_row(kind text, row_id bigint)": """
    SELECT CASE $1
        WHEN 'organisation' THEN viewer_told() = 'regional' AND serves($2)
            OR viewer_told() = 'company' AND $2 = viewer_organisation()
        WHEN 'site' THEN EXISTS (SELECT FROM site s WHERE s.id = $2 AND (
            viewer_told() = 'regional' AND s.region_code = ANY(viewer_regions())
            OR viewer_told() = 'company' AND s.organisation_id = viewer_organisation()))
        WHEN 'resource' THEN owns_resource($2)
        WHEN 'synergy' THEN viewer_told() = 'regional' AND works_on($2)
        ELSE false END""",
}

# Whoever adds to a row of others, or joins it to an own one, holds it for as long as that takes; nobody learns more of
# it than that it is there.
HOLD = [
    """CREATE FUNCTION hold_resources(ids bigint[]) RETURNS TABLE (id bigint, demo boolean)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.id, r.demo FROM resource r WHERE r.id = ANY($1) AND r.deleted_at IS NULL ORDER BY r.id FOR UPDATE $$""",
    """CREATE FUNCTION hold_organisation(id bigint) RETURNS TABLE (demo boolean)
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.demo FROM organisation o WHERE o.id = $1 AND o.deleted_at IS NULL FOR UPDATE $$""",
]

_KNOWS = "viewer_in('national', 'regional')"
_NAMED = f"o.naming_consent OR (SELECT {_KNOWS}) OR ((SELECT viewer_in('company')) AND o.id = (SELECT viewer_organisation()))"
_EXACT = (
    "s.visibility = 'exact' OR (SELECT viewer_in('national'))"
    " OR ((SELECT viewer_in('regional', 'company')) AND s.id IN (SELECT own_sites()))"
)
_WHOLE = f"(SELECT {_KNOWS}) OR ((SELECT viewer_in('company')) AND r.site_id IN (SELECT own_sites()))"
_ALL = "(SELECT viewer_in('national', 'regional', 'system'))"
_EDITED = "{0}.version, {0}.created_at, {0}.updated_at, {0}.deleted_at"


def _masked(known: str, table: str, *names: str) -> str:
    """Give columns that are NULL unless `known`."""
    return ", ".join(f"CASE WHEN {known} THEN {table}.{name} END AS {name}" for name in names)


_SOURCE = ("source_document", "source_key", "content_hash", "created_by")
VIEWS = {
    "shown_organisation": f"""
    SELECT o.id, {_masked(_NAMED, "o", "business_id", "name", "other_names", *_SOURCE)}, o.industry_code,
        o.industry_version, o.kind, {_masked(f"(SELECT {_KNOWS})", "o", "activation")}, o.naming_consent, o.channel,
        o.source_date, o.demo, {_EDITED.format("o")}, o.xmin AS written
    FROM organisation o WHERE {_ALL} OR o.id IN (SELECT open_organisations())""",
    # The organisation's consent counts for the site's name too, which often says whose it is.
    "shown_site": f"""
    SELECT s.id, s.organisation_id, CASE WHEN (SELECT {_KNOWS}) OR s.id IN (SELECT own_sites())
            OR EXISTS (SELECT FROM organisation o WHERE o.id = s.organisation_id AND o.naming_consent)
        THEN s.name END AS name,
        CASE WHEN {_EXACT} THEN s.point ELSE (SELECT m.point FROM municipality m WHERE m.code = s.municipality_code)
        END AS point,
        CASE WHEN {_EXACT} THEN s.precision ELSE 'municipality' END AS precision, s.visibility,
        CASE WHEN {_EXACT} THEN s.address ELSE '' END AS address,
        CASE WHEN {_EXACT} THEN s.postal_code END AS postal_code,
        CASE WHEN {_EXACT} THEN s.postal_place ELSE '' END AS postal_place,
        s.municipality_code, s.region_code, s.channel, {_masked(f"(SELECT {_KNOWS})", "s", *_SOURCE)},
        s.source_date, s.demo, {_EDITED.format("s")}, s.xmin AS written
    FROM site s WHERE {_ALL} OR s.id IN (SELECT open_sites())""",
    "shown_resource": f"""
    SELECT r.id, r.site_id, r.direction, r.type, r.concepts, r.concepts_corrected, r.title, r.description, r.language,
        r.ewc_code, r.hazardous, r.quantity_low, r.quantity_high, r.unit, r.tonnes_low, r.tonnes_high, r.tonnes_basis,
        r.continuity, r.available_from, r.available_to, r.season_months, r.attributes, r.event_id, r.visibility,
        r.expires_on, r.channel, {_masked(_WHOLE, "r", *_SOURCE)}, r.source_date, r.demo, {_EDITED.format("r")},
        r.xmin AS written
    FROM resource r WHERE (SELECT viewer_in('national'))
        OR (r.visibility <> 'private' AND (SELECT viewer_in('system')))
        OR (r.visibility IN ('public', 'network') AND (SELECT viewer_in('regional')))
        OR (r.visibility = 'public' AND r.deleted_at IS NULL AND (SELECT viewer_in('planner', 'company', 'screen')))
        OR ((SELECT viewer_in('regional', 'company')) AND r.site_id IN (SELECT own_sites()))
        OR ((SELECT viewer_in('public')) AND r.id IN (SELECT showcase_resources()))""",
    "shown_synergy": f"""
    SELECT y.id, y.have_id, y.want_id, y.road_km, y.road_minutes, y.method, y.tonnes_per_year, y.stage, y.demo,
        y.showcase_consent, {_EDITED.format("y")},
        {_masked(_ALL, "y", "score", "reasons", "lapse_reason", "owner", "next_step", "next_step_on", "note",
                 "event_id", "created_by")}
    FROM synergy y WHERE (SELECT viewer_in('national'))
        OR ((SELECT viewer_in('regional', 'system')) AND y.have_id NOT IN (SELECT hidden_resources())
            AND y.want_id NOT IN (SELECT hidden_resources()))
        OR ((SELECT viewer_in('planner', 'company', 'screen', 'public')) AND y.id IN (SELECT open_synergies()))""",
}

# What triggers write, nobody else may: they do it with the owner's rights.
TRIGGERS = ("record_change", "record_stage", "forget_distances")


def upgrade() -> None:
    """Apply."""
    op.execute(ROLES)
    for statement in WHO:
        op.execute(statement)
    ordered = [*MADE_FIRST, *(name for name in SETS if name not in MADE_FIRST)]
    for name in ordered:
        op.execute(f"CREATE FUNCTION {name}() RETURNS SETOF bigint {DEFINER.format(how='sql', body=SETS[name])}")
    for name, body in QUESTIONS.items():
        op.execute(f"CREATE FUNCTION {name} RETURNS boolean {DEFINER.format(how='sql', body=body)}")
    for statement in HOLD:
        op.execute(statement)
    for function in ("hold_resources(bigint[])", "hold_organisation(bigint)"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO synergia_app")
    for name, body in VIEWS.items():
        # No security barriers: nothing is joined to one by an index, and a page of 25 companies took seconds. They would
        # keep out functions that betray a row before the condition is looked at; whoever can run functions of their own
        # in the app's place can as well say who asks.
        op.execute(f"CREATE VIEW {name} AS {body}")
    for name in TRIGGERS:
        op.execute(f"ALTER FUNCTION {name}() SECURITY DEFINER SET search_path = public, pg_temp")
    op.execute("CREATE INDEX ix_resource_visibility ON resource (visibility, site_id) WHERE visibility <> 'network'")


def downgrade() -> None:
    """Take back; the roles stay, since other databases of the server may use them."""
    op.execute("DROP INDEX ix_resource_visibility")
    for name in TRIGGERS:
        op.execute(f"ALTER FUNCTION {name}() SECURITY INVOKER RESET search_path")
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    for name in ("hold_organisation(bigint)", "hold_resources(bigint[])", "owns_row(text, bigint)", "works_on(bigint)", "owns_resource(bigint)", "serves_alone(bigint)",
                 "serves(bigint)"):
        op.execute(f"DROP FUNCTION {name}")
    for name in reversed([*MADE_FIRST, *(name for name in SETS if name not in MADE_FIRST)]):
        op.execute(f"DROP FUNCTION {name}()")
    signatures = ("viewer_organisation()", "viewer_regions()", "viewer_in(text[])", "viewer_role()", "viewer_told()")
    for name in signatures:
        op.execute(f"DROP FUNCTION {name}")
