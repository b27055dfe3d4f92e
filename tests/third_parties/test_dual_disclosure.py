"""The permit items in the columns of the dual disclosure."""

import csv
import io

import pytest
from fastapi.testclient import TestClient

from app.models.dual_disclosure import COLUMNS
from tests.api.test_exports import EXPORTS, whole

ASKED = {"profile": "dual-disclosure"}
FILLED = {"XK_XKWS", "XK_NR", "XK_XKJG", "XK_XKJGDM", "XK_LYDW", "XK_LYDWDM", "BZ"}


def test_every_item_has_all_columns_and_the_authority_its_code(visitor: TestClient) -> None:
    reply = visitor.get(f"{EXPORTS}/permits.csv", params=ASKED)
    rows = list(csv.DictReader(io.StringIO(reply.text.rpartition("#")[0])))
    plain, _ = whole(visitor.get(f"{EXPORTS}/permits.ndjson"))
    assert len(rows) == len(plain)
    assert tuple(rows[0]) == COLUMNS
    codes = {
        each["name"]: visitor.get(f"/api/v1/departments/{each['code']}").json()["uscc"]
        for each in visitor.get("/api/v1/departments?limit=200").json()["items"]
    }
    for row, item in zip(rows, plain, strict=True):
        assert {name for name, value in row.items() if value} == FILLED
        assert (row["XK_NR"], row["XK_XKJG"]) == (item["name"], item["department"]["name"])
        assert row["XK_XKJGDM"] == codes[row["XK_XKJG"]]


def test_it_is_another_file_with_a_digest_of_its_own(visitor: TestClient) -> None:
    plain = visitor.get(f"{EXPORTS}/permits.ndjson")
    reply = visitor.get(f"{EXPORTS}/permits.ndjson", params=ASKED)
    rows, _ = whole(reply)
    assert list(rows[0]) == list(COLUMNS)
    assert reply.headers["etag"] != plain.headers["etag"]
    assert "permits-dual-disclosure.ndjson" in reply.headers["content-disposition"]


@pytest.mark.parametrize("resource", ["leaders", "departments", "changes"])
def test_only_permits_have_these_columns(visitor: TestClient, resource: str) -> None:
    reply = visitor.get(f"{EXPORTS}/{resource}.csv", params=ASKED)
    assert (reply.status_code, reply.json()["code"]) == (422, "export.no_such_profile")
    assert reply.json()["title"] != "export.no_such_profile"
