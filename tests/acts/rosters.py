"""The rosters of the demo city as 35 offices would send them, with the troubles that they have."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from app.acts import exam_campaigns, import_commits, import_reading, imports, jobs
from app.acts.desk import Desk
from app.db import Database
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.imports import ImportBatch, ImportRow
from app.models.jobs import Job
from app.models.officers import Officer
from app.rules.exam_campaigns import Act
from app.rules.headings import Kind
from app.rules.jobs import Kind as JobKind
from tests.acts.campaign import DIVISION, Office
from tests.spreadsheets import files

CODE, TODAY = "EX2027", date(2026, 3, 31)
HEADINGS = ("序号", "姓名", "执法证号", "单位", "人员性质", "科室", "在职状态")
WORKS = {JobKind.IMPORT_READING: import_reading.read, JobKind.IMPORT_COMMIT: import_commits.commit}
Person = tuple[str, str, str]  # name, certificate number, unit code


def people(desk: Desk) -> list[Person]:
    """One certificate of each officer in service."""
    held = (
        select(Officer.name, Credential.certificate_no, Department.code)
        .join(Credential, col(Credential.officer_id) == col(Officer.id))
        .join(Department, col(Department.id) == col(Officer.department_id))
        .where(Officer.status == "active", Credential.scheme == "national")
        .where(col(Credential.status).in_(["active", "suspended"]))
        .order_by(col(Credential.certificate_no))
    )
    return list(desk.session.exec(held).all())


def row_of(person: Person, **changed: Any) -> list[Any]:
    name, number, unit = person
    cells = {"n": None, "name": name, "no": number, "unit": unit, "kind": "公务员"}
    return list({**cells, "section": None, "standing": None, **changed}.values())


def by_unit(rows: Sequence[list[Any]]) -> list[tuple[str, bytes]]:
    """A file a unit, in the order of the units."""
    found = defaultdict(list)
    for row in rows:
        found[row[3]].append(row)
    return [
        (f"{unit}.xlsx", files.xlsx([["2027年名册"], HEADINGS, *rows]))
        for unit, rows in sorted(found.items())
    ]


def open_campaign(office: Office) -> int:
    with office.day(TODAY) as desk:
        facts = {"code": CODE, "name": "x", "year": 2027, "syllabus": ["行政处罚法"]}
        campaign = exam_campaigns.create(desk, DIVISION, facts)
        exam_campaigns.move(desk, campaign, Act.OPEN_ROSTER)
        return campaign.id or 0


def uploaded(office: Office, sheets: Sequence[tuple[str, bytes]], **about: Any) -> str:
    with office.day(TODAY) as desk:
        kind = about.pop("kind", Kind.ROSTER)
        batch, _ = imports.upload(desk, kind, sheets, about)
        return batch.number


def work(opened: Database) -> str | None:
    """Do every job that waits; what the last one came to."""
    while jobs.run_one(opened.writer, WORKS):
        pass
    with Session(opened.writer) as session:
        last = session.exec(select(Job).order_by(col(Job.id).desc()).limit(1)).one()
        return last.message or last.state


def classes(desk: Desk, number: str) -> dict[str, tuple[int, int]]:
    """Rows and undecided rows of each class."""
    batch = desk.one(ImportBatch, number=number)
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in desk.session.exec(select(ImportRow).where(ImportRow.batch_id == batch.id)):
        found[row.match_kind or ""][0] += 1
        found[row.match_kind or ""][1] += row.undecided
    return {kind: (rows, left) for kind, (rows, left) in found.items()}


def troubled(everybody: Sequence[Person]) -> list[list[Any]]:
    """1,263 rows, with the troubles that 35 offices have."""
    rows = [row_of(each) for each in everybody]
    for at in range(6):
        rows[at][2] = "99018"  # some digits are missing
    for at in range(10, 13):
        rows[at][2] = everybody[at + 100][1]  # another's, who is listed too
    for at in range(20, 25):
        rows[at][1] = f"佚{rows[at][1]}名"
    for at in range(30, 35):
        rows[at][2] = None
    for at in range(40, 46):
        rows[at][1] = rows[at][1][0] + " " + rows[at][1][1:]
    for at in range(60, 68):
        rows[at][6] = "退休"
    for row in rows[-36:]:
        row[2] = None  # people who share their names
    twice = [row_of(each) for each in everybody[200:236]]
    moved = [row_of(each, unit="34") for each in everybody if each[2] == "12"][-60:-51]
    barred = [row_of((f"某{n}工", "", "12"), no=None, kind="合同工") for n in "甲乙丙丁戊己庚"]
    return [*rows, *twice, *moved, *barred]


def lone_first(everybody: Sequence[Person]) -> list[Person]:
    """Those whose name nobody shares, then the others."""
    shared = Counter(name for name, _, _ in everybody)
    return sorted(everybody, key=lambda each: shared[each[0]] > 1)
