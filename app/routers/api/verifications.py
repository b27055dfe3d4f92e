"""Verification of one credential, or of a team. Always computed, never kept."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from app.acts import usage_alarms
from app.config import legal_day, now, settings
from app.db import answer, read_reserved, rows_of
from app.edge import StrictRoute
from app.i18n import gettext, later
from app.keyed import Verifying
from app.models import receipt_checks
from app.models.verifications import (
    BY_NUMBER,
    BY_TOKEN,
    CREDENTIAL_THEN,
    JOINT,
    NOBODY,
    OFFICER_THEN,
    Asked,
    Context,
    TeamVerificationIn,
    TeamVerificationOut,
    VerificationBatchIn,
    VerificationBatchOut,
    VerificationIn,
    VerificationOut,
    as_printed,
)
from app.rate_limits import Meter, MeterDep
from app.rules import verifications as rules
from app.rules.credentials import Result, Status, result
from app.rules.names import answers_to
from app.signing import signer

router = APIRouter(tags=["verifications"], route_class=StrictRoute)
FRESH: Final = {"Cache-Control": "no-store"}
WORDED: Final = (  # the codes that the rules give as reasons
    later("qualification.ok"),
    later("qualification.not_ok"),
    later("employment.ok"),
    later("employment.not_ok"),
    later("unit.ok"),
    later("unit.not_ok"),
    later("area.ok"),
    later("area.not_ok"),
    later("area.not_asked"),
    later("category.ok"),
    later("category.not_ok"),
    later("category.not_asked"),
    later("number.ok"),
    later("number.not_ok"),
    later("distinct.ok"),
    later("distinct.not_ok"),
)


@router.post("/verifications", response_model=VerificationOut)
async def verify_credential(asked: VerificationIn, meter: MeterDep) -> Response:
    """Verify one officer by certificate number and surname or full name, or by the code's token.

    An unknown number and a wrong name get the same answer.
    按证号和姓氏（或全名）核验一名执法人员，也可用二维码令牌；查无此号与姓名不符，答复相同。
    """

    def work(connection: Connection) -> dict[str, Any]:
        reply, row = one(connection, asked, asked)
        return reply if row is None or not asked.receipt else {**reply, "receipt": signed(reply)}

    return await answered(meter, 1, work)


@router.post("/team-verifications", response_model=TeamVerificationOut)
async def verify_team(asked: TeamVerificationIn, meter: MeterDep) -> Response:
    """Verify two or more officers together: two valid ones of one unit or one joint action.

    同时核验两名以上执法人员：须至少两人有效，且同一单位或属于已登记的联合行动。
    """
    persons = len(asked.officers)
    return await answered(meter, persons, lambda connection: team(connection, asked))


@router.post("/verification-batches", response_model=VerificationBatchOut)
async def verify_batch(asked: VerificationBatchIn, _: Verifying, meter: MeterDep) -> Response:
    """Verify up to 200 officers, each by itself, in the order given. Scope `credentials:verify`.

    成批核验，每次最多200人，逐一答复，顺序不变；需要权限 `credentials:verify`。
    """

    def each(connection: Connection) -> dict[str, Any]:
        replies = [one(connection, officer, asked)[0] for officer in asked.officers]
        return {"results": replies, "on": asked.on or legal_day(), "checked_at": now()}

    return await answered(meter, len(asked.officers), each)


async def answered(meter: Meter, persons: int, work: Callable[[Connection], Any]) -> Response:
    """Counted first; then read where no other reader is in the way, and never kept."""
    await usage_alarms.counted(meter, persons)

    def unless_blocked(connection: Connection) -> Any:
        usage_alarms.BLOCKS.let_in(connection, meter)
        return work(connection)

    reply = answer(await read_reserved(unless_blocked))
    reply.headers.update(FRESH)
    return reply


def signed(reply: dict[str, Any]) -> str:
    """By whom, when, and what was answered; without the name, for it travels in an address."""
    moment = int(reply["checked_at"].timestamp())
    claims = {"iss": settings().public_url, "iat": moment, **receipt_checks.claims_of(reply)}
    return signer().signed(receipt_checks.KIND, claims)


def held_by(connection: Connection, asked: Asked, day: date) -> dict[str, Any] | None:
    """The credential asked for, if the name answers to it."""
    if asked.token is not None:
        rows = rows_of(connection, BY_TOKEN, {"token": asked.token, "as_of": day})
        return rows[0] if rows else None
    number = as_printed(asked.certificate_no or "")
    rows = rows_of(connection, BY_NUMBER, {"certificate_no": number, "as_of": day})
    return next((row for row in rows if answers_to(asked.name or "", row["name"])), None)


def at(connection: Connection, row: dict[str, Any], day: date) -> dict[str, Any]:
    """The state on an earlier day, from the events; before the first one nothing was issued."""
    if day >= legal_day():
        return row
    keys = {"credential_id": row["id"], "officer_id": row["officer_id"], "as_of": day}
    credential = rows_of(connection, CREDENTIAL_THEN, keys)
    officer = rows_of(connection, OFFICER_THEN, keys)
    unknown = {"qualification": "none", "officer_status": "left"}
    nothing = {"status": Status.APPLIED, "ended_as": None, "since": row["valid_from"]}
    return {
        **row,
        **(credential[0] if credential else nothing),
        **(officer[0] if officer else unknown),
    }


def one(
    connection: Connection, asked: Asked, context: Context
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The answer about one officer, and the row it came from."""
    day = context.on or legal_day()
    row = held_by(connection, asked, day)
    if row is not None:
        row = at(connection, row, day)
        outcome = outcome_of(row, day)
        if outcome is not Result.NO_MATCH:
            return found(row, outcome, context, day), row
    nobody = {**NOBODY, "result": Result.NO_MATCH, "may_enforce": False, "why": []}
    return {**nobody, "on": day, "checked_at": now()}, None


def outcome_of(row: dict[str, Any], day: date) -> Result:
    ended = Result(row["ended_as"]) if row["ended_as"] else None
    return result(Status(row["status"]), ended, row["valid_from"], row["valid_to"], day)


def found(row: dict[str, Any], outcome: Result, context: Context, day: date) -> dict[str, Any]:
    reasons = rules.why(facts_of(row, context))
    copied = ("name", "certificate_no", "category", "area_code", "area", "scheme", "issuer")
    local = row["locally_suspended_since"]
    return {
        **{name: row[name] for name in copied},
        "since": row["since"],
        "result": outcome,
        "department": {"code": row["department_code"], "name": row["department_name"]},
        "locally_suspended_since": local if local is not None and local <= day else None,
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
        "on": day,
        "checked_at": now(),
        "may_enforce": rules.may_enforce(outcome, reasons),
        "why": [shown(reason) for reason in reasons],
        "supervision_phone": row["supervision_phone"] or settings().supervision_phone,
        "status_index": row["id"],
        "receipt": None,
    }


def shown(reason: rules.Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "ok": reason.ok,
        "code": reason.code,
        "detail": gettext(reason.code),
    }


def facts_of(row: dict[str, Any], context: Context) -> rules.Facts:
    return rules.Facts(
        qualification=row["qualification"],
        employment=row["employment_type"],
        officer_status=row["officer_status"],
        unit_announced=bool(row["enforcement"]),
        basis_kind=row["basis_kind"],
        area_code=row["area_code"],
        asked_area=context.area_code,
        category=row["category"],
        asked_power=context.power,
    )


def team(connection: Connection, asked: TeamVerificationIn) -> dict[str, Any]:
    day = asked.on or legal_day()
    joint: dict[int, set[str]] = {}
    for row in rows_of(connection, JOINT, {"as_of": day}):
        joint.setdefault(row["department_id"], set()).add(row["number"])
    pairs = [one(connection, officer, asked) for officer in asked.officers]
    reasons = rules.team_why([member(reply, row, joint) for reply, row in pairs])
    return {
        "team_valid": all(reason.ok for reason in reasons),
        "why": [shown(reason) for reason in reasons],
        "results": [reply for reply, _ in pairs],
        "on": day,
        "checked_at": now(),
    }


def member(
    reply: dict[str, Any], row: dict[str, Any] | None, joint: dict[int, set[str]]
) -> rules.TeamFacts:
    return rules.TeamFacts(
        officer_key=row["officer_no"] if row else None,
        result=reply["result"],
        may_enforce=reply["may_enforce"],
        department=row["department_code"] if row else None,
        joint_actions=joint.get(row["department_id"], set()) if row else set(),
    )
