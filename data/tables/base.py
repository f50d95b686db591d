"""What all tables share: the base class, the lookup tables, and the columns that every edited row has."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Date, DateTime, ForeignKey, MetaData, SmallInteger, Table, Text, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from data import model

# Named by rule, so that a migration can name what it changes.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

LOOKUPS: dict[str, type[StrEnum]] = {
    "direction": model.Direction,
    "resource_type": model.ResourceType,
    "stage": model.Stage,
    "lapse_reason": model.LapseReason,
    "visibility": model.Visibility,
    "site_visibility": model.SiteVisibility,
    "point_precision": model.Precision,
    "continuity": model.Continuity,
    "channel": model.Channel,
    "organisation_kind": model.OrganisationKind,
    "activation": model.Activation,
    "event_kind": model.EventKind,
    "distance_method": model.Method,
    "basis": model.Basis,
    "metric": model.Metric,
}


class Base(DeclarativeBase):
    """Collect the tables."""

    metadata = MetaData(naming_convention=NAMES)


for _name in LOOKUPS:
    Table(
        _name,
        Base.metadata,
        Column("code", Text, primary_key=True),
        Column("position", SmallInteger, nullable=False),
    )


def lookup(name: str) -> ForeignKey:
    """Refer to a lookup table by its code."""
    return ForeignKey(f"{name}.code")


class Edited:
    """Give a row its version, its times and users, and its soft deletion; a stale update is refused."""

    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    created_by: Mapped[str | None] = mapped_column(Text, server_default=text("current_setting('synergia.user', true)"))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - a declared_attr takes the class
        """Let SQLAlchemy count versions and refuse an update of an older one."""
        return {"version_id_col": cls.version}


class Sourced:
    """Tell for a row which channel and document it came by, its key there, and whether it is invented."""

    channel: Mapped[str] = mapped_column(lookup("channel"), server_default=text("'other'"))
    source_document: Mapped[str] = mapped_column(Text, server_default=text("''"))
    source_date: Mapped[date | None] = mapped_column(Date)
    source_key: Mapped[str | None] = mapped_column(Text)
    content_hash: Mapped[str | None] = mapped_column(Text)
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
