"""The states of exams, orders, lines, objections, appeals, reinstatements, self-checks, by hand."""

from itertools import product
from typing import Any

import pytest

from app.errors import Refusal
from app.rules import appeals, exam_campaigns, objections, reinstatements, self_checks
from app.rules import suspension_orders as orders

LAWFUL: dict[str, tuple[Any, Any, Any, str]] = {
    "campaign": (
        exam_campaigns.after, exam_campaigns.State, exam_campaigns.Act,
        """draft open_roster roster_open
        roster_open freeze_roster roster_frozen
        roster_frozen begin examining
        examining mark marking
        marking publish_results results_published
        results_published close closed""",
    ),
    "attendance": (
        exam_campaigns.attendance_after, exam_campaigns.Attendance, exam_campaigns.AttendanceAct,
        """registered attend present
        registered miss absent
        registered defer deferred
        absent excuse excused""",
    ),
    "order": (
        orders.after, orders.State, orders.Act,
        """draft preview previewed
        previewed rebuild draft
        previewed submit submitted
        submitted confirm confirmed
        submitted return previewed
        confirmed take_effect effective
        confirmed withdraw withdrawn
        effective close closed""",
    ),
    "line": (
        orders.line_after, orders.LineState, orders.LineAct,
        """proposed object objected
        objected uphold removed
        objected dismiss proposed
        proposed supersede superseded
        objected supersede superseded
        proposed confirm confirmed
        confirmed take_effect effective
        confirmed convert converted
        confirmed supersede superseded
        effective reinstate reinstated
        effective revoke_on_appeal revoked_on_appeal
        reinstated revoke_on_appeal revoked_on_appeal
        effective convert converted""",
    ),
    "objection": (
        objections.after, objections.State, objections.Act,
        """filed check checking
        checking uphold upheld
        checking dismiss dismissed""",
    ),
    "appeal": (
        appeals.after, appeals.State, appeals.Act,
        """filed reject rejected
        filed accept accepted
        accepted take_up deciding
        deciding maintain maintained
        deciding change changed
        deciding revoke revoked""",
    ),
    "reinstatement": (
        reinstatements.after, reinstatements.State, reinstatements.Act,
        """requested link_exam exam_linked
        exam_linked propose proposed
        proposed approve approved
        approved take_effect effective
        requested refuse refused
        exam_linked refuse refused
        proposed refuse refused""",
    ),
    "self-check": (
        self_checks.after, self_checks.State, self_checks.Act,
        """issued submit submitted
        returned submit submitted
        submitted verify verified
        submitted return returned
        verified return returned
        verified close closed""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("table", LAWFUL)
def test_each_state_and_act_has_the_lawful_outcome_or_a_refusal(table: str) -> None:
    after, states, acts, written = LAWFUL[table]
    lawful = {tuple(row.split()[:2]): row.split()[2] for row in written.splitlines()}
    for state, act in product(states, acts):
        if outcome := lawful.get((state, act)):
            assert after(act, state) == outcome
        else:
            with pytest.raises(Refusal, match="act_not_allowed"):
                after(act, state)
