"""Who reads what by mail. An address is kept while something is asked for, and no longer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reports.models.editions import Report
from reports.models.schedules import ReportSchedule

LANGUAGES = [("en", _("English")), ("fr", _("French"))]


class Subscriber(models.Model):
    """An address to which somebody wants letters; no account, no name."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="subscriber_address_in_lower_case", condition=Q(email=Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The address as editors see it: "a•••@example.org"."""
        name, _at, host = self.email.partition("@")
        return f"{name[:1]}•••@{host}"


class Subscription(models.Model):
    """One series of reports, or all reports in a language, for one address.

    It brings nothing before the address has confirmed it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    schedule = models.ForeignKey(
        ReportSchedule,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    # Of all reports, where no series is named; a series has its own.
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True, default="")
    # The editor who asked for it at the desk; empty where the reader did.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "schedule", "language"],
                nulls_distinct=False,
                name="subscription_once",
            ),
            models.CheckConstraint(
                name="subscription_series_or_language",
                condition=Q(schedule__isnull=False, language="")
                | Q(schedule__isnull=True, language__in=["en", "fr"]),
            ),
            models.CheckConstraint(
                name="subscription_confirmed_after_asked",
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.schedule or self.language}"


class Dispatch(models.Model):
    """An edition whose letters and webhook messages are all in rows: it is planned for once."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="dispatch")
    planned_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.report)
