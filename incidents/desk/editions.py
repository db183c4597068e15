"""`ETag` and `If-Match` of a desk incident: its edition and its status."""

import re

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from core.problems import problem
from incidents.models import Incident

TAG = re.compile(r'(?:W/)?"([^"]*)"')


def etag(incident: Incident) -> str:
    """Changes with every save and every verb that moves the incident."""
    return f'"{incident.edition}-{incident.editorial_status}"'


def mismatch(request: Request, incident: Incident) -> HttpResponse | None:
    """The problem where the caller did not read the incident as it stands now; else None.

    Compression on the way makes a tag weak (`W/`); it names the edition all the same.
    """
    said = request.headers.get("If-Match", "")
    tags = [f'"{tag}"' for tag in TAG.findall(said)]
    if not tags:
        remedy = _("Send If-Match with the ETag of the document that you read, such as %(tag)s.")
        return problem(request, 428, remedy % {"tag": '"3-draft"'}, kind="/api/v1/docs/#if-match")
    return None if etag(incident) in tags else stale(request, incident)


def stale(request: Request, incident: Incident) -> HttpResponse:
    """Somebody else was first. The answer carries the present ETag; the present text is a GET."""
    remedy = _(
        "%(id)s has changed since you read it. Read it again, bring your change into it, and send "
        "its new ETag as If-Match."
    )
    answer = problem(
        request, 412, remedy % {"id": incident.public_id}, kind="/api/v1/docs/#if-match",
        edition=incident.edition, incident_status=incident.editorial_status,
    )  # fmt: skip
    answer["ETag"] = etag(incident)
    return answer
