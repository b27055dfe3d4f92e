"""How a person's name is compared: folded, whole or by the surname."""

import unicodedata
from typing import Final

COMPOUND: Final = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "令狐",
        "轩辕",
        "百里",
        "呼延",
        "东郭",
        "南门",
    ]
)
DOTS: Final = "·•・‧"


def normalise(name: str) -> str:
    """Full width to half, no spaces, no middle dots."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in name if not c.isspace() and c not in DOTS)


def surname_of(name: str) -> str:
    """The first two characters when they are a compound surname, the part before a middle dot, or
    the first character."""
    folded = unicodedata.normalize("NFKC", name).strip()
    for dot in DOTS:
        if dot in folded:
            return normalise(folded.split(dot, 1)[0])
    folded = normalise(folded)
    if folded.isascii():  # a Latin name has no surname that one letter could stand for
        return folded
    return folded[:2] if folded[:2] in COMPOUND and len(folded) > 2 else folded[:1]


def answers_to(given: str, full: str) -> bool:
    """Whether `given` is the full name or the surname of `full`."""
    asked = normalise(given)
    return bool(asked) and asked in (normalise(full), surname_of(full))
