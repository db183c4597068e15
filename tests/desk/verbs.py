"""An incident in review, and the verbs as a browser sends them."""

from django.urls import reverse
from django.utils import timezone

from incidents import workflow
from incidents.models import Incident
from tests import make


def in_review(**more) -> Incident:
    return workflow.submit(make.incident(**more), by=make.ed(), at=timezone.now())


def page(client, which: Incident):
    return client.get(reverse("desk:review", args=[which.public_id]))


def do(client, which: Incident, verb: str, **data):
    which.refresh_from_db()
    return client.post(
        reverse("desk:deed", args=[which.public_id, verb]), {"edition": which.edition, **data}
    )


def status_of(which: Incident) -> str:
    return Incident.objects.get(pk=which.pk).editorial_status
