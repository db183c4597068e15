"""Addresses elsewhere that are told of what was published, and what was sent to them."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.jobs import Job, bell
from reports.models.editions import Report

# The name of the Celery task that delivers.
DELIVER = "reports.deliver_message"
# After a failed attempt: Standard Webhooks advises pauses that grow from seconds to hours.
PAUSES = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=10),
    dt.timedelta(hours=1),
    dt.timedelta(hours=6),
)


class Event(models.TextChoices):
    """What a webhook may be told of."""

    REPORT_PUBLISHED = "report.published", _("a situation report is published")
    RECORD_CHANGED = "record.changed", _("incidents are published, corrected or withdrawn")
    PING = "ping", _("somebody tries the webhook")


class Webhook(models.Model):
    """An https address that gets signed messages (Standard Webhooks)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    # Encrypted under SECRET_KEY; shown once, when it is made.
    secret = models.TextField()
    events = ArrayField(models.CharField(max_length=24))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # The tip of the record up to which `record.changed` was told.
    told_seq = models.BigIntegerField(default=0)
    # Failed attempts since the last success.
    failures = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="webhook_stopped_says_why",
                condition=Q(stopped_at__isnull=True, stop_reason="")
                | (Q(stopped_at__isnull=False) & ~Q(stop_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@bell(DELIVER)
class WebhookMessage(Job):
    """One message to one webhook: the same id and the same bytes at every attempt."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages")
    event = models.CharField(max_length=24, choices=Event.choices)
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.TextField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "report"],
                condition=Q(report__isnull=False),
                name="webhook_message_once_a_report",
            ),
        ]

    @property
    def pause(self) -> dt.timedelta:
        """Minutes at first, hours at last."""
        return PAUSES[min(max(self.attempts, 1), len(PAUSES)) - 1]


class WebhookAttempt(models.Model):
    """One try to deliver a message, and what came of it."""

    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    tried_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["message", "number"]

    def __str__(self) -> str:
        return f"{self.message_id}.{self.number}: {self.status or self.detail}"

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
