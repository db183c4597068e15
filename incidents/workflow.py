"""The only door from the desk to the record. One table of transitions, one verb for each.

Every verb locks the incident, checks the table and the role, changes, audits and writes the
record, in one transaction. It names who does it (`by`) and when (`at`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from accounts import audit
from accounts.choices import Role
from accounts.models import User
from incidents import record
from incidents.choices import Status, WithdrawalReason
from incidents.models import Incident


@dataclass(frozen=True)
class Transition:
    """`verb` leads from any of `sources` to `target` for people with at least `role`."""

    verb: str
    sources: tuple[Status, ...]
    target: Status
    role: Role


TRANSITIONS = (
    Transition("submit", (Status.DRAFT,), Status.IN_REVIEW, Role.CONTRIBUTOR),
    Transition("send_back", (Status.IN_REVIEW, Status.VERIFIED), Status.DRAFT, Role.REVIEWER),
    Transition("verify", (Status.IN_REVIEW,), Status.VERIFIED, Role.REVIEWER),
    Transition("publish", (Status.VERIFIED,), Status.PUBLISHED, Role.REVIEWER),
    Transition("correct", (Status.PUBLISHED, Status.CORRECTED), Status.CORRECTED, Role.REVIEWER),
    Transition("withdraw", (Status.PUBLISHED, Status.CORRECTED), Status.WITHDRAWN, Role.REVIEWER),
    Transition("merge", (Status.PUBLISHED, Status.CORRECTED), Status.MERGED, Role.REVIEWER),
)
BY_VERB = {transition.verb: transition for transition in TRANSITIONS}


class TransitionRefused(Exception):
    """The verb may not be done to this incident now, or not by this person; says why."""


def _locked(incident: Incident) -> Incident:
    return Incident.objects.select_for_update().get(pk=incident.pk)


def _allowed(verb: str, incident: Incident, by: User) -> Transition:
    """The transition, or TransitionRefused naming the status or the role that is missing."""
    transition = BY_VERB[verb]
    if incident.editorial_status not in transition.sources:
        wanted = " or ".join(source.value for source in transition.sources)
        raise TransitionRefused(
            f"{incident.slug} is {incident.editorial_status}; {verb} needs {wanted}."
        )
    if not by.may(transition.role):
        raise TransitionRefused(f"{by.username} is {by.role}; {verb} needs {transition.role}.")
    return transition


def _not_the_author(verb: str, incident: Incident, by: User) -> None:
    if incident.author_id == by.pk:
        raise TransitionRefused(
            f"{by.username} wrote {incident.slug}; somebody else must {verb} it."
        )


def _move(incident: Incident, transition: Transition, *, by: User, at: dt.datetime) -> None:
    incident.editorial_status = transition.target
    incident.save()
    audit.record(transition.verb, "incident", incident.public_id, by=by, at=at)


@transaction.atomic
def submit(incident: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Hand a draft to review."""
    incident = _locked(incident)
    _move(incident, _allowed("submit", incident, by), by=by, at=at)
    return incident


@transaction.atomic
def send_back(incident: Incident, *, by: User, at: dt.datetime, reason: str) -> Incident:
    """Return to the author with a reason."""
    incident = _locked(incident)
    transition = _allowed("send_back", incident, by)
    incident.reviewed_by, incident.reviewed_at = None, None
    incident.editorial_status = transition.target
    incident.save()
    audit.record("send_back", "incident", incident.public_id, by=by, at=at, reason=reason)
    return incident


@transaction.atomic
def verify(incident: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Vouch for the content; never by the author."""
    incident = _locked(incident)
    transition = _allowed("verify", incident, by)
    _not_the_author("verify", incident, by)
    incident.reviewed_by, incident.reviewed_at = by, at
    _move(incident, transition, by=by, at=at)
    return incident


@transaction.atomic
def publish(incident: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Put the incident into the record as its first version."""
    incident = _locked(incident)
    transition = _allowed("publish", incident, by)
    _not_the_author("publish", incident, by)
    incident.first_published_at = incident.first_published_at or at
    incident.last_revised_at = at
    incident.revision = F("revision") + 1
    _move(incident, transition, by=by, at=at)
    record.append_versions([incident.pk], [incident.public_id], at=at)
    incident.refresh_from_db()
    return incident


@transaction.atomic
def correct(incident: Incident, *, by: User, at: dt.datetime, notice: str) -> Incident:
    """Append a new version from the desk's present state, with a public notice of what changed."""
    incident = _locked(incident)
    transition = _allowed("correct", incident, by)
    incident.last_revised_at = at
    incident.revision = F("revision") + 1
    _move(incident, transition, by=by, at=at)
    record.append_versions([incident.pk], [incident.public_id], at=at, notice=notice)
    incident.refresh_from_db()
    return incident


@transaction.atomic
def withdraw(
    incident: Incident, *, by: User, at: dt.datetime, reason: WithdrawalReason
) -> Incident:
    """Replace the public version by a tombstone that says the class of reason.

    Withdrawn for safety, the older versions are emptied too: then the past is not to be had back.
    """
    incident = _locked(incident)
    transition = _allowed("withdraw", incident, by)
    incident.withdrawal_reason = reason
    _move(incident, transition, by=by, at=at)
    record.append_tombstones([incident.pk], [incident.public_id], at=at)
    if reason == WithdrawalReason.SAFETY:
        record.redact([incident.public_id])
    return incident


@transaction.atomic
def merge(incident: Incident, into: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Point a duplicate at the incident that stays; its id redirects for ever."""
    incident, into = _locked(incident), _locked(into)
    transition = _allowed("merge", incident, by)
    if into.editorial_status not in transition.sources:
        raise TransitionRefused(f"{into.slug} is {into.editorial_status}; merge into a public one.")
    incident.merged_into = into
    _move(incident, transition, by=by, at=at)
    record.append_tombstones([incident.pk], [incident.public_id], at=at)
    return incident


@transaction.atomic
def publish_many(
    incidents: "QuerySet[Incident]", *, by: User, at: dt.datetime, notice: str = ""
) -> int:
    """Bulk publish or correct for imports: set-based, the same rules, one audit entry.

    Takes drafts (published as reviewed by `by`) and already public incidents (a new version);
    leaves the rest alone. Returns how many versions it wrote. The database constraints hold for
    each row; one bad row refuses the whole call.
    """
    if not by.may(BY_VERB["publish"].role):
        raise TransitionRefused(f"{by.username} is {by.role}; publish needs reviewer.")
    rows = incidents.exclude(author=by).select_for_update().order_by("pk")
    drafts = _keys(rows, Status.DRAFT)
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
