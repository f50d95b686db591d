"""Synergies, what became of them, and what came of them."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from data.tables.actors import LIVE
from data.tables.base import Base, Edited, lookup


class Synergy(Edited, Base):
    """A have and a want of two organisations that may go together."""

    __tablename__ = "synergy"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    have_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    want_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    score: Mapped[float | None]
    reasons: Mapped[list[dict[str, object]]] = mapped_column(JSONB, server_default=text("'[]'"))
    road_km: Mapped[float | None]
    road_minutes: Mapped[float | None]
    method: Mapped[str | None] = mapped_column(lookup("distance_method"))
    tonnes_per_year: Mapped[float | None]
    stage: Mapped[str] = mapped_column(lookup("stage"), server_default=text("'identified'"))
    lapse_reason: Mapped[str | None] = mapped_column(lookup("lapse_reason"))
    owner: Mapped[str | None] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(Text, server_default=text("''"))
    next_step_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    # What the sides have agreed to move in a year; reads then count its middle in place of tonnes_per_year.
    agreed_low: Mapped[float | None]
    agreed_high: Mapped[float | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    showcase_consent: Mapped[bool] = mapped_column(server_default=text("false"))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))
    # When people last did something on it, kept by triggers: a new score is none of it.
    active_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())

    __table_args__ = (
        CheckConstraint("have_id <> want_id", name="sides"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        CheckConstraint("road_km >= 0 AND road_km < 'Infinity'", name="road_km"),
        CheckConstraint(
            "(agreed_low IS NULL) = (agreed_high IS NULL) AND agreed_low >= 0 AND agreed_high > 0"
            " AND agreed_low <= agreed_high AND agreed_high <= 50000000",
            name="agreed",
        ),
        CheckConstraint("(stage = 'lapsed') = (lapse_reason IS NOT NULL)", name="lapse_reason"),
        Index("uq_synergy_have_want", "have_id", "want_id", unique=True, postgresql_where=LIVE),
        Index("ix_synergy_stage", "stage", postgresql_where=LIVE),
    )


class SynergyHistory(Base):
    """One change of stage, with its time and user; written by a trigger."""

    __tablename__ = "synergy_history"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    synergy_id: Mapped[int] = mapped_column(ForeignKey("synergy.id", ondelete="CASCADE"), index=True)
    from_stage: Mapped[str | None] = mapped_column(lookup("stage"))
    to_stage: Mapped[str] = mapped_column(lookup("stage"))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    changed_by: Mapped[str | None] = mapped_column(Text)


class Benefit(Edited, Base):
    """A benefit of a synergy: one metric in one year, one-off or yearly, with its basis."""

    __tablename__ = "benefit"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    synergy_id: Mapped[int] = mapped_column(ForeignKey("synergy.id"), index=True)
    metric: Mapped[str] = mapped_column(lookup("metric"))
    amount: Mapped[float]
    basis: Mapped[str] = mapped_column(lookup("basis"))
    year: Mapped[int] = mapped_column(SmallInteger)
    yearly: Mapped[bool]
    attribution_percent: Mapped[float] = mapped_column(server_default=text("100"))
    source: Mapped[str] = mapped_column(Text, server_default=text("''"))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))

    __table_args__ = (
        CheckConstraint("amount >= 0 AND amount < 1e12", name="amount"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("attribution_percent BETWEEN 0 AND 100", name="attribution"),
        CheckConstraint("metric <> 'private_investment_eur' OR NOT yearly", name="one_off"),
    )


class SynergyExpert(Base):
    """An expert's part in a synergy."""

    __tablename__ = "synergy_expert"

    synergy_id: Mapped[int] = mapped_column(ForeignKey("synergy.id", ondelete="CASCADE"), primary_key=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("expert.id"), primary_key=True)
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    since: Mapped[date] = mapped_column(Date, server_default=func.current_date())
