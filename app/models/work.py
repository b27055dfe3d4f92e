"""What waits for somebody: one row for each thing that only they, or their office, can do next."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import Date, String, and_, bindparam, case, func, literal, select, type_coerce
from sqlmodel import col

from app.listing import Selection
from app.models.api_clients import ApiClient
from app.models.appeals import Appeal
from app.models.departments import Department, DepartmentRevision, Named, in_force
from app.models.exam_campaigns import ExamCampaign
from app.models.liaison_pairs import LiaisonPair
from app.models.objections import Objection
from app.models.officers import Officer
from app.models.reinstatements import Reinstatement
from app.models.role_grants import RoleGrant
from app.models.self_checks import KEY, SelfCheckTask
from app.models.suspension_lines import SuspensionLine
from app.models.suspension_orders import SuspensionOrder
from app.models.usage_alarms import UsageAlarm
from app.rules.accounts import Role
from app.rules.api_clients import State as ClientState
from app.rules.appeals import State as AppealState
from app.rules.liaison_pairs import State as PairState
from app.rules.objections import UNDECIDED
from app.rules.officers import Qualification, Status
from app.rules.reinstatements import State as AskedState
from app.rules.role_grants import State as GrantState
from app.rules.self_checks import MISSING
from app.rules.self_checks import State as CheckState
from app.rules.suspension_orders import State as OrderState
from app.rules.usage_alarms import State as AlarmState


class Waiting(StrEnum):
    GRANT_TO_CONFIRM = "grant_to_confirm"
    ORDER_TO_SUBMIT = "order_to_submit"
    ORDER_TO_CONFIRM = "order_to_confirm"
    ORDER_TO_TAKE_EFFECT = "order_to_take_effect"
    ORDER_TO_OBJECT_TO = "order_to_object_to"
    OBJECTION_TO_DECIDE = "objection_to_decide"
    REINSTATEMENT_TO_PROPOSE = "reinstatement_to_propose"
    REINSTATEMENT_TO_APPROVE = "reinstatement_to_approve"
    SELF_CHECK_TO_REPORT = "self_check_to_report"
    SELF_CHECK_TO_VERIFY = "self_check_to_verify"
    APPEAL_TO_TAKE_UP = "appeal_to_take_up"
    APPEAL_TO_DECIDE = "appeal_to_decide"
    API_CLIENT_TO_APPROVE = "api_client_to_approve"
    API_CLIENT_TO_CONFIRM = "api_client_to_confirm"
    USAGE_ALARM_TO_CLOSE = "usage_alarm_to_close"
    PAIR_TO_ISSUE = "pair_to_issue"
    HANDOVER_TO_SETTLE = "handover_to_settle"


class WaitingOut(BaseModel):
    kind: Waiting
    key: str
    since: date | None
    due: date | None


class UnitOfficersOut(BaseModel):
    """Officers in service by their standing: persons, not cards."""

    department: Named
    qualified: int
    suspended: int
    without: int


class WorkOut(BaseModel):
    """`units` is for the offices that answer for the whole city; null for everybody else."""

    items: list[WaitingOut]
    units: list[UnitOfficersOut] | None


MOST: Final = 50


def waiting(kind: Waiting, key: Any, since: Any, due: Any, *conditions: Any) -> Selection:
    told: tuple[Any, ...] = (
        literal(kind.value).label("kind"),
        key.label("key"),
        col(since).label("since"),
    )
    last = literal(None).label("due") if due is None else type_coerce(due, Date).label("due")
    return select(*told, last).where(*conditions).order_by(col(since), key).limit(MOST)


TO_TAKE_EFFECT: Final = waiting(
    Waiting.ORDER_TO_TAKE_EFFECT,
    SuspensionOrder.order_no,
    SuspensionOrder.confirmed_on,
    SuspensionOrder.effective_on,
    col(SuspensionOrder.state) == OrderState.CONFIRMED,
)
ALARMS: Final = waiting(
    Waiting.USAGE_ALARM_TO_CLOSE,
    UsageAlarm.number,
    UsageAlarm.raised_on,
    None,
    col(UsageAlarm.state) == AlarmState.OPEN,
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
QUOTED: Final = '"' + bindparam("username", type_=String) + '"'  # in a kept list of accounts
SELF_CHECK: Final = KEY.element
OF_THE_CHECK: Final = (
    col(ExamCampaign.id) == col(SelfCheckTask.campaign_id),
    col(Department.id) == col(SelfCheckTask.department_id),
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
        waiting(
            Waiting.API_CLIENT_TO_APPROVE,
            ApiClient.client_no,
            ApiClient.applied_on,
            None,
            col(ApiClient.state) == ClientState.APPLIED,
        ),
        ALARMS,
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
            ~col(SuspensionOrder.made_by).contains(QUOTED),
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
        waiting(
            Waiting.SELF_CHECK_TO_VERIFY,
            SELF_CHECK,
            SelfCheckTask.submitted_on,
            None,
            col(SelfCheckTask.state) == CheckState.SUBMITTED,
            *OF_THE_CHECK,
        ),
        TO_TAKE_EFFECT,
        waiting(
            Waiting.API_CLIENT_TO_CONFIRM,
            ApiClient.client_no,
            ApiClient.applied_on,
            None,
            col(ApiClient.state) == ClientState.ENDORSED,
            col(ApiClient.maker) != bindparam("username"),
        ),
        ALARMS,
    ),
    Role.DEPT_ADMIN: (
        waiting(
            Waiting.SELF_CHECK_TO_REPORT,
            SELF_CHECK,
            SelfCheckTask.issued_on,
            SelfCheckTask.due_on,
            col(SelfCheckTask.state).in_(list(MISSING)),
            *OF_THE_CHECK,
            col(Department.code).in_(bindparam("units", expanding=True)),
        ),
        waiting(
            Waiting.ORDER_TO_OBJECT_TO,
            SuspensionOrder.order_no,
            SuspensionOrder.previewed_on,
            SuspensionOrder.objections_until,
            col(SuspensionOrder.state) == OrderState.PREVIEWED,
            OF_MINE,
        ),
    ),
    Role.LIAISON_OFFICE: (
        waiting(
            Waiting.HANDOVER_TO_SETTLE,
            LiaisonPair.pair_no,
            LiaisonPair.handover_since,
            LiaisonPair.handover_due,
            col(LiaisonPair.state) == PairState.HANDOVER,
        ),
        waiting(
            Waiting.PAIR_TO_ISSUE,
            LiaisonPair.pair_no,
            LiaisonPair.valid_from,
            None,
            col(LiaisonPair.state) == PairState.PROPOSED,
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
            col(Appeal.panel).contains(QUOTED),
        ),
    ),
}


def counted(*states: Qualification) -> Any:
    return func.sum(case((col(Officer.qualification).in_(states), 1), else_=0))


BY_UNIT: Final[Selection] = (
    select(
        col(Department.code).label("department.code"),
        col(DepartmentRevision.name).label("department.name"),
        col(DepartmentRevision.name_en).label("department.name_en"),
        counted(Qualification.QUALIFIED).label("qualified"),
        counted(Qualification.SUSPENDED).label("suspended"),
        counted(Qualification.NONE, Qualification.DISQUALIFIED).label("without"),
    )
    .select_from(Officer)
    .join(Department, col(Department.id) == col(Officer.department_id))
    .join(
        DepartmentRevision,
        and_(
            col(DepartmentRevision.department_id) == col(Department.id),
            in_force(DepartmentRevision),
        ),
    )
    .where(col(Officer.status) == Status.ACTIVE)
    .group_by(col(Department.code), col(DepartmentRevision.name), col(DepartmentRevision.name_en))
    .order_by(col(Department.code))
)
