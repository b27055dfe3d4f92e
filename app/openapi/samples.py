"""An example made from a schema, for operations whose answers are nobody's to publish."""

from typing import Any, Final

PLAIN: Final = {"integer": 1, "number": 1, "boolean": True, "null": None}
FORMATS: Final = {"date": "2026-03-31", "date-time": "2026-03-31T09:30:00+08:00"}
NAMED: Final = {
    "email": "wang@app.example",
    "phone": "0199-660-0000",
    "webhook_hosts": "hooks.app.example",
    "url": "https://hooks.app.example/mingbai",
    "events": "credential.*",
    "addresses": "198.51.100.0/24",
    "username": "zhang.san",
    "name": "张三",
    "department": "12",
    "password": "correct horse battery staple",
}
PATTERNED: Final = {
    "^[0-9a-f]{64}$": "0" * 64,
    "^[0-9]{6}$": "123456",
    "^[A-Z0-9][A-Z0-9-]{1,30}$": "EX-2026",
    "^[0-9A-Za-z_-]{1,32}$": "02",
    "^[0-9A-Za-z_-]{1,8}$": "12",
    "^[0-9][0-9 -]{2,30}$": "0199-660-0112",
    "^[0-9]{6,9}$": "990181002",
}
Schema = dict[str, Any]


def sample(schema: Schema, schemas: Schema, name: str = "") -> Any:
    """The plainest value that a schema allows."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rpartition("/")[2]], schemas, name)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema and "properties" not in schema:
            return sample(schema[choice][0], schemas, name)
    if given := [schema[fixed] for fixed in ("const", "default") if fixed in schema]:
        return given[0]
    if schema.get("type") == "array":
        least = max(1, schema.get("minItems", 1))
        return [sample(schema.get("items", {}), schemas, name)] * least
    if schema.get("type") == "object":
        parts = schema.get("properties", {}).items()
        return {part: sample(inner, schemas, part) for part, inner in parts}
    return of_type(schema, name)


def of_type(schema: Schema, name: str) -> Any:
    kind = schema.get("type")
    if "enum" in schema:
        return schema["enum"][0]
    if kind in PLAIN:
        return int(max(schema.get("minimum", 1), 1)) if kind == "integer" else PLAIN[kind]
    if "format" in schema:
        return FORMATS.get(schema["format"], "…")
    text = PATTERNED.get(schema.get("pattern", "")) or NAMED.get(name, "…")
    return text.ljust(schema.get("minLength", 0), "0")
