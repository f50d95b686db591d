"""What-if views that somebody kept."""

from sqlalchemy import BigInteger, CheckConstraint, Identity, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base, Edited


class Scenario(Edited, Base):
    """A what-if view: its name, and what is changed in it as numbers and codes."""

    __tablename__ = "scenario"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    told: Mapped[dict[str, object]] = mapped_column(JSONB)

    __table_args__ = (
        CheckConstraint("name ~ '[^[:space:]]' AND char_length(name) <= 100", name="name"),
        CheckConstraint("jsonb_typeof(told) = 'object'", name="told"),
    )
