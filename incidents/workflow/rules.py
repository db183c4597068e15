"""What a verb asks of the incident beside status and role: each with the reason in words."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from incidents import drafting
from incidents.choices import Disclosure, Sensitivity
from incidents.models import Incident
from incidents.verification import missing
from incidents.workflow.clock import database_time


def embargoed(incident: Incident, now: dt.datetime) -> list[str]:
    """The reason where the embargo still runs at `now`."""
    if incident.embargo_until is None or incident.embargo_until <= now:
        return []
    return [
        _("The embargo runs until %(until)s; publish then, or have a reviewer lift it.")
        % {"until": f"{incident.embargo_until.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"}
    ]


def no_rule(incident: Incident, by: User) -> list[str]:
    return []


def _complete(incident: Incident, by: User) -> list[str]:
    """What review still wants of the draft, as the entry page says it too."""
    wanted = drafting.problems(drafting.read(incident), by=by)
    return list(dict.fromkeys(wanted.values()))


def _publishable(incident: Incident, by: User) -> list[str]:
    """What keeps a verified incident from readers: a running embargo, a class."""
    now = database_time() if incident.embargo_until else dt.datetime.now(dt.UTC)
    return [*embargoed(incident, now), *_showable(incident, by)]


def _showable(incident: Incident, by: User) -> list[str]:
    if incident.sensitivity == Sensitivity.CONFIDENTIAL:
        return [_("It is confidential; a second person must agree to a lower class first.")]
    if incident.sensitivity == Sensitivity.RESTRICTED and incident.disclosure == Disclosure.FULL:
        return [
            _(
                "It is restricted; either a second person agrees to the class “public”, or it is "
                "shown by country and month only."
            )
        ]
    return []


def _not_own_words(incident: Incident, by: User) -> list[str]:
    """Whoever wrote the change is its author: somebody else publishes it."""
    saved = AuditEntry.objects.filter(
        noun="incident",
        object_id=incident.public_id,
        verb="save",
        by=by.username,
        at__gt=incident.last_revised_at,
    )
    if not saved.exists():
        return []
    return [
        _(
            "%(person)s changed “%(incident)s” since it was published; somebody else must "
            "correct it."
        )
        % {"person": by.username, "incident": incident.title}
    ]


def _has_proposal(incident: Incident, by: User) -> list[str]:
    proposal = incident.sensitivity_proposals.filter(decided_by=None).first()
    if proposal is None:
        return [_("Nobody proposed a lower class.")]
    if proposal.proposed_by_id == by.pk:
        return [_("%(person)s proposed it; a second person must decide.") % {"person": by.username}]
    return []


def _has_no_proposal(incident: Incident, by: User) -> list[str]:
    if incident.sensitivity == Sensitivity.PUBLIC and incident.disclosure == Disclosure.FULL:
        return [_("It is public already.")]
    if incident.sensitivity_proposals.filter(decided_by=None).exists():
        return [_("A lower class is proposed already; a second person must decide on it.")]
    return []


def _has_embargo(incident: Incident, by: User) -> list[str]:
    return [] if incident.embargo_until else [_("There is no embargo.")]


def _can_rise(incident: Incident, by: User) -> list[str]:
    if incident.sensitivity == Sensitivity.CONFIDENTIAL:
        return [_("It is in the highest class already.")]
    return []


OWN_RULES: Mapping[str, Callable[[Incident, User], list[str]]] = {
    "submit": _complete,
    "verify": lambda incident, by: missing(incident),
    "publish": _publishable,
    "correct": lambda incident, by: [*_showable(incident, by), *_not_own_words(incident, by)],
    "raise_sensitivity": _can_rise,
    "propose_lower": _has_no_proposal,
    "agree_lower": _has_proposal,
    "decline_lower": _has_proposal,
    "lift_embargo": _has_embargo,
}
