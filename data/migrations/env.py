"""Alembic's entry: runs on the engine that data.migrate hands over."""

from alembic import context
from geoalchemy2 import alembic_helpers

from data.tables import Base

with context.config.attributes["engine"].connect() as connection:
    # Without all three helpers autogenerate drops spatial_ref_sys and doubles the spatial indexes.
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=alembic_helpers.include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
    )
    with context.begin_transaction():
        # Two starts at once: the second waits here and then finds nothing to do.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(726001)")
        context.run_migrations()
