"""What the write API answers: the desk's document of an incident, and refusals by field."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from accounts.models import User
from core.problems import problem
from incidents import drafting
from incidents.desk.editions import etag
from incidents.drafting import shape
from incidents.drafting.wire import printable
from incidents.models import Incident

TEXT = {"type": "string"}
MISSING = {
    "type": "array",
    "items": {"type": "object", "properties": {"field": TEXT, "detail": TEXT}},
}


def document_shape() -> dict[str, Any]:
    """The answer as JSON Schema."""
    return {
        "type": "object",
        "required": ["id", "edition", "status", "missing", "incident"],
        "properties": {
            "id": TEXT,
            "edition": {"type": "integer", "minimum": 1},
            "status": TEXT,
            "missing": MISSING,
            "incident": shape.document(),
        },
    }


def document(incident: Incident, by: User, status: int = 200) -> HttpResponse:
    """The incident as the desk has it, what it still lacks for review, and its ETag."""
    draft = drafting.read(incident)
    lacks = drafting.problems(draft, by=by)
    body = {
        "id": incident.public_id,
        "edition": incident.edition,
        "status": incident.editorial_status,
        "missing": [{"field": path, "detail": said} for path, said in lacks.items()],
        "incident": drafting.to_json(draft),
    }
    text = json.dumps(body, ensure_ascii=False)
    answer = HttpResponse(text, status=status, content_type="application/json")
    answer["ETag"] = etag(incident)
    if status == 201:
        answer["Location"] = reverse("api:desk-incident", args=[incident.public_id])
    return answer


def refused(
    request: Request, problems: Mapping[str, str], sent: Any, status: int = 400
) -> HttpResponse:
    """Each field with the value that was sent and what to do about it."""
    errors = [
        {"field": path, "value": value_at(sent, path), "detail": said}
        for path, said in problems.items()
    ]
    detail = {
        400: _("The document was not stored; nothing has changed."),
        409: _("The document is not complete enough for review; nothing has changed."),
    }
    return problem(
        request, status, detail[status], kind="/api/v1/docs/#document-refused",
        title=_("Document refused"), errors=errors,
    )  # fmt: skip


def value_at(sent: Any, path: str) -> str:
    """What stood at a field path, short; "" where nothing did."""
    for step in path.split("."):
        if isinstance(sent, list) and step.isdigit() and int(step) < len(sent):
            sent = sent[int(step)]
        elif isinstance(sent, Mapping) and step in sent:
            sent = sent[step]
        else:
            return ""
    text = sent if isinstance(sent, str) else json.dumps(sent, ensure_ascii=False)
    return printable(text)
