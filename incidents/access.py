"""Which incidents of the desk a person may see, and which of them they may change now."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.choices import Role
from accounts.models import User
from incidents.choices import PUBLIC_STATUSES, Status
from incidents.models import Incident

# What was vouched for is sent back before it is changed; what is gone is not changed at all.
OPEN_TO_EDITORS = (Status.DRAFT, Status.IN_REVIEW, *PUBLIC_STATUSES)


class EditRefused(Exception):
    """This person may not change this incident, or not now; says why."""


def visible(by: User) -> "QuerySet[Incident]":
    """A contributor's own incidents; for editors everything in the countries of their scope."""
    if not by.may(Role.CONTRIBUTOR):
        return Incident.objects.none()
    if not by.may(Role.EDITOR):
        return Incident.objects.filter(author=by)
    countries = permissions.scope(by)
    if countries is None:
        return Incident.objects.all()
    return Incident.objects.filter(country__iso3__in=countries)


def refusal(incident: Incident, by: User) -> str:
    """Why `by` may not change what the incident says now; "" where they may."""
    if not visible(by).filter(pk=incident.pk).exists():
        return _("%(id)s is not among the incidents that you may see.") % {"id": incident.public_id}
    status = Status(incident.editorial_status)
    said = {"id": incident.public_id, "status": status.label}
    if status == Status.DISCARDED:
        return _("%(id)s is %(status)s; take it up again to change it.") % said
    if not by.may(Role.EDITOR) and status != Status.DRAFT:
        return _("%(id)s is %(status)s; contributors change drafts. Ask an editor.") % said
    if status == Status.VERIFIED:
        return _("%(id)s is %(status)s; a reviewer must send it back before it is changed.") % said
    if status not in OPEN_TO_EDITORS:
        return _("%(id)s is %(status)s and is not changed any more.") % said
    if not permissions.may_edit(by, incident.country):
        return outside_scope(by, incident.country.iso3)
    return ""


def outside_scope(by: User, iso3: str) -> str:
    """The reason for a country outside the scope of `by`; names it and the scope."""
    return _("%(country)s is outside your countries (%(scope)s).") % {
        "country": iso3,
        "scope": ", ".join(by.countries),
    }
