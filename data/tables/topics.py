"""What each resource is about, as the matcher read its text: remembered, so that sums by material are plain SQL."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base


class ResourceTopic(Base):
    """The leading concept of a resource; empty where its text names none."""

    __tablename__ = "resource_topic"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    concept: Mapped[str] = mapped_column(Text)
    # Of the row that was read, and by which table of concepts: another of either, and it is read anew.
    read_of: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    reading: Mapped[str] = mapped_column(Text)
