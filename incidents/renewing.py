"""Versions whose columns an earlier rule filled, published anew; the record is never rewritten.

Since ADR 13 whoever claims an incident is its claimant as well (`jnim:claimant` in `actor_roles`).
What was published before lacks that, though its JSON tells the claim. Releases and reports quote
these versions by their columns, so they stay as they are and a new version follows them.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.expressions import RawSQL

from accounts.models import User
from incidents import workflow
from incidents.models import Incident, PublishedIncident
from incidents.querysets import RecordQuerySet
from incidents.record import would_say
from incidents.versions import changes

NOTICE = "Whoever claims this incident can be asked for now; nothing else has changed."
CLAIMED_BY_ANOTHER = """
EXISTS (SELECT 1 FROM json_array_elements(payload -> 'claims') AS claim
         WHERE claim ->> 'authenticity' <> 'rejected'
           AND NOT (claim ->> 'claimant') || ':claimant' = ANY (actor_roles))
"""


@dataclass(frozen=True)
class Renewed:
    """How many versions were written, and the public ids that need a person.

    `edited` were changed at the desk since they were published: correct them there.
    """

    written: int
    edited: list[str]


def outdated() -> RecordQuerySet:
    """Current versions whose claims name somebody who is not among the claimants."""
    # A fixed text: JSON is searched element by element, for which the ORM has no words.
    lacks = RawSQL(CLAIMED_BY_ANOTHER, (), output_field=models.BooleanField())  # noqa: S611
    return PublishedIncident.objects.current().annotate(lacks=lacks).filter(lacks=True)


def _says_more(said: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the desk says anything else by now; a field that is new and empty says nothing."""
    return any(one.old is not None or one.new for one in changes(said, now))


@transaction.atomic
def renew(*, by: User, at: dt.datetime) -> Renewed:
    """Publish them anew where the desk still says what the record says. `by` is a reviewer.

    Raises TransitionRefused for anybody else; incidents that `by` wrote are left to others.
    """
    said = {one.public_id: one.payload for one in outdated()}
    rows = Incident.objects.filter(public_id__in=said).order_by("pk")
    edited = [one for one in rows if _says_more(said[one.public_id], would_say(one.pk, at))]
    unchanged = rows.exclude(pk__in=[one.pk for one in edited])
    written = workflow.publish_many(unchanged, by=by, at=at, notice=NOTICE) if said else 0
    return Renewed(written, [one.public_id for one in edited])
