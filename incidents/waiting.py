"""What waits at the desk, part by part of the queue."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User
from incidents.choices import PUBLIC_STATUSES, Dataset
from incidents.models import Incident, SensitivityProposal
from incidents.workflow.table import OPEN, UNPUBLISHED

# Verbs of the audit trail that change what an incident says.
CHANGES = ("save", "agree_lower")
SHOW = {
    "all": _("Everything that waits"),
    "assigned": _("Assigned to me"),
    "mine": _("Written by me"),
    "unassigned": _("Assigned to nobody"),
    "class": _("Lower class proposed"),
    "changed": _("Public, changed since"),
}


def part(rows: "QuerySet[Incident]", show: str, by: User) -> "QuerySet[Incident]":
    """One part of the queue. Public incidents are in it only where the desk says more by now."""
    if show == "changed":
        saved = AuditEntry.objects.filter(
            noun="incident",
            object_id=OuterRef("public_id"),
            verb__in=CHANGES,
            at__gt=OuterRef("last_revised_at"),
        )
        public = rows.filter(editorial_status__in=PUBLIC_STATUSES, dataset=Dataset.VIGIL)
        return public.filter(Exists(saved))
    if show == "class":
        wished = SensitivityProposal.objects.filter(incident=OuterRef("pk"), decided_by=None)
        return rows.filter(Exists(wished), editorial_status__in=OPEN)
    rows = rows.filter(editorial_status__in=UNPUBLISHED)
    if show == "assigned":
        return rows.filter(assignment__assignee=by)
    if show == "mine":
        return rows.filter(author=by)
    if show == "unassigned":
        return rows.filter(assignment=None)
    return rows
