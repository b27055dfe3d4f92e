"""An import through the published interface, as the HR office does it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from app.spreadsheets.reading import rows_of
from tests.acts.campaign import Office
from tests.acts.rosters import CODE, TODAY, by_unit, lone_first, open_campaign, people, row_of, work
from tests.spreadsheets import files
from tests.staff import bearer

IMPORTS = "/api/v1/imports"


class Hr:
    def __init__(self, visitor: TestClient, opened: Database) -> None:
        self.visitor, self.opened = visitor, opened
        self.headers = bearer(visitor, "hr")
        office = Office(opened.writer)
        open_campaign(office)
        with office.day(TODAY) as desk:
            self.people = lone_first(people(desk))

    def get(self, path: str, **query: Any) -> Any:
        return self.visitor.get(path, params=query, headers=self.headers)

    def post(self, path: str, **body: Any) -> Any:
        return self.visitor.post(path, json=body, headers=self.headers)

    def upload(self, *sheets: tuple[str, bytes], **about: str) -> Any:
        sent = [("files", sheet) for sheet in sheets]
        about = {"kind": "roster", "campaign": CODE, **about}
        return self.visitor.post(IMPORTS, data=about, files=sent, headers=self.headers)

    def preview(self, rows: list[list[Any]]) -> Any:
        """Upload, let the clock work, and read what it comes to."""
        job = self.upload(*by_unit(rows)).json()
        work(self.opened)
        return self.get(f"{IMPORTS}/{job['subject']}").json()


@pytest.fixture
def hr(visitor: TestClient, opened: Database) -> Hr:
    return Hr(visitor, opened)


def test_an_upload_is_a_job_that_can_be_watched(hr: Hr) -> None:
    reply = hr.upload(*by_unit([row_of(hr.people[0])]))
    assert (reply.status_code, reply.json()["state"]) == (202, "queued")
    work(hr.opened)
    job = hr.get(reply.headers["location"]).json()
    assert (job["state"], job["phase"], job["done"], job["total"]) == ("done", "preview", 1, 1)


def test_what_was_previewed_is_decided_and_committed(hr: Hr) -> None:
    shown = hr.preview([row_of(hr.people[0]), row_of(hr.people[1], no="99")])
    path = f"{IMPORTS}/{shown['number']}"
    early = hr.post(f"{path}/commits", version=shown["version"])
    assert (early.status_code, early.json()["code"]) == (409, "import.undecided")
    decided = hr.post(f"{path}/decisions", match_kind="cert_malformed", decision="skip").json()
    assert (decided["state"], decided["included"], decided["undecided"]) == ("ready", 1, 0)
    stale = hr.post(f"{path}/commits", version=shown["version"])
    assert (stale.status_code, stale.json()["code"]) == (409, "import.changed")
    assert hr.post(f"{path}/commits", version=decided["version"]).status_code == 202
    work(hr.opened)
    assert hr.get(path).json()["state"] == "committed"


def test_a_row_is_shown_with_whom_it_could_mean(hr: Hr) -> None:
    mine, other = hr.people[:2]
    shown = hr.preview([row_of(mine, no=other[1]), row_of(other)])
    path = f"{IMPORTS}/{shown['number']}"
    row = hr.get(f"{path}/rows", match_kind="cert_belongs_to_other").json()["items"][0]
    assert [each["name"] for each in row["candidates"]] == [mine[0]]
    told = hr.post(f"{path}/decisions", match_kind="cert_belongs_to_other", decision="skip")
    assert told.json()["code"] == "import.decide_row_by_row"
    pointed = {"officer_no": row["candidates"][0]["officer_no"]}
    done = hr.post(f"{path}/decisions", row=row["id"], decision="correct", correction=pointed)
    assert (done.status_code, done.json()["undecided"]) == (201, 0)


def test_the_own_file_comes_back_with_what_is_wrong_and_goes_in_again(hr: Hr) -> None:
    shown = hr.preview([row_of(hr.people[0]), row_of(hr.people[1], no="99")])
    path = f"{IMPORTS}/{shown['number']}/files/1"
    rows = list(rows_of(hr.get(path).content, "x.xlsx"))
    assert rows[1].cells[-1] == "错误说明"
    assert "not well formed" in [*rows[2].cells, *rows[-1].cells][-1]
    again = hr.upload(("again.xlsx", hr.get(path).content))
    work(hr.opened)
    assert hr.get(f"{IMPORTS}/{again.json()['subject']}").json()["rows"] >= 1


@pytest.mark.parametrize("kind", ["roster", "scores", "attendance", "selfcheck"])
def test_a_template_has_the_headings_that_are_known(hr: Hr, kind: str) -> None:
    reply = hr.get(f"{IMPORTS}/templates/{kind}")
    assert "姓名" in next(rows_of(reply.content, "x.xlsx")).cells


def test_the_same_file_is_refused_and_a_discarded_one_is_not(hr: Hr) -> None:
    sheet = by_unit([row_of(hr.people[0])])[0]
    first = hr.upload(sheet).json()
    assert hr.upload(sheet).json()["code"] == "import.already_imported"
    work(hr.opened)
    assert hr.post(f"{IMPORTS}/{first['subject']}/discards").json()["state"] == "discarded"
    assert hr.upload(sheet).status_code == 202


def test_what_is_longer_than_twenty_megabytes_is_refused_at_the_door(hr: Hr) -> None:
    assert hr.upload(("x.csv", b"x" * (21 << 20))).status_code == 413
    assert hr.post(f"{IMPORTS}/x/commits", x="y" * (2 << 20)).status_code == 413


@pytest.mark.parametrize("username", ["unit12", "justice", "audit", "system"])
def test_only_the_hr_office_imports(hr: Hr, visitor: TestClient, username: str) -> None:
    headers = bearer(visitor, username)
    for path in (IMPORTS, f"{IMPORTS}/x", f"{IMPORTS}/x/rows", "/api/v1/jobs/x"):
        assert visitor.get(path, headers=headers).json()["code"] == "auth.role_missing"
    about = {"kind": "roster"}
    sent = [("files", ("x.xlsx", files.xlsx()))]
    reply = visitor.post(IMPORTS, data=about, files=sent, headers=headers)
    assert reply.status_code == 403
    assert visitor.get(IMPORTS).status_code == 401


def test_a_number_of_somebody_else_is_shown_with_its_holder(hr: Hr) -> None:
    one, other = hr.people[:2]
    shown = hr.preview([row_of(one, no=other[1]), row_of(other)])
    asked = {"match_kind": "cert_belongs_to_other"}
    (row,) = hr.get(f"{IMPORTS}/{shown['number']}/rows", **asked).json()["items"]
    assert (row["name"], row["holder_name"], row["holder_unit"]) == (one[0], other[0], other[2])
