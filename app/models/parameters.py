"""Legal parameters: every period the register applies, versioned by date, with its basis."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC


class LegalParameter(SQLModel, table=True):
    __tablename__ = "legal_parameter"
    __table_args__ = (
        UniqueConstraint("key", "effective_from", name="uq_legal_parameter_key_from"),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    value: int
    unit: str = Field(max_length=16)
    effective_from: date
    effective_to: date | None = None
    basis: str = Field(max_length=200)
    tag: str = Field(max_length=1)
