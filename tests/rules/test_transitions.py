"""The states of the model, written out by hand: what is not here is refused.

The rows are the tables of the law, not of the code: a row added to the code alone turns this red.
"""

from itertools import product
from typing import Any

import pytest

from app.errors import Refusal
from app.rules import credentials, departments, enterprises, liaison_pairs, officers, permits

LAWFUL: dict[Any, str] = {
    credentials: """
        applied issue active
        active suspend suspended
        suspended reinstate active
        active recover recovered
        suspended recover recovered
        active report_lost lost
        lost reissue superseded
        active reissue superseded
        active expire expired
        suspended expire expired
        lost expire expired
        applied revoke revoked
        active revoke revoked
        suspended revoke revoked
        lost revoke revoked
        recovered revoke revoked
        recovered cancel cancelled
        expired cancel cancelled
        superseded cancel cancelled
        revoked cancel cancelled""",
    departments: """
        declared examine under_review
        under_review accept confirmed
        under_review reject correcting
        correcting hand_over corrected
        confirmed announce announced
        announced withdraw withdrawn""",
    permits: """
        draft submit legal_check
        legal_check pass_legal_check limit_check
        legal_check return draft
        limit_check publish published
        limit_check return draft
        published suspend suspended_by_law
        suspended_by_law resume published
        published cancel cancelled
        suspended_by_law cancel cancelled""",
    officers: """
        none qualify qualified
        qualified suspend suspended
        suspended reinstate qualified
        qualified disqualify disqualified
        suspended disqualify disqualified""",
    liaison_pairs: """
        proposed issue active
        active leave handover
        handover reassign ended
        active end ended
        handover end ended""",
    enterprises: """
        listed admit active_key
        active_key remove removed_from_list
        removed_from_list deregister deregistered""",
}
STATES: dict[Any, tuple[Any, Any]] = {
    credentials: (credentials.Status, credentials.Act),
    departments: (departments.ReviewState, departments.ReviewAct),
    permits: (permits.State, permits.Act),
    officers: (officers.Qualification, officers.Act),
    liaison_pairs: (liaison_pairs.State, liaison_pairs.Act),
    enterprises: (enterprises.ListState, enterprises.Act),
}
ENDINGS = {
    ("active", "merge"): "merged",
    ("active", "abolish"): "abolished",
    ("merged", "abolish"): "abolished",
}


def lawful(law: Any) -> dict[tuple[str, str], str]:
    rows = [line.split() for line in LAWFUL[law].strip().splitlines()]
    return {(state, act): outcome for state, act, outcome in rows}


def outcome(law: Any, state: Any, act: Any) -> str | None:
    try:
        return str(law.after(act, state))
    except Refusal:
        return None


@pytest.mark.parametrize("law", list(LAWFUL), ids=lambda law: law.__name__.split(".")[-1])
def test_each_state_and_act_has_the_lawful_outcome_or_a_refusal(law: Any) -> None:
    states, acts = STATES[law]
    found = {(s, a): outcome(law, s, a) for s, a in product(states, acts)}
    assert {pair: told for pair, told in found.items() if told} == lawful(law)


@pytest.mark.parametrize("law", list(LAWFUL), ids=lambda law: law.__name__.split(".")[-1])
def test_a_refused_act_says_so(law: Any) -> None:
    states, acts = STATES[law]
    for state, act in product(states, acts):
        if (state, act) not in lawful(law):
            with pytest.raises(Refusal, match="act_not_allowed"):
                law.after(act, state)


def test_a_unit_ends_once_by_merging_and_then_by_abolition() -> None:
    for state, act in product(departments.Status, departments.UnitAct):
        if wanted := ENDINGS.get((state, act)):
            assert departments.ended(act, state) == wanted
        else:
            with pytest.raises(Refusal, match="act_not_allowed"):
                departments.ended(act, state)
