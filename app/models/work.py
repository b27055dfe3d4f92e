"""What waits for somebody: one row for each thing that only they, or their office, can do next."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import bindparam, literal, select
from sqlmodel import col

from app.listing import Selection
from app.models.role_grants import RoleGrant
from app.models.suspension_orders import SuspensionOrder
from app.rules.accounts import Role
from app.rules.role_grants import State as GrantState
from app.rules.suspension_orders import State as OrderState


class Waiting(StrEnum):
    GRANT_TO_CONFIRM = "grant_to_confirm"
    ORDER_TO_SUBMIT = "order_to_submit"
    ORDER_TO_CONFIRM = "order_to_confirm"


class WaitingOut(BaseModel):
    kind: Waiting
    key: str
    since: date | None
    due: date | None


class WorkOut(BaseModel):
    items: list[WaitingOut]


MOST: Final = 50


def waiting(kind: Waiting, key: Any, since: Any, due: Any, *conditions: Any) -> Selection:
    told: tuple[Any, ...] = (
        literal(kind.value).label("kind"),
        col(key).label("key"),
        col(since).label("since"),
    )
    last = literal(None).label("due") if due is None else col(due).label("due")
    return select(*told, last).where(*conditions).order_by(col(since), col(key)).limit(MOST)


WORK: Final[Mapping[Role, tuple[Selection, ...]]] = {
    Role.SYSADMIN: (
        waiting(
            Waiting.GRANT_TO_CONFIRM,
            RoleGrant.number,
            RoleGrant.proposed_on,
            None,
            col(RoleGrant.state) == GrantState.PROPOSED,
            col(RoleGrant.maker) != bindparam("username"),
        ),
    ),
    Role.HR_OFFICE: (
        waiting(
            Waiting.ORDER_TO_SUBMIT,
            SuspensionOrder.order_no,
            SuspensionOrder.built_on,
            SuspensionOrder.objections_until,
            col(SuspensionOrder.state).in_([OrderState.DRAFT, OrderState.PREVIEWED]),
        ),
    ),
    Role.LEGAL_SUPERVISOR: (
        waiting(
            Waiting.ORDER_TO_CONFIRM,
            SuspensionOrder.order_no,
            SuspensionOrder.submitted_on,
            None,
            col(SuspensionOrder.state) == OrderState.SUBMITTED,
            col(SuspensionOrder.maker) != bindparam("username"),
        ),
    ),
}
