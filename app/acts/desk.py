"""An official at work: who acts, on which legal day, in which transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from sqlmodel import Session, SQLModel, col, select

from app.acts import idempotency
from app.acts.idempotency import IntentDep
from app.config import legal_day
from app.db import SessionDep
from app.deps import CallerDep
from app.errors import NotFound
from app.i18n import visit
from app.ledger import record
from app.rules.duties import Signature, countersigned

T = TypeVar("T", bound=SQLModel)


@dataclass(frozen=True)
class Desk:
    session: Session
    actor: str
    today: date
    officer_id: int | None = None
    on_behalf_of: str | None = None  # the post that the actor signs for
    request_id: str | None = None

    def note(
        self, act: str, key: str, *, private: dict[str, Any] | None = None, **public: Any
    ) -> None:
        """Record the act in the ledger; what is given here is public, but for `private`."""
        record(
            self.session, self.actor, act, key, public=public, private=private,
            on_behalf_of=self.on_behalf_of, request_id=self.request_id,
        )  # fmt: skip

    def checks(self, maker: str, post: str | None = None) -> None:
        """Two-person rule: who works at this desk is not who made what is confirmed here."""
        countersigned(Signature(maker, post), Signature(self.actor, self.on_behalf_of))

    def find(self, table: type[T], **keys: Any) -> T | None:
        """The row that the keys name, if there is one."""
        wanted = [col(getattr(table, name)) == value for name, value in keys.items()]
        return self.session.exec(select(table).where(*wanted)).one_or_none()

    def one(self, table: type[T], **keys: Any) -> T:
        """The row that the keys name as it stands now, locked where the database locks rows."""
        wanted = [col(getattr(table, name)) == value for name, value in keys.items()]
        locked = select(table).where(*wanted).with_for_update()
        fresh = locked.execution_options(populate_existing=True)
        found = self.session.exec(fresh).one_or_none()
        if found is None:
            raise NotFound("record.not_found", **keys)
        return found

    def add(self, row: T) -> T:
        """Insert and learn its id: other rows of the same act point to it."""
        self.session.add(row)
        self.session.flush()  # the id is needed in this transaction
        return row


def sit_down(session: SessionDep, caller: CallerDep, request: Request, intent: IntentDep) -> Desk:
    """The desk of whoever signed in, for the length of one request's transaction."""
    if intent is not None:
        idempotency.once(session, request, caller.username, intent)
    return Desk(
        session,
        caller.username,
        legal_day(),
        officer_id=caller.officer_id,
        on_behalf_of=caller.post,
        request_id=visit().request_id,
    )


def sit_outside(session: SessionDep, request: Request, intent: IntentDep) -> Desk:
    """The desk of somebody outside: a client by its key, or anybody at all."""
    keyed = request.state.keyed
    actor = f"client:{keyed.client_no}" if keyed is not None else "public"
    if intent is not None:
        idempotency.once(session, request, f"{actor} {request.state.meter.who}", intent)
    return Desk(session, actor, legal_day(), request_id=visit().request_id)


OutsideDep = Annotated[Desk, Depends(sit_outside, scope="function")]
DeskDep = Annotated[Desk, Depends(sit_down, scope="function")]
