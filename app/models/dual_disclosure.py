"""Permit items in the columns of the dual disclosure of permits (双公示, `XK_…`).

The columns are those that credit platforms take for permits of legal persons. An item on the list
fills what is settled before anybody applies: the document's name, what is permitted, who decides
and who tells it. Party, numbers, days and status belong to one decision and stay empty.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import col

from app.listing import Listing
from app.models.columns import kept
from app.models.departments import Department
from app.models.permits import PermitItem, PermitRevision, joined

PROFILE: Final = "dual-disclosure"
COLUMNS: Final = (
    "XK_XDR_MC", "XK_XDR_LB", "XK_XDR_SHXYM", "XK_XDR_GSZC", "XK_XDR_ZZJG", "XK_XDR_SWDJ",
    "XK_XDR_SYDW", "XK_XDR_SHZZ", "XK_FRDB", "XK_FR_SFZH", "XK_XKWS", "XK_WSH", "XK_XKLB",
    "XK_XKZS", "XK_XKBH", "XK_NR", "XK_JDRQ", "XK_YXQZ", "XK_YXQZI", "XK_XKJG", "XK_XKJGDM",
    "XK_ZT", "XK_LYDW", "XK_LYDWDM", "BZ",
)  # fmt: skip
LISTING: Final = Listing(
    joined(col(Department.uscc), kept(col(PermitRevision.content), "content")),
    {},
    {"code": (col(PermitItem.code),)},
)


def disclosed(row: Mapping[str, Any]) -> dict[str, str]:
    """One item under the columns' names; `BZ`, the remark, has the item's code."""
    body, code = row["department"]["name"], row["uscc"]
    told = {
        "XK_XKWS": row["content"]["result_name"],
        "XK_NR": row["name"],
        "XK_XKJG": body,
        "XK_XKJGDM": code,
        "XK_LYDW": body,
        "XK_LYDWDM": code,
        "BZ": f"事项编码 {row['code']}",
    }
    return {name: told.get(name, "") for name in COLUMNS}
