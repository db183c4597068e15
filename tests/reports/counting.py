"""Words for tests of tables: publish what was drafted, read a cell."""

from django.utils import timezone

from incidents import workflow as desk
from incidents.models import Incident
from tests import make


def killed(number):
    return {"killed_low": number, "killed_best": number, "killed_high": number}


def publish():
    desk.publish_many(
        Incident.objects.filter(editorial_status="draft"), by=make.rita(), at=timezone.now()
    )


def cell(rows, first, column):
    """The text of the cell in the row that begins with `first`."""
    found = [row for row in rows if next(iter(row.values()))["text"] == first]
    return found[0][column]["text"]


def labels(rows):
    return [next(iter(row.values()))["text"] for row in rows]


def by_code(rows):
    return {row["code"]: row for row in rows}
