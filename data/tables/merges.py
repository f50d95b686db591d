"""The table of merges: which row went into which, and what to put back where one is undone."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base


class Merge(Base):
    """One company or resource that went into another; `steps` are the rows touched, with what they held before."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    kept_id: Mapped[int] = mapped_column(BigInteger)
    gone_id: Mapped[int] = mapped_column(BigInteger)
    steps: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    merged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    merged_by: Mapped[str | None] = mapped_column(Text, server_default=text("current_setting('synergia.user', true)"))
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undone_by: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (CheckConstraint("kind IN ('organisation', 'resource')", name="kind"),)
