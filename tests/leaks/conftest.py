"""A whole public record to leak from: the seed, and what happened to it since."""

import pytest
from django.db import connection
from django.utils import timezone

from incidents import workflow
from incidents.models import Incident
from tests import make
from tests.reports import manuscripts
from tests.seeded import seeded_database


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The seed with a correction, a withdrawal, one for safety, a merge, and a report."""
    with seeded_database(django_db_blocker):
        rows = list(
            Incident.objects.filter(editorial_status="published", disclosure="full").order_by("pk")
        )
        now = timezone.now
        workflow.correct(rows[0], by=make.rita(), at=now(), notice="Another source was read.")
        workflow.withdraw(rows[1], by=make.rita(), at=now(), reason="not_confirmed")
        workflow.withdraw(rows[2], by=make.rita(), at=now(), reason="safety")
        workflow.merge(rows[3], rows[4], by=make.rita(), at=now())
        manuscripts.released()
        analyse()
        yield


def analyse() -> None:
    """Tell the planner of rows that no other session has seen: a real database would know them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
