"""Every letter is a row before it is sent, so that each goes out once."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.base import one_of
from core.jobs import Job, JobState, bell
from reports.models.editions import Report
from reports.models.subscriptions import Subscriber, Subscription
from reports.models.watches import Alert, Watch
from reports.models.webhooks import Webhook

# The name of the Celery task that sends.
SEND = "reports.send_letter"
# After a failed attempt: altogether about four days, as RFC 5321 (4.5.4.1) asks of those who send.
PAUSES = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=10),
    dt.timedelta(hours=1),
    dt.timedelta(hours=6),
    dt.timedelta(hours=16),
    dt.timedelta(hours=24),
)
# So long a mail server may take over one letter before another worker tries it again.
HANDED = dt.timedelta(minutes=10)
# The others rest so long where the mail server as a whole refused one.
REST = dt.timedelta(minutes=1)


class LetterKind(models.TextChoices):
    """What a letter is."""

    CONFIRM = "confirm", _("request to confirm")
    EDITION = "edition", _("edition of a report")
    ALERT = "alert", _("alert of a saved search")
    STOPPED = "stopped", _("a saved search was stopped")
    WEBHOOK = "webhook", _("a webhook was stopped")


@bell(SEND)
class Letter(Job):
    """One mail to one reader. Its Message-ID is the same at every attempt.

    Between the mail server's acceptance and our commit lies a moment in which a crash makes the
    next attempt send it again: a repeat carries the same Message-ID, by which it is recognised.
    """

    most_attempts = 9
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    subscriber = models.ForeignKey(
        Subscriber, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # What it is about, by its kind.
    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    watch = models.ForeignKey(
        Watch, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    alert = models.ForeignKey(
        Alert, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    webhook = models.ForeignKey(
        Webhook, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    # Committed before the mail server is called: a later attempt knows that it may be a repeat.
    handed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("letter_one_reader", "subscriber", "person"),
            models.UniqueConstraint(
                fields=["subscriber", "report"],
                condition=Q(kind="edition"),
                name="letter_once_an_edition",
            ),
            models.UniqueConstraint(
                fields=["alert"], condition=Q(kind="alert"), name="letter_once_an_alert"
            ),
            models.CheckConstraint(
                name="letter_is_about_something",
                condition=Q(kind="confirm", subscription__isnull=False)
                | Q(kind="confirm", watch__isnull=False)
                | Q(kind="edition", report__isnull=False)
                | Q(kind="alert", alert__isnull=False)
                | Q(kind="stopped", watch__isnull=False)
                | Q(kind="webhook", webhook__isnull=False),
            ),
        ]

    @property
    def pause(self) -> dt.timedelta:
        """Minutes at first, hours at last."""
        return PAUSES[min(max(self.attempts, 1), len(PAUSES)) - 1]

    def hand(self, *, at: dt.datetime) -> None:
        """Note that the mail server is about to be called. Raises LeaseLost."""
        self._write(handed_at=at, leased_until=at + HANDED)

    @classmethod
    def rest(cls, *, at: dt.datetime) -> int:
        """Let all that wait rest a while, at no cost of attempts; return how many."""
        waiting = cls._default_manager.filter(state=JobState.QUEUED)
        soon = Q(leased_until__isnull=True) | Q(leased_until__lt=at + REST)
        return waiting.filter(soon).update(leased_until=at + REST)

    @property
    def address(self) -> str:
        """Where it goes; empty where a person has no address or can sign in no more."""
        if self.subscriber is not None:
            return self.subscriber.email
        person = self.person
        return person.email if person is not None and person.is_active else ""
