"""A printed verification carries a receipt that anybody can scan."""

import re

import pytest
from fastapi.testclient import TestClient

from app.client import API_ROOT

WHO = {"certificate_no": "99018112001", "name": "司马"}


@pytest.fixture
def receipt(visitor: TestClient) -> str:
    asked = {**WHO, "receipt": True}
    told = visitor.post(f"{API_ROOT}/verifications", json=asked).json()
    if told["receipt"] is None:  # whoever that is in this city
        listed = visitor.get(f"{API_ROOT}/departments/12/officers").json()["items"][0]
        asked = {**asked, "certificate_no": listed["certificate_no"], "name": listed["name"]}
        told = visitor.post(f"{API_ROOT}/verifications", json=asked).json()
    return str(told["receipt"])


def test_the_answer_carries_a_code_for_paper_only(visitor: TestClient) -> None:
    listed = visitor.get(f"{API_ROOT}/departments/12/officers").json()["items"][0]
    form = {"certificate_no": listed["certificate_no"], "name": listed["name"]}
    page = visitor.post("/verify", data=form).text
    assert re.search(r'class="receipt on-paper"><svg[^>]*class="qr"', page)
    nobody = visitor.post("/verify", data={"certificate_no": "1", "name": "x"}).text
    assert "on-paper" not in nobody


def test_a_genuine_one_says_then_and_now(visitor: TestClient, receipt: str) -> None:
    page = visitor.get(f"/receipts/{receipt}")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    for words in ("Genuine", "What was said then", "What is so now", "2026"):
        assert words in page.text
    assert "It has changed since" not in page.text


@pytest.mark.parametrize("wrong", ["x", "a.b.c", "%E4%BA%BA", "<script>", "x" * 1999])
def test_any_other_is_said_not_to_be(visitor: TestClient, receipt: str, wrong: str) -> None:
    page = visitor.get(f"/receipts/{wrong}")
    assert page.status_code == 200
    assert "Not genuine" in page.text
    assert "What is so now" not in page.text


def test_an_altered_one_is_said_not_to_be(visitor: TestClient, receipt: str) -> None:
    head, body, signature = receipt.split(".")
    other = "A" if body[10] != "A" else "B"
    altered = ".".join((head, body[:10] + other + body[11:], signature))
    assert "Not genuine" in visitor.get(f"/receipts/{altered}").text
