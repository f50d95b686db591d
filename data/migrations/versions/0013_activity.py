"""When people last did something on a synergy, so that quiet ones are found without reading all of the history.

`updated_at` does not tell it: every refresh of the scores touches a proposal. Whose benefits or experts change, it is
told of its synergy too.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# What people decide on a synergy; its score and its distance are the program's.
DECIDED = "stage, lapse_reason, owner, next_step, next_step_on, note, event_id, showcase_consent, deleted_at"

ACTIVE = f"""
CREATE FUNCTION synergy_active() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ({", ".join("OLD." + name for name in DECIDED.split(", "))})
        IS DISTINCT FROM ({", ".join("NEW." + name for name in DECIDED.split(", "))})
    THEN
        NEW.active_at := now();
    END IF;
    RETURN NEW;
END $$
"""
# As the owner: whoever may add a benefit may also have the synergy know of it.
PARTS_ACTIVE = """
CREATE FUNCTION synergy_part_active() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE synergy SET active_at = now()
    WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.synergy_id ELSE NEW.synergy_id END AND active_at < now();
    RETURN NULL;
END $$
"""
TRIGGERS = [
    "CREATE TRIGGER synergy_active BEFORE UPDATE ON synergy FOR EACH ROW EXECUTE FUNCTION synergy_active()",
    """CREATE TRIGGER synergy_part_active AFTER INSERT OR UPDATE OR DELETE ON benefit
    FOR EACH ROW EXECUTE FUNCTION synergy_part_active()""",
    """CREATE TRIGGER synergy_part_active AFTER INSERT OR UPDATE OR DELETE ON synergy_expert
    FOR EACH ROW EXECUTE FUNCTION synergy_part_active()""",
]

RECORD_CHANGE = """
CREATE OR REPLACE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - '{LEFT_OUT}'::text[];
    after jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(NEW) - '{LEFT_OUT}'::text[] END;
BEGIN
    IF after IS NOT NULL THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, after -> o.key) INTO before, after
        FROM jsonb_each(before) o WHERE after -> o.key IS DISTINCT FROM o.value;
        IF before IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO change (table_name, row_id, operation, changed_by, old, new)
    VALUES (TG_TABLE_NAME, OLD.id, TG_OP, current_setting('synergia.user', true), before, after);
    RETURN NULL;
END $$
"""

# The history of a synergy has its benefits in it, so whoever works on it reads their changes, too.
OWNS_ROW = """
CREATE OR REPLACE FUNCTION owns_row(kind text, row_id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT CASE $1
        WHEN 'organisation' THEN viewer_told() = 'regional' AND serves($2)
            OR viewer_told() = 'company' AND $2 = viewer_organisation()
        WHEN 'site' THEN EXISTS (SELECT FROM site s WHERE s.id = $2 AND (
            viewer_told() = 'regional' AND s.region_code = ANY(viewer_regions())
            OR viewer_told() = 'company' AND s.organisation_id = viewer_organisation()))
        WHEN 'resource' THEN owns_resource($2)
        WHEN 'synergy' THEN viewer_told() = 'regional' AND works_on($2)
        WHEN 'synergy_expert' THEN viewer_told() = 'regional' AND works_on($2)
        BENEFITS
        ELSE false END $$
"""
BENEFITS = """WHEN 'benefit' THEN viewer_told() = 'regional'
            AND works_on((SELECT b.synergy_id FROM benefit b WHERE b.id = $2))"""

_ALL = "(SELECT viewer_in('national', 'regional', 'system'))"
_MASKED = ("score", "reasons", "lapse_reason", "owner", "next_step", "next_step_on", "note", "event_id", "created_by")
SHOWN = """
SELECT y.id, y.have_id, y.want_id, y.road_km, y.road_minutes, y.method, y.tonnes_per_year, y.stage, y.demo,
    y.showcase_consent, y.version, y.created_at, y.updated_at, y.deleted_at, COLUMNS
FROM synergy y WHERE (SELECT viewer_in('national'))
    OR ((SELECT viewer_in('regional', 'system')) AND y.have_id NOT IN (SELECT hidden_resources())
        AND y.want_id NOT IN (SELECT hidden_resources()))
    OR ((SELECT viewer_in('planner', 'company', 'screen', 'public')) AND y.id IN (SELECT open_synergies()))
"""


def _shown(*more: str) -> str:
    masked = (f"CASE WHEN {_ALL} THEN y.{name} END AS {name}" for name in (*_MASKED, *more))
    return SHOWN.replace("COLUMNS", ", ".join(masked))


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE synergy ADD COLUMN active_at timestamptz NOT NULL DEFAULT now()")
    op.execute("ALTER TABLE synergy DISABLE TRIGGER USER")  # nobody has changed anything
    op.execute(
        """UPDATE synergy y SET active_at = greatest(y.created_at, (
            SELECT max(h.changed_at) FROM synergy_history h WHERE h.synergy_id = y.id))"""
    )
    op.execute("ALTER TABLE synergy ENABLE TRIGGER USER")
    op.execute(ACTIVE)
    op.execute(PARTS_ACTIVE)
    for statement in TRIGGERS:
        op.execute(statement)
    op.execute(RECORD_CHANGE.replace("LEFT_OUT", "version,updated_at,active_at"))
    op.execute(OWNS_ROW.replace("BENEFITS", BENEFITS))
    op.execute(f"CREATE OR REPLACE VIEW shown_synergy AS {_shown('active_at')}")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP VIEW shown_synergy")
    op.execute(f"CREATE VIEW shown_synergy AS {_shown()}")
    op.execute("GRANT SELECT ON shown_synergy TO synergia_screen")
    op.execute(OWNS_ROW.replace("BENEFITS", ""))
    op.execute(RECORD_CHANGE.replace("LEFT_OUT", "version,updated_at"))
    for table in ("benefit", "synergy_expert"):
        op.execute(f"DROP TRIGGER synergy_part_active ON {table}")
    op.execute("DROP TRIGGER synergy_active ON synergy")
    op.execute("DROP FUNCTION synergy_part_active()")
    op.execute("DROP FUNCTION synergy_active()")
    op.execute("ALTER TABLE synergy DROP COLUMN active_at")
