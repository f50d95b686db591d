"""Who has signed in by the organisation's provider, and who no longer may."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# The app asks before it knows who somebody is, so these run by the owner's right and tell no more than is needed.
SEEN = """
CREATE FUNCTION account_seen(_subject text, _name text, _issued bigint, _business_id text)
RETURNS TABLE (disabled boolean, ended boolean, fresh boolean, organisation_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    fresh := NOT EXISTS (SELECT FROM account a WHERE a.subject = _subject AND a.issued >= _issued);
    IF fresh THEN
        INSERT INTO account AS a (subject, name, issued, signed_in_at) VALUES (_subject, _name, _issued, now())
        ON CONFLICT (subject) DO UPDATE SET name = excluded.name, issued = excluded.issued, signed_in_at = now()
            WHERE a.issued < excluded.issued;
        fresh := FOUND;
    END IF;
    SELECT a.disabled_at IS NOT NULL, a.ended >= _issued INTO disabled, ended
        FROM account a WHERE a.subject = _subject;
    SELECT o.id INTO organisation_id
        FROM organisation o WHERE o.business_id = nullif(_business_id, '') AND o.deleted_at IS NULL;
    RETURN NEXT;
END $$
"""

END = """
CREATE FUNCTION account_end(_subject text, _issued bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE account SET ended = greatest(ended, _issued) WHERE subject = _subject
$$
"""
FUNCTIONS = ("account_seen(text, text, bigint, text)", "account_end(text, bigint)")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("issued", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("ended", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_account")),
    )
    op.execute("REVOKE ALL ON account FROM PUBLIC")
    for statement in (SEEN, END):
        op.execute(statement)
    for function in FUNCTIONS:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO synergia_screen")


def downgrade() -> None:
    """Take back."""
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("account")
