"""Topics that somebody has set by hand, told apart from those that a file classified."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column('resource', sa.Column('concepts_corrected', sa.Boolean(), server_default=sa.text('false'), nullable=False))


def downgrade() -> None:
    """Take back."""
    op.drop_column('resource', 'concepts_corrected')
