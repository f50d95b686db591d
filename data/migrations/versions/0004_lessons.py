"""What decided synergies have taught the matcher."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('lesson',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('learned_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('learned_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('told', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson'))
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('lesson')
