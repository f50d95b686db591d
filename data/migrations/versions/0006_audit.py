"""Who took what out, came, left and was refused: a table to which rows are only added."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Whoever asks, the owner too: only the two functions below may touch what is written. The way by which the statement
# came tells, for a setting could be set by anybody.
KEEP = r"""
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    way text;
BEGIN
    GET DIAGNOSTICS way = PG_CONTEXT;
    IF way ~ ('^[^\n]*\nSQL statement "(DELETE FROM audit WHERE happened_at < now\(\)|UPDATE audit SET person = )[^"]*"'
        || '\nPL/pgSQL function (public\.)?audit_(forget|redact)\([a-z,]*\) line') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'the audit is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$
"""

FORGET = """
CREATE FUNCTION audit_forget(days integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    gone bigint;
BEGIN
    IF days IS NULL OR days < 30 THEN
        RAISE EXCEPTION 'the audit is kept for 30 days at least' USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM audit WHERE happened_at < now() - make_interval(days => days);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$
"""

# What happened stays, the person's words go. In JSON the pattern is looked for in the text of the whole.
REDACT = """
CREATE FUNCTION audit_redact(pattern text, mark text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    changed bigint;
BEGIN
    UPDATE audit SET person = regexp_replace(person, pattern, mark, 'gi'),
        subject = regexp_replace(subject, pattern, mark, 'gi'),
        details = regexp_replace(details::text, pattern, mark, 'gi')::jsonb
    WHERE person ~* pattern OR subject ~* pattern OR details::text ~* pattern;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END $$
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "happened_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("role", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("subject", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("kind ~ '^[a-z_]{1,40}$'", name=op.f("ck_audit_kind")),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_audit_rows")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_happened_at", "audit", ["happened_at"], unique=False)
    for statement in (KEEP, FORGET, REDACT):
        op.execute(statement)
    op.execute("CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keep()")
    op.execute(
        "CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_keep()"
    )
    op.execute("REVOKE ALL ON audit FROM PUBLIC")
    for function in ("audit_forget(integer)", "audit_redact(text, text)"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")


def downgrade() -> None:
    """Take back."""
    op.drop_table("audit")
    for function in ("audit_forget(integer)", "audit_redact(text, text)", "audit_keep()"):
        op.execute(f"DROP FUNCTION {function}")
