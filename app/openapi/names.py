"""What the shapes are called in the OpenAPI: generators make classes of these names."""

import re
from typing import Any, Final

REF: Final = "#/components/schemas/"
OF_A_ROOM: Final = re.compile(r"app__\w+?__(\w+)__(\w+)")  # two rooms have one of this name
PAGE: Final = re.compile(r"Page_(\w+)_")


def plain(name: str) -> str:
    """`app__rules__jobs__State` is `JobsState`, `Page_PermitOut_` is `PermitOutPage`."""
    if found := OF_A_ROOM.fullmatch(name):
        noun = "".join(word.capitalize() for word in found[1].split("_"))
        return noun + found[2]
    if found := PAGE.fullmatch(name):
        return plain(found[1]) + "Page"
    return name


def named(document: dict[str, Any]) -> None:
    """Give every shape its plain name, here and wherever it is referred to."""
    schemas = document["components"]["schemas"]
    names = {old: plain(old) for old in schemas}
    assert len(set(names.values())) == len(names), "two shapes have one name"
    document["components"]["schemas"] = {
        names[old]: {**schema, "title": names[old]} for old, schema in schemas.items()
    }
    referred(document, names)


def referred(part: Any, names: dict[str, str]) -> None:
    if isinstance(part, list):
        for each in part:
            referred(each, names)
    if isinstance(part, dict):
        ref = part.get("$ref")
        if isinstance(ref, str) and ref.startswith(REF):
            part["$ref"] = REF + names.get(ref.removeprefix(REF), ref.removeprefix(REF))
        for each in part.values():
            referred(each, names)
