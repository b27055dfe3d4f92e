"""Two doors to one write. The hasty one commits after its answer has left: a planted bug."""

from typing import Annotated

from fastapi import Depends, FastAPI
from sqlmodel import Session

from app.config import settings
from app.db import SessionDep, borrow_session, open_database
from tests.factories import a_division

app = FastAPI()
open_database(settings().database_url)


@app.post("/honest/{code}", status_code=201)
def enter(code: str, session: SessionDep) -> None:
    a_division(session, code)


@app.post("/hasty/{code}", status_code=201)
def enter_hastily(code: str, session: Annotated[Session, Depends(borrow_session)]) -> None:
    a_division(session, code)
