"""What the desk says to itself about an incident: never part of the record."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import Sensitivity
from incidents.models.incident import Incident

LONGEST_COMMENT = 4000


def person(related_name: str, *, optional: bool = False) -> models.ForeignKey:
    """Somebody of the desk; people are deactivated, never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name=related_name,
        null=optional,
        blank=optional,
    )


class ReviewComment(models.Model):
    """A remark, or the reason with which a reviewer returned an incident. Kept as written."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("remark")
        RETURN = "return", _("reason for the return")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REMARK)
    text = models.TextField(max_length=LONGEST_COMMENT)
    written_by = person("comments")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="comment_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.written_by}: {self.text[:60]}"


class Assignment(models.Model):
    """Who takes care of an incident now; the audit trail keeps who did before."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="assignment")
    assignee = person("assignments")
    assigned_by = person("+")
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["-assigned_at", "pk"]

    def __str__(self) -> str:
        return f"{self.incident}: {self.assignee}"


class DeskNotice(models.Model):
    """Something in the queue that asks for one person's attention."""

    class Kind(models.TextChoices):
        MENTION = "mention", _("mentioned you")
        RETURNED = "returned", _("returned your incident")
        ASSIGNED = "assigned", _("assigned this to you")

    recipient = person("notices")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    comment = models.ForeignKey(
        ReviewComment, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    sent_by = person("+")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "pk"]
        indexes = [
            models.Index(
                fields=["recipient", "-sent_at"],
                condition=Q(read_at__isnull=True),
                name="notice_by_unread",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_read_after_sent",
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("sent_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.kind} {self.incident}"


class SensitivityProposal(models.Model):
    """A wish to lower the class of an incident; it takes effect when a second person agrees."""

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="sensitivity_proposals"
    )
    sensitivity = models.CharField(max_length=12, choices=Sensitivity.choices)
    reason = models.CharField(max_length=200)
    proposed_by = person("+")
    proposed_at = models.DateTimeField()
    decided_by = person("+", optional=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="sensitivity_proposal_gives_reason", condition=~Q(reason="")
            ),
            models.CheckConstraint(
                name="sensitivity_proposal_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="sensitivity_proposal_decided_pair",
                condition=Q(decided_by=None, decided_at=None, is_agreed=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_agreed__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(decided_by__isnull=True),
                name="sensitivity_proposal_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident}: {self.sensitivity}"
