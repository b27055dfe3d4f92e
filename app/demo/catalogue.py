"""What a permit of the demo city says, from its short facts: everything article 30 wants public."""

from collections.abc import Iterator
from typing import Any, Final

UNITS: Final = {"W": "working_day", "N": "natural_day", "M": "month"}
ONLINE: Final = {"20": 3, "30": 3, "04": 3, "15": 2, "12": 2, "11": 2}
WINDOW_HOURS: Final = "工作日 8:30–17:30"
SOURCES: Final = {
    "main": "applicant", "later": "applicant", "shared": "government", "agency": "intermediary",
}  # fmt: skip
ANYONE: Final = ["natural_person", "legal_person", "other_organization"]
REMEDIES: Final = [
    {"kind": "reconsideration", "body": "澜川市人民政府", "within": "60日"},
    {"kind": "litigation", "body": "澜川市人民法院", "within": "6个月"},
]


def cited(norm: dict[str, Any]) -> str:
    return f"《{norm['document']}》{norm['article'] or ''}"


def material(number: int, name: str, kind: str, basis: str) -> dict[str, Any]:
    shared = kind == "shared"
    return {
        "code": f"M{number:02}",
        "name": name,
        "form": "electronic" if shared else "original",
        "copies": 0 if shared else 1,
        "source": SOURCES[kind],
        "required": "secondary" if kind == "later" else "main",
        "obtainable_by_sharing": shared,
        "tolerable": kind == "later",
        "template": "示范文本" if number == 1 else None,
        "basis": basis,
    }


def steps_of(promised: int, review: str) -> list[dict[str, Any]]:
    """Working steps sum to no more than the promise; delivery comes after the decision."""
    days = {"受理": min(promised, 1), "审查": max(promised - 2, 0), "决定": int(promised > 1)}
    told = {
        "受理": ("窗口受理岗", "材料齐全即受理，缺什么一次告知"),
        "审查": ("业务审查岗", review),
        "决定": ("审批决定岗", "作出准予或者不予的书面决定"),
    }
    found = [
        {"seq": n, "name": name, "role": told[name][0], "note": told[name][1],
         "days": days[name], "seal_required": name == "决定"}
        for n, name in enumerate(days, 1)
    ]  # fmt: skip
    last = {"seq": 4, "name": "送达", "role": "窗口发证岗", "note": "当场、邮寄或者电子送达"}
    return [*found, {**last, "days": 1, "seal_required": False}]


def permit(entry: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """One item, complete: its limits from the city's list, the rest from what it takes."""
    first = cited(content["legal_basis"][0])
    online = ONLINE.get(entry["unit"], 1)
    approval = entry["type"] == "行政审批"
    return {
        "code": entry["code"],
        "name": entry["name"],
        "type": "administrative_approval" if approval else "administrative_permit",
        "statutory_limit": entry["legal"],
        "statutory_unit": UNITS[entry["legal_unit"]],
        "promised_limit": entry["promised"],
        "free": True,
        "online_level": online,
        "visits_max": 0 if online == 3 else 1,
        **{name: content[name] for name in ("name_en", "legal_basis", "statutory_basis", "themes")},
        "conditions": [condition(text, first) for text in content["conditions"]],
        "materials": [
            material(number, name, kind, first)
            for number, (name, kind) in enumerate(content["materials"], 1)
        ],
        "steps": steps_of(entry["promised"], content["review"]),
        "special_steps": content["special_steps"],
        "windows": [window(entry["unit"])],
        "commitment_available": approval,
        **offered(content),
    }


def offered(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "remedies": REMEDIES,
        "fees": [],
        "audience": content.get("audience", ANYONE),
        "business_item": content.get("business_item"),
        "quantity_limit": content.get("quantity_limit"),
        "exercise_level": "县级",
        "accept_place": "澜川市行政服务中心",
        "service_scope": "全市通办",
        "result_name": content["result_name"],
        "validity_months": content["validity_months"],
        "delivery": "窗口领取、邮寄或者电子送达",
        "supervision_phone": "0199-660-0612",
    }


def condition(text: str, basis: str) -> dict[str, Any]:
    return {"text": text, "basis": basis, "tag": None, "not_needed_when": None}


def window(unit: str) -> dict[str, Any]:
    return {
        "name": f"行政服务中心 {unit} 号窗口",
        "place": "澜川市行政服务中心一楼",
        "hours": WINDOW_HOURS,
        "phone": f"0199-660-20{unit}",
        "can": "受理、审查、决定、送达",
    }


def power_items(listed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The powers that are no permits, numbered within their unit and class (16 digits)."""
    numbers: dict[tuple[str, str], int] = {}
    for item in listed:
        place = (item["unit"], item["category"])
        numbers[place] = numbers.get(place, 0) + 1
        code = f"9901810{item['unit']}{item['category'][1:]}{numbers[place]:03}00"
        yield {**item, "code": code}
