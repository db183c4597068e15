"""Class and embargo: both rise freely, and fall only with a second person and a reason."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from incidents import neighbours, record
from incidents.choices import PUBLIC_STATUSES, Disclosure, Sensitivity, Status
from incidents.models import Incident, SensitivityProposal
from incidents.workflow.clock import database_time
from incidents.workflow.notices import LINK_REMOVED, in_both
from incidents.workflow.table import TransitionRefused, allowed, audited, locked

CLASSES = list(Sensitivity)
CLASS_FIELDS = ("editorial_status", "sensitivity", "sensitivity_reason", "disclosure")


def is_higher(one: str, other: str) -> bool:
    """Whether class `one` protects more than class `other`."""
    return CLASSES.index(Sensitivity(one)) > CLASSES.index(Sensitivity(other))


@transaction.atomic
def raise_sensitivity(
    incident: Incident, to: Sensitivity, *, reason: str, by: User, at: dt.datetime
) -> Incident:
    """Protect the incident more, at once. Restricted, readers see country and month only.

    A public incident gets a new version that says no more than that, and its older versions are
    emptied: the past would tell what is protected now. One that must vanish is withdrawn instead.
    """
    incident = locked(incident)
    allowed("raise_sensitivity", incident, by)
    if not is_higher(to, incident.sensitivity):
        raise TransitionRefused(
            _("%(to)s is not above %(now)s; propose a lower class, and a second person decides.")
            % {
                "to": Sensitivity(to).label,
                "now": Sensitivity(incident.sensitivity).label,
            }
        )
    is_public = incident.editorial_status in PUBLIC_STATUSES
    if is_public and to == Sensitivity.CONFIDENTIAL:
        raise TransitionRefused(
            _("It is public: withdraw it to protect people instead, which empties its past too.")
        )
    before = {field: getattr(incident, field) for field in CLASS_FIELDS}
    incident.sensitivity, incident.sensitivity_reason = to, _required(reason)
    incident.disclosure = Disclosure.COUNTRY_MONTH
    if is_public:
        incident.editorial_status = Status.CORRECTED
        incident.last_revised_at = at
        incident.revision = F("revision") + 1
    _touch(incident)
    audited("raise_sensitivity", incident, by=by, at=at, before=before, reason=reason.strip())
    if is_public:
        record.append_versions([incident.pk], [incident.public_id], at=at)
        record.redact([incident.public_id])
        neighbours.unlink(incident, at=at, forget=True, **in_both(LINK_REMOVED))
    return incident


@transaction.atomic
def propose_lower(
    incident: Incident, to: Sensitivity, *, reason: str, by: User, at: dt.datetime
) -> SensitivityProposal:
    """Ask a second person to lower the class; nothing changes until they agree."""
    incident = locked(incident)
    allowed("propose_lower", incident, by)
    same_but_vague = to == incident.sensitivity == Sensitivity.PUBLIC
    if not is_higher(incident.sensitivity, to) and not same_but_vague:
        raise TransitionRefused(
            _("%(to)s is not below %(now)s.")
            % {
                "to": Sensitivity(to).label,
                "now": Sensitivity(incident.sensitivity).label,
            }
        )
    proposal = SensitivityProposal.objects.create(
        incident=incident,
        sensitivity=to,
        reason=_required(reason),
        proposed_by=by,
        proposed_at=at,
    )
    audited(
        "propose_lower", incident, by=by, at=at, proposal=proposal.pk, to=str(to), reason=reason
    )
    return proposal


@transaction.atomic
def agree_lower(incident: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Lower the class as a first person proposed. Public means in full.

    Readers see nothing of it before somebody publishes or corrects the incident.
    """
    incident = locked(incident)
    allowed("agree_lower", incident, by)
    proposal = _decided(incident, by=by, at=at, agreed=True)
    if not is_higher(incident.sensitivity, proposal.sensitivity) and (
        incident.sensitivity != Sensitivity.PUBLIC
    ):
        raise TransitionRefused(_("The class has changed since this was proposed: propose anew."))
    before = {field: getattr(incident, field) for field in CLASS_FIELDS}
    incident.sensitivity = Sensitivity(proposal.sensitivity)
    incident.sensitivity_reason = proposal.reason[:200]
    if proposal.sensitivity == Sensitivity.PUBLIC:
        incident.disclosure = Disclosure.FULL
    _touch(incident)
    audited(
        "agree_lower",
        incident,
        by=by,
        at=at,
        before=before,
        reason=proposal.reason,
        proposed_by=proposal.proposed_by.username,
    )
    return incident


@transaction.atomic
def decline_lower(incident: Incident, *, by: User, at: dt.datetime) -> Incident:
    """Keep the class; the proposal is closed."""
    incident = locked(incident)
    allowed("decline_lower", incident, by)
    proposal = _decided(incident, by=by, at=at, agreed=False)
    audited("decline_lower", incident, by=by, at=at, proposed_by=proposal.proposed_by.username)
    return incident


@transaction.atomic
def extend_embargo(
    incident: Incident, until: dt.datetime, *, by: User, at: dt.datetime
) -> Incident:
    """Keep the incident from readers until `until`, later than any embargo it has."""
    incident = locked(incident)
    allowed("extend_embargo", incident, by)
    if until <= database_time():
        raise TransitionRefused(
            _("%(until)s has passed: give a moment to come.") % {"until": _moment(until)}
        )
    if incident.embargo_until and until <= incident.embargo_until:
        raise TransitionRefused(
            _("%(until)s is not after %(now)s; shortening an embargo needs a second person.")
            % {"until": _moment(until), "now": _moment(incident.embargo_until)}
        )
    return _embargo("extend_embargo", incident, until, by=by, at=at)


@transaction.atomic
def lift_embargo(
    incident: Incident,
    until: dt.datetime | None = None,
    *,
    reason: str,
    by: User,
    at: dt.datetime,
) -> Incident:
    """End the embargo, or shorten it to `until`."""
    incident = locked(incident)
    allowed("lift_embargo", incident, by)
    if until and incident.embargo_until and until >= incident.embargo_until:
        raise TransitionRefused(
            _("%(until)s is not before %(now)s.")
            % {"until": _moment(until), "now": _moment(incident.embargo_until)}
        )
    return _embargo("lift_embargo", incident, until, by=by, at=at, reason=_required(reason))


def _embargo(
    verb: str,
    incident: Incident,
    until: dt.datetime | None,
    *,
    by: User,
    at: dt.datetime,
    **detail: str,
) -> Incident:
    before = {"embargo_until": incident.embargo_until}
    incident.embargo_until = until
    incident.save(update_fields=["embargo_until", "updated_at"])
    audited(verb, incident, by=by, at=at, before=before, **detail)
    return incident


def _touch(incident: Incident) -> None:
    """Save a change of what the draft says, so that older copies of it conflict."""
    incident.edition = F("edition") + 1
    incident.save()
    incident.refresh_from_db()


def _decided(incident: Incident, *, by: User, at: dt.datetime, agreed: bool) -> SensitivityProposal:
    proposal = incident.sensitivity_proposals.select_related("proposed_by").get(decided_by=None)
    proposal.decided_by, proposal.decided_at, proposal.is_agreed = by, at, agreed
    proposal.save(update_fields=["decided_by", "decided_at", "is_agreed"])
    return proposal


def _required(reason: str) -> str:
    reason = reason.strip()
    if not 0 < len(reason) <= 200:
        raise TransitionRefused(
            _("Give a reason of 1 to 200 characters; this one has %(length)s.")
            % {"length": len(reason)}
        )
    return reason


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
