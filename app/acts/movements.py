"""Officers who move to another unit, hand their cards back, or lose the qualification."""

from sqlmodel import col, select

from app.acts import departments
from app.acts.desk import Desk
from app.acts.officers import change
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.officers import Officer, OfficerEvent
from app.rules import credentials
from app.rules import officers as rules
from app.rules.credentials import Act, Result, Status
from app.rules.officers import EmploymentType, Qualification


def told(desk: Desk, officer: Officer, act: str) -> None:
    desk.session.add(
        OfficerEvent(
            officer_id=officer.id or 0,
            act=act,
            effective_on=desk.today,
            department_id=officer.department_id,
            employment_type=officer.employment_type,
            qualification=officer.qualification,
            status=officer.status,
        )
    )


def cards(desk: Desk, officer: Officer, *states: Status) -> list[Credential]:
    held = select(Credential).where(
        col(Credential.officer_id) == officer.id, col(Credential.status).in_(states)
    )
    return list(desk.session.exec(held.order_by(col(Credential.id)).with_for_update()))


def transfer(desk: Desk, officer: Officer, unit: Department) -> None:
    """To another unit of the city: the old cards go back, and the new unit applies for its own."""
    rules.in_service(rules.Status(officer.status))
    standing = departments.current(desk, unit)
    if officer.qualification == Qualification.QUALIFIED:
        employment = EmploymentType(officer.employment_type)
        rules.qualify(employment, exam_passed=True, department_announced=standing.enforcement)
    officer.department_id, officer.areas, officer.section = unit.id or 0, None, None
    told(desk, officer, "moved")
    desk.note("officer.moved", officer.officer_no, department=unit.code)
    for card in cards(desk, officer, *credentials.LIVING):
        change(desk, card, Act.RECOVER)


def hand_back(desk: Desk, officer: Officer) -> None:
    """Every card of one who left is in the office's hands: the task of INV-O2 is done."""
    rules.hand_back(officer.recovery_due, officer.cards_returned_on)
    officer.cards_returned_on = desk.today
    desk.note("officer.cards_returned", officer.officer_no)


def disqualify(desk: Desk, officer: Officer, decision_no: str, maker: str) -> None:
    """The qualification is lost by fault, and every card with it, the lost one too."""
    desk.checks(maker)
    was = Qualification(officer.qualification)
    officer.qualification = rules.after(rules.Act.DISQUALIFY, was)
    told(desk, officer, "disqualified")
    desk.note("officer.disqualified", officer.officer_no)
    held = (Status.APPLIED, Status.ACTIVE, Status.SUSPENDED, Status.LOST, Status.RECOVERED)
    for card in cards(desk, officer, *held):
        change(desk, card, Act.REVOKE, ended_as=Result.REVOKED, decision_no=decision_no)
