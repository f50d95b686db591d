"""Workshops: how each runs, the cards that tables send in, and the numbered lines that its screens show.

A telephone comes with a join code and a screen with a token, and neither with a person. So the viewer has an event, too:
the role `entry` adds cards to its event and reads those, the role `screen` reads the lines of its event.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")
EVENT = """
CREATE FUNCTION viewer_event() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('synergia.event', true), '')::bigint $$
"""
# Whoever holds a code or a token is nobody yet; the functions tell which event it opens and nothing else.
OPENED = """
CREATE FUNCTION workshop_opened(_column text, _hash text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT event_id FROM workshop WHERE CASE _column
        WHEN 'code' THEN code_hash = _hash AND status <> 'closed' AND code_until > clock_timestamp()
        WHEN 'screen' THEN screen_hash = _hash ELSE false END
$$
"""
TOLD = """
CREATE FUNCTION workshop_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('synergia_workshop', concat_ws(' ', TG_ARGV[0], NEW.event_id));
    RETURN NULL;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER told AFTER INSERT ON workshop_line FOR EACH ROW EXECUTE FUNCTION workshop_told('line')",
    """CREATE TRIGGER told AFTER INSERT OR UPDATE OF status ON workshop_card FOR EACH ROW
    WHEN (NEW.status = 'waiting') EXECUTE FUNCTION workshop_told('card')""",
)
NATIONAL = "(SELECT viewer_in('national'))"
OWN = (
    f"{NATIONAL} OR ((SELECT viewer_in('regional')) AND EXISTS (SELECT FROM event e WHERE e.id = event_id"
    " AND e.region_code = ANY((SELECT viewer_regions())::text[])))"
)
MINE = "((SELECT viewer_in('{}')) AND event_id = (SELECT viewer_event()))"
READ = {
    "workshop": OWN,
    "workshop_card": f"{OWN} OR {MINE.format('entry')}",
    "workshop_line": f"{OWN} OR {MINE.format('screen')}",
}
ADD = {
    "workshop": OWN,
    # The table of a telephone adds what waits, and settles nothing by itself.
    "workshop_card": f"{OWN} OR ({MINE.format('entry')} AND status IN ('waiting', 'held') AND resource_id IS NULL)",
    "workshop_line": OWN,
}
CHANGED = ("workshop", "workshop_card")


def _stamp(name: str, *, now: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=NOW if now else None, nullable=not now)


def _words(name: str, default: str = "") -> sa.Column[object]:
    return sa.Column(name, sa.Text(), server_default=sa.text(f"'{default}'"), nullable=False)


def _tables() -> None:
    op.create_table(
        "workshop",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        _words("status", "open"),
        sa.Column("tables", sa.SmallInteger(), server_default=sa.text("8"), nullable=False),
        _words("goals"),
        sa.Column("invited", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("practice", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("board", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        _words("facilitator"),
        sa.Column("round", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("code_hash", sa.Text()),
        _stamp("code_until"),
        sa.Column("screen_hash", sa.Text()),
        sa.Column("last_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        _stamp("opened_at", now=True),
        _stamp("closed_at"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_workshop")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_workshop_event_id"), ondelete="CASCADE"),
        sa.CheckConstraint("status IN ('open', 'paused', 'closed')", name=op.f("ck_workshop_status")),
        sa.CheckConstraint("tables BETWEEN 1 AND 99", name=op.f("ck_workshop_tables")),
    )
    op.create_table(
        "workshop_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("table_number", sa.SmallInteger(), nullable=False),
        _words("kind", "resource"),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        _stamp("told_at"),
        _stamp("received_at", now=True),
        _words("status", "waiting"),
        _words("remark"),
        _stamp("claimed_at"),
        sa.Column("resource_id", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_card")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["workshop.event_id"], name=op.f("fk_workshop_card_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_workshop_card_resource_id"), ondelete="SET NULL"
        ),
        sa.CheckConstraint("kind IN ('resource', 'interest')", name=op.f("ck_workshop_card_kind")),
        sa.CheckConstraint(
            "status IN ('waiting', 'held', 'shown', 'hidden', 'merged', 'refused')",
            name=op.f("ck_workshop_card_status"),
        ),
    )
    op.create_table(
        "workshop_line",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        _stamp("at", now=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "seq", name=op.f("pk_workshop_line")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["workshop.event_id"], name=op.f("fk_workshop_line_event_id"), ondelete="CASCADE"
        ),
    )


def _indexes() -> None:
    for name in ("code_hash", "screen_hash"):
        op.create_index(op.f(f"uq_workshop_{name}"), "workshop", [name], unique=True)
    op.create_index(op.f("ix_workshop_card_event"), "workshop_card", ["event_id", "received_at"])
    op.create_index(
        op.f("ix_workshop_card_waiting"),
        "workshop_card",
        ["received_at"],
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(op.f("ix_workshop_card_resource_id"), "workshop_card", ["resource_id"])


def upgrade() -> None:
    """Apply."""
    _tables()
    _indexes()
    for statement in (EVENT, OPENED, TOLD, *TRIGGERS):
        op.execute(statement)
    op.execute("REVOKE EXECUTE ON FUNCTION workshop_opened(text, text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION workshop_opened(text, text) TO synergia_screen")
    for table, read in READ.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"GRANT SELECT ON {table} TO synergia_screen")
        op.execute(f"GRANT INSERT ON {table} TO synergia_app")
        op.execute(f"CREATE POLICY read ON {table} FOR SELECT TO synergia_screen USING ({read})")
        op.execute(f"CREATE POLICY add ON {table} FOR INSERT TO synergia_app WITH CHECK ({ADD[table]})")
    for table in CHANGED:
        op.execute(f"GRANT UPDATE ON {table} TO synergia_app")
        op.execute(f"CREATE POLICY change ON {table} FOR UPDATE TO synergia_app USING ({OWN}) WITH CHECK ({OWN})")


def downgrade() -> None:
    """Take back."""
    for table in reversed(READ):
        op.drop_table(table)
    op.execute("DROP FUNCTION workshop_told()")
    op.execute("DROP FUNCTION workshop_opened(text, text)")
    op.execute("DROP FUNCTION viewer_event()")
