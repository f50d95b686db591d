"""Organisations, their sites and people, experts and regional organisers."""

from datetime import date, datetime

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Date, DateTime, ForeignKey, Identity, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Edited, Sourced, lookup

LIVE = text("deleted_at IS NULL")

# Finland with its waters in EPSG:3067: refuses NaN, null island, degrees, swapped axes and KKJ with a zone prefix.
IN_FINLAND = (
    "NOT ST_IsEmpty(point) AND ST_X(point) BETWEEN 20000 AND 780000 AND ST_Y(point) BETWEEN 6560000 AND 7800000"
)


class Organisation(Edited, Sourced, Base):
    """A company or public body."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    business_id: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str]
    other_names: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    industry_code: Mapped[str | None] = mapped_column(Text)
    industry_version: Mapped[str] = mapped_column(Text, server_default=text("'TOL2008'"))
    kind: Mapped[str] = mapped_column(lookup("organisation_kind"), server_default=text("'company'"))
    activation: Mapped[str] = mapped_column(lookup("activation"), server_default=text("'known'"))
    naming_consent: Mapped[bool] = mapped_column(server_default=text("false"))

    __table_args__ = (
        CheckConstraint("name ~ '[^[:space:]]' AND char_length(name) <= 300", name="name"),
        CheckConstraint("business_id ~ '^[0-9]{7}-[0-9]$'", name="business_id"),
        Index("uq_organisation_business_id", "business_id", unique=True, postgresql_where=LIVE),
        Index("uq_organisation_source_key", "source_key", unique=True, postgresql_where=LIVE),
        Index("ix_organisation_name", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
    )


class Site(Edited, Sourced, Base):
    """A place of business: what stands on the map. Its municipality and region are set by its point."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    point: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=3067, spatial_index=False))
    precision: Mapped[str] = mapped_column(lookup("point_precision"), server_default=text("'exact'"))
    visibility: Mapped[str] = mapped_column(lookup("site_visibility"), server_default=text("'exact'"))
    address: Mapped[str] = mapped_column(Text, server_default=text("''"))
    postal_code: Mapped[str | None] = mapped_column(Text)
    postal_place: Mapped[str] = mapped_column(Text, server_default=text("''"))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)

    __table_args__ = (
        CheckConstraint(IN_FINLAND, name="point"),
        CheckConstraint("postal_code ~ '^[0-9]{5}$'", name="postal_code"),
        Index("ix_site_point", "point", postgresql_using="gist"),
        Index("uq_site_source_key", "source_key", unique=True, postgresql_where=LIVE),
    )


class Contact(Edited, Base):
    """A person of an organisation: name, role, e-mail and phone, and nothing else."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(Text, server_default=text("''"))
    email: Mapped[str] = mapped_column(Text, server_default=text("''"))
    phone: Mapped[str] = mapped_column(Text, server_default=text("''"))


class ContactLog(Base):
    """One talk with an organisation."""

    __tablename__ = "contact_log"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    channel: Mapped[str] = mapped_column(lookup("channel"))
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    happened_on: Mapped[date] = mapped_column(Date)
    remind_on: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Expert(Edited, Base):
    """Know-how that helps a synergy which is stuck; competencies are concept ids, regions are codes."""

    __tablename__ = "expert"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(Text, server_default=text("''"))
    competencies: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    regions: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))


class Organiser(Edited, Base):
    """The organisation that runs FISS in its regions, and its contract period."""

    __tablename__ = "organiser"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    regions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    coordinators: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    contract_from: Mapped[date | None] = mapped_column(Date)
    contract_to: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (CheckConstraint("contract_from <= contract_to", name="contract"),)


class Target(Edited, Base):
    """What a region means to reach in a year: a count (companies, resources, ...) or a benefit metric."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    year: Mapped[int]
    measure: Mapped[str]
    amount: Mapped[float]

    __table_args__ = (
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("amount >= 0 AND amount < 'Infinity'", name="amount"),
        Index("uq_target_region_year_measure", "region_code", "year", "measure", unique=True, postgresql_where=LIVE),
    )
