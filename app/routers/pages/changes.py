"""What happened lately, in words; and one entry with its place in the chain."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.client import ApiDep
from app.html import render

router = APIRouter(prefix="/changes")
KINDS: Final = {
    "permits": "permit",
    "powers": "power_item,power_category",
    "departments": "department,qualification_review,joint_action",
    "liaison": "liaison_pair,enterprise,leader,post",
    "credentials": "credential,officer",
    "suspensions": "suspension_order,suspension_line,objection,appeal,reinstatement,issue_block",
    "exams": "exam_campaign,exam_session,registration,unit_roster,sitting,exam_result,self_check",
    "periods": "parameter,calendar,division",
    "accounts": "account,role_grant,import,ledger,personal_read,"
    "api_client,api_key,webhook,usage_alarm",
}
Seq = Annotated[int | None, Field(ge=0, lt=1 << 53)]


class ChangesWanted(BaseModel, extra="forbid"):
    kind: (
        Literal[
            "permits", "powers", "departments", "liaison", "credentials", "suspensions", "exams",
            "periods", "accounts",
        ]
        | None
    ) = None  # fmt: skip
    before: Seq = None
    after: Seq = None


@router.get("")
async def changes_page(
    request: Request, api: ApiDep, wanted: Annotated[ChangesWanted, Query()]
) -> Response:
    """The newest first; `after` leads back to newer ones."""
    newer = wanted.after is not None
    asked = {"limit": "50", "sort": "seq" if newer else "-seq"}
    for name, value in (("after", wanted.after), ("before", wanted.before)):
        if value is not None:
            asked[name] = str(value)
    if wanted.kind:
        asked["subject_kind"] = KINDS[wanted.kind]
    page = await api.get("changes", **asked)
    entries: list[Any] = page["items"][::-1] if newer else page["items"]
    return render(
        request, "changes/list.html", fragment="results", kinds=KINDS, kind=wanted.kind or "",
        entries=entries,
        older=bool(entries) and (newer or page["has_more"]),
        newer=bool(entries) and (page["has_more"] if newer else wanted.before is not None),
    )  # fmt: skip


@router.get("/{seq}")
async def change_page(seq: str, request: Request, api: ApiDep) -> Response:
    """One entry, and whether the one before it is the one it names."""
    entry = await api.get("changes", seq)
    around = await api.get("changes", after=str(max(entry["seq"] - 2, 0)), limit="3")
    found = {each["seq"]: each for each in around["items"]}
    return render(
        request, "changes/detail.html", fragment="content", entry=entry,
        before=found.get(entry["seq"] - 1), next=found.get(entry["seq"] + 1),
    )  # fmt: skip
