"""Say that two incidents are two events, so that nobody is asked again; and take that back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from incidents.models import Incident, NotDuplicate
from incidents.sight import seen_by


class ApartRefused(Exception):
    """These two cannot be told apart by this person; says why."""


@transaction.atomic
def tell_apart(one: Incident, other: Incident, *, by: User, at: dt.datetime) -> NotDuplicate:
    """Remember that these are two events. Said twice, it is remembered once."""
    if one.pk == other.pk:
        raise ApartRefused(_("An incident is always the same as itself: name another one."))
    if seen_by(by).filter(pk__in=[one.pk, other.pk]).count() != 2:
        raise ApartRefused(_("You do not see both of these incidents at the desk."))
    first, second = sorted((one, other), key=lambda incident: incident.pk)
    found, is_new = NotDuplicate.objects.get_or_create(
        first=first,
        second=second,
        defaults={"decided_by": by, "decided_at": at, "created_by": by},
    )
    if is_new:
        audit.record("tell_apart", "incident", one.public_id, by=by, at=at, other=other.public_id)
    return found


@transaction.atomic
def reconsider(one: Incident, other: Incident, *, by: User, at: dt.datetime) -> bool:
    """Forget that these were told apart; whether they were."""
    found = NotDuplicate.objects.between(one, other).select_for_update()
    was_apart = bool(found.delete()[0])
    if was_apart:
        audit.record("reconsider", "incident", one.public_id, by=by, at=at, other=other.public_id)
    return was_apart
