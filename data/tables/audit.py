"""The table of who took what out, came, left and was refused: rows are added, and nothing else."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base


class Audit(Base):
    """One event; triggers refuse to change or delete it, and only the functions of retention and erasure may."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("clock_timestamp()"))
    kind: Mapped[str]
    person: Mapped[str] = mapped_column(Text, server_default=text("''"))
    role: Mapped[str] = mapped_column(Text, server_default=text("''"))
    subject: Mapped[str] = mapped_column(Text, server_default=text("''"))
    rows: Mapped[int | None]
    details: Mapped[dict[str, object]] = mapped_column(JSONB, server_default=text("'{}'"))

    __table_args__ = (
        CheckConstraint("kind ~ '^[a-z_]{1,40}$'", name="kind"),
        CheckConstraint("rows >= 0", name="rows"),
        Index("ix_audit_happened_at", "happened_at"),
    )
