"""Between the desk and the record: publish, correct, withdraw, merge, split."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from incidents import merging, neighbours, record, splitting
from incidents.choices import PUBLIC_STATUSES, WithdrawalReason
from incidents.models import Incident, PublishedIncident
from incidents.workflow.notices import ADDED, JOINED, LINK_REMOVED, LINKED_WITHDRAWN, in_both
from incidents.workflow.review import move
from incidents.workflow.rules import embargoed
from incidents.workflow.table import (
    TransitionRefused,
    allowed,
    audited,
    locked,
    outside_scope,
)


@transaction.atomic
def publish(
    incident: Incident, *, by: User, at: dt.datetime, edition: int | None = None
) -> Incident:
    """Put the incident into the record as its first version.

    Fails closed under embargo: both the database's clock and `at` must have passed it.
    """
    incident = locked(incident, edition)
    transition = allowed("publish", incident, by)
    if reasons := embargoed(incident, at):
        raise TransitionRefused(*reasons)
    incident.first_published_at = incident.first_published_at or at
    _revised(incident, at)
    move(incident, transition, by=by, at=at)
    record.append_versions([incident.pk], [incident.public_id], at=at)
    incident.refresh_from_db()
    return incident


@transaction.atomic
def correct(
    incident: Incident,
    *,
    by: User,
    at: dt.datetime,
    notice: str,
    notice_fr: str = "",
    edition: int | None = None,
) -> Incident:
    """Append a new version from the desk's present state, with a public notice of what changed.

    `notice_fr` is the same in French; readers of French see `notice` where it is empty.
    """
    incident = locked(incident, edition)
    transition = allowed("correct", incident, by)
    notice = notice.strip()
    if not notice:
        raise TransitionRefused(_("Say in public what changed and why: the notice is empty."))
    _revised(incident, at)
    move(incident, transition, by=by, at=at, notice=notice)
    record.append_versions(
        [incident.pk], [incident.public_id], at=at, notice=notice, notice_fr=notice_fr.strip()
    )
    if is_withheld(incident):
        neighbours.unlink(incident, at=at, forget=False, **in_both(LINK_REMOVED))
    incident.refresh_from_db()
    return incident


@transaction.atomic
def withdraw(
    incident: Incident, *, by: User, at: dt.datetime, reason: WithdrawalReason
) -> Incident:
    """Replace the public version by a tombstone that says the class of reason.

    Withdrawn for safety, the older versions are emptied too: then the past is not to be had back.
    """
    incident = locked(incident)
    transition = allowed("withdraw", incident, by)
    incident.withdrawal_reason = reason
    move(incident, transition, by=by, at=at, reason=str(reason))
    record.append_tombstones([incident.pk], [incident.public_id], at=at)
    is_safety = reason == WithdrawalReason.SAFETY
    if is_safety:
        record.redact([incident.public_id])
    neighbours.unlink(incident, at=at, forget=is_safety, **in_both(LINKED_WITHDRAWN))
    return incident


@transaction.atomic
def merge(
    incident: Incident,
    into: Incident,
    *,
    by: User,
    at: dt.datetime,
    take: Collection[str] = (),
    notice: str = "",
    notice_fr: str = "",
) -> Incident:
    """Point a duplicate at the incident that stays; its id redirects for ever.

    The one that stays gains the sources and everything else that only the other had, and of the
    fields in `take` the other's values (`incidents.merging`). Where it is public, it gets a new
    version with `notice`, or with one that says what happened.
    """
    # Always in the same order, so that two merges of one pair cannot wait for each other.
    both = Incident.objects.select_for_update().filter(pk__in=[incident.pk, into.pk])
    pair = {row.pk: row for row in both.order_by("pk")}
    incident, into = pair[incident.pk], pair[into.pk]
    transition = allowed("merge", incident, by)
    if reasons := [*outside_scope(into, by), *merging.objections(incident, into, by=by)]:
        raise TransitionRefused(*reasons)
    was_public = incident.editorial_status in PUBLIC_STATUSES
    incident.merged_into = into
    before = {"editorial_status": incident.editorial_status}
    incident.editorial_status = transition.target or incident.editorial_status
    incident.save()
    found = merging.absorb(incident, into, by=by, at=at, take=take)
    detail = {"into": into.public_id, "absorbed": found.audit()}
    audited("merge", incident, by=by, at=at, before=before, **detail)
    otherwise = in_both(JOINED if was_public else ADDED, id=incident.public_id)
    if was_public:
        record.append_tombstones([incident.pk], [incident.public_id], at=at)
    if rows := found.public:
        told = _told(notice, notice_fr, otherwise)
        keys, ids = [row.pk for row in rows], [row.public_id for row in rows]
        record.append_versions(keys, ids, at=at, **told)
    return incident


@transaction.atomic
def split(
    incident: Incident, titles: Sequence[str], *, by: User, at: dt.datetime
) -> list[Incident]:
    """Begin one draft for each title with date, place, parties and sources of this incident.

    Harm is not copied: it has to be divided by hand. This incident stays as it is until somebody
    corrects or withdraws it; the drafts are linked to it as `split_of`.
    """
    incident = locked(incident)
    allowed("split", incident, by)
    wanted = [title.strip() for title in titles if title.strip()]
    if not wanted:
        raise TransitionRefused(_("Give each new incident a title: none was given."))
    made = [splitting.draft_from(incident, title, by=by, at=at) for title in wanted]
    audited("split", incident, by=by, at=at, into=[row.public_id for row in made])
    return made


def _told(notice: str, notice_fr: str, otherwise: dict[str, str]) -> dict[str, str]:
    """What a person wrote, in whichever language, or else what Vigil says by itself."""
    written = {"notice": notice.strip() or notice_fr.strip(), "notice_fr": notice_fr.strip()}
    return written if written["notice"] else otherwise


def is_withheld(incident: Incident) -> bool:
    """Whether the record shows country and month only, by class or by an open hostage case."""
    current = PublishedIncident.objects.get(public_id=incident.public_id, valid_to=None)
    return bool(current.payload.get("is_withheld"))


def _revised(incident: Incident, at: dt.datetime) -> None:
    incident.last_revised_at = at
    incident.revision = F("revision") + 1
