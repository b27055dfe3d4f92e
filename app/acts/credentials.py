"""A credential asked for, issued one by one, and given back its force."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from app.acts import calendars
from app.acts.desk import Desk
from app.acts.officers import Token, change, random_token
from app.models.credentials import Credential, CredentialCause, CredentialEvent
from app.models.departments import Department
from app.models.officers import Officer
from app.models.suspension_lines import IssueBlock
from app.rules import credentials as rules
from app.rules.credentials import Act, Cause, Scheme, Status
from app.rules.officers import Qualification


def apply(
    desk: Desk, officer: Officer, unit: Department, card: Mapping[str, Any],
    token: Token = random_token,
) -> Credential:  # fmt: skip
    """A department asks for a card; until it is issued nobody can verify it."""
    entitled(desk, officer)
    validity = calendars.limit(desk, "credential.validity")
    begins = card.get("valid_from", desk.today)
    asked = desk.add(
        Credential(
            certificate_no=card["certificate_no"],
            scheme=card.get("scheme", Scheme.NATIONAL),
            officer_id=officer.id or 0,
            department_id=unit.id or 0,
            category=card["category"],
            area_code=card["area_code"],
            issuer=card["issuer"],
            local_issuer=card.get("local_issuer", True),
            issued_on=desk.today,
            valid_from=begins,
            valid_to=card.get("valid_to", rules.last_day(begins, validity)),
            verify_token=token(),
            status=Status.APPLIED,
            since=desk.today,
        )
    )
    told(desk, asked, "apply")
    desk.note("credential.applied", asked.certificate_no, department=unit.code)
    return asked


def issue(desk: Desk, credential: Credential) -> Credential:
    """Issue what was applied for; the officer may have been suspended since."""
    entitled(desk, desk.one(Officer, id=credential.officer_id))
    credential.status = rules.after(Act.ISSUE, Status(credential.status))
    credential.issued_on = credential.since = desk.today
    credential.version += 1
    told(desk, credential, Act.ISSUE)
    dates = {name: getattr(credential, name).isoformat() for name in ("valid_from", "valid_to")}
    desk.note("credential.issued", credential.certificate_no, status=credential.status, **dates)
    return credential


def told(desk: Desk, credential: Credential, act: str) -> None:
    desk.session.add(
        CredentialEvent(
            credential_id=credential.id or 0,
            act=act,
            status=credential.status,
            effective_on=desk.today,
            actor=desk.actor,
        )
    )


def entitled(desk: Desk, officer: Officer) -> None:
    causes = (
        select(CredentialCause.cause)
        .join(Credential, col(Credential.id) == col(CredentialCause.credential_id))
        .where(col(Credential.officer_id) == officer.id, col(CredentialCause.ended_on).is_(None))
    )
    blocks = select(IssueBlock).where(
        col(IssueBlock.officer_id) == officer.id, col(IssueBlock.ended_on).is_(None)
    )
    rules.issue(
        qualified=officer.qualification == Qualification.QUALIFIED,
        causes={Cause(each) for each in desk.session.exec(causes)},
        blocked=desk.session.exec(blocks).first() is not None,
    )


def lift(desk: Desk, credential: Credential, cause: Cause, decision_no: str, maker: str) -> None:
    """End one cause, on a decision that another prepared; the last one ended gives force back."""
    desk.checks(maker)
    opened = select(CredentialCause).where(
        col(CredentialCause.credential_id) == credential.id,
        col(CredentialCause.ended_on).is_(None),
    )
    found = list(desk.session.exec(opened.order_by(col(CredentialCause.id))))
    rules.lift(cause, {Cause(each.cause) for each in found})
    for each in found:
        if each.cause == cause:
            each.ended_on = desk.today
    left = {Cause(each.cause) for each in found if each.cause != cause}
    outcome = rules.reinstated(left, credential.valid_to, desk.today)
    if outcome is Status.SUSPENDED:
        desk.note("credential.cause_ended", credential.certificate_no, status=outcome)
    else:
        act = Act.EXPIRE if outcome is Status.EXPIRED else Act.REINSTATE
        change(desk, credential, act, decision_no=decision_no)
