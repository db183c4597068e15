"""The bar of the desk: the places that the signed-in person may go to."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.idle import WARNED_BEFORE, limit
from accounts.models import User
from accounts.permissions import needs_second_factor

register = template.Library()


@dataclass(frozen=True)
class Place:
    """One entry of the bar: a URL name of any room, its label, and the role that it needs."""

    name: str
    label: str | Promise
    role: Role

    @property
    def url(self) -> str:
        return reverse(self.name)


PLACES = (
    Place("desk:queue", _("Queue"), Role.CONTRIBUTOR),
    Place("desk:entry", _("New incident"), Role.CONTRIBUTOR),
    Place("desk:mine", _("My drafts"), Role.CONTRIBUTOR),
    Place("report-desk:start", _("Reports"), Role.CONTRIBUTOR),
    Place("reference:start", _("Reference"), Role.EDITOR),
    Place("people:list", _("People"), Role.ADMINISTRATOR),
    Place("people:audit", _("Audit"), Role.ADMINISTRATOR),
    Place("jobs:list", _("Jobs"), Role.ADMINISTRATOR),
    Place("delivery-desk:webhooks", _("Webhooks"), Role.ADMINISTRATOR),
    Place("watches:list", _("Saved searches"), Role.READER),
)


@register.inclusion_tag("desk/_idle.html", takes_context=True)
def idle_watch(context: Context) -> dict[str, Any]:
    """Says before an idle session ends that it will; nothing for people whose session stays."""
    request = context.get("request")
    person = getattr(request, "user", None)
    if not isinstance(person, User) or not needs_second_factor(person):
        return {"seconds": ""}
    return {
        "seconds": f"{limit().total_seconds():.0f}",
        "warned": f"{WARNED_BEFORE.total_seconds():.0f}",
        "minutes": int(WARNED_BEFORE.total_seconds() // 60),
    }


@register.inclusion_tag("desk/_places.html", takes_context=True)
def desk_sections(context: Context) -> dict[str, Any]:
    """The places for this person, with the present one marked."""
    request = context.get("request")
    person = getattr(request, "user", None)
    if request is None or not isinstance(person, User):
        return {"places": []}
    places = [place for place in PLACES if person.may(place.role)]
    return {"places": [(place, request.path == place.url) for place in places]}
