"""The cache of distances: ferries, access legs and bands beside the km, without the keys that made filling slow."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# The lock is the one under which data/store/distances.py fills: a site that goes or moves waits for the chunk that is
# being written, and the next chunk sees it gone. No foreign key may join in, or the two would wait for each other.
FORGET = """
CREATE FUNCTION forget_distances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone bigint[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(id) INTO gone FROM was;
    ELSE
        SELECT array_agg(id) INTO gone FROM was JOIN now_is USING (id)
        WHERE (was.point, was.visibility, was.precision, was.municipality_code, was.deleted_at)
            IS DISTINCT FROM (now_is.point, now_is.visibility, now_is.precision, now_is.municipality_code, now_is.deleted_at);
    END IF;
    IF gone IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(726005);
        IF EXISTS (SELECT FROM distance_site WHERE site_id = ANY(gone)) THEN
            DELETE FROM distance_site WHERE site_id = ANY(gone);
            DELETE FROM distance_cache WHERE from_site_id = ANY(gone) OR to_site_id = ANY(gone);
        END IF;
    END IF;
    RETURN NULL;
END $$
"""
TRIGGERS = [
    """CREATE TRIGGER forget_distances_deleted AFTER DELETE ON site REFERENCING OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION forget_distances()""",
    """CREATE TRIGGER forget_distances_changed AFTER UPDATE ON site REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION forget_distances()""",
]


def upgrade() -> None:
    """Apply."""
    for key in ('from_site_id', 'method', 'to_site_id'):
        op.drop_constraint(op.f(f'fk_distance_cache_{key}'), 'distance_cache', type_='foreignkey')
    for column in ('access_km', 'ferry_km', 'low_km', 'high_km'):
        op.add_column('distance_cache', sa.Column(column, sa.Double(), nullable=True))
    op.create_table('distance_site',
    sa.Column('graph_hash', sa.Text(), nullable=False),
    sa.Column('site_id', sa.BigInteger(), nullable=False),
    sa.Column('easting_m', sa.Double(), nullable=False),
    sa.Column('northing_m', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('graph_hash', 'site_id', name=op.f('pk_distance_site'))
    )
    for statement in (FORGET, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    for name in ('deleted', 'changed'):
        op.execute(f"DROP TRIGGER forget_distances_{name} ON site")
    op.execute("DROP FUNCTION forget_distances()")
    op.drop_table('distance_site')
    op.execute("TRUNCATE distance_cache")
    for column in ('access_km', 'ferry_km', 'low_km', 'high_km'):
        op.drop_column('distance_cache', column)
    for key, table, column in (('from_site_id', 'site', 'id'), ('method', 'distance_method', 'code'), ('to_site_id', 'site', 'id')):
        on_delete = 'CASCADE' if table == 'site' else None
        op.create_foreign_key(op.f(f'fk_distance_cache_{key}'), 'distance_cache', table, [key], [column], ondelete=on_delete)
