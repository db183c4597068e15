"""Bulk publication for imports: set-based, the same rules, one audit entry."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from accounts import audit
from accounts.models import User
from incidents import record
from incidents.choices import Status
from incidents.models import Incident
from incidents.workflow.table import BY_VERB, TransitionRefused


@transaction.atomic
def publish_many(
    incidents: "QuerySet[Incident]", *, by: User, at: dt.datetime, notice: str = ""
) -> int:
    """Bulk publish or correct for imports: set-based, one audit entry.

    Takes drafts (published as reviewed by `by`) and already public incidents (a new version);
    leaves the rest, and whatever is under embargo, alone. The data set answers for its sources, so
    the source rule of `verify` is not asked. Returns how many versions it wrote. The database
    constraints hold for each row; one bad row refuses the whole call.
    """
    if not by.may(BY_VERB["publish"].role):
        raise TransitionRefused(f"{by.username} is {by.role}; publish needs reviewer.")
    rows = incidents.exclude(author=by).select_for_update().order_by("pk")
    free = Q(embargo_until=None) | Q(embargo_until__lte=Now()) & Q(embargo_until__lte=at)
    drafts = _keys(rows.filter(free), Status.DRAFT)
    public = _keys(rows, Status.PUBLISHED, Status.CORRECTED)
    _mark(drafts, Status.PUBLISHED, by=by, at=at, first_published_at=at)
    _mark(public, Status.CORRECTED, by=by, at=at)
    both = [*drafts, *public]
    written = record.append_versions(
        [pk for pk, _ in both], [public_id for _, public_id in both], at=at, notice=notice
    )
    audit.record("publish_many", "incident", "*", by=by, at=at, written=written)
    return written


def _keys(rows: "QuerySet[Incident]", *statuses: Status) -> list[tuple[int, str]]:
    found = rows.filter(editorial_status__in=statuses).values_list("pk", "public_id")
    return [(pk, public_id) for pk, public_id in found]


def _mark(
    keys: Sequence[tuple[int, str]], status: Status, *, by: User, at: dt.datetime, **more: object
) -> None:
    if keys:
        Incident.objects.filter(pk__in=[pk for pk, _ in keys]).update(
            editorial_status=status,
            reviewed_by=by,
            reviewed_at=at,
            last_revised_at=at,
            revision=F("revision") + 1,
            **more,
        )
