"""Leaders, enterprises and who answers for whom, handover included."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, Final

from app.acts import liaison_pairs as acts
from app.acts.desk import Desk
from app.demo.city import DIVISION, City, DayOfActs
from app.demo.people import GIVEN, names
from app.models.leaders import Leader
from app.models.liaison_pairs import LiaisonPair
from app.models.posts import Post
from app.rules import uscc
from app.rules.enterprises import Category, Standing

ENTERED: Final = date(2025, 9, 1)
ISSUED: Final = date(2025, 9, 3)
MOVED: Final = date(2026, 3, 24)
REASSIGNED: Final = date(2026, 3, 26)
OFFICE: Final = "市企业服务办"
DOCUMENT: Final = {
    "document_no": "澜政办〔2025〕27号",
    "document_title": "关于建立市领导（部门）对口联系重点企业的通知",
}
ORGANS: Final = {
    "党委": "party", "政府": "government", "人大": "congress", "政协": "cppcc", "两院": "judiciary",
}  # fmt: skip
BATCH: Final = 1000
CATEGORIES: Final = list(Category)
TRADES: Final = (
    ("商贸", "批发业"), ("机械", "专用设备制造业"), ("食品", "食品制造业"), ("纺织", "纺织业"),
    ("建材", "非金属矿物制品业"), ("物流", "道路运输业"), ("农业", "农业"),
)  # fmt: skip
GONE: Final = {"no": 29, "post": "副市长", "organ": "政府", "name": "闵思齐"}
INHERITED: Final = (33, 36, 41)  # pairs, by their place in the data, that had been the leaver's
IN_CHARGE: Final = (
    ("农副", "15"), ("食品", "20"), ("酒", "20"), ("建筑", "11"), ("房", "11"), ("批发", "16"),
    ("零售", "16"), ("仓储", "13"), ("运输", "13"), ("农业", "15"), ("渔", "15"), ("畜牧", "15"),
    ("矿", "19"), ("煤", "19"), ("医", "18"), ("商务", "17"), ("文化", "17"), ("生态", "10"),
)  # fmt: skip


def days(city: City) -> Iterator[DayOfActs]:
    yield ENTERED, lambda: load_leaders(city)
    yield ENTERED, lambda: load_enterprises(city)
    yield ISSUED, lambda: issue_pairs(city)
    yield MOVED, lambda: hand_over(city)
    yield REASSIGNED, lambda: reassign(city)


def load_leaders(city: City) -> None:
    with city.day(ENTERED, "市委办公室") as desk:
        for facts in [*city.data["leaders"], GONE]:
            city.leaders[facts["no"]] = load_leader(desk, city, facts)


def load_leader(desk: Desk, city: City, facts: dict[str, Any]) -> Leader:
    code, told = f"{facts['no']:02}", city.more["leaders"][str(facts["no"])]
    post = desk.add(
        Post(
            code=f"{DIVISION}-L{code}",
            title=facts["post"],
            title_en=told["title_en"],
            is_leader=True,
            valid_from=desk.today,
        )
    )
    known = {
        "code": code,
        "name": facts["name"],
        "organ": ORGANS[facts["organ"]],
        "portfolio": told["portfolio"],
        "portfolio_en": told["portfolio_en"],
        "office_phone": f"0199-660-10{code}",
        "rank_order": facts["no"],
    }
    return acts.enter_leader(desk, DIVISION, known, post)


def in_charge(industry: str) -> str:
    """The unit that looks after an industry: where a firm turns when no leader answers."""
    return next((unit for word, unit in IN_CHARGE if word in industry), "03")


def firm(city: City, no: int, name: str, code: str, category: str, **more: Any) -> dict[str, Any]:
    told = city.more["enterprises"].get(str(no), {})
    industry = told.get("industry", "批发业")
    return {
        "uscc": code,
        "name": name,
        "name_en": told.get("name_en"),
        "category": category,
        "categories": [category],
        "industry": industry,
        "industry_department": in_charge(industry),
        "township_code": told.get("township_code", "990181001"),
        "standing": "in_business",
        "list_state": "active_key",
        "former_names": told.get("former_names", []),
        **more,
    }


def made_code(organisation: str) -> str:
    """A credit code of no real firm, both check characters right."""
    return uscc.complete("91990181" + organisation + uscc.organisation_check(organisation))


def extra_firms(city: City) -> list[dict[str, Any]]:
    """Branches of a lookup that the public list does not show."""
    code = [made_code(f"MAB9{n:04}") for n in range(4)]
    removed = {"list_state": "removed_from_list"}
    return [
        firm(city, 61, "澜川旧港船舶修造有限公司", code[0], "key_private", standing="deregistered",
             list_state="deregistered"),
        firm(city, 62, "澜川双溪商贸有限公司", code[1], "key_private", standing="deregistered",
             successor_uscc="91990181MAA013", **removed),
        firm(city, 63, "澜川静水陶艺有限公司", code[2], "key_private", liaison_opt_out=True,
             opt_out_reason="企业自愿不参加"),
    ]  # fmt: skip


def load_enterprises(city: City) -> None:
    listed = city.data["enterprises"]
    pond = {"no": 57, "name": "澜川半亩塘农业科技有限公司", "category": "key_private"}
    pond["uscc"] = made_code("MAB57310")
    with city.day(ENTERED, OFFICE) as desk:
        for facts in [*listed, pond]:
            named = (facts["no"], facts["name"], facts["uscc"], facts["category"])
            made = acts.list_enterprise(desk, DIVISION, firm(city, *named))
            city.firms[facts["no"]] = made
        for number, facts in enumerate(extra_firms(city), 61):
            if "successor_uscc" in facts:
                facts["successor_uscc"] = listed[12]["uscc"]
            city.firms[number] = acts.list_enterprise(desk, DIVISION, facts)
    list_more(city)


def list_more(city: City) -> None:
    """A larger city has as many more firms as it has officers."""
    wanted = city.scale * len(city.firms) // sum(city.data["officers_by_unit"].values())
    for first in range(len(city.firms), wanted, BATCH):
        with city.day(ENTERED, OFFICE) as desk:
            more = [made_firm(n) for n in range(first, min(first + BATCH, wanted))]
            acts.list_enterprises(desk, DIVISION, more)


def made_firm(n: int) -> dict[str, Any]:
    """The n-th firm of a scaled city: three characters and a trade, no two alike for long."""
    many = len(GIVEN)
    called = GIVEN[n % many] + GIVEN[n // many % many] + GIVEN[n // many**2 % many]
    trade, industry = TRADES[n % len(TRADES)]
    return {
        "uscc": made_code(f"MB{n:06}"),
        "name": f"澜川{called}{trade}有限公司",
        "category": CATEGORIES[n % len(CATEGORIES)],
        "industry": industry,
        "industry_department": in_charge(industry),
        "township_code": f"990181{n % 8 + 1:03}",
        "standing": Standing.IN_BUSINESS,
    }


def planned(city: City) -> list[dict[str, Any]]:
    return [*city.data["pairs"], {"leader": 29, "enterprise": 57, "support_unit": "15"}]


def contact(city: City, unit: str, number: str) -> dict[str, Any]:
    """The liaison officer is the support unit's; a unit has one for all its firms."""
    officer = next(islice(names(), list(city.units).index(unit), None))
    return {
        **DOCUMENT,
        "pair_no": number,
        "liaison_officer": officer,
        "contact_line": f"0199-660-01{unit}",
        "contact_hours": "工作日 8:30–12:00，14:30–18:00",
    }


def issue_pairs(city: City) -> None:
    with city.day(ISSUED, OFFICE) as desk:
        for place, plan in enumerate(planned(city)):
            leader = city.leaders[29 if place in INHERITED else plan["leader"]]
            unit = plan["support_unit"]
            facts = contact(city, unit, f"L2025-{place + 1:03}")
            acts.pair(desk, leader, city.firms[plan["enterprise"]], city.units[unit], facts)


def hand_over(city: City) -> None:
    with city.day(MOVED, "市委组织部") as desk:
        acts.leave_post(desk, city.leaders[29])


def reassign(city: City) -> None:
    with city.day(REASSIGNED, OFFICE) as desk:
        for n, place in enumerate(INHERITED, 1):
            plan = planned(city)[place]
            old = desk.one(LiaisonPair, pair_no=f"L2025-{place + 1:03}")
            facts = contact(city, plan["support_unit"], f"L2026-{n:03}")
            after, company = city.leaders[plan["leader"]], city.firms[plan["enterprise"]]
            acts.reassign(desk, old, after, company, city.units[plan["support_unit"]], facts)
