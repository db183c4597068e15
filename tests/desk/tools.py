"""A contributor's tool: calls the write API with a token, as a script would."""

import datetime as dt
import json
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from accounts.tokens import issue
from tests import make

ADDRESS = "/api/v1/desk/incidents/"


def token_of(person: User, role: Role | None = None) -> str:
    """The text of a new token that reaches as far as its person, or only as far as `role`."""
    at = timezone.now()
    _token, text = issue(
        person, name="tool", role=role or Role(person.role), by=person, at=at,
        expires_at=at + dt.timedelta(days=1),
    )  # fmt: skip
    return text


class Tool:
    """Calls below `/api/v1/desk/incidents/`; each answer must have the status that is expected."""

    def __init__(self, token: str = "", client: Client | None = None) -> None:
        self.client = client or Client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, path: str = "", body: Any = None, **more: Any) -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        data = {} if body is None else {"data": text}
        return self.client.generic(
            method,
            ADDRESS + path,
            content_type="application/json",
            headers=self.headers | more.get("headers", {}),
            **data,
        )

    def ask(
        self, status: int, method: str, path: str = "", body: Any = None, **headers: str
    ) -> Any:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.call(method, path, body, headers=names)
        assert answer.status_code == status, (answer.status_code, answer.content[:1500])
        return answer

    def create(self, body: Any, status: int = 201, **headers: str) -> Any:
        return self.ask(status, "POST", "", body, **headers)

    def read(self, public_id: str, status: int = 200) -> Any:
        return self.ask(status, "GET", f"{public_id}/")

    def replace(self, public_id: str, body: Any, tag: str, status: int = 200, **more: str) -> Any:
        return self.ask(status, "PUT", f"{public_id}/", body, If_Match=tag, **more)

    def submit(self, public_id: str, tag: str, status: int = 200, **more: str) -> Any:
        return self.ask(status, "POST", f"{public_id}/submit/", None, If_Match=tag, **more)

    def attach(self, public_id: str, body: Any, tag: str, status: int = 201, **more: str) -> Any:
        return self.ask(status, "POST", f"{public_id}/sources/", body, If_Match=tag, **more)


def errors(answer: Any) -> dict[str, str]:
    """Field path -> what to do, of a problem."""
    assert answer["Content-Type"] == "application/problem+json"
    return {error["field"]: error["detail"] for error in answer.json()["errors"]}


def small(**more: Any) -> dict[str, Any]:
    """The least that can be stored."""
    make.country("MLI")
    make.incident_type("ARM-BAS")
    values = {
        "title": "Attack at Kati",
        "type": "ARM-BAS",
        "date_start": "2022-07-22",
        "country": "MLI",
    }
    return values | more


def complete(**more: Any) -> dict[str, Any]:
    """As much as review wants."""
    make.document("wire-1")
    make.document("army-1")
    make.actor("jnim")
    parts = {
        "locations": [{"name": "Kati", "latitude": 12.745, "longitude": -8.071}],
        "parties": [{"actor": "jnim", "attribution": "suspected"}],
        "citations": [{"document": "wire-1", "credibility": 2}],
        "harm": [{"low": 1, "best": 1, "citation": "wire-1"}],
        "sensitivity": "public",
    }
    return small(**parts | more)
