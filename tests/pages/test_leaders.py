"""Who the city's leaders are and for whom each answers; which enterprises are on the list."""

import pytest
from fastapi.testclient import TestClient


def test_leaders_stand_by_organ(visitor: TestClient) -> None:
    page = visitor.get("/leaders").text
    assert "28 leaders" in page
    assert page.count("<caption>") == 5
    assert page.index("Party Committee</caption>") < page.index("CPPCC</caption>")


@pytest.mark.parametrize(
    ("address", "said"),
    [("/leaders?organ=judiciary", "2 leaders"), ("/leaders?q=ljc", "1 leader<"),
     ("/leaders?q=nosuch", "No leader fits."), ("/enterprises?category=large", "12 enterprises"),
     ("/enterprises?q=棉纺", "1 enterprise<"), ("/enterprises?q=nosuch", "on the list fits")],
)  # fmt: skip
def test_lists_are_narrowed_and_never_end_nowhere(
    visitor: TestClient, address: str, said: str
) -> None:
    assert said in visitor.get(address).text


def test_a_leader_names_the_firms_and_since_when(visitor: TestClient) -> None:
    page = visitor.get("/leaders/01").text
    assert 'href="/liaison/L2025-001"' in page
    assert "2025-09-03" in page
