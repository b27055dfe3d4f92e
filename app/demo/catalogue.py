"""Plausible content for the demo city's permits and power items, by kind of matter."""

from collections.abc import Iterator
from typing import Any, Final

UNITS: Final = {"W": "working_day", "N": "natural_day", "M": "month"}
LAW: Final = {"document": "中华人民共和国行政许可法", "article": "第十二条", "level": "law"}
DECISION: Final = {
    "document": "国务院对确需保留的行政审批项目设定行政许可的决定",
    "article": "附件",
    "level": "state_council_decision",
}
THEMES: Final = {
    "食品 餐饮 药品 卫生 医 护": ("food", "health"),
    "企业 个体 合作社 经营": ("business_start",),
    "建设 建筑 工程 施工 规划 消防": ("construction",),
    "用地 土地 矿 不动产": ("land",),
    "道路 车 运输 驾驶": ("transport",),
    "环境 排污 危险废物 污": ("environment",),
    "学校 教师 培训 幼": ("education",),
    "文物 演出 广播 出版 宗教": ("culture",),
    "农 林 渔 动物 植物 种 兽": ("agriculture",),
    "安全 爆 烟花 危险化学": ("safety",),
}
ONLINE: Final = {"20": 3, "30": 3, "04": 3, "15": 2, "12": 2, "11": 2}
WINDOW_HOURS: Final = "工作日 8:30–17:30"


def themes_of(name: str) -> list[str]:
    found = {
        theme
        for words, themes in THEMES.items()
        if any(word in name for word in words.split())
        for theme in themes
    }
    return sorted(found) or ["social"]


def material(
    code: str, name: str, basis: str, *, shared: bool = False, secondary: bool = False
) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "form": "electronic" if shared else "original",
        "copies": 0 if shared else 1,
        "source": "government" if shared else "applicant",
        "required": "secondary" if secondary else "main",
        "obtainable_by_sharing": shared,
        "tolerable": secondary,
        "template": None if shared else "示范文本",
        "basis": basis,
    }


def materials_of(entry: dict[str, Any], basis: str) -> list[dict[str, Any]]:
    """The application, what the matter needs, and what departments share among themselves."""
    stem = entry["name"]
    found = [
        material("M01", f"{stem}申请书", basis),
        material("M02", "法定代表人或者申请人身份证明", basis, shared=True),
        material("M03", "营业执照", basis, shared=True),
    ]
    if "construction" in themes_of(stem):
        found.append(material("M04", "项目批准或者备案文件", basis, shared=True))
        found.append(material("M05", "设计图纸和说明", basis))
    else:
        found.append(material("M06", "场所、设备或者条件符合要求的说明", basis))
    found.append(material("M07", "管理制度文本", basis, secondary=True))
    return found


def steps_of(promised: int) -> list[dict[str, Any]]:
    """Working steps sum to no more than the promise; delivery comes after the decision."""
    review = max(promised - 2, 0)
    days = {"受理": min(promised, 1), "审查": review, "决定": min(max(promised - 1, 0), 1)}
    roles = {"受理": "窗口受理岗", "审查": "业务审查岗", "决定": "审批决定岗"}
    found = [
        {"seq": n, "name": name, "role": roles[name], "days": days[name], "seal_required": False}
        for n, name in enumerate(days, 1)
    ]
    found[-1]["seal_required"] = True
    last = {"seq": 4, "name": "送达", "role": "窗口发证岗", "days": 1, "seal_required": False}
    return [*found, last]


def permit(entry: dict[str, Any]) -> dict[str, Any]:
    """Everything that article 30 wants public of one item."""
    approval = entry["type"] == "行政审批"
    norm = DECISION if approval else LAW
    basis = f"《{norm['document']}》{norm['article']}"
    unit, stem = entry["unit"], entry["name"]
    return {
        "code": entry["code"],
        "name": stem,
        "type": "administrative_approval" if approval else "administrative_permit",
        "statutory_limit": entry["legal"],
        "statutory_unit": UNITS[entry["legal_unit"]],
        "statutory_basis": "《中华人民共和国行政许可法》第四十二条",
        "promised_limit": entry["promised"],
        "free": True,
        "online_level": ONLINE.get(unit, 1),
        "visits_max": 0 if ONLINE.get(unit, 1) == 3 else 1,
        "themes": themes_of(stem),
        "legal_basis": [LAW, norm] if approval else [norm],
        "conditions": conditions_of(stem, basis),
        "materials": materials_of(entry, basis),
        "steps": steps_of(entry["promised"]),
        "special_steps": [],
        "windows": [window(unit)],
        "remedies": REMEDIES,
        "fees": [],
        "audience": ["natural_person", "legal_person", "other_organization"],
        "exercise_level": "县级",
        "accept_place": "澜川市行政服务中心",
        "service_scope": "全市通办",
        "commitment_available": approval,
        "result_name": f"{stem.removesuffix('审批').removesuffix('核发')}决定书",
        "validity_months": None if approval else 60,
        "delivery": "窗口领取、邮寄或者电子送达",
        "supervision_phone": "0199-660-0612",
    }


def conditions_of(stem: str, basis: str) -> list[dict[str, Any]]:
    texts = (
        f"申请的事项属于“{stem}”的适用范围；",
        "申请人具备法律、法规规定的主体资格；",
        "有与申请事项相适应的场所、设备、人员和管理制度。",
    )
    return [{"text": text, "basis": basis, "tag": None, "not_needed_when": None} for text in texts]


def window(unit: str) -> dict[str, Any]:
    return {
        "name": f"行政服务中心 {unit} 号窗口",
        "place": "澜川市行政服务中心一楼",
        "hours": WINDOW_HOURS,
        "phone": f"0199-660-20{unit}",
        "can": "受理、审查、决定、送达",
    }


REMEDIES: Final = [
    {"kind": "reconsideration", "body": "澜川市人民政府", "within": "60日"},
    {"kind": "litigation", "body": "澜川市人民法院", "within": "6个月"},
]
TEMPLATES: Final = {
    "L03": "对违反第{n}项管理规定行为的处罚",
    "L04": "对涉嫌违法物品的查封扣押（第{n}类）",
    "L05": "第{n}类规费的征收",
    "L06": "应急物资征用（第{n}类）",
    "L07": "第{n}类补助的给付",
    "L08": "对从业单位的监督检查（第{n}类）",
    "L09": "第{n}类资格的确认",
    "L10": "对先进单位和个人的奖励（第{n}类）",
    "L11": "第{n}类争议的裁决",
    "L12": "第{n}类事项的备案",
    "L13": "第{n}类其他管理事项",
}


def power_items(counts: dict[str, int], bodies: list[str]) -> Iterator[dict[str, Any]]:
    """Short power items of the other classes, dealt out over the enforcement bodies in turn."""
    dealt = 0
    for category, count in counts.items():
        for n in range(1, count + 1):
            unit = bodies[dealt % len(bodies)]
            dealt += 1
            yield {
                "code": f"9901810{unit}{category[1:]}{n + 300:03}00",
                "name": TEMPLATES[category].format(n=n),
                "category": category,
                "unit": unit,
                "legal_basis": [
                    {"document": "虚构省行政权力公开透明运行规定", "article": "第六条",
                     "level": "provincial_rule"}
                ],
            }  # fmt: skip
