"""Words that coordinators teach the matcher."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('concept_term',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('concept', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('word', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("word ~ '[^[:space:]]' AND char_length(word) <= 100", name=op.f('ck_concept_term_word')),
    sa.CheckConstraint("language IN ('fi', 'sv', 'en')", name=op.f('ck_concept_term_language')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concept_term'))
    )
    op.create_index('uq_concept_term_language_word', 'concept_term', ['language', sa.text('lower(word)')], unique=True, postgresql_where=sa.text('deleted_at IS NULL'))
    op.execute("CREATE TRIGGER touch BEFORE UPDATE ON concept_term FOR EACH ROW EXECUTE FUNCTION touch()")
    op.execute(
        "CREATE TRIGGER record_change AFTER UPDATE OR DELETE ON concept_term"
        " FOR EACH ROW EXECUTE FUNCTION record_change()"
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('concept_term')
