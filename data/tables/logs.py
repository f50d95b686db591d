"""What the store remembers of itself: changes, imports, data sets and distances."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Identity, Index, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, lookup


class Change(Base):
    """One update or deletion of a row: who, when, and the columns before and after; written by a trigger."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    table_name: Mapped[str]
    row_id: Mapped[int] = mapped_column(BigInteger)
    operation: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    changed_by: Mapped[str | None] = mapped_column(Text)
    old: Mapped[dict[str, object]] = mapped_column(JSONB)
    new: Mapped[dict[str, object] | None] = mapped_column(JSONB)

    __table_args__ = (Index("ix_change_row", "table_name", "row_id"),)


class ImportLog(Base):
    """One import: the file, what became of its rows, and every problem found."""

    __tablename__ = "import_log"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    importer: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    channel: Mapped[str] = mapped_column(lookup("channel"))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    imported_by: Mapped[str | None] = mapped_column(Text, server_default=text("current_setting('synergia.user', true)"))
    read: Mapped[int] = mapped_column(server_default=text("0"))
    created: Mapped[int] = mapped_column(server_default=text("0"))
    updated: Mapped[int] = mapped_column(server_default=text("0"))
    unchanged: Mapped[int] = mapped_column(server_default=text("0"))
    rejected: Mapped[int] = mapped_column(server_default=text("0"))
    problems: Mapped[list[dict[str, object]]] = mapped_column(JSONB, server_default=text("'[]'"))

    __table_args__ = (CheckConstraint("read = created + updated + unchanged + rejected", name="sum"),)


class Dataset(Base):
    """A reference table that is loaded; data/reference/sources.toml tells of its publisher and licence."""

    __tablename__ = "dataset"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    file: Mapped[str]
    rows: Mapped[int]
    sha256: Mapped[str]
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class DistanceCache(Base):
    """A distance between two sites on one road network; a new network has another hash.

    No foreign keys: checking them made filling 0.6 million pairs take 22 s instead of 3. The trigger forget_distances
    removes the rows of a site that goes or moves.
    """

    __tablename__ = "distance_cache"

    graph_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    from_site_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    to_site_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    km: Mapped[float | None]
    minutes: Mapped[float | None]
    method: Mapped[str] = mapped_column(Text)
    access_km: Mapped[float | None]
    ferry_km: Mapped[float | None]
    low_km: Mapped[float | None]
    high_km: Mapped[float | None]

    __table_args__ = (CheckConstraint("km >= 0 AND km < 'Infinity'", name="km"),)


class DistanceSite(Base):
    """A site whose distances to and from every other site here are cached, and the point they were measured from."""

    __tablename__ = "distance_site"

    graph_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    site_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    easting_m: Mapped[float]
    northing_m: Mapped[float]


class Lesson(Base):
    """What decided synergies have taught the matcher; the newest row counts."""

    __tablename__ = "lesson"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    learned_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    learned_by: Mapped[str | None] = mapped_column(Text, server_default=text("current_setting('synergia.user', true)"))
    told: Mapped[dict[str, object]] = mapped_column(JSONB)
