"""Saved searches whose address has confirmed, and the alerts that are due."""

from django.utils import timezone

from reports.models import Rhythm
from reports.watches import planning, watching
from tests import make

QUERY = "country=MLI"


def watched(query=QUERY, rhythm=Rhythm.INSTANT, email="rae@example.org", language="en", at=None):
    """Alerts that an address has confirmed."""
    at = at or timezone.now()
    found = watching.ask(query, email=email, rhythm=rhythm, language=language, at=at)
    return watching.confirm(found.uid, at=at)


def look(at=None):
    """The alerts that are due, as beat has them made."""
    return planning.plan(at or timezone.now())


def kinds(alert):
    """What an alert brought: the ids by kind, without the empty kinds."""
    return {kind: [entry[0] for entry in told] for kind, told in alert.entries.items() if told}


def rita():
    return {"by": make.rita(), "at": timezone.now()}
