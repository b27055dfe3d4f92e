"""What a published item was from a day on: in force, suspended by law, cancelled."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, always, closed, validity
from app.rules.permits import PUBLIC_STATES

OPEN = text("valid_to is null")


class PermitStanding(SQLModel, table=True):
    """One stretch of days; `document_no` is what suspended, resumed or cancelled the item."""

    __tablename__ = "permit_standing"
    __table_args__ = (
        closed("state", PUBLIC_STATES),
        always("document", "state = 'published' or document_no is not null"),  # INV-M5
        Index(
            "uq_permit_standing_open",
            "permit_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_permit_standing_permit_id", "permit_id", "valid_from"),
        validity(),
        PUBLIC,
    )

    id: int | None = Field(default=None, primary_key=True)
    permit_id: int = Field(foreign_key="permit_item.id")
    state: str = Field(max_length=20)
    document_no: str | None = Field(default=None, max_length=50)
    valid_from: date
    valid_to: date | None = None
