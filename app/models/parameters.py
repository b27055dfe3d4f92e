"""Legal parameters: every period the register applies, versioned by date, with its basis."""

from datetime import date
from typing import Final

from sqlalchemy import UniqueConstraint, bindparam, select
from sqlmodel import Field, SQLModel, col

from app.listing import Selection
from app.models.columns import PUBLIC, always, closed
from app.rules.parameters import Tag


class LegalParameter(SQLModel, table=True):
    __tablename__ = "legal_parameter"
    __table_args__ = (
        UniqueConstraint("key", "effective_from", name="uq_legal_parameter_key_from"),
        closed("tag", Tag),
        always("effective", "effective_to is null or effective_to > effective_from"),
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


VERSIONS: Final[Selection] = (
    select(
        col(LegalParameter.value),
        col(LegalParameter.unit),
        col(LegalParameter.effective_from),
        col(LegalParameter.effective_to),
        col(LegalParameter.basis),
    )
    .where(col(LegalParameter.key) == bindparam("key"))
    .order_by(col(LegalParameter.effective_from).desc())
)
