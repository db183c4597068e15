"""What API tests share: a reader without cookies, and a small published record."""

import pytest
from django.test import Client


class Api:
    """GET below `/api/v1/`, as a script would; answers are decoded."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str, status: int = 200, **headers: str):
        response = self.client.get(f"/api/v1/{path}", headers=headers)
        assert response.status_code == status, (path, response.status_code, response.content[:500])
        return response

    def json(self, path: str, status: int = 200):
        return self.get(path, status).json()

    def ids(self, query: str = "") -> list[str]:
        return [row["id"] for row in self.json(f"incidents/?{query}")["results"]]

    def refusals(self, path: str) -> dict[str, str]:
        """Parameter -> detail of a 400."""
        response = self.get(path, 400)
        assert response["Content-Type"] == "application/problem+json"
        return {e["parameter"]: e["detail"] for e in response.json()["errors"]}


@pytest.fixture
def api(db) -> Api:
    return Api()
