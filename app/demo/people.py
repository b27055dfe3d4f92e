"""Invented names and officers. No real person is meant; two calls give the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

SEURAT: Final = 20251117
SURNAMES: Final = [
    "樊",
    "祝",
    "柯",
    "阮",
    "温",
    "沈",
    "裘",
    "鄢",
    "闵",
    "邝",
    "蒯",
    "訾",
    "晏",
    "郜",
    "谌",
    "仝",
    "佟",
    "逄",
    "宿",
    "衡",
    "璩",
    "詹",
    "鲍",
    "臧",
    "霍",
    "庾",
    "楚",
    "禹",
    "苗",
    "褚",
    "卞",
    "康",
    "娄",
    "茅",
    "欧阳",
    "司徒",
    "令狐",
    "上官",
    "尉迟",
]
GIVEN: Final = tuple("立明知言青山若谷以诺书行远舒景云安澜思齐嘉树怀瑾望舒承泽松筠清和允文静姝子衿")
CATEGORIES: Final = {
    "04": "公安", "09": "自然资源", "10": "生态环境", "11": "住房城乡建设", "12": "城市管理",
    "13": "交通运输", "14": "水利", "15": "农业农村", "17": "文化市场", "18": "卫生健康",
    "19": "应急管理", "20": "市场监管", "21": "林业", "27": "消防", "28": "烟草专卖", "30": "税务",
    "32": "道路运输", "33": "动物卫生", "34": "植物检疫", "35": "渔政",
}  # fmt: skip
START: Final = date(2022, 3, 1)


def names() -> Iterator[str]:
    chance = Random(SEURAT)  # noqa: S311  invented names, not secrets
    while True:
        given = "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        yield chance.choice(SURNAMES) + given


REISSUED: Final = 900  # the serials from here to 999 are for cards that replace others


def serial(n: int) -> int:
    """The national number's inner structure is not known; here it is unit and serial."""
    return n if n < REISSUED else n + 1000 - REISSUED


def officers(
    unit: str, kind: str, count: int, called: Iterator[str], first: int = 1
) -> list[dict[str, Any]]:
    """`count` officers of a unit, each with the card to be issued."""
    civil = kind != "public_institution"
    found = []
    for n in range(first, first + count):
        since = START + timedelta(days=(n * 37 + int(unit) * 11) % 1200)
        found.append(
            {
                "officer_no": f"LC{unit}{n:05}",
                "name": next(called),
                "employment_type": "civil_servant" if civil else "institution_staff",
                "section": "执法科",
                "certificate_no": f"990181{unit}{serial(n):03}",
                "category": CATEGORIES.get(unit, "综合"),
                "area_code": "990181",
                "issuer": "澜川市司法局",
                "issued_on": since,
                "valid_from": since,
            }
        )
    return found
