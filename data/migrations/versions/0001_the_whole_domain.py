"""The whole domain."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

# A snapshot: a later migration adds to it, so that this one always builds the same schema.
LOOKUPS = {
    "direction": ["have", "want"],
    "resource_type": ["material", "waste", "energy", "water", "logistics", "storage", "capacity", "service", "expertise"],
    "stage": ["identified", "discussing", "assessing", "negotiating", "implementing", "completed", "lapsed"],
    "lapse_reason": ["price", "quality", "quantity", "distance", "permit", "withdrawn", "other"],
    "visibility": ["public", "network", "region", "private"],
    "site_visibility": ["exact", "municipality"],
    "point_precision": ["exact", "address", "postal", "municipality"],
    "continuity": ["one_off", "continuous"],
    "channel": ["workshop", "visit", "interview", "survey", "flow_study", "material_audit", "materiaalitori", "register", "other"],
    "organisation_kind": ["company", "public_body", "association", "research", "other"],
    "activation": ["known", "contacted", "committed", "in_workshop", "active", "dormant"],
    "event_kind": ["workshop", "visit", "survey"],
    "distance_method": ["road", "road+ferry", "estimate", "none"],
    "basis": ["declared", "estimated", "verified"],
    "metric": ["landfill_diverted_tonnes_per_year", "co2e_reduced_tonnes_per_year", "virgin_saved_tonnes_per_year", "hazardous_eliminated_tonnes_per_year", "water_saved_m3_per_year", "energy_saved_mwh_per_year", "cost_savings_eur_per_year", "additional_sales_eur_per_year", "private_investment_eur", "jobs_fte"],
}

# The municipality and region of a site follow from its point, so that no caller can set them wrong.
SITE_PLACE = """
CREATE FUNCTION site_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT code, region_code INTO NEW.municipality_code, NEW.region_code
    FROM municipality WHERE ST_Covers(outline, NEW.point) ORDER BY code LIMIT 1;
    IF NOT FOUND THEN  -- the outlines are generalised: a pier or an islet may fall outside them
        SELECT code, region_code INTO NEW.municipality_code, NEW.region_code
        FROM municipality WHERE ST_DWithin(outline, NEW.point, 2000)
        ORDER BY ST_Distance(outline, NEW.point), code LIMIT 1;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the point lies outside every municipality'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_site_municipality';
    END IF;
    RETURN NEW;
END $$
"""

# Only updates and deletions, and of them only the columns that changed: the row itself tells of its creation.
RECORD_CHANGE = """
CREATE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - '{version,updated_at}'::text[];
    after jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(NEW) - '{version,updated_at}'::text[] END;
BEGIN
    IF after IS NOT NULL THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, after -> o.key) INTO before, after
        FROM jsonb_each(before) o WHERE after -> o.key IS DISTINCT FROM o.value;
        IF before IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO change (table_name, row_id, operation, changed_by, old, new)
    VALUES (TG_TABLE_NAME, OLD.id, TG_OP, current_setting('synergia.user', true), before, after);
    RETURN NULL;
END $$
"""

TOUCH = """
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$
"""

RECORD_STAGE = """
CREATE FUNCTION record_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO synergy_history (synergy_id, from_stage, to_stage, changed_by)
    VALUES (NEW.id, CASE TG_OP WHEN 'UPDATE' THEN OLD.stage END, NEW.stage, current_setting('synergia.user', true));
    RETURN NULL;
END $$
"""

TRIGGERS = [
    "CREATE TRIGGER site_place BEFORE INSERT OR UPDATE OF point ON site FOR EACH ROW EXECUTE FUNCTION site_place()",
    "CREATE TRIGGER record_stage_new AFTER INSERT ON synergy FOR EACH ROW EXECUTE FUNCTION record_stage()",
    """CREATE TRIGGER record_stage AFTER UPDATE OF stage ON synergy FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION record_stage()""",
]
EDITED = ["organisation", "site", "contact", "expert", "organiser", "target", "event", "resource", "synergy", "benefit"]


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table('activation',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_activation'))
    )
    op.create_table('basis',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_basis'))
    )
    op.create_table('change',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('table_name', sa.String(), nullable=False),
    sa.Column('row_id', sa.BigInteger(), nullable=False),
    sa.Column('operation', sa.String(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('changed_by', sa.Text(), nullable=True),
    sa.Column('old', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('new', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change'))
    )
    op.create_index('ix_change_row', 'change', ['table_name', 'row_id'], unique=False)
    op.create_table('channel',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_channel'))
    )
    op.create_table('continuity',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_continuity'))
    )
    op.create_table('dataset',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('file', sa.String(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_dataset'))
    )
    op.create_table('direction',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_direction'))
    )
    op.create_table('distance_method',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_distance_method'))
    )
    op.create_table('event_kind',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_event_kind'))
    )
    op.create_table('ewc',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('parent', sa.Text(), nullable=True),
    sa.Column('hazardous', sa.Boolean(), nullable=True),
    sa.Column('fi', sa.String(), nullable=False),
    sa.Column('sv', sa.String(), nullable=False),
    sa.Column('en', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['parent'], ['ewc.code'], name=op.f('fk_ewc_parent')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_ewc'))
    )
    op.create_table('industry',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('parent', sa.String(), nullable=True),
    sa.Column('fi', sa.String(), nullable=False),
    sa.Column('sv', sa.String(), nullable=False),
    sa.Column('en', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_industry'))
    )
    op.create_table('lapse_reason',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_lapse_reason'))
    )
    op.create_table('metric',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_metric'))
    )
    op.create_table('organisation_kind',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_organisation_kind'))
    )
    op.create_table('point_precision',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_point_precision'))
    )
    op.create_geospatial_table('region',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('fi', sa.String(), nullable=False),
    sa.Column('sv', sa.String(), nullable=False),
    sa.Column('en', sa.String(), nullable=False),
    sa.Column('nuts3', sa.String(), nullable=False),
    sa.Column('label', Geometry(geometry_type='POINT', srid=3067, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_region'))
    )
    op.create_table('resource_type',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_resource_type'))
    )
    op.create_table('site_visibility',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_site_visibility'))
    )
    op.create_table('stage',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_stage'))
    )
    op.create_table('unit',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('dimension', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_unit'))
    )
    op.create_table('visibility',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_visibility'))
    )
    op.create_table('event',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('language', sa.Text(), server_default=sa.text("'fi'"), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('demo', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('starts_at <= ends_at', name=op.f('ck_event_times')),
    sa.ForeignKeyConstraint(['kind'], ['event_kind.code'], name=op.f('fk_event_kind')),
    sa.ForeignKeyConstraint(['region_code'], ['region.code'], name=op.f('fk_event_region_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    op.create_table('import_log',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('importer', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_sha256', sa.String(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('imported_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('read', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('created', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('updated', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('unchanged', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('rejected', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('problems', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
    sa.CheckConstraint('read = created + updated + unchanged + rejected', name=op.f('ck_import_log_sum')),
    sa.ForeignKeyConstraint(['channel'], ['channel.code'], name=op.f('fk_import_log_channel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_log'))
    )
    op.create_geospatial_table('municipality',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('fi', sa.String(), nullable=False),
    sa.Column('sv', sa.String(), nullable=False),
    sa.Column('en', sa.String(), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=False),
    sa.Column('sub_region_code', sa.String(), nullable=False),
    sa.Column('sub_region_fi', sa.String(), nullable=False),
    sa.Column('point', Geometry(geometry_type='POINT', srid=3067, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('outline', Geometry(geometry_type='MULTIPOLYGON', srid=3067, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.ForeignKeyConstraint(['region_code'], ['region.code'], name=op.f('fk_municipality_region_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_municipality'))
    )
    op.create_geospatial_index('ix_municipality_outline', 'municipality', ['outline'], unique=False, postgresql_using='gist', postgresql_ops={})
    op.create_index(op.f('ix_municipality_region_code'), 'municipality', ['region_code'], unique=False)
    op.create_table('organisation',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('business_id', sa.Text(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('other_names', sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('industry_code', sa.Text(), nullable=True),
    sa.Column('industry_version', sa.Text(), server_default=sa.text("'TOL2008'"), nullable=False),
    sa.Column('kind', sa.Text(), server_default=sa.text("'company'"), nullable=False),
    sa.Column('activation', sa.Text(), server_default=sa.text("'known'"), nullable=False),
    sa.Column('naming_consent', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('channel', sa.Text(), server_default=sa.text("'other'"), nullable=False),
    sa.Column('source_document', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('source_date', sa.Date(), nullable=True),
    sa.Column('source_key', sa.Text(), nullable=True),
    sa.Column('content_hash', sa.Text(), nullable=True),
    sa.Column('demo', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.CheckConstraint("business_id ~ '^[0-9]{7}-[0-9]$'", name=op.f('ck_organisation_business_id')),
    sa.CheckConstraint("name ~ '[^[:space:]]' AND char_length(name) <= 300", name=op.f('ck_organisation_name')),
    sa.ForeignKeyConstraint(['activation'], ['activation.code'], name=op.f('fk_organisation_activation')),
    sa.ForeignKeyConstraint(['channel'], ['channel.code'], name=op.f('fk_organisation_channel')),
    sa.ForeignKeyConstraint(['kind'], ['organisation_kind.code'], name=op.f('fk_organisation_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation'))
    )
    op.create_index('ix_organisation_name', 'organisation', ['name'], unique=False, postgresql_using='gin', postgresql_ops={'name': 'gin_trgm_ops'})
    op.create_index('uq_organisation_business_id', 'organisation', ['business_id'], unique=True, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_index('uq_organisation_source_key', 'organisation', ['source_key'], unique=True, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_table('target',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('measure', sa.String(), nullable=False),
    sa.Column('amount', sa.Double(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("amount >= 0 AND amount < 'Infinity'", name=op.f('ck_target_amount')),
    sa.CheckConstraint('year BETWEEN 2000 AND 2100', name=op.f('ck_target_year')),
    sa.ForeignKeyConstraint(['region_code'], ['region.code'], name=op.f('fk_target_region_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target'))
    )
    op.create_index('uq_target_region_year_measure', 'target', ['region_code', 'year', 'measure'], unique=True, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_table('contact',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('organisation_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('email', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('phone', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_contact_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    op.create_index(op.f('ix_contact_organisation_id'), 'contact', ['organisation_id'], unique=False)
    op.create_table('expert',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger(), nullable=True),
    sa.Column('email', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('competencies', sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('regions', sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('demo', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_expert_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expert'))
    )
    op.create_table('organiser',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('organisation_id', sa.BigInteger(), nullable=False),
    sa.Column('regions', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('coordinators', sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('contract_from', sa.Date(), nullable=True),
    sa.Column('contract_to', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('contract_from <= contract_to', name=op.f('ck_organiser_contract')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organiser_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organiser'))
    )
    op.create_geospatial_table('site',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('organisation_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('point', Geometry(geometry_type='POINT', srid=3067, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('precision', sa.Text(), server_default=sa.text("'exact'"), nullable=False),
    sa.Column('visibility', sa.Text(), server_default=sa.text("'exact'"), nullable=False),
    sa.Column('address', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('postal_code', sa.Text(), nullable=True),
    sa.Column('postal_place', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('municipality_code', sa.Text(), nullable=False),
    sa.Column('region_code', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('channel', sa.Text(), server_default=sa.text("'other'"), nullable=False),
    sa.Column('source_document', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('source_date', sa.Date(), nullable=True),
    sa.Column('source_key', sa.Text(), nullable=True),
    sa.Column('content_hash', sa.Text(), nullable=True),
    sa.Column('demo', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.CheckConstraint("postal_code ~ '^[0-9]{5}$'", name=op.f('ck_site_postal_code')),
    sa.CheckConstraint('NOT ST_IsEmpty(point) AND ST_X(point) BETWEEN 20000 AND 780000 AND ST_Y(point) BETWEEN 6560000 AND 7800000', name=op.f('ck_site_point')),
    sa.ForeignKeyConstraint(['channel'], ['channel.code'], name=op.f('fk_site_channel')),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_site_municipality_code')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_site_organisation_id')),
    sa.ForeignKeyConstraint(['precision'], ['point_precision.code'], name=op.f('fk_site_precision')),
    sa.ForeignKeyConstraint(['region_code'], ['region.code'], name=op.f('fk_site_region_code')),
    sa.ForeignKeyConstraint(['visibility'], ['site_visibility.code'], name=op.f('fk_site_visibility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site'))
    )
    op.create_index(op.f('ix_site_municipality_code'), 'site', ['municipality_code'], unique=False)
    op.create_index(op.f('ix_site_organisation_id'), 'site', ['organisation_id'], unique=False)
    op.create_geospatial_index('ix_site_point', 'site', ['point'], unique=False, postgresql_using='gist', postgresql_ops={})
    op.create_index(op.f('ix_site_region_code'), 'site', ['region_code'], unique=False)
    op.create_index('uq_site_source_key', 'site', ['source_key'], unique=True, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_table('contact_log',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('organisation_id', sa.BigInteger(), nullable=False),
    sa.Column('contact_id', sa.BigInteger(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('remind_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['channel'], ['channel.code'], name=op.f('fk_contact_log_channel')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_contact_log_contact_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_contact_log_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_log'))
    )
    op.create_index(op.f('ix_contact_log_organisation_id'), 'contact_log', ['organisation_id'], unique=False)
    op.create_table('distance_cache',
    sa.Column('graph_hash', sa.Text(), nullable=False),
    sa.Column('from_site_id', sa.BigInteger(), nullable=False),
    sa.Column('to_site_id', sa.BigInteger(), nullable=False),
    sa.Column('km', sa.Double(), nullable=True),
    sa.Column('minutes', sa.Double(), nullable=True),
    sa.Column('method', sa.Text(), nullable=False),
    sa.CheckConstraint("km >= 0 AND km < 'Infinity'", name=op.f('ck_distance_cache_km')),
    sa.ForeignKeyConstraint(['from_site_id'], ['site.id'], name=op.f('fk_distance_cache_from_site_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['method'], ['distance_method.code'], name=op.f('fk_distance_cache_method')),
    sa.ForeignKeyConstraint(['to_site_id'], ['site.id'], name=op.f('fk_distance_cache_to_site_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('graph_hash', 'from_site_id', 'to_site_id', name=op.f('pk_distance_cache'))
    )
    op.create_table('resource',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('site_id', sa.BigInteger(), nullable=False),
    sa.Column('direction', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('concepts', sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('description', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('language', sa.Text(), server_default=sa.text("'fi'"), nullable=False),
    sa.Column('ewc_code', sa.Text(), nullable=True),
    sa.Column('hazardous', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('quantity_low', sa.Double(), nullable=True),
    sa.Column('quantity_high', sa.Double(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('tonnes_low', sa.Double(), nullable=True),
    sa.Column('tonnes_high', sa.Double(), nullable=True),
    sa.Column('tonnes_basis', sa.Text(), nullable=True),
    sa.Column('continuity', sa.Text(), server_default=sa.text("'continuous'"), nullable=False),
    sa.Column('available_from', sa.Date(), nullable=True),
    sa.Column('available_to', sa.Date(), nullable=True),
    sa.Column('season_months', sa.ARRAY(sa.SmallInteger()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('attributes', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('event_id', sa.BigInteger(), nullable=True),
    sa.Column('visibility', sa.Text(), server_default=sa.text("'network'"), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('channel', sa.Text(), server_default=sa.text("'other'"), nullable=False),
    sa.Column('source_document', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('source_date', sa.Date(), nullable=True),
    sa.Column('source_key', sa.Text(), nullable=True),
    sa.Column('content_hash', sa.Text(), nullable=True),
    sa.Column('demo', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.CheckConstraint("language IN ('fi', 'sv', 'en')", name=op.f('ck_resource_language')),
    sa.CheckConstraint("season_months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'::smallint[]", name=op.f('ck_resource_season')),
    sa.CheckConstraint("title ~ '[^[:space:]]' AND char_length(title) <= 300", name=op.f('ck_resource_title')),
    sa.CheckConstraint('(quantity_low IS NULL) = (quantity_high IS NULL)', name=op.f('ck_resource_quantity_range')),
    sa.CheckConstraint('available_from <= available_to', name=op.f('ck_resource_available')),
    sa.CheckConstraint('char_length(description) <= 20000', name=op.f('ck_resource_description')),
    sa.CheckConstraint('quantity_low >= 0 AND quantity_low <= quantity_high AND quantity_high < 1e12', name=op.f('ck_resource_quantity')),
    sa.CheckConstraint('quantity_low IS NULL OR unit IS NOT NULL', name=op.f('ck_resource_unit')),
    sa.CheckConstraint('tonnes_low >= 0 AND tonnes_low <= tonnes_high AND tonnes_high < 1e12', name=op.f('ck_resource_tonnes')),
    sa.ForeignKeyConstraint(['channel'], ['channel.code'], name=op.f('fk_resource_channel')),
    sa.ForeignKeyConstraint(['continuity'], ['continuity.code'], name=op.f('fk_resource_continuity')),
    sa.ForeignKeyConstraint(['direction'], ['direction.code'], name=op.f('fk_resource_direction')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_resource_event_id')),
    sa.ForeignKeyConstraint(['ewc_code'], ['ewc.code'], name=op.f('fk_resource_ewc_code')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_resource_site_id')),
    sa.ForeignKeyConstraint(['tonnes_basis'], ['basis.code'], name=op.f('fk_resource_tonnes_basis')),
    sa.ForeignKeyConstraint(['type'], ['resource_type.code'], name=op.f('fk_resource_type')),
    sa.ForeignKeyConstraint(['unit'], ['unit.code'], name=op.f('fk_resource_unit')),
    sa.ForeignKeyConstraint(['visibility'], ['visibility.code'], name=op.f('fk_resource_visibility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource'))
    )
    op.create_index('ix_resource_concepts', 'resource', ['concepts'], unique=False, postgresql_using='gin')
    op.create_index('ix_resource_direction_type', 'resource', ['direction', 'type'], unique=False, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_index(op.f('ix_resource_site_id'), 'resource', ['site_id'], unique=False)
    op.create_index('uq_resource_source_key', 'resource', ['source_key'], unique=True, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_table('resource_year',
    sa.Column('resource_id', sa.BigInteger(), nullable=False),
    sa.Column('year', sa.SmallInteger(), nullable=False),
    sa.Column('tonnes', sa.Double(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.CheckConstraint('tonnes >= 0 AND tonnes < 1e12', name=op.f('ck_resource_year_tonnes')),
    sa.CheckConstraint('year BETWEEN 1900 AND 2100', name=op.f('ck_resource_year_year')),
    sa.ForeignKeyConstraint(['basis'], ['basis.code'], name=op.f('fk_resource_year_basis')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_year_resource_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('resource_id', 'year', name=op.f('pk_resource_year'))
    )
    op.create_table('synergy',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('have_id', sa.BigInteger(), nullable=False),
    sa.Column('want_id', sa.BigInteger(), nullable=False),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('reasons', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('road_km', sa.Double(), nullable=True),
    sa.Column('road_minutes', sa.Double(), nullable=True),
    sa.Column('method', sa.Text(), nullable=True),
    sa.Column('tonnes_per_year', sa.Double(), nullable=True),
    sa.Column('stage', sa.Text(), server_default=sa.text("'identified'"), nullable=False),
    sa.Column('lapse_reason', sa.Text(), nullable=True),
    sa.Column('owner', sa.Text(), nullable=True),
    sa.Column('next_step', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('next_step_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('event_id', sa.BigInteger(), nullable=True),
    sa.Column('showcase_consent', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('demo', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(stage = 'lapsed') = (lapse_reason IS NOT NULL)", name=op.f('ck_synergy_lapse_reason')),
    sa.CheckConstraint("road_km >= 0 AND road_km < 'Infinity'", name=op.f('ck_synergy_road_km')),
    sa.CheckConstraint('have_id <> want_id', name=op.f('ck_synergy_sides')),
    sa.CheckConstraint('score BETWEEN 0 AND 1', name=op.f('ck_synergy_score')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_synergy_event_id')),
    sa.ForeignKeyConstraint(['have_id'], ['resource.id'], name=op.f('fk_synergy_have_id')),
    sa.ForeignKeyConstraint(['lapse_reason'], ['lapse_reason.code'], name=op.f('fk_synergy_lapse_reason')),
    sa.ForeignKeyConstraint(['method'], ['distance_method.code'], name=op.f('fk_synergy_method')),
    sa.ForeignKeyConstraint(['stage'], ['stage.code'], name=op.f('fk_synergy_stage')),
    sa.ForeignKeyConstraint(['want_id'], ['resource.id'], name=op.f('fk_synergy_want_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_synergy'))
    )
    op.create_index('ix_synergy_stage', 'synergy', ['stage'], unique=False, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_index(op.f('ix_synergy_want_id'), 'synergy', ['want_id'], unique=False)
    op.create_index('uq_synergy_have_want', 'synergy', ['have_id', 'want_id'], unique=True, postgresql_where=sa.text('deleted_at IS NULL'))
    op.create_table('benefit',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('synergy_id', sa.BigInteger(), nullable=False),
    sa.Column('metric', sa.Text(), nullable=False),
    sa.Column('amount', sa.Double(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('year', sa.SmallInteger(), nullable=False),
    sa.Column('yearly', sa.Boolean(), nullable=False),
    sa.Column('attribution_percent', sa.Double(), server_default=sa.text('100'), nullable=False),
    sa.Column('source', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('demo', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('created_by', sa.Text(), server_default=sa.text("current_setting('synergia.user', true)"), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("metric <> 'private_investment_eur' OR NOT yearly", name=op.f('ck_benefit_one_off')),
    sa.CheckConstraint('amount >= 0 AND amount < 1e12', name=op.f('ck_benefit_amount')),
    sa.CheckConstraint('attribution_percent BETWEEN 0 AND 100', name=op.f('ck_benefit_attribution')),
    sa.CheckConstraint('year BETWEEN 2000 AND 2100', name=op.f('ck_benefit_year')),
    sa.ForeignKeyConstraint(['basis'], ['basis.code'], name=op.f('fk_benefit_basis')),
    sa.ForeignKeyConstraint(['metric'], ['metric.code'], name=op.f('fk_benefit_metric')),
    sa.ForeignKeyConstraint(['synergy_id'], ['synergy.id'], name=op.f('fk_benefit_synergy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benefit'))
    )
    op.create_index(op.f('ix_benefit_synergy_id'), 'benefit', ['synergy_id'], unique=False)
    op.create_table('synergy_expert',
    sa.Column('synergy_id', sa.BigInteger(), nullable=False),
    sa.Column('expert_id', sa.BigInteger(), nullable=False),
    sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('since', sa.Date(), server_default=sa.text('CURRENT_DATE'), nullable=False),
    sa.ForeignKeyConstraint(['expert_id'], ['expert.id'], name=op.f('fk_synergy_expert_expert_id')),
    sa.ForeignKeyConstraint(['synergy_id'], ['synergy.id'], name=op.f('fk_synergy_expert_synergy_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('synergy_id', 'expert_id', name=op.f('pk_synergy_expert'))
    )
    op.create_table('synergy_history',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('synergy_id', sa.BigInteger(), nullable=False),
    sa.Column('from_stage', sa.Text(), nullable=True),
    sa.Column('to_stage', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('changed_by', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['from_stage'], ['stage.code'], name=op.f('fk_synergy_history_from_stage')),
    sa.ForeignKeyConstraint(['synergy_id'], ['synergy.id'], name=op.f('fk_synergy_history_synergy_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_stage'], ['stage.code'], name=op.f('fk_synergy_history_to_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_synergy_history'))
    )
    op.create_index(op.f('ix_synergy_history_synergy_id'), 'synergy_history', ['synergy_id'], unique=False)
    for name, codes in LOOKUPS.items():
        table = sa.table(name, sa.column("code"), sa.column("position"))
        op.bulk_insert(table, [{"code": code, "position": position} for position, code in enumerate(codes)])
    for statement in (SITE_PLACE, RECORD_CHANGE, TOUCH, RECORD_STAGE, *TRIGGERS):
        op.execute(statement)
    for name in EDITED:
        op.execute(f"CREATE TRIGGER touch BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION touch()")
        op.execute(
            f"CREATE TRIGGER record_change AFTER UPDATE OR DELETE ON {name}"
            " FOR EACH ROW EXECUTE FUNCTION record_change()"
        )


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f('ix_synergy_history_synergy_id'), table_name='synergy_history')
    op.drop_table('synergy_history')
    op.drop_table('synergy_expert')
    op.drop_index(op.f('ix_benefit_synergy_id'), table_name='benefit')
    op.drop_table('benefit')
    op.drop_index('uq_synergy_have_want', table_name='synergy', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_index(op.f('ix_synergy_want_id'), table_name='synergy')
    op.drop_index('ix_synergy_stage', table_name='synergy', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_table('synergy')
    op.drop_table('resource_year')
    op.drop_index('uq_resource_source_key', table_name='resource', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_index(op.f('ix_resource_site_id'), table_name='resource')
    op.drop_index('ix_resource_direction_type', table_name='resource', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_index('ix_resource_concepts', table_name='resource', postgresql_using='gin')
    op.drop_table('resource')
    op.drop_table('distance_cache')
    op.drop_index(op.f('ix_contact_log_organisation_id'), table_name='contact_log')
    op.drop_table('contact_log')
    op.drop_index('uq_site_source_key', table_name='site', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_index(op.f('ix_site_region_code'), table_name='site')
    op.drop_geospatial_index('ix_site_point', table_name='site', postgresql_using='gist', column_name='point')
    op.drop_index(op.f('ix_site_organisation_id'), table_name='site')
    op.drop_index(op.f('ix_site_municipality_code'), table_name='site')
    op.drop_geospatial_table('site')
    op.drop_table('organiser')
    op.drop_table('expert')
    op.drop_index(op.f('ix_contact_organisation_id'), table_name='contact')
    op.drop_table('contact')
    op.drop_index('uq_target_region_year_measure', table_name='target', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_table('target')
    op.drop_index('uq_organisation_source_key', table_name='organisation', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_index('uq_organisation_business_id', table_name='organisation', postgresql_where=sa.text('deleted_at IS NULL'))
    op.drop_index('ix_organisation_name', table_name='organisation', postgresql_using='gin', postgresql_ops={'name': 'gin_trgm_ops'})
    op.drop_table('organisation')
    op.drop_index(op.f('ix_municipality_region_code'), table_name='municipality')
    op.drop_geospatial_index('ix_municipality_outline', table_name='municipality', postgresql_using='gist', column_name='outline')
    op.drop_geospatial_table('municipality')
    op.drop_table('import_log')
    op.drop_table('event')
    op.drop_table('visibility')
    op.drop_table('unit')
    op.drop_table('stage')
    op.drop_table('site_visibility')
    op.drop_table('resource_type')
    op.drop_geospatial_table('region')
    op.drop_table('point_precision')
    op.drop_table('organisation_kind')
    op.drop_table('metric')
    op.drop_table('lapse_reason')
    op.drop_table('industry')
    op.drop_table('ewc')
    op.drop_table('event_kind')
    op.drop_table('distance_method')
    op.drop_table('direction')
    op.drop_table('dataset')
    op.drop_table('continuity')
    op.drop_table('channel')
    op.drop_index('ix_change_row', table_name='change')
    op.drop_table('change')
    op.drop_table('basis')
    op.drop_table('activation')
    for name in ("site_place", "record_change", "touch", "record_stage"):
        op.execute(f"DROP FUNCTION {name}()")
