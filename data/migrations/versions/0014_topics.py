"""What each resource is mostly about, as the matcher read it: sums by material are plain SQL over it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# Whoever may see a resource may see what it is about; the program alone writes it.
READ = """
(SELECT viewer_in('national', 'system')) OR EXISTS (SELECT FROM shown_resource r WHERE r.id = resource_id)
"""
PROGRAM = "(SELECT viewer_told()) = 'system'"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "resource_topic",
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("read_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_topic_resource_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_resource_topic")),
    )
    op.execute("ALTER TABLE resource_topic ENABLE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT ON resource_topic TO synergia_screen")
    op.execute("GRANT INSERT, UPDATE ON resource_topic TO synergia_app")
    op.execute(f"CREATE POLICY read ON resource_topic FOR SELECT TO synergia_screen USING ({READ})")
    op.execute(f"CREATE POLICY add ON resource_topic FOR INSERT TO synergia_app WITH CHECK ({PROGRAM})")
    op.execute(
        f"CREATE POLICY change ON resource_topic FOR UPDATE TO synergia_app USING ({PROGRAM}) WITH CHECK ({PROGRAM})"
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("resource_topic")
