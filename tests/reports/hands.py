"""Hands at the report desk: who sits there, its addresses, its writing form filled in."""

from django.test import Client

from reports.models import Manuscript
from tests import make
from tests.desk import signed_in
from tests.desk.pages import fields

LEAD = "Six posts were attacked on one day."


def at_desk(who=make.ana):
    return signed_in(Client(), who())


def page_of(found, page=""):
    return f"/desk/reports/manuscripts/{found.pk}/{page}"


def filled(client, found, **changes):
    """The writing form as a browser would send it, some values changed."""
    html = client.get(page_of(found, "write/")).content.decode()
    return fields(html, "edition") | changes


def takeaway(number, **more):
    values = {"judgement": f"Judgement {number}.", "evidence": "Evidence.",
              "confidence": "moderate", "likelihood": "likely",
              "figure0": "People killed: 35 [total.killed]"} | more  # fmt: skip
    return {f"takeaways-{number}-{name}": value for name, value in values.items()}


def three():
    rows = {"takeaways-count": "3"}
    for number in range(3):
        rows |= takeaway(number)
    return rows


def now(found):
    return Manuscript.objects.get(pk=found.pk)
