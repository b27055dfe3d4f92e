"""Municipal leaders: the five organs whose posts make one (model B4.3)."""

from enum import StrEnum


class Organ(StrEnum):
    PARTY = "party"
    CONGRESS = "congress"
    GOVERNMENT = "government"
    CPPCC = "cppcc"
    JUDICIARY = "judiciary"
