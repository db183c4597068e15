"""Saved searches, and what was told of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_secret
from core.base import one_of
from core.fields import StoredJSONField
from reports.models.subscriptions import LANGUAGES, Subscriber

MAX_QUERY = 1000


class Rhythm(models.TextChoices):
    """How often a saved search tells of something new."""

    NONE = "none", _("no mail")
    INSTANT = "instant", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class Watch(models.Model):
    """A question to the record that somebody wants to be told of.

    It belongs to a person with an account or to an address, never to both. `told_seq` is the tip of
    the record up to which everything has been told: intervals follow on each other, so that nothing
    is told twice and nothing is left out.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="watches",
    )
    subscriber = models.ForeignKey(
        Subscriber, null=True, blank=True, on_delete=models.CASCADE, related_name="watches"
    )
    name = models.CharField(max_length=120, blank=True)
    # Canonical, as `IncidentQuestion.as_query()` writes it; empty asks for all incidents.
    query = models.CharField(max_length=MAX_QUERY, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_seq = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    # When it is looked at next; none where no mail is wanted.
    due_at = models.DateTimeField(null=True, blank=True)
    # Why it is asked no more, for example because a campaign in it is gone.
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("watch_one_reader", "owner", "subscriber"),
            models.UniqueConstraint(
                fields=["owner", "subscriber", "query"],
                nulls_distinct=False,
                name="watch_once",
            ),
            models.CheckConstraint(
                name="watch_confirmed_after_asked",
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("asked_at")),
            ),
            models.CheckConstraint(
                name="watch_stopped_says_why",
                condition=Q(stopped_at__isnull=True, stop_reason="")
                | (Q(stopped_at__isnull=False) & ~Q(stop_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="watch_by_due")]

    def __str__(self) -> str:
        return self.name or self.query or str(self.uid)


class Alert(models.Model):
    """What was new to a question between two tips of the record; its page needs no account.

    `entries` names versions only: `{"new": [[public_id, version], …], "corrected", "withdrawn",
    "left"}`. What they say is read from the record, so that a page shows nothing that was emptied
    to protect people.
    """

    key = models.CharField(max_length=48, unique=True, default=new_secret, editable=False)
    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="alerts")
    number = models.PositiveIntegerField()
    since_seq = models.BigIntegerField()
    until_seq = models.BigIntegerField()
    since_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField()
    entries = StoredJSONField()
    counts = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["watch", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["watch", "number"], name="alert_unique_number"),
            models.UniqueConstraint(fields=["watch", "since_seq"], name="alert_begins_once"),
            models.CheckConstraint(
                name="alert_runs_forward", condition=Q(since_seq__lt=F("until_seq"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.watch} no. {self.number}"

    @property
    def previous(self) -> "Alert | None":
        """The one before."""
        return self.watch.alerts.filter(number=self.number - 1).first()
