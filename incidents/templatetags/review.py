"""What review says, for other pages of the desk."""

from typing import Any

from django import template

from incidents.choices import Status
from incidents.models import Incident, ReviewComment

register = template.Library()


def last_return(incident: Incident) -> ReviewComment | None:
    """The reason of the last return, while the draft waits for its author."""
    if incident.editorial_status != Status.DRAFT:
        return None
    reasons = incident.comments.filter(kind=ReviewComment.Kind.RETURN)
    return reasons.select_related("written_by").last()


@register.inclusion_tag("desk/review/_returned.html")
def returned(incident: Incident) -> dict[str, Any]:
    """The reviewer's reason beside the draft."""
    return {"returned": last_return(incident)}
