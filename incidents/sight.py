"""Which desk incidents a person may be told of as a possible duplicate."""

from django.db.models import Q, QuerySet

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import scope
from incidents.access import visible
from incidents.choices import PUBLIC_STATUSES, Sensitivity
from incidents.models import Incident


def seen_by(person: User) -> "QuerySet[Incident]":
    """What the person may see at the desk, and what every reader sees in full anyway."""
    if not person.may(Role.CONTRIBUTOR):
        return Incident.objects.none()
    if person.may(Role.EDITOR) and scope(person) is None:
        return visible(person)
    public = Q(editorial_status__in=PUBLIC_STATUSES, sensitivity=Sensitivity.PUBLIC)
    return visible(person) | Incident.objects.filter(public)
