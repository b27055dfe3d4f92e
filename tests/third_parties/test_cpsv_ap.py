"""Permits and departments as linked data: read by others' libraries, held against the shapes."""

from pathlib import Path
from typing import Any, Final

import pyld.jsonld
import pytest
from fastapi.testclient import TestClient
from pyshacl import validate
from rdflib import RDF, Graph, URIRef

from app.config import settings
from app.cpsv_ap import CONTEXT, MEDIA_TYPE, duration

SHAPES: Final = Path(__file__).with_name("cpsv_ap.ttl")
SERVICE: Final = URIRef("http://purl.org/vocab/cpsv#PublicService")
BODY: Final = URIRef("http://data.europa.eu/m8g/PublicOrganisation")
LINKED: Final = {"profile": "cpsv-ap"}


def graph_of(told: Any) -> Graph:
    triples = pyld.jsonld.to_rdf(told, {"format": "application/n-quads"})
    return Graph().parse(data=triples, format="nt")


def conforms(graph: Graph) -> None:
    fits, _, report = validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert fits, report


def every(visitor: TestClient, noun: str) -> list[Any]:
    """Each page of a list as linked data, by the header that says where it goes on."""
    path, found = f"/api/v1/{noun}?limit=50&profile=cpsv-ap", []
    while path:
        reply = visitor.get(path)
        found.append(reply.json())
        path = str(reply.links.get("next", {}).get("url", ""))
    return found


@pytest.mark.parametrize(("noun", "kind"), [("permits", SERVICE), ("departments", BODY)])
def test_the_whole_list_fits_the_shapes(visitor: TestClient, noun: str, kind: URIRef) -> None:
    told = set()
    for page in every(visitor, noun):
        graph = graph_of(page)
        conforms(graph)
        told |= set(graph.subjects(RDF.type, kind))
    listed = visitor.get(f"/api/v1/{noun}?limit=1&include_total=true").json()["total"]
    pages = {each for each in told if f"/{noun}/" in str(each)}
    assert len(pages) == listed


def codes(visitor: TestClient, noun: str) -> list[str]:
    rows = visitor.get(f"/api/v1/{noun}?limit=200").json()["items"]
    return [each["code"] for each in rows][::40]


@pytest.mark.parametrize("noun", ["permits", "departments"])
def test_a_single_one_fits_with_all_its_parts(visitor: TestClient, noun: str) -> None:
    for code in codes(visitor, noun):
        reply = visitor.get(f"/api/v1/{noun}/{code}", params=LINKED)
        graph = graph_of(reply.json())
        conforms(graph)
        assert (URIRef(f"{settings().public_url}/{noun}/{code}"), RDF.type, None) in graph


def test_what_is_not_fit_is_found(visitor: TestClient) -> None:
    told = visitor.get(f"/api/v1/permits/{codes(visitor, 'permits')[0]}", params=LINKED).json()
    del told["hasCompetentAuthority"]
    graph = graph_of(told)
    assert not validate(graph, shacl_graph=Graph().parse(SHAPES))[0]


@pytest.mark.parametrize("noun", ["permits", "departments"])
def test_nothing_is_lost_on_the_way_there_and_back(visitor: TestClient, noun: str) -> None:
    """Every name in an answer is defined: a JSON-LD reader drops what is not."""
    for code in codes(visitor, noun):
        told = visitor.get(f"/api/v1/{noun}/{code}", params=LINKED).json()
        expanded = pyld.jsonld.expand(told)
        assert pyld.jsonld.compact(expanded, CONTEXT) == told


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/ld+json", MEDIA_TYPE),
        ("application/ld+json, */*;q=0.1", MEDIA_TYPE),
        ("application/json;q=0.5, application/ld+json", MEDIA_TYPE),
        ("application/json, application/ld+json;q=0.5", "application/json"),
        ("application/ld+json;q=0", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
    ],
)
def test_accept_says_in_whose_terms(visitor: TestClient, accept: str, kind: str) -> None:
    for path in ("/api/v1/permits", "/api/v1/departments", "/api/v1/departments/04"):
        for _ in range(2):  # the kept answer too
            reply = visitor.get(path, headers={"Accept": accept})
            assert reply.headers["content-type"] == kind
            assert "Accept" in reply.headers["vary"].replace(" ", "").split(",")


def test_a_kept_answer_is_known_again(visitor: TestClient) -> None:
    plain = visitor.get("/api/v1/permits")
    linked = visitor.get("/api/v1/permits", headers={"Accept": MEDIA_TYPE})
    assert plain.headers["etag"] != linked.headers["etag"]
    both = {"Accept": MEDIA_TYPE, "If-None-Match": linked.headers["etag"]}
    assert visitor.get("/api/v1/permits", headers=both).status_code == 304


def test_an_unknown_profile_is_refused(visitor: TestClient) -> None:
    reply = visitor.get("/api/v1/permits?profile=schema.org")
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["pointer"] == "/profile"


@pytest.mark.parametrize(
    ("limit", "unit", "instant", "told"),
    [
        (20, "natural_day", False, "P20D"),
        (3, "month", False, "P3M"),
        (20, "working_day", False, None),  # has no duration: twenty days are not meant
        (20, "working_day", True, "P0D"),
    ],
)
def test_a_working_day_is_no_duration(limit: int, unit: str, instant: bool, told: Any) -> None:
    row = {"statutory_limit": limit, "statutory_unit": unit, "instant": instant}
    assert duration(row) == told
