"""What a page may not contain: script of its own, what htmx evaluates, anything from elsewhere."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "app"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VENDORED = {  # as it was published; a changed file is another file
    "htmx-4.0.1.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
}
BANNED = {
    "evaluated by htmx": r"hx-on|hx-vals=.js:|\bjs:|hx-[a-z-]+:inherited",
    "a handler in an attribute": r"\son[a-z]+\s*=\s*[\"']",
    "script in the page": r"<script(?![^>]*\bsrc=)[^>]*>",
    "style in an attribute": r"<[^>{%]*\sstyle\s*=",
    "an address elsewhere": r"(?:src|href|action)=[\"'](?:https?:)?//",
    "text that is not escaped": r"\|\s*safe\b|autoescape\s+false",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_banned_is_in_a_template(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    found = {what: re.findall(pattern, text) for what, pattern in BANNED.items()}
    assert {what: hits for what, hits in found.items() if hits} == {}


def test_vendored_script_is_what_was_published() -> None:
    vendored = {path.name for path in (ROOT / "static").glob("*.min.js")}
    assert vendored == VENDORED.keys()
    for name, digest in VENDORED.items():
        content = (ROOT / "static" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
