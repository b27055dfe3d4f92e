"""One account for each role of the demo city; passwords and second factors are shown to anyone."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app import secrets
from app.acts import accounts, role_grants
from app.acts.role_grants import CONSOLE
from app.acts.sessions import TOTP
from app.config import DEMO_PASSWORD, DEMO_TOTP
from app.demo.city import City, DayOfActs
from app.models.accounts import Account
from app.models.role_grants import RoleGrant
from app.rules.accounts import CONFIRMING, Role
from app.rules.role_grants import Act

OPENED: Final = date(2025, 8, 20)
FOUNDERS: Final = (("system", "苗清和"), ("system2", "卞望舒"))
PEOPLE: Final = (
    ("hr", "申屠远", "市人社局执法人员管理科科长", Role.HR_OFFICE, None),
    ("justice", "鄢思齐", "市司法局执法监督科科长", Role.LEGAL_SUPERVISOR, None),
    ("panel", "晏承泽", "执法资格复核小组成员", Role.APPEAL_PANEL, None),
    ("unit12", "庾静姝", "市城管局综合科科长", Role.DEPT_ADMIN, "12"),
    ("unit20", "衡立明", "市市场监管局人事科科长", Role.DEPT_ADMIN, "20"),
    ("liaison", "楚文清", "市企业服务办联络科科长", Role.LIAISON_OFFICE, None),
    ("discipline", "禹怀瑾", "市纪委监委党风政风监督室主任", Role.DISCIPLINE, None),
    ("audit", "茅若谷", "市审计局科长", Role.AUDITOR, None),
)


def days(_: City) -> Iterator[DayOfActs]:
    yield OPENED, lambda: open_accounts(_)


def open_accounts(city: City) -> None:
    with city.day(OPENED, CONSOLE) as desk:
        for username, name in FOUNDERS:
            facts = {"username": username, "name": name, "post": "系统管理员"}
            enrol(desk.today, role_grants.found(desk, {**facts, "password": DEMO_PASSWORD}))
    proposed = []
    with city.day(OPENED, "system") as desk:
        for username, name, post, role, unit in PEOPLE:
            facts = {"username": username, "name": name, "post": post}
            told = {**facts, "department": unit, "password": DEMO_PASSWORD}
            account = accounts.create(desk, told)
            proposed.append(role_grants.propose(desk, account, role, unit).number)
            if role in CONFIRMING:
                enrol(desk.today, account)
    with city.day(OPENED, "system2") as desk:
        for number in proposed:
            role_grants.decide(desk, desk.one(RoleGrant, number=number), Act.CONFIRM)


def enrol(on: date, account: Account) -> None:
    """The same second factor for all, so that a visitor can be any of them."""
    account.totp_secret, account.totp_since = secrets.seal_text(TOTP, DEMO_TOTP), on
