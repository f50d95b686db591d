"""A workshop while it runs: how it is set, the cards that tables send in, and the lines that its screen shows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base

NOW = text("clock_timestamp()")


class Workshop(Base):
    """How an event of the kind workshop runs; a hash of its join code and of its screen's token, never themselves."""

    __tablename__ = "workshop"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[str] = mapped_column(Text, server_default=text("'open'"))
    tables: Mapped[int] = mapped_column(SmallInteger, server_default=text("8"))
    goals: Mapped[str] = mapped_column(Text, server_default=text("''"))
    invited: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    practice: Mapped[bool] = mapped_column(server_default=text("false"))
    board: Mapped[dict[str, object]] = mapped_column(JSONB, server_default=text("'{}'"))
    facilitator: Mapped[str] = mapped_column(Text, server_default=text("''"))
    round: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    code_hash: Mapped[str | None] = mapped_column(Text)
    code_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    screen_hash: Mapped[str | None] = mapped_column(Text)
    last_seq: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        CheckConstraint("status IN ('open', 'paused', 'closed')", name="status"),
        CheckConstraint("tables BETWEEN 1 AND 99", name="tables"),
        Index("uq_workshop_code_hash", "code_hash", unique=True),
        Index("uq_workshop_screen_hash", "screen_hash", unique=True),
    )


class WorkshopCard(Base):
    """What a table sent in, under the id that its telephone gave it, so that what comes twice is one card."""

    __tablename__ = "workshop_card"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("workshop.event_id", ondelete="CASCADE"))
    table_number: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(Text, server_default=text("'resource'"))
    told: Mapped[dict[str, object]] = mapped_column(JSONB)
    told_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    status: Mapped[str] = mapped_column(Text, server_default=text("'waiting'"))
    remark: Mapped[str] = mapped_column(Text, server_default=text("''"))
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id", ondelete="SET NULL"))
    seq: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        CheckConstraint("kind IN ('resource', 'interest')", name="kind"),
        CheckConstraint("status IN ('waiting', 'held', 'shown', 'hidden', 'merged', 'refused')", name="status"),
        Index("ix_workshop_card_event", "event_id", "received_at"),
        Index("ix_workshop_card_waiting", "received_at", postgresql_where=text("status = 'waiting'")),
        Index("ix_workshop_card_resource_id", "resource_id"),
    )


class WorkshopLine(Base):
    """One thing that happened on a workshop's screen, numbered without gaps in the order in which it was committed."""

    __tablename__ = "workshop_line"

    event_id: Mapped[int] = mapped_column(ForeignKey("workshop.event_id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=NOW)
    kind: Mapped[str] = mapped_column(Text)
    told: Mapped[dict[str, object]] = mapped_column(JSONB)
