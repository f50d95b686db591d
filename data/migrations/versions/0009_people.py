"""What is known of a person, and how it is erased: by the owner's right, for whoever may ask.

And whoever comes, is refused or takes something out leaves a line in the audit, also one who may only read.
"""

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

# A viewer sees a part, and of a person all must be found; so these run as the owner and ask themselves who calls them.
MAY = """
CREATE FUNCTION person_may() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- The role that the caller has taken on, or came with: current_user is the owner's within these functions.
    IF coalesce(nullif(current_setting('role'), 'none'), session_user) IN ('synergia_app', 'synergia_screen')
        AND viewer_told() <> 'national'
    THEN
        RAISE EXCEPTION 'only the national coordinator may ask for all of a person'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$
"""

# Every table that may tell of people, whoever made it: all but those of places and codes, with the condition that one
# of its columns of words holds the pattern ($1), and what puts the mark ($2) in its place.
TABLES = """
CREATE FUNCTION person_tables() RETURNS TABLE (name text, holds text, cleaned text) LANGUAGE sql STABLE AS $$
    SELECT c.table_name::text,
        string_agg(CASE c.udt_name
            WHEN '_text' THEN format(
                'EXISTS (SELECT FROM unnest(%I) word WHERE word COLLATE "fi-x-icu" ~* $1)', c.column_name)
            ELSE format('%I::text COLLATE "fi-x-icu" ~* $1', c.column_name) END, ' OR '),
        string_agg(CASE c.udt_name
            WHEN '_text' THEN format(
                '%1$I = CASE WHEN %1$I IS NOT NULL THEN ARRAY(SELECT regexp_replace('
                'word COLLATE "fi-x-icu", $1, $2, ''gi'') FROM unnest(%1$I) WITH ORDINALITY AS each(word, place)'
                ' ORDER BY place) END', c.column_name)
            WHEN 'jsonb' THEN format(
                '%1$I = regexp_replace(%1$I::text COLLATE "fi-x-icu", $1, $2, ''gi'')::jsonb', c.column_name)
            ELSE format('%1$I = regexp_replace(%1$I COLLATE "fi-x-icu", $1, $2, ''gi'')', c.column_name) END, ', ')
        || CASE WHEN EXISTS (SELECT FROM information_schema.columns v WHERE v.table_schema = 'public'
            AND v.table_name = c.table_name AND (v.column_name, v.udt_name) = ('version', 'int4'))
            THEN ', version = version + 1' ELSE '' END  -- a form that is open on it would bring the words back
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
        AND c.udt_name IN ('text', 'varchar', '_text', 'jsonb')
        AND c.table_name <> ALL('{EXCLUDED}')
    GROUP BY c.table_name ORDER BY c.table_name
$$
"""
EXCLUDED = (
    "activation,alembic_version,basis,channel,continuity,dataset,direction,distance_method,event_kind,ewc,industry,"
    "lapse_reason,metric,municipality,organisation_kind,point_precision,region,resource_type,site_visibility,"
    "spatial_ref_sys,stage,unit,visibility"
)

KNOWN = """
CREATE FUNCTION person_known(pattern text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    rows jsonb;
    known jsonb := '{}';
BEGIN
    PERFORM person_may();
    FOR one IN SELECT * FROM person_tables() LOOP
        EXECUTE format('SELECT jsonb_agg(to_jsonb(t)) FROM %I t WHERE %s', one.name, one.holds) INTO rows USING pattern;
        IF rows IS NOT NULL THEN
            known := known || jsonb_build_object(one.name, rows);
        END IF;
    END LOOP;
    RETURN known;
END $$
"""

# First the rows that are about somebody and nothing else; a number may be a switchboard's, so it is no reason to delete.
# Then all other words; the history last, for every change before it is written there, old words and all.
ERASE = """
CREATE FUNCTION person_erase(pattern text, mark text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own text;
    ids bigint[];
    one record;
    touched bigint;
    counts jsonb := '{}';
BEGIN
    PERFORM person_may();
    FOREACH own IN ARRAY '{contact,expert}'::text[] LOOP
        EXECUTE format('SELECT array_agg(id) FROM %I WHERE name COLLATE "fi-x-icu" ~* $1'
            ' OR email COLLATE "fi-x-icu" ~* $1', own) INTO ids USING pattern;
        IF ids IS NOT NULL THEN
            IF own = 'expert' THEN
                DELETE FROM synergy_expert WHERE expert_id = ANY(ids);
            END IF;
            EXECUTE format('DELETE FROM %I WHERE id = ANY($1)', own) USING ids;
            DELETE FROM change WHERE table_name = own AND row_id = ANY(ids);
            counts := counts || jsonb_build_object(own, cardinality(ids));
        END IF;
    END LOOP;
    FOR one IN SELECT * FROM person_tables() WHERE name <> 'audit' ORDER BY name = 'change', name LOOP
        EXECUTE format('UPDATE %I SET %s WHERE %s', one.name, one.cleaned, one.holds) USING pattern, mark;
        GET DIAGNOSTICS touched = ROW_COUNT;
        counts := counts || jsonb_build_object(one.name, touched + coalesce((counts ->> one.name)::bigint, 0));
    END LOOP;
    RETURN counts || jsonb_build_object('audit', audit_redact(pattern, mark));
END $$
"""
# Whoever deletes must hear of the synergies that hang on it, also of those that only another may read.
HELD = """
CREATE FUNCTION synergies_held(resources bigint[]) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM synergy y WHERE y.deleted_at IS NULL AND y.stage <> 'lapsed'
        AND (y.have_id = ANY(resources) OR y.want_id = ANY(resources))
$$
"""
FUNCTIONS = ("person_erase(text, text)", "person_known(text)", "person_tables()", "person_may()", "synergies_held(bigint[])")


def upgrade() -> None:
    """Apply."""
    for statement in (MAY, TABLES.replace("EXCLUDED", EXCLUDED), KNOWN, ERASE, HELD):
        op.execute(statement)
    for function in FUNCTIONS:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION person_known(text), person_erase(text, text) TO synergia_app")
    op.execute("GRANT EXECUTE ON FUNCTION synergies_held(bigint[]) TO synergia_app")
    op.execute("DROP POLICY add ON audit")
    op.execute("GRANT INSERT ON audit TO synergia_screen")
    op.execute("CREATE POLICY add ON audit FOR INSERT TO synergia_screen WITH CHECK (true)")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP POLICY add ON audit")
    op.execute("REVOKE INSERT ON audit FROM synergia_screen")
    op.execute("CREATE POLICY add ON audit FOR INSERT TO synergia_app WITH CHECK ((SELECT viewer_told()) <> 'nobody')")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
