"""Enterprises: categories, standing, and the list of key enterprises (model B4.12)."""

from enum import StrEnum


class Category(StrEnum):
    LARGE = "large"
    KEY_PRIVATE = "key_private"
    KEY_PROJECT = "key_project"
    MAJOR_TAXPAYER = "major_taxpayer"


class Standing(StrEnum):
    IN_BUSINESS = "in_business"
    MOVED_OUT = "moved_out"
    DEREGISTERED = "deregistered"


class ListState(StrEnum):
    LISTED = "listed"
    ACTIVE_KEY = "active_key"
    REMOVED_FROM_LIST = "removed_from_list"
    DEREGISTERED = "deregistered"
