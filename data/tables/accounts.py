"""The table of who has signed in by an organisation's provider, and who no longer may."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.base import Base


class Account(Base):
    """One person at the provider; times of sign-ins are seconds by the provider's clock, so that no two differ."""

    __tablename__ = "account"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, server_default=text("''"))
    issued: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    ended: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    signed_in_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
