"""From 35 messy spreadsheets to a roster: previewed, decided, and written whole or not at all."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from app import secrets
from app.acts import imports, jobs, officers
from app.db import Database
from app.errors import NotFound, Refusal
from app.models.imports import ImportBatch, ImportFile, ImportRow
from app.models.officers import Officer
from app.rules.import_matches import MatchKind
from app.rules.import_rows import Correction
from app.rules.imports import Decision
from app.rules.officers import Status
from tests.acts.campaign import Office
from tests.acts.rosters import (
    TODAY,
    Person,
    by_unit,
    classes,
    lone_first,
    open_campaign,
    people,
    row_of,
    troubled,
    uploaded,
    work,
)
from tests.spreadsheets import files

CANARY = "11010119900307123"  # its check character is told by the rule
M, D = MatchKind, Decision


@dataclass
class Desk:
    """An office with an open roster, and everybody who could be on it."""

    office: Office
    opened: Database
    campaign: int
    people: list[Person]

    def upload(self, rows: list[list[Any]], **more: Any) -> str:
        return uploaded(self.office, by_unit(rows), campaign_id=self.campaign, **more)

    def read(self, rows: list[list[Any]]) -> str:
        number = self.upload(rows)
        assert work(self.opened) == "done"
        return number

    def do(self, number: str, act: Any, *more: Any, **named: Any) -> Any:
        with self.office.day(TODAY) as desk:
            return act(desk, imports.numbered(desk, number), *more, **named)

    def commit(self, number: str) -> str | None:
        with self.office.day(TODAY) as desk:
            batch = imports.numbered(desk, number)
            imports.ask_commit(desk, batch, batch.version)
        return work(self.opened)

    def rows(self, number: str, kind: MatchKind) -> list[ImportRow]:
        with Session(self.opened.writer) as session:
            of = select(ImportBatch.id).where(ImportBatch.number == number).scalar_subquery()
            chosen = select(ImportRow).where(ImportRow.batch_id == of)
            return list(
                session.exec(chosen.where(ImportRow.match_kind == kind).order_by(col(ImportRow.id)))
            )

    def count(self, what: str) -> int:
        with self.opened.reader.connect() as connection:
            return int(connection.execute(text(f"select count(*) from {what}")).scalar_one())

    def one(self, statement: Any) -> Any:
        with self.opened.reader.connect() as connection:
            return connection.execute(statement).one()

    def registered(self) -> int:
        return self.count(f"registration where campaign_id = {self.campaign}")


@pytest.fixture
def hr(opened: Database) -> Desk:
    office = Office(opened.writer)
    campaign = open_campaign(office)
    with office.day(TODAY) as desk:
        return Desk(office, opened, campaign, lone_first(people(desk)))


def test_1263_rows_come_to_their_classes_and_nothing_is_written(hr: Desk) -> None:
    rows, before = troubled(hr.people), (hr.registered(), hr.count("officer_event"))
    assert len(rows) == 1263
    number = hr.read(rows)
    with hr.office.day(TODAY) as desk:
        found = classes(desk, number)
    assert found == {
        M.EXACT_CERT_AND_NAME: (1142, 0),
        M.CERT_MALFORMED: (6, 6),
        M.CERT_BELONGS_TO_OTHER: (3, 3),
        M.CERT_ONLY_NAME_DIFFERS: (5, 5),
        M.NAME_UNIT_UNIQUE: (5, 5),
        M.NAME_AMBIGUOUS: (36, 36),
        M.NAME_VARIANT: (6, 6),
        M.INACTIVE_PERSON: (8, 0),
        M.INELIGIBLE_EMPLOYMENT: (7, 0),
        M.DUPLICATE_IN_FILE: (36, 0),
        M.DUPLICATE_ACROSS_UNITS: (9, 0),
    }
    assert (hr.registered(), hr.count("officer_event")) == before


def test_nothing_is_committed_while_a_row_is_undecided(hr: Desk) -> None:
    number = hr.read([row_of(hr.people[0]), row_of(hr.people[1], no="99")])
    with pytest.raises(Refusal, match=r"import\.undecided"):
        hr.commit(number)
    hr.do(number, imports.decide_class, M.CERT_MALFORMED, D.SKIP, None)
    assert hr.commit(number) == "done"
    assert hr.registered() == 1


def test_only_what_was_seen_is_committed(hr: Desk) -> None:
    number = hr.read([row_of(hr.people[0])])
    with pytest.raises(Refusal, match=r"import\.changed"):
        hr.do(number, imports.ask_commit, 1)


def test_another_persons_number_is_decided_row_by_row(hr: Desk) -> None:
    mine, other = hr.people[:2]
    number = hr.read([row_of(mine, no=other[1]), row_of(other)])
    row = hr.rows(number, M.CERT_BELONGS_TO_OTHER)[0]
    with pytest.raises(Refusal, match=r"import\.decide_row_by_row"):
        hr.do(number, imports.decide_class, M.CERT_BELONGS_TO_OTHER, D.SKIP, None)
    with pytest.raises(Refusal, match=r"import\.decision_not_allowed"):
        hr.do(number, imports.decide, row.id, D.ACCEPT)
    hr.do(number, imports.decide, row.id, D.CORRECT, Correction(certificate_no=mine[1]))
    assert hr.commit(number) == "done"
    assert hr.registered() == 2


def test_a_correction_means_one_person_or_it_is_refused(hr: Desk) -> None:
    mine, other = hr.people[:2]
    number = hr.read([row_of(mine, no="99")])
    row = hr.rows(number, M.CERT_MALFORMED)[0].id
    with pytest.raises(Refusal, match=r"import\.faults_left"):
        hr.do(number, imports.decide, row, D.CORRECT, Correction(certificate_no="98"))
    with pytest.raises(Refusal, match=r"import\.correction_means_nobody"):
        hr.do(number, imports.decide, row, D.CORRECT, Correction(certificate_no=other[1]))
    stranger = hr.one(select(Officer.officer_no).where(Officer.name == other[0]))
    pointed = Correction(officer_no=stranger[0])
    with pytest.raises(NotFound, match=r"import\.no_such_candidate"):
        hr.do(number, imports.decide, row, D.CORRECT, pointed)


def test_the_same_file_is_taken_once_until_it_is_discarded(hr: Desk) -> None:
    sheets = by_unit([row_of(hr.people[0])])
    number = uploaded(hr.office, sheets, campaign_id=hr.campaign)
    for again in (sheets, [("another name.xlsx", sheets[0][1])]):
        with pytest.raises(Refusal, match=r"import\.already_imported"):
            uploaded(hr.office, again, campaign_id=hr.campaign)
    hr.do(number, imports.discard)
    uploaded(hr.office, sheets, campaign_id=hr.campaign)


def test_a_blank_cell_keeps_the_old_value_and_a_name_is_never_changed(hr: Desk) -> None:
    name, no, _ = hr.people[0]
    variant = row_of(hr.people[0], name=f"{name[0]} {name[1:]}", section="执法一科")
    number = hr.read([variant])
    hr.do(number, imports.decide_class, M.NAME_VARIANT, D.ACCEPT, None)
    assert hr.commit(number) == "done"
    again = hr.read([row_of(hr.people[0])])
    assert hr.commit(again) == "done"
    kept = hr.one(select(Officer.section, Officer.name).where(Officer.name_normalized == name))
    assert tuple(kept) == ("执法一科", name)
    assert hr.registered() == 1
    assert no not in str(hr.rows(again, M.EXACT_CERT_AND_NAME)[0].said)


def test_a_register_that_moved_since_the_preview_commits_nothing(hr: Desk) -> None:
    number = hr.read([row_of(each) for each in hr.people[:300]])
    with hr.office.day(TODAY) as desk:
        gone = desk.session.exec(select(Officer).where(Officer.name == hr.people[299][0])).one()
        officers.leave(desk, gone, Status.RETIRED)
    assert hr.commit(number) == "import.changed"
    assert hr.registered() == 0
    hr.do(number, imports.reread)
    assert work(hr.opened) == "done"
    assert hr.commit(number) == "done"
    assert hr.registered() == 299


def test_two_rows_that_were_both_taken_for_one_person_commit_nothing(hr: Desk) -> None:
    number = hr.read([row_of(hr.people[0]), row_of(hr.people[0])])
    row = hr.rows(number, M.DUPLICATE_IN_FILE)[0]
    hr.do(number, imports.decide, row.id, D.ACCEPT)
    assert hr.commit(number) == "import.person_twice"
    assert hr.registered() == 0


def test_a_newcomer_is_known_from_then_on_and_not_qualified(hr: Desk) -> None:
    number = hr.read([row_of(("桂子安某", "99018199999", "12"))])
    hr.do(number, imports.decide_class, M.NOT_FOUND, D.ACCEPT, None)
    assert hr.commit(number) == "done"
    made = hr.one(select(Officer.qualification, Officer.status).where(Officer.name == "桂子安某"))
    assert tuple(made) == ("none", "active")
    assert hr.registered() == 1


def test_a_job_that_was_cut_off_begins_anew_and_comes_to_the_same(hr: Desk) -> None:
    number = hr.upload([row_of(each) for each in hr.people[:40]])
    assert jobs.claim(hr.opened.writer) is not None  # and the runner dies here
    assert work(hr.opened) == "running"
    jobs.resume(hr.opened.writer)
    assert work(hr.opened) == "done"
    jobs.resume(hr.opened.writer)
    assert len(hr.rows(number, M.EXACT_CERT_AND_NAME)) == 40


def test_a_job_that_takes_its_runner_down_is_given_up(hr: Desk) -> None:
    hr.upload([row_of(hr.people[0])])
    for _ in range(3):
        assert jobs.claim(hr.opened.writer) is not None
        jobs.resume(hr.opened.writer)
    assert work(hr.opened) == "job.given_up"


def test_one_file_that_cannot_be_read_discards_the_batch_and_says_which(hr: Desk) -> None:
    good, bad = by_unit([row_of(hr.people[0])])[0], ("坏.xlsx", b"MZ\x90\0" + bytes(99))
    number = uploaded(hr.office, [good, bad], campaign_id=hr.campaign)
    assert work(hr.opened) == "import.file_refused"
    with hr.office.day(TODAY) as desk:
        found = select(ImportFile).where(ImportFile.batch_id == imports.numbered(desk, number).id)
        of_batch = desk.session.exec(found.order_by(col(ImportFile.position))).all()
        assert [each.refused_because for each in of_batch] == [None, "spreadsheet.wrong_type"]
        assert imports.numbered(desk, number).state == "discarded"


def canary() -> str:
    from app.rules.identity_numbers import check_character

    return CANARY + check_character(CANARY)


def test_an_identity_number_is_nowhere_in_clear(hr: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    rows = [("姓名", "身份证号", "单位"), (hr.people[0][0], canary(), hr.people[0][2])]
    number = uploaded(hr.office, [("x.xlsx", files.xlsx(rows))], campaign_id=hr.campaign)
    assert work(hr.opened) == "done"
    hr.do(number, imports.decide_class, M.NAME_UNIT_UNIQUE, D.ACCEPT, None)
    assert hr.commit(number) == "done"
    with hr.opened.reader.connect() as connection:
        for table in ("import_row", "import_file", "officer", "ledger_entry", "ledger_private"):
            told = str(connection.execute(text(f"select * from {table}")).all())
            assert canary() not in told
    assert canary() not in caplog.text
    assert hr.count("officer where id_no_last4 is not null") == 1


def test_an_uploaded_file_is_sealed_and_forgotten_after_thirty_days(hr: Desk) -> None:
    number = hr.read([row_of(hr.people[0])])
    with hr.office.day(TODAY) as desk:
        file = desk.one(ImportFile, batch_id=imports.numbered(desk, number).id)
        assert file.sealed is not None
        assert b"PK" not in file.sealed[:4]
        assert secrets.unseal(imports.FILES + file.sha256, file.sealed)[:2] == b"PK"
        imports.forget_files(desk, timedelta(days=30))
        desk.session.refresh(file)
        assert file.sealed is not None
        imports.forget_files(desk, timedelta(days=-1))
        desk.session.refresh(file)
        assert file.sealed is None
    hr.do(number, imports.reread)
    assert work(hr.opened) == "import.file_refused"


def test_what_was_taken_from_a_file_is_told_in_the_ledger(hr: Desk) -> None:
    number = hr.read([row_of(hr.people[0])])
    assert hr.commit(number) == "done"
    assert hr.count(f"ledger_entry where subject_key = '{number}'") == 2
