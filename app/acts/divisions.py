"""Entering administrative divisions, from the province down."""

from collections.abc import Mapping
from typing import Any

from app.acts.desk import Desk
from app.models.divisions import AdministrativeDivision
from app.rules import divisions as rules


def enter(desk: Desk, facts: Mapping[str, Any]) -> AdministrativeDivision:
    rules.enter(facts["code"], facts["level"], facts["parent_code"])
    made = desk.add(AdministrativeDivision(**facts))
    desk.note("division.entered", made.code, name=made.name)
    return made
