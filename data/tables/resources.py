"""Events and the resources that are collected on them."""

from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.actors import LIVE
from data.tables.base import Base, Edited, Sourced, lookup


class Event(Edited, Base):
    """A workshop, visit or survey."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(lookup("event_kind"))
    name: Mapped[str]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    place: Mapped[str] = mapped_column(Text, server_default=text("''"))
    language: Mapped[str] = mapped_column(Text, server_default=text("'fi'"))
    starts_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))

    __table_args__ = (CheckConstraint("starts_at <= ends_at", name="times"),)


class Resource(Edited, Sourced, Base):
    """Something a site offers or wants."""

    __tablename__ = "resource"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    direction: Mapped[str] = mapped_column(lookup("direction"))
    type: Mapped[str] = mapped_column(lookup("resource_type"))
    concepts: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    concepts_corrected: Mapped[bool] = mapped_column(server_default=text("false"))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(Text, server_default=text("''"))
    language: Mapped[str] = mapped_column(Text, server_default=text("'fi'"))
    ewc_code: Mapped[str | None] = mapped_column(ForeignKey("ewc.code"))
    hazardous: Mapped[bool] = mapped_column(server_default=text("false"))
    quantity_low: Mapped[float | None]
    quantity_high: Mapped[float | None]
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    tonnes_low: Mapped[float | None]
    tonnes_high: Mapped[float | None]
    tonnes_basis: Mapped[str | None] = mapped_column(lookup("basis"))
    continuity: Mapped[str] = mapped_column(lookup("continuity"), server_default=text("'continuous'"))
    available_from: Mapped[date | None] = mapped_column(Date)
    available_to: Mapped[date | None] = mapped_column(Date)
    season_months: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default=text("'{}'"))
    attributes: Mapped[dict[str, object]] = mapped_column(JSONB, server_default=text("'{}'"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    visibility: Mapped[str] = mapped_column(lookup("visibility"), server_default=text("'network'"))
    expires_on: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (
        CheckConstraint("title ~ '[^[:space:]]' AND char_length(title) <= 300", name="title"),
        CheckConstraint("char_length(description) <= 20000", name="description"),
        CheckConstraint(
            "quantity_low >= 0 AND quantity_low <= quantity_high AND quantity_high < 1e12", name="quantity"
        ),
        CheckConstraint("(quantity_low IS NULL) = (quantity_high IS NULL)", name="quantity_range"),
        CheckConstraint("quantity_low IS NULL OR unit IS NOT NULL", name="unit"),
        CheckConstraint("tonnes_low >= 0 AND tonnes_low <= tonnes_high AND tonnes_high < 1e12", name="tonnes"),
        CheckConstraint("available_from <= available_to", name="available"),
        CheckConstraint("season_months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'::smallint[]", name="season"),
        CheckConstraint("language IN ('fi', 'sv', 'en')", name="language"),
        Index("uq_resource_source_key", "source_key", unique=True, postgresql_where=LIVE),
        Index("ix_resource_concepts", "concepts", postgresql_using="gin"),
        # What not all coordinators may see, or more than they: row-level security looks it up for each question.
        Index("ix_resource_visibility", "visibility", "site_id", postgresql_where=text("visibility <> 'network'")),
        Index("ix_resource_direction_type", "direction", "type", postgresql_where=LIVE),
    )


class ResourceYear(Base):
    """The quantity of a resource in one year."""

    __tablename__ = "resource_year"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    tonnes: Mapped[float]
    basis: Mapped[str] = mapped_column(lookup("basis"))

    __table_args__ = (
        CheckConstraint("year BETWEEN 1900 AND 2100", name="year"),
        CheckConstraint("tonnes >= 0 AND tonnes < 1e12", name="tonnes"),
    )


class ConceptTerm(Edited, Base):
    """A word that a coordinator has taught: what concept it means in a language."""

    __tablename__ = "concept_term"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    concept: Mapped[str]
    language: Mapped[str]
    word: Mapped[str]

    __table_args__ = (
        CheckConstraint("word ~ '[^[:space:]]' AND char_length(word) <= 100", name="word"),
        CheckConstraint("language IN ('fi', 'sv', 'en')", name="language"),
        Index("uq_concept_term_language_word", "language", text("lower(word)"), unique=True, postgresql_where=LIVE),
    )
