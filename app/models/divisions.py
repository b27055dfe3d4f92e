"""Administrative divisions (GB/T 2260, GB/T 10114)."""

from datetime import date

from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, closed, validity
from app.rules.divisions import Level


class AdministrativeDivision(SQLModel, table=True):
    __tablename__ = "administrative_division"
    __table_args__ = (closed("level", Level), validity(), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=9, unique=True)
    name: str = Field(max_length=100)
    level: str = Field(max_length=16)
    parent_code: str | None = Field(default=None, max_length=9)
    valid_from: date
    valid_to: date | None = None
