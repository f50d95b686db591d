"""Reference tables: regions, municipalities, codes and units."""

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base


class Region(Base):
    """A maakunta; its outline includes the sea."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    fi: Mapped[str]
    sv: Mapped[str]
    en: Mapped[str]
    nuts3: Mapped[str]
    label: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=3067, spatial_index=False))


class Municipality(Base):
    """A kunta of 2026; its outline includes the sea."""

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    fi: Mapped[str]
    sv: Mapped[str]
    en: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    sub_region_code: Mapped[str]
    sub_region_fi: Mapped[str]
    point: Mapped[WKBElement] = mapped_column(Geometry("POINT", srid=3067, spatial_index=False))
    outline: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", srid=3067, spatial_index=False))

    __table_args__ = (Index("ix_municipality_outline", "outline", postgresql_using="gist"),)


class EwcCode(Base):
    """An entry of the list of waste: chapter (2 digits), sub-chapter (4) or waste (6)."""

    __tablename__ = "ewc"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int]
    parent: Mapped[str | None] = mapped_column(ForeignKey("ewc.code"))
    hazardous: Mapped[bool | None]
    fi: Mapped[str]
    sv: Mapped[str]
    en: Mapped[str]


class Industry(Base):
    """A section or division of TOL 2008."""

    __tablename__ = "industry"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    level: Mapped[int]
    parent: Mapped[str | None]
    fi: Mapped[str]
    sv: Mapped[str]
    en: Mapped[str]


class Unit(Base):
    """A unit of quantity and what it measures."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    dimension: Mapped[str]
