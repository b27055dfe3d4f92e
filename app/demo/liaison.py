"""Leaders, enterprises and who answers for whom, handover included."""

from datetime import date
from typing import Any, Final

from app.acts import liaison_pairs as acts
from app.acts.desk import Desk
from app.demo.city import DIVISION, City
from app.demo.people import names
from app.demo.registry import HOLIDAYS, span
from app.models.departments import Department
from app.models.enterprises import Enterprise
from app.models.leaders import Leader
from app.models.liaison_pairs import LiaisonPair
from app.models.posts import Post
from app.rules import uscc
from app.rules.workdays import DayKind, Limit, Unit, is_workday_in

ISSUED: Final = date(2025, 9, 3)
MOVED: Final = date(2026, 3, 24)
REASSIGNED: Final = date(2026, 3, 26)
DOCUMENT: Final = {
    "document_no": "澜政办〔2025〕27号",
    "document_title": "关于建立市领导（部门）对口联系重点企业的通知",
}
ORGANS: Final = {
    "党委": "party", "政府": "government", "人大": "congress", "政协": "cppcc", "两院": "judiciary",
}  # fmt: skip
GONE: Final = {"no": 29, "post": "副市长", "organ": "政府", "name": "闵思齐"}
INHERITED: Final = (19, 20, 47)  # pairs, by their place in the data, that had been the leaver's
FORMER: Final = {3: ["澜川云杼棉纺厂"], 13: ["澜川天衡岭贸易公司"], 1: ["澜川青穗面粉厂"]}
INDUSTRIES: Final = (
    ("食品", "农副食品加工业", "15"), ("重工", "通用设备制造业", "03"), ("纺织", "纺织业", "03"),
    ("水泥", "非金属矿物制品业", "03"), ("建设", "房屋建筑业", "11"), ("煤化", "煤炭加工业", "19"),
    ("物流", "装卸搬运和仓储业", "13"), ("贸", "批发业", "16"), ("旅游", "商务服务业", "17"),
    ("农业", "农业", "15"), ("酒", "酒、饮料制造业", "20"), ("医药", "医药制造业", "18"),
)  # fmt: skip


def load_leaders(city: City) -> dict[int, Leader]:
    found = {}
    with city.day(date(2025, 9, 1), "市委办公室") as desk:
        desk.session.expire_on_commit = False
        for facts in [*city.data["leaders"], GONE]:
            found[facts["no"]] = load_leader(desk, facts)
    return found


def load_leader(desk: Desk, facts: dict[str, Any]) -> Leader:
    code = f"{facts['no']:02}"
    post = desk.add(
        Post(code=f"{DIVISION}-L{code}", title=facts["post"], is_leader=True, valid_from=desk.today)
    )
    known = {
        "code": code,
        "name": facts["name"],
        "organ": ORGANS[facts["organ"]],
        "portfolio": f"负责{facts['post']}职责范围内工作，联系重点企业。",
        "office_phone": f"0199-660-10{code}",
        "rank_order": facts["no"],
    }
    return acts.enter_leader(desk, DIVISION, known, post)


def industry_of(name: str) -> tuple[str, str]:
    for word, industry, unit in INDUSTRIES:
        if word in name:
            return industry, unit
    return "制造业", "03"


def firm(no: int, name: str, code: str, category: str, **more: Any) -> dict[str, Any]:
    industry, unit = industry_of(name)
    return {
        "uscc": code,
        "name": name,
        "category": category,
        "categories": [category],
        "industry": industry,
        "industry_department": unit,
        "township_code": f"99018100{no % 4 + 1}",
        "standing": "in_business",
        "list_state": "active_key",
        "former_names": FORMER.get(no, []),
        **more,
    }


def made_code(organisation: str) -> str:
    """A credit code of no real firm, both check characters right."""
    return uscc.complete("91990181" + organisation + uscc.organisation_check(organisation))


def extra_firms() -> list[dict[str, Any]]:
    """Branches of a lookup that the public list does not show."""
    code = [made_code(f"MAB9{n:04}") for n in range(4)]
    removed = {"list_state": "removed_from_list"}
    return [
        firm(61, "澜川旧港船舶修造有限公司", code[0], "key_private", standing="deregistered",
             list_state="deregistered"),
        firm(62, "澜川双溪商贸有限公司", code[1], "key_private", standing="deregistered",
             successor_uscc="91990181MAA013", **removed),
        firm(63, "澜川静水陶艺有限公司", code[2], "key_private", liaison_opt_out=True,
             opt_out_reason="企业自愿不参加"),
    ]  # fmt: skip


def load_enterprises(city: City) -> dict[int, Enterprise]:
    found = {}
    listed = city.data["enterprises"]
    pond = {"no": 57, "name": "澜川半亩塘农业科技有限公司", "category": "key_private"}
    pond["uscc"] = made_code("MAB57310")
    with city.day(date(2025, 9, 1), "市企业服务办") as desk:
        desk.session.expire_on_commit = False
        for facts in [*listed, pond]:
            made = firm(facts["no"], facts["name"], facts["uscc"], facts["category"])
            found[facts["no"]] = acts.list_enterprise(desk, DIVISION, made)
        for number, facts in enumerate(extra_firms(), 61):
            if "successor_uscc" in facts:
                facts["successor_uscc"] = listed[12]["uscc"]
            found[number] = acts.list_enterprise(desk, DIVISION, facts)
    return found


def contact(unit: str, officer: str, number: str) -> dict[str, Any]:
    return {
        **DOCUMENT,
        "pair_no": number,
        "liaison_officer": officer,
        "contact_line": f"0199-660-01{unit}",
        "contact_hours": "工作日 8:30–12:00，14:30–18:00",
    }


def load_pairs(city: City, units: dict[str, Department]) -> None:
    leaders, firms = load_leaders(city), load_enterprises(city)
    officers = dict(zip(units, names(), strict=False))
    planned = [*city.data["pairs"], {"leader": 29, "enterprise": 57, "support_unit": "15"}]
    made: dict[int, LiaisonPair] = {}
    with city.day(ISSUED, "市企业服务办") as desk:
        desk.session.expire_on_commit = False
        for place, plan in enumerate(planned):
            leader = 29 if place in INHERITED else plan["leader"]
            unit = plan["support_unit"]
            facts = contact(unit, officers[unit], f"L2025-{place + 1:03}")
            made[place] = acts.pair(
                desk, leaders[leader], firms[plan["enterprise"]], units[unit], facts
            )
    hand_over(city, leaders, made)
    with city.day(REASSIGNED, "市企业服务办") as desk:
        for n, place in enumerate(INHERITED, 1):
            plan = planned[place]
            unit = plan["support_unit"]
            old = desk.one(LiaisonPair, pair_no=made[place].pair_no)
            facts = contact(unit, officers[unit], f"L2026-{n:03}")
            after, company = leaders[plan["leader"]], firms[plan["enterprise"]]
            acts.reassign(desk, old, after, company, units[unit], facts)


def hand_over(city: City, leaders: dict[int, Leader], made: dict[int, LiaisonPair]) -> None:
    days = dict.fromkeys(span(2026, HOLIDAYS[2026][0]), DayKind.HOLIDAY)
    days |= dict.fromkeys(span(2026, HOLIDAYS[2026][1]), DayKind.MAKEUP_WORKDAY)
    with city.day(MOVED, "市委组织部") as desk:
        limit = Limit(10, Unit.WORKING_DAY)
        acts.leave_post(desk, leaders[29], limit, is_workday_in(days))
    city.progress(f"{len(made)} liaison pairs")
