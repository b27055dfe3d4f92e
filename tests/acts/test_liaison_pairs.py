"""Pairs: one lead at any instant, never against the firm's will, and every one remembered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import col, select

from app.acts import enterprises, liaison_pairs
from app.acts.desk import Desk
from app.db import Database
from app.errors import Refusal
from app.models.departments import Department
from app.models.enterprises import Enterprise
from app.models.leaders import Leader
from app.models.liaison_pairs import LiaisonPair
from app.rules.liaison_pairs import EndReason
from tests.acts.campaign import Office

TODAY = date(2026, 4, 1)
FIRM, WRITERS = "91990181MAA012372A", 16


@pytest.fixture
def office(opened: Database) -> Office:
    return Office(opened.writer)


def firm(desk: Desk) -> Enterprise:
    return desk.one(Enterprise, uscc=FIRM)


def pairs(desk: Desk) -> list[LiaisonPair]:
    every = select(LiaisonPair).where(col(LiaisonPair.enterprise_id) == firm(desk).id)
    return list(desk.session.exec(every.order_by(col(LiaisonPair.id))))


def facts(number: str) -> dict[str, Any]:
    return {
        "pair_no": number,
        "liaison_officer": "樊立言",
        "contact_line": "0199-660-0101",
        "document_no": "澜政办〔2026〕1号",
    }


def propose(desk: Desk, number: str = "L2026-900") -> LiaisonPair:
    leader, unit = desk.one(Leader, code="02"), desk.one(Department, code="01")
    return liaison_pairs.propose(desk, leader, firm(desk), unit, facts(number))


def test_a_firm_that_opts_out_has_no_leader_and_gets_no_other(office: Office) -> None:
    with office.day(TODAY) as desk:
        with pytest.raises(Refusal, match="enterprise.reason_missing"):
            enterprises.opt_out(desk, firm(desk), " ")
        propose(desk)
        enterprises.opt_out(desk, firm(desk), "不需要")
    with office.day(TODAY) as desk:
        assert [(p.state, p.end_reason) for p in pairs(desk)] == [("ended", "opted_out")]
        with pytest.raises(Refusal, match="liaison_pair.opted_out"):
            propose(desk)


def test_a_firm_that_is_deregistered_leaves_the_list_first(office: Office) -> None:
    with office.day(TODAY) as desk:
        enterprises.deregister(desk, firm(desk))
    with office.day(TODAY) as desk:
        assert (firm(desk).list_state, firm(desk).standing) == ("deregistered", "deregistered")
        assert [(p.state, p.end_reason) for p in pairs(desk)] == [("ended", "left_the_list")]
        with pytest.raises(Refusal, match="liaison_pair.enterprise_not_active"):
            propose(desk)


def test_inv_l1_a_proposal_is_not_issued_beside_an_active_lead(office: Office) -> None:
    with office.day(TODAY) as desk:
        made = propose(desk)
        with pytest.raises(Refusal, match="liaison_pair.second_lead"):
            liaison_pairs.issue(desk, made, desk.one(Leader, code="02"), firm(desk))
        desk.session.rollback()


def test_inv_l1_of_sixteen_at_one_instant_one_wins_and_the_others_are_told(
    office: Office, configured: str
) -> None:
    with office.day(TODAY) as desk:
        liaison_pairs.end(desk, pairs(desk)[0], EndReason.LEFT_THE_LIST)
    start, said = Barrier(WRITERS), []
    databases = [Database(configured) for _ in range(WRITERS)]

    def contend(n: int) -> None:
        start.wait()
        try:
            with Office(databases[n].writer).day(TODAY) as desk:
                leader, unit = desk.one(Leader, code="02"), desk.one(Department, code="01")
                liaison_pairs.pair(desk, leader, firm(desk), unit, facts(f"L2026-9{n:02}"))
            said.append("issued")
        except Refusal as refused:
            said.append(refused.code)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(contend, range(WRITERS)))
    for each in databases:
        each.close()
    assert sorted(said) == ["issued", *["liaison_pair.second_lead"] * (WRITERS - 1)]


def test_inv_l3_every_leader_a_firm_had_is_on_record(office: Office) -> None:
    with office.day(TODAY) as desk:
        before = pairs(desk)[0]
        liaison_pairs.leave_post(desk, desk.one(Leader, id=before.leader_id))
        leader, unit = desk.one(Leader, code="02"), desk.one(Department, code="01")
        liaison_pairs.reassign(desk, before, leader, firm(desk), unit, facts("L2026-901"))
    with office.day(TODAY) as desk:
        was, now = pairs(desk)
        assert (was.valid_to, was.end_reason, now.valid_from) == (TODAY, "handed_over", TODAY)
        assert was.leader_id != now.leader_id
