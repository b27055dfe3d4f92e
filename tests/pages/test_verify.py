"""At the door: every answer in one breath, and nothing of it in an address."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

LINKED = "/static/mingbai-1.css"
ANSWERS = [
    ("99018112001", "晏", "Valid", "r-ok"),
    ("99018104030", "璩", "Suspended", "r-bad"),
    ("99018112003", "鲍", "No longer valid", 'class="result"'),
    ("99018112088", "樊", "reported lost", 'class="result"'),
    ("SW13990181001", "沈", "Suspended in this city", "r-bad"),
    ("99018112001", "王", "No matching record", "r-warn"),
    ("00000000000", "王", "No matching record", "r-warn"),
]


def verify(visitor: TestClient, number: str, name: str, **more: str) -> Any:
    return visitor.post("/verify", data={"certificate_no": number, "name": name, **more})


@pytest.mark.parametrize(("number", "name", "said", "look"), ANSWERS)
def test_each_state_has_its_word_and_its_look(
    visitor: TestClient, number: str, name: str, said: str, look: str
) -> None:
    reply = verify(visitor, number, name)
    assert reply.status_code == 200
    assert said in reply.text
    assert look in reply.text
    assert reply.headers["cache-control"] == "no-store"
    assert "you may refuse" in reply.text


def test_an_unknown_number_and_a_wrong_name_read_alike(visitor: TestClient) -> None:
    pages = [verify(visitor, "99018112001", "王").text, verify(visitor, "99018100001", "王").text]
    first, second = (p.replace("99018112001", "").replace("99018100001", "") for p in pages)
    marks = "Request number", "Asked:"
    assert [line for line in first.split("\n") if not any(m in line for m in marks)] == [
        line for line in second.split("\n") if not any(m in line for m in marks)
    ]


def test_what_may_not_enforce_says_what_to_tell_on_the_phone(visitor: TestClient) -> None:
    reply = verify(visitor, "99018104030", "璩").text
    assert "I was shown the certificate 99018104030; the register says: Suspended." in reply
    assert 'href="tel:' in reply
    assert "Check the second officer" not in reply


def test_a_ministrys_certificate_says_whose_it_is(visitor: TestClient) -> None:
    assert "own system (国家主管部门)" in verify(visitor, "SW13990181001", "沈").text


def test_two_of_different_units_are_no_team(visitor: TestClient) -> None:
    first = {"first_no": "99018112001", "first_name": "晏"}
    reply = verify(visitor, "99018113001", "谌", **first).text
    assert "Not a team of two" in reply
    assert "Both officers are valid" not in reply


def test_the_first_officer_is_kept_while_the_second_is_corrected(visitor: TestClient) -> None:
    reply = verify(visitor, "", "谌", first_no="99018112001", first_name="晏")
    assert reply.status_code == 422
    assert 'name="first_no" value="99018112001"' in reply.text
    assert 'value="谌"' in reply.text
    assert "The number is missing." in reply.text


def test_a_code_that_is_on_no_certificate_is_told_so(visitor: TestClient) -> None:
    reply = visitor.get("/verify/nonsense")
    assert "No certificate has this code" in reply.text
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/verify", "/verify/nonsense"])
def test_the_whole_page_is_small(visitor: TestClient, path: str) -> None:
    """Whoever scans at the door pays for no script, no font and no picture."""
    page = visitor.get(path)
    style = visitor.get(LINKED)
    sizes = [int(each.headers["content-length"]) for each in (page, style)]
    assert sum(sizes) < 15_000
    assert page.text.count("<link ") + page.text.count("<script") == 1
