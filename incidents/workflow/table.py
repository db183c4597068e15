"""Which verb, from which status, by whom: one table for code, pages, tests and docs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import may_edit
from incidents.choices import PUBLIC_STATUSES, Status
from incidents.models import Incident
from incidents.workflow.rules import OWN_RULES, no_rule

UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW, Status.VERIFIED)
OPEN = (*UNPUBLISHED, *PUBLIC_STATUSES)


@dataclass(frozen=True)
class Transition:
    """`verb` leads from any of `sources` to `target`, or leaves the status as it is (None).

    People with at least `role` may do it; whoever wrote the incident needs `author` instead, and
    may never do it where that is None.
    """

    verb: str
    label: str | Promise
    sources: tuple[Status, ...]
    target: Status | None
    role: Role
    author: Role | None

    def needs(self, *, of_author: bool) -> Role | None:
        """The role that this person needs; None where nobody's role suffices."""
        return self.author if of_author else self.role


TRANSITIONS = (
    Transition(
        "submit",
        gettext_lazy("Submit for review"),
        (Status.DRAFT,),
        Status.IN_REVIEW,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "discard",
        gettext_lazy("Discard the draft"),
        (Status.DRAFT,),
        Status.DISCARDED,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "take_up",
        gettext_lazy("Take up again"),
        (Status.DISCARDED,),
        Status.DRAFT,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "send_back",
        gettext_lazy("Return to the author"),
        (Status.IN_REVIEW, Status.VERIFIED),
        Status.DRAFT,
        Role.REVIEWER,
        None,
    ),
    Transition(
        "verify",
        gettext_lazy("Verify"),
        (Status.IN_REVIEW,),
        Status.VERIFIED,
        Role.REVIEWER,
        None,
    ),
    Transition(
        "publish",
        gettext_lazy("Publish"),
        (Status.VERIFIED,),
        Status.PUBLISHED,
        Role.REVIEWER,
        None,
    ),
    Transition(
        "correct",
        gettext_lazy("Publish a correction"),
        PUBLIC_STATUSES,
        Status.CORRECTED,
        Role.REVIEWER,
        None,
    ),
    Transition(
        "withdraw",
        gettext_lazy("Withdraw"),
        PUBLIC_STATUSES,
        Status.WITHDRAWN,
        Role.REVIEWER,
        Role.REVIEWER,
    ),
    Transition(
        "merge",
        gettext_lazy("Merge into another"),
        OPEN,
        Status.MERGED,
        Role.REVIEWER,
        Role.REVIEWER,
    ),
    Transition("split", gettext_lazy("Split"), OPEN, None, Role.EDITOR, Role.EDITOR),
    Transition("assign", gettext_lazy("Assign"), OPEN, None, Role.EDITOR, Role.EDITOR),
    Transition(
        "comment", gettext_lazy("Comment"), tuple(Status), None, Role.EDITOR, Role.CONTRIBUTOR
    ),
    Transition(
        "raise_sensitivity",
        gettext_lazy("Raise the class"),
        OPEN,
        None,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "propose_lower",
        gettext_lazy("Propose a lower class"),
        OPEN,
        None,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "agree_lower", gettext_lazy("Agree to the lower class"), OPEN, None, Role.REVIEWER, None
    ),
    Transition("decline_lower", gettext_lazy("Keep the class"), OPEN, None, Role.REVIEWER, None),
    Transition(
        "extend_embargo",
        gettext_lazy("Set or extend the embargo"),
        UNPUBLISHED,
        None,
        Role.EDITOR,
        Role.CONTRIBUTOR,
    ),
    Transition(
        "lift_embargo",
        gettext_lazy("Shorten or lift the embargo"),
        UNPUBLISHED,
        None,
        Role.REVIEWER,
        None,
    ),
)
BY_VERB = {transition.verb: transition for transition in TRANSITIONS}


class TransitionRefused(Exception):
    """The verb may not be done to this incident now, or not by this person; `reasons` say why."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(reasons))


def why_not(verb: str, incident: Incident, by: User) -> list[str]:
    """Every reason, in words, why `by` may not do the verb now; empty where they may."""
    transition = BY_VERB[verb]
    reasons = [*_wrong_status(transition, incident), *_wrong_person(transition, incident, by)]
    return reasons or OWN_RULES.get(verb, no_rule)(incident, by)


def allowed(verb: str, incident: Incident, by: User) -> Transition:
    """The transition. Raises TransitionRefused with every reason."""
    if reasons := why_not(verb, incident, by):
        raise TransitionRefused(*reasons)
    return BY_VERB[verb]


def locked(incident: Incident, edition: int | None = None) -> Incident:
    """The incident as it stands now, held until the transaction ends.

    Where `edition` is given, nobody may have saved it since: what somebody vouches for is what
    they read. Raises TransitionRefused.
    """
    now = Incident.objects.select_for_update().get(pk=incident.pk)
    if edition is not None and now.edition != edition:
        raise TransitionRefused(
            _("“%(incident)s” was saved since you opened it: look at it again.")
            % {"incident": now.title}
        )
    return now


def audited(
    verb: str,
    incident: Incident,
    *,
    by: User,
    at: dt.datetime,
    before: Mapping[str, Any] | None = None,
    **detail: Any,
) -> None:
    """One audit entry with the values of the fields in `before`, as they were and as they are."""
    changed = {
        field: {"from": _plain(old), "to": _plain(getattr(incident, field))}
        for field, old in (before or {}).items()
        if _plain(old) != _plain(getattr(incident, field))
    }
    audit.record(verb, "incident", incident.public_id, by=by, at=at, changed=changed, **detail)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _wrong_status(transition: Transition, incident: Incident) -> list[str]:
    if incident.editorial_status in transition.sources:
        return []
    return [
        _("“%(incident)s” is %(status)s; “%(verb)s” is for: %(wanted)s.")
        % {
            "incident": incident.title,
            "status": Status(incident.editorial_status).label,
            "verb": transition.label,
            "wanted": ", ".join(str(source.label) for source in transition.sources),
        }
    ]


def _wrong_person(transition: Transition, incident: Incident, by: User) -> list[str]:
    needed = transition.needs(of_author=incident.author_id == by.pk)
    names = {"person": by.username, "verb": transition.label, "incident": incident.title}
    if not by.may(transition.role) and not (needed and by.may(needed)):
        return [
            _("%(person)s is %(role)s; “%(verb)s” needs %(needed)s.")
            % {**names, "role": Role(by.role).label, "needed": transition.role.label}
        ]
    if needed is None:
        return [_("%(person)s wrote “%(incident)s”; “%(verb)s” is for somebody else.") % names]
    return outside_scope(incident, by)


def outside_scope(incident: Incident, by: User) -> list[str]:
    """The reason where the incident's country is none of those that `by` edits."""
    if may_edit(by, incident.country):
        return []
    return [
        _("%(person)s edits %(scope)s only; “%(incident)s” happened in %(country)s.")
        % {
            "person": by.username,
            "scope": ", ".join(by.countries),
            "incident": incident.title,
            "country": incident.country.name,
        }
    ]
