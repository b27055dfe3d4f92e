"""How long an exam's big steps take: `.venv/bin/python -m bench.campaign [sqlite|postgresql]`.

1,263 rows previewed and committed; 10,000 and 100,000 rows read, with the memory it took; an order
of 10,000 persons taking effect in one transaction. SQLite and PostgreSQL 18, one after the other.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.acts import exam_campaigns, exam_sessions, import_commits, import_reading, imports, jobs
from app.acts import suspension_orders as orders
from app.acts.desk import Desk
from app.db import Database
from app.demo import exam
from app.demo.city import DIVISION
from app.demo.load import load
from app.demo.sheets import ROOM
from app.models.credentials import Credential
from app.models.departments import Department
from app.models.exam_campaigns import ExamCampaign
from app.models.imports import ImportBatch
from app.models.officers import Officer
from app.models.registrations import Registration
from app.models.suspension_orders import SuspensionOrder
from app.rules.exam_campaigns import Act, AttendanceAct, Paper
from app.rules.headings import Kind
from app.rules.jobs import Kind as JobKind
from bench.growth import peak
from bench.servers import ROOT
from tests.demo import offices
from tests.postgres import cluster

EVE: Final = date(2025, 9, 17)
MANY: Final = (10_000, 100_000)
PERSONS: Final = 10_000
WORKS: Final = {
    JobKind.IMPORT_READING: import_reading.read,
    JobKind.IMPORT_COMMIT: import_commits.commit,
}
BAD: Final = {Paper.GENERAL: Decimal(40), Paper.SPECIAL: Decimal(40)}
Do = Callable[..., Any]


def say(what: str, seconds: float, more: str = "") -> None:
    print(f"{what:58} {seconds:6.2f} s  {more}", flush=True)  # noqa: T201


@contextmanager
def desk(database: Database, on: date, actor: str = "hr") -> Iterator[Desk]:
    with Session(database.writer) as session, session.begin():
        yield Desk(session, actor, on)


def timed(what: str, do: Do) -> None:
    started = time.monotonic()
    do()
    say(what, time.monotonic() - started)


@contextmanager
def migrated(kind: str, scale: int = 0, until: date | None = None) -> Iterator[Database]:
    """A city of its own for each measurement."""
    with TemporaryDirectory() as folder, addressed(kind, Path(folder)) as url:
        os.environ.update(MINGBAI_DATABASE_URL=url, MINGBAI_SECRET_KEY="for this measurement only")
        command = [sys.executable, "-m", "app.cli", "migrate"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        database = Database(url)
        load(database.writer, scale=scale, until=until)
        yield database
        database.close()


@contextmanager
def addressed(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bench.db"
    else:
        with cluster() as address:
            yield address % "postgres"


def rosters(kind: str) -> None:
    """The units' lists as they came, through child processes, on the eve of the exam."""
    with migrated(kind, until=EVE) as database:
        with desk(database, EVE) as at:
            exam_campaigns.move(at, exam.campaign(at), Act.OPEN_ROSTER)
            lists = [(p.name, p.read_bytes()) for p in sorted((ROOM / "rosters").iterdir())]
            batch, _ = imports.upload(at, Kind.ROSTER, lists, exam.of_the_exam(at))
            number = batch.number
        timed(f"{kind}: 1,263 rows in 35 files, preview", lambda: work(database))
        with desk(database, EVE) as at:
            exam.decide_rosters(at, imports.numbered(at, number))
        with desk(database, EVE) as at:
            found = imports.numbered(at, number)
            imports.ask_commit(at, found, found.version)
        timed(f"{kind}: 1,263 rows, commit", lambda: work(database))


def work(database: Database) -> None:
    while jobs.run_one(database.writer, WORKS):
        pass


def many(kind: str) -> None:
    """A row a person, of ten and a hundred thousand: read and matched in a process of its own."""
    for count in MANY:
        with migrated(kind, scale=count + count // 20) as database:
            with desk(database, EVE) as at:
                batch, _ = imports.upload(at, Kind.ROSTER, [("x.xlsx", sheet_of(at, count))], {})
                number = batch.number
            started = time.monotonic()
            reader = subprocess.Popen([sys.executable, "-c", ALONE], cwd=ROOT)
            own, child = watched(reader)
            memory = f"{own:.0f} MiB, and its child {child:.0f} MiB"
            say(f"{kind}: {count:,} rows, preview", time.monotonic() - started, memory)
            with desk(database, EVE) as at:
                counted = select(ImportBatch.state).where(ImportBatch.number == number)
                assert at.session.exec(counted).one() in ("ready", "needs_decision")


# the clock's work in a process of its own, as in production
ALONE: Final = """
import os
from app import clock
from app.acts import jobs
from app.db import Database
database = Database(os.environ["MINGBAI_DATABASE_URL"])
while jobs.run_one(database.writer, clock.WORKS): pass
"""


def sheet_of(at: Desk, count: int) -> bytes:
    held = (
        select(Officer.name, Credential.certificate_no, Department.code)
        .join(Credential, col(Credential.officer_id) == col(Officer.id))
        .join(Department, col(Department.id) == col(Officer.department_id))
        .where(Officer.status == "active", Credential.scheme == "national")
        .order_by(col(Credential.certificate_no))
    )
    found = at.session.exec(held.limit(count))
    rows = [[None, name, number, unit, None, None, None] for name, number, unit in found]
    assert len(rows) == count
    return offices.xlsx([offices.HEADS[0], *rows])


def watched(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """The most that the process held, and the most of its children, in MiB."""
    highest: dict[int, int] = {}
    while process.poll() is None:
        for pid in (process.pid, *children_of(process.pid)):
            with suppress(OSError):
                highest[pid] = max(highest.get(pid, 0), peak(pid))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit("the reading failed")
    own = highest.pop(process.pid)
    return own / 1024, max(highest.values(), default=0) / 1024


def children_of(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(each) for each in task.read_text().split()]
    return found


def order(kind: str) -> None:
    """Ten thousand who failed, suspended at one instant."""
    with migrated(kind, scale=PERSONS + 300) as database:
        for on, do in ((date(2026, 4, 1), announced), (date(2026, 4, 14), failed)):
            with desk(database, on) as at:
                do(at)
        with desk(database, date(2026, 4, 20)) as at:
            orders.preview(at, orders.build(at, at.one(ExamCampaign, code="B"), "B"))
        with desk(database, date(2026, 4, 28)) as at:
            orders.submit(at, the_order(at))
        with desk(database, date(2026, 4, 29), "justice") as at:
            started = time.monotonic()
            orders.confirm(at, the_order(at), PERSONS)
            say(f"{kind}: {PERSONS:,} persons, confirmed", time.monotonic() - started)
        started = time.monotonic()
        with desk(database, date(2026, 4, 30), "clock") as at:
            orders.take_effect(at, the_order(at))
        say(f"{kind}: {PERSONS:,} persons, taken effect", time.monotonic() - started)
        with desk(database, date(2026, 4, 30)) as at:
            suspended = select(func.count()).where(col(Officer.qualification) == "suspended")
            assert at.session.exec(suspended).one() == PERSONS


def the_order(at: Desk) -> SuspensionOrder:
    return at.one(SuspensionOrder, order_no="B")


def announced(at: Desk) -> None:
    facts = {"code": "B", "name": "x", "year": 2026, "syllabus": ["x"]}
    campaign = exam_campaigns.create(at, DIVISION, facts)
    exam_campaigns.move(at, campaign, Act.OPEN_ROSTER)
    able = select(Officer).where(Officer.status == "active", Officer.qualification == "qualified")
    listed = list(at.session.exec(able.order_by(col(Officer.id)).limit(PERSONS)))
    exam_campaigns.register(at, campaign, listed)
    for unit in exam_campaigns.rosters(at, campaign):
        found = at.one(Department, id=unit)
        exam_campaigns.sign_roster(at, campaign, found, f"H{found.code}")
    exam_campaigns.freeze(at, campaign)
    exam_campaigns.move(at, campaign, Act.BEGIN)


def failed(at: Desk) -> None:
    campaign = at.one(ExamCampaign, code="B")
    held = {"code": "B-1", "kind": "main", "held_on": at.today, "place": "x", "capacity": PERSONS}
    session = exam_sessions.schedule(at, campaign, {**held, "invigilators": ["a", "b"]})
    every = select(Registration).where(Registration.campaign_id == campaign.id)
    listed = list(at.session.exec(every.order_by(col(Registration.number))))
    exam_sessions.seat(at, session, listed)
    numbers = [each.number for each in listed]
    exam_sessions.take_attendance(at, session, dict.fromkeys(numbers, AttendanceAct.ATTEND))
    exam_sessions.enter_scores(at, session, dict.fromkeys(numbers, BAD), ("m1", "m2"))
    exam_campaigns.move(at, campaign, Act.MARK)
    exam_campaigns.publish_results(at, campaign)


def main() -> None:
    for kind in sys.argv[1:] or ("sqlite", "postgresql"):
        for measure in (rosters, many, order):
            measure(kind)


if __name__ == "__main__":
    main()
