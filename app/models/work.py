"""What waits for somebody: one row for each thing that only they, or their office, can do next."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import Date, bindparam, func, literal, select, type_coerce
from sqlmodel import col

from app.listing import Selection
from app.models.appeals import Appeal
from app.models.departments import Department
from app.models.objections import Objection
from app.models.reinstatements import Reinstatement
from app.models.role_grants import RoleGrant
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.rules.accounts import Role
from app.rules.appeals import State as AppealState
from app.rules.objections import UNDECIDED
from app.rules.reinstatements import State as AskedState
from app.rules.role_grants import State as GrantState
from app.rules.suspension_orders import State as OrderState


class Waiting(StrEnum):
    GRANT_TO_CONFIRM = "grant_to_confirm"
    ORDER_TO_SUBMIT = "order_to_submit"
    ORDER_TO_CONFIRM = "order_to_confirm"
    ORDER_TO_TAKE_EFFECT = "order_to_take_effect"
    ORDER_TO_OBJECT_TO = "order_to_object_to"
    OBJECTION_TO_DECIDE = "objection_to_decide"
    REINSTATEMENT_TO_PROPOSE = "reinstatement_to_propose"
    REINSTATEMENT_TO_APPROVE = "reinstatement_to_approve"
    APPEAL_TO_TAKE_UP = "appeal_to_take_up"
    APPEAL_TO_DECIDE = "appeal_to_decide"


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
    last = literal(None).label("due") if due is None else type_coerce(due, Date).label("due")
    return select(*told, last).where(*conditions).order_by(col(since), col(key)).limit(MOST)


TO_TAKE_EFFECT: Final = waiting(
    Waiting.ORDER_TO_TAKE_EFFECT,
    SuspensionOrder.order_no,
    SuspensionOrder.confirmed_on,
    SuspensionOrder.effective_on,
    col(SuspensionOrder.state) == OrderState.CONFIRMED,
)
OF_MINE: Final = (
    select(col(SuspensionLine.id))
    .join(Department, col(Department.id) == col(SuspensionLine.department_id))
    .where(
        col(SuspensionLine.order_id) == col(SuspensionOrder.id),
        col(SuspensionLine.preview) == col(SuspensionOrder.previews),
        col(Department.code).in_(bindparam("units", expanding=True)),
    )
    .exists()
)
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
        TO_TAKE_EFFECT,
        waiting(
            Waiting.REINSTATEMENT_TO_PROPOSE,
            Reinstatement.number,
            Reinstatement.requested_on,
            None,
            col(Reinstatement.state).in_([AskedState.REQUESTED, AskedState.EXAM_LINKED]),
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
        waiting(
            Waiting.OBJECTION_TO_DECIDE,
            Objection.number,
            Objection.filed_on,
            Objection.due_on,
            col(Objection.state).in_(list(UNDECIDED)),
        ),
        waiting(
            Waiting.REINSTATEMENT_TO_APPROVE,
            Reinstatement.number,
            Reinstatement.requested_on,
            None,
            col(Reinstatement.state) == AskedState.PROPOSED,
            col(Reinstatement.maker) != bindparam("username"),
        ),
        TO_TAKE_EFFECT,
    ),
    Role.DEPT_ADMIN: (
        waiting(
            Waiting.ORDER_TO_OBJECT_TO,
            SuspensionOrder.order_no,
            SuspensionOrder.previewed_on,
            SuspensionOrder.objections_until,
            col(SuspensionOrder.state) == OrderState.PREVIEWED,
            OF_MINE,
        ),
    ),
    Role.APPEAL_PANEL: (
        waiting(
            Waiting.APPEAL_TO_TAKE_UP,
            Appeal.number,
            Appeal.filed_on,
            Appeal.due_on,
            col(Appeal.state) == AppealState.ACCEPTED,
        ),
        waiting(
            Waiting.APPEAL_TO_DECIDE,
            Appeal.number,
            Appeal.filed_on,
            func.coalesce(Appeal.extended_to, Appeal.due_on),
            col(Appeal.state) == AppealState.DECIDING,
        ),
    ),
}
