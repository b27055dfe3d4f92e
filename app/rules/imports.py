"""An import: its course, what each class of rows suggests, and what may be decided how (B4.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.errors import Refusal
from app.rules.headings import Kind
from app.rules.import_matches import MatchKind


class State(StrEnum):
    UPLOADED = "uploaded"
    PARSED = "parsed"
    MATCHING = "matching"
    NEEDS_DECISION = "needs_decision"
    READY = "ready"
    COMMITTED = "committed"
    DISCARDED = "discarded"


class Act(StrEnum):
    READ = "read"
    MATCH = "match"
    ASK = "ask"
    SETTLE = "settle"
    REREAD = "reread"
    COMMIT = "commit"
    DISCARD = "discard"


class Decision(StrEnum):
    ACCEPT = "accept"
    CORRECT = "correct"
    SKIP = "skip"


S, D, M = State, Decision, MatchKind
OPEN: Final = (S.NEEDS_DECISION, S.READY)
OUTCOMES: Final = {
    (S.UPLOADED, Act.READ): S.PARSED,
    (S.PARSED, Act.MATCH): S.MATCHING,
    (S.MATCHING, Act.ASK): S.NEEDS_DECISION,
    (S.MATCHING, Act.SETTLE): S.READY,
    (S.NEEDS_DECISION, Act.ASK): S.NEEDS_DECISION,
    (S.NEEDS_DECISION, Act.SETTLE): S.READY,
    (S.READY, Act.ASK): S.NEEDS_DECISION,
    (S.READY, Act.SETTLE): S.READY,
    (S.READY, Act.COMMIT): S.COMMITTED,
    # after a restart, or when the register has changed since the preview
    **{(state, Act.REREAD): S.UPLOADED for state in (S.UPLOADED, S.PARSED, S.MATCHING, *OPEN)},
    **{(state, Act.DISCARD): S.DISCARDED for state in (S.UPLOADED, S.PARSED, S.MATCHING, *OPEN)},
}


@dataclass(frozen=True)
class Handling:
    """What is suggested for a class of rows, whether it needs nobody, and what one click may do."""

    suggestion: Decision
    automatic: bool = False
    one_click: frozenset[Decision] = frozenset()
    single: frozenset[Decision] = frozenset({D.CORRECT, D.SKIP})


ANY: Final = frozenset(Decision)
SKIP: Final = frozenset({D.SKIP})
SKIPPED: Final = Handling(D.SKIP, automatic=True, one_click=SKIP, single=SKIP)
TRUSTED: Final = Handling(D.ACCEPT, one_click=frozenset({D.ACCEPT, D.SKIP}), single=ANY)
HANDLING: Final[Mapping[MatchKind, Handling]] = {
    M.EXACT_CERT_AND_NAME: Handling(D.ACCEPT, automatic=True, one_click=SKIP, single=ANY),
    M.NAME_VARIANT: TRUSTED,
    M.ID_HMAC: TRUSTED,
    M.NAME_UNIT_UNIQUE: TRUSTED,
    M.CERT_ONLY_NAME_DIFFERS: Handling(D.CORRECT, one_click=SKIP, single=ANY),
    M.NAME_AMBIGUOUS: Handling(D.CORRECT, one_click=SKIP),
    M.CERT_MALFORMED: Handling(D.CORRECT, one_click=SKIP),
    M.CERT_BELONGS_TO_OTHER: Handling(D.CORRECT),  # row by row, and never accepted as it is
    M.DUPLICATE_IN_FILE: Handling(D.SKIP, automatic=True, one_click=SKIP, single=ANY),
    M.DUPLICATE_ACROSS_UNITS: Handling(D.SKIP, automatic=True, one_click=SKIP, single=ANY),
    M.INELIGIBLE_EMPLOYMENT: SKIPPED,
    M.INACTIVE_PERSON: SKIPPED,
    M.NOT_FOUND: Handling(D.CORRECT, one_click=SKIP),
    M.NOT_REGISTERED: Handling(D.SKIP, one_click=SKIP, single=SKIP),
    M.UNIT_DIFFERS: Handling(D.ACCEPT, one_click=SKIP, single=ANY),
    M.SCORE_AND_ABSENT: Handling(D.CORRECT, one_click=SKIP),
    M.VALUE_INVALID: Handling(D.CORRECT, one_click=SKIP),
}
# INV-I3: only a roster may name a person whom the register does not know; a finding needs none
NEWCOMER: Final[Mapping[Kind, Handling]] = {
    Kind.ROSTER: TRUSTED,
    Kind.SELF_CHECK: Handling(
        D.ACCEPT, automatic=True, one_click=frozenset({D.ACCEPT, D.SKIP}), single=ANY
    ),
}


def after(act: Act, state: State) -> State:
    if (outcome := OUTCOMES.get((state, act))) is None:
        raise Refusal("import.act_not_allowed", act=act, state=state)
    return outcome


# who was found in a self-check may share the name of an officer and be somebody else
NAMESAKE: Final = Handling(D.CORRECT, one_click=SKIP, single=ANY)


def handling(kind: Kind, match: MatchKind) -> Handling:
    if (kind, match) == (Kind.SELF_CHECK, M.NAME_AMBIGUOUS):
        return NAMESAKE
    if match is M.NOT_FOUND:
        return NEWCOMER.get(kind, HANDLING[match])
    return HANDLING[match]


def decide(kind: Kind, match: MatchKind, decision: Decision, *, one_click: bool) -> None:
    """Whether this decision is open for a row, or for its whole class at once."""
    law = handling(kind, match)
    if one_click and decision not in law.one_click:
        raise Refusal("import.decide_row_by_row", match=match)
    if decision not in law.single:
        raise Refusal("import.decision_not_allowed", decision=decision, match=match)


def creates(kind: Kind, match: MatchKind, decision: Decision | None) -> bool:
    """INV-I3: whether committing the row makes an officer."""
    return (kind, match, decision) == (Kind.ROSTER, M.NOT_FOUND, D.ACCEPT)


def commit(state: State, undecided: int, seen: str, current: str) -> State:
    """INV-I1: nothing while a row is undecided, and only what the reader has seen."""
    if undecided:
        raise Refusal("import.undecided", undecided=undecided)
    if seen != current:
        raise Refusal("import.changed", preview=current)
    return after(Act.COMMIT, state)
