"""Permits and departments as linked data: a permit is a public service, a department its authority.

Classes and properties are those of CPSV-AP 3.2 (https://semiceu.github.io/CPSV-AP/releases/3.2.0/).
A period of working days has no ISO 8601 duration, so it is told by `limit`, with its unit, and
`cv:processingTime` is there only where a day or a month is meant.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from app.config import settings
from app.rules.workdays import Unit

Node = dict[str, Any]
Row = Mapping[str, Any]

MEDIA_TYPE: Final = "application/ld+json"
PROFILE: Final = "cpsv-ap"
RELEASE: Final = "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"
IN_BOTH: Final = {"@container": "@language"}
SEVERAL: Final = {"@container": "@set"}
CONTEXT: Final[Node] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "mb": "urn:mingbai:",
    "identifier": "dct:identifier",
    "title": {"@id": "dct:title", **IN_BOTH},
    "description": {"@id": "dct:description", **IN_BOTH},
    "prefLabel": {"@id": "skos:prefLabel", **IN_BOTH},
    "altLabel": {"@id": "skos:altLabel", **IN_BOTH},
    "fullAddress": {"@id": "locn:fullAddress", **IN_BOTH},
    "notation": "skos:notation",
    "type": "dct:type",
    "spatial": "dct:spatial",
    "audience": {"@id": "dct:audience", **SEVERAL},
    "language": {"@id": "dct:language", "@type": "@id"},
    "status": "adms:status",
    "address": "locn:address",
    "hasCompetentAuthority": "cv:hasCompetentAuthority",
    "thematicArea": {"@id": "cv:thematicArea", **SEVERAL},
    "hasLegalResource": {"@id": "cv:hasLegalResource", **SEVERAL},
    "hasChannel": {"@id": "cv:hasChannel", **SEVERAL},
    "contactPoint": "cv:contactPoint",
    "telephone": "cv:telephone",
    "hasCost": {"@id": "cv:hasCost", **SEVERAL},
    "processingTime": {"@id": "cv:processingTime", "@type": "xsd:duration"},
    "hasInput": {"@id": "cpsv:hasInput", **SEVERAL},
    "holdsRequirement": {"@id": "cv:holdsRequirement", **SEVERAL},
    "produces": "cpsv:produces",
    "validFrom": {"@id": "mb:validFrom", "@type": "xsd:date"},
    "statutoryLimit": "mb:statutoryLimit",
    "promisedLimit": "mb:promisedLimit",
    "value": "mb:value",
    "unit": "mb:unit",
}
TERRITORY: Final = ["http://data.europa.eu/88u/dataset/atu-type", "dct:Location"]
CHINESE: Final = {
    "@id": "http://publications.europa.eu/resource/authority/language/ZHO",
    "@type": "dct:LinguisticSystem",
}
PERIOD: Final = {Unit.NATURAL_DAY: "P{}D", Unit.MONTH: "P{}M"}
UNITS: Final = {
    Unit.WORKING_DAY: ("个工作日", "working days"),
    Unit.NATURAL_DAY: ("日", "days"),
    Unit.MONTH: ("个月", "months"),
}


def written(nodes: Iterable[Node]) -> Node:
    """Several as one graph."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def address(noun: str, code: str, part: str = "") -> str:
    """The page of a permit or a department names it; a part of it has a fragment."""
    root = settings().public_url.rstrip("/")
    return f"{root}/{noun}/{quote(code, safe='')}" + (f"#{part}" if part else "")


def named(zh: str, en: str | None = None) -> dict[str, str]:
    return {"zh": zh, "en": en} if en else {"zh": zh}


def concept(notation: str) -> Node:
    return {"@type": "skos:Concept", "notation": notation}


def territory(division: str) -> Node:
    """The area that is answered for; its name is known where it is the city itself."""
    node: Node = {"@id": f"mb:division:{division}", "@type": TERRITORY}
    if division == settings().division:
        node["prefLabel"] = named(settings().city_name, settings().city_name_en)
    return {**node, "notation": division}


def department(row: Row) -> Node:
    """One unit, from a row of the list or from its detail."""
    node: Node = {
        **authority(row),
        "altLabel": named(row["short_name"]) if row.get("short_name") else None,
        "type": concept(row["kind"]),
        "status": concept(row["status"]),
        "spatial": territory(row["division_code"]),
        "contactPoint": phone(row.get("service_phone")),
    }
    if row.get("address"):
        node["address"] = {"@type": "locn:Address", "fullAddress": named(row["address"])}
    node["hasLegalResource"] = norms(row.get("enforcement_basis", ()))
    return said(node)


def authority(row: Row) -> Node:
    return {
        "@id": address("departments", row["code"]),
        "@type": "cv:PublicOrganisation",
        "identifier": row["code"],
        "prefLabel": named(row["name"], row["name_en"]),
        "spatial": territory(settings().division),
    }


def permit(row: Row) -> Node:
    """One item, from a row of the list or from its detail, which has the parts as well."""
    code = row["code"]
    node: Node = {
        "@id": address("permits", code),
        "@type": "cpsv:PublicService",
        "identifier": code,
        "title": named(row["name"], row["name_en"]),
        "description": summary(row),
        "type": concept(row["type"]),
        "status": concept(row["state"]),
        "thematicArea": [concept(each) for each in row["themes"]],
        "hasCompetentAuthority": authority(row["department"]),
        "spatial": territory(settings().division),
        "language": CHINESE,
        "validFrom": row["valid_from"],
        "statutoryLimit": limit(row["statutory_limit"], row["statutory_unit"]),
        "promisedLimit": limit(row["promised_limit"], Unit.WORKING_DAY),
        "processingTime": duration(row),
    }
    return said(node | (parts(code, row) if "materials" in row else {}))


def parts(code: str, row: Row) -> Node:
    """What only the detail has: what is handed in, where, by what right, and what comes of it."""
    return {
        "audience": [concept(each) for each in row["audience"]],
        "hasLegalResource": norms(row["legal_basis"]),
        "holdsRequirement": [
            part("cv:Requirement", code, f"condition-{number}", each["text"])
            for number, each in enumerate(row["conditions"], 1)
        ],
        "hasInput": [
            part("cv:Evidence", code, f"material-{each['code']}", each["name"])
            for each in row["materials"]
        ],
        "produces": part("cv:Output", code, "result", row["result_name"]),
        "hasChannel": [channel(code, *each) for each in enumerate(row["windows"], 1)],
        "contactPoint": phone(row["supervision_phone"]),
        "hasCost": [cost(code, each) for each in row["fees"]],
    }


def part(kind: str, code: str, fragment: str, name: str) -> Node:
    identifier = f"{code}#{fragment}"
    at = address("permits", code, fragment)
    return {"@id": at, "@type": kind, "identifier": identifier, "title": named(name)}


def channel(code: str, number: int, window: Row) -> Node:
    told = "，".join(str(window[key]) for key in ("name", "place", "hours") if window.get(key))
    return {
        "@id": address("permits", code, f"window-{number}"),
        "@type": "cv:Channel",
        "identifier": f"{code}#window-{number}",
        "type": concept("service_window"),
        "description": named(told),
    }


def cost(code: str, fee: Row) -> Node:
    """A fee by its code on the published list; what it comes to is told there."""
    identifier = str(fee["code"])
    node = {"@type": "cv:Cost", "identifier": identifier}
    return {"@id": address("permits", code, f"fee-{quote(identifier, safe='')}"), **node}


def norms(found: Iterable[Row]) -> list[Node]:
    return [
        {
            "@type": "eli:LegalResource",
            "title": named(f"《{each['document']}》{each.get('article') or ''}"),
            "type": concept(each["level"]),
        }
        for each in found
    ]


def phone(number: str | None) -> Node | None:
    return {"@type": "cv:ContactPoint", "telephone": number} if number else None


def limit(value: int, unit: str) -> Node:
    return {"value": value, "unit": Unit(unit)}


def duration(row: Row) -> str | None:
    """Of the statute; done on the spot is no time at all."""
    if row["instant"]:
        return "P0D"
    form = PERIOD.get(Unit(row["statutory_unit"]))
    return form.format(row["statutory_limit"]) if form else None


def summary(row: Row) -> dict[str, str]:
    """A sentence in both languages from what the register holds; nothing is added."""
    value, (zh, en) = row["statutory_limit"], UNITS[Unit(row["statutory_unit"])]
    own, body = row["promised_limit"], row["department"]
    fast = ("当场办结", "done on the spot") if row["instant"] else (
        f"承诺{own}个工作日", f"promised in {own} working days"
    )  # fmt: skip
    return {
        "zh": f"{body['name']}办理，法定期限{value}{zh}，{fast[0]}。",
        "en": f"By {body['name_en'] or body['name']}; statutory limit {value} {en}, {fast[1]}.",
    }


def said(node: Node) -> Node:
    """Only what there is: no null and no empty list."""
    return {name: value for name, value in node.items() if value not in (None, [], "")}
