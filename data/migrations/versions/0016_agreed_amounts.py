"""What the two sides of a synergy have agreed to move in a year, which then counts in place of what was found to fit.

Asking an expert is nothing that moves a synergy on, and no longer silences the alarm of a quiet one.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE synergy ADD COLUMN agreed_low double precision, ADD COLUMN agreed_high double precision,
    ADD CONSTRAINT ck_synergy_agreed CHECK ((agreed_low IS NULL) = (agreed_high IS NULL)
        AND agreed_low >= 0 AND agreed_high > 0 AND agreed_low <= agreed_high AND agreed_high <= 50000000)
"""
# What people decide on a synergy; its score and its distance are the program's.
DECIDED = "stage, lapse_reason, owner, next_step, next_step_on, note, event_id, showcase_consent, deleted_at"
AGREED = "agreed_low, agreed_high"
ACTIVE = """
CREATE OR REPLACE FUNCTION synergy_active() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLDS) IS DISTINCT FROM (NEWS) THEN
        NEW.active_at := now();
    END IF;
    RETURN NEW;
END $$
"""
PART_ACTIVE = """
CREATE TRIGGER synergy_part_active AFTER INSERT OR UPDATE OR DELETE ON synergy_expert
FOR EACH ROW EXECUTE FUNCTION synergy_part_active()
"""
# Those that an expert was asked for are as quiet as what people did on them otherwise.
QUIET = f"""
UPDATE synergy y SET active_at = least(y.active_at, greatest(y.created_at,
    (SELECT max(h.changed_at) FROM synergy_history h WHERE h.synergy_id = y.id),
    (SELECT max(c.changed_at) FROM change c WHERE c.table_name = 'synergy' AND c.row_id = y.id
        AND c.old ?| string_to_array('{DECIDED}', ', ')),
    (SELECT max(b.updated_at) FROM benefit b WHERE b.synergy_id = y.id)))
WHERE y.id IN (SELECT synergy_id FROM synergy_expert UNION
    SELECT row_id FROM change WHERE table_name = 'synergy_expert')
"""

_ALL = "(SELECT viewer_in('national', 'regional', 'system'))"
_MASKED = ("score", "reasons", "lapse_reason", "owner", "next_step", "next_step_on", "note", "event_id", "created_by")
# Whoever reads tonnes_per_year is told what counts, so that no page, report or file can count the other.
SHOWN = """
SELECT y.id, y.have_id, y.want_id, y.road_km, y.road_minutes, y.method, TONNES AS tonnes_per_year, y.stage, y.demo,
    y.showcase_consent, y.version, y.created_at, y.updated_at, y.deleted_at, COLUMNS
FROM synergy y WHERE (SELECT viewer_in('national'))
    OR ((SELECT viewer_in('regional', 'system')) AND y.have_id NOT IN (SELECT hidden_resources())
        AND y.want_id NOT IN (SELECT hidden_resources()))
    OR ((SELECT viewer_in('planner', 'company', 'screen', 'public')) AND y.id IN (SELECT open_synergies()))
"""


def _shown(tonnes: str, *more: str) -> str:
    names = (*_MASKED, "active_at", *more)
    columns = [f"CASE WHEN {_ALL} THEN y.{name} END AS {name}" for name in names]
    if more:
        columns += ["y.agreed_high IS NOT NULL AS agreed", "y.tonnes_per_year AS fitting_tonnes"]
    return SHOWN.replace("TONNES", tonnes).replace("COLUMNS", ", ".join(columns))


def _active(columns: str) -> str:
    names = columns.split(", ")
    olds, news = (", ".join(f"{row}.{name}" for name in names) for row in ("OLD", "NEW"))
    return ACTIVE.replace("OLDS", olds).replace("NEWS", news)


def upgrade() -> None:
    """Apply."""
    op.execute(COLUMNS)
    op.execute(_active(f"{DECIDED}, {AGREED}"))
    op.execute("DROP TRIGGER synergy_part_active ON synergy_expert")
    op.execute("ALTER TABLE synergy DISABLE TRIGGER USER")  # nobody has changed anything
    op.execute(QUIET)
    op.execute("ALTER TABLE synergy ENABLE TRIGGER USER")
    tonnes = "coalesce((y.agreed_low + y.agreed_high) / 2, y.tonnes_per_year)"
    op.execute(f"CREATE OR REPLACE VIEW shown_synergy AS {_shown(tonnes, *AGREED.split(', '))}")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP VIEW shown_synergy")
    op.execute(f"CREATE VIEW shown_synergy AS {_shown('y.tonnes_per_year')}")
    op.execute("GRANT SELECT ON shown_synergy TO synergia_screen")
    op.execute(PART_ACTIVE)
    op.execute(_active(DECIDED))
    op.execute("ALTER TABLE synergy DROP CONSTRAINT ck_synergy_agreed, DROP COLUMN agreed_low, DROP COLUMN agreed_high")
