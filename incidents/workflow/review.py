"""From draft to verified: submit, discard and take up again, return with a reason, vouch."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from incidents.models import DeskNotice, Incident, ReviewComment
from incidents.workflow.attention import notify, said
from incidents.workflow.table import Transition, TransitionRefused, allowed, audited, locked

TRACKED = ("editorial_status", "reviewed_by_id", "withdrawal_reason")


def move(
    incident: Incident, transition: Transition, *, by: User, at: dt.datetime, **detail: object
) -> None:
    """Bring the incident to the status that the transition leads to, and say so in the trail."""
    before = Incident.objects.values(*TRACKED).get(pk=incident.pk)
    if transition.target is not None:
        incident.editorial_status = transition.target
    incident.save()
    audited(transition.verb, incident, by=by, at=at, before=before, **detail)


@transaction.atomic
def submit(incident: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Hand a draft to review that says all that review wants."""
    incident = locked(incident)
    move(incident, allowed("submit", incident, by), by=by, at=at)
    return incident


@transaction.atomic
def discard(incident: Incident, *, by: User, at: dt.datetime, reason: str) -> Incident:
    """Give a draft up: it leaves lists, queue and duplicate watch, and keeps number and content.

    The reason is for the desk and its trail.
    """
    incident = locked(incident)
    transition = allowed("discard", incident, by)
    reason = reason.strip()
    if not reason:
        raise TransitionRefused(_("Say why the draft is given up: the reason is empty."))
    move(incident, transition, by=by, at=at, reason=reason)
    return incident


@transaction.atomic
def take_up(incident: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Make a discarded draft a draft again, as it was."""
    incident = locked(incident)
    move(incident, allowed("take_up", incident, by), by=by, at=at)
    return incident


@transaction.atomic
def send_back(incident: Incident, *, by: User, at: dt.datetime, reason: str) -> Incident:
    """Return to the author, who finds the reason beside the draft and in the queue."""
    incident = locked(incident)
    transition = allowed("send_back", incident, by)
    reason = reason.strip()
    if not reason:
        raise TransitionRefused(_("Say what the author should mend: the reason is empty."))
    incident.reviewed_by, incident.reviewed_at = None, None
    move(incident, transition, by=by, at=at, reason=reason)
    comment = said(incident, reason, ReviewComment.Kind.RETURN, by=by, at=at)
    notify([incident.author], incident, DeskNotice.Kind.RETURNED, by=by, at=at, comment=comment)
    return incident


@transaction.atomic
def verify(
    incident: Incident, *, by: User, at: dt.datetime, edition: int | None = None
) -> Incident:
    """Vouch for the content, with the sources that the rule wants; never by the author.

    `edition` is the one that was read.
    """
    incident = locked(incident, edition)
    transition = allowed("verify", incident, by)
    incident.reviewed_by, incident.reviewed_at = by, at
    move(incident, transition, by=by, at=at)
    return incident
