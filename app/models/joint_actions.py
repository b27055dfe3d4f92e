"""Recorded joint actions: officers of different units may then form one team."""

from datetime import date

from sqlmodel import Field, SQLModel

from app.models.columns import PUBLIC, validity


class JointAction(SQLModel, table=True):
    __tablename__ = "joint_action"
    __table_args__ = (validity(), PUBLIC)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=50, unique=True)
    name: str = Field(max_length=200)
    valid_from: date
    valid_to: date | None = None


class JointActionMember(SQLModel, table=True):
    __tablename__ = "joint_action_member"
    __table_args__ = PUBLIC

    joint_action_id: int = Field(primary_key=True, foreign_key="joint_action.id")
    department_id: int = Field(primary_key=True, foreign_key="department.id")
