"""Who is at work, and what is wrong with the work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """A worker or a beat, one row a process name.

    Two signs apart: that its process lives, and that it does what it is for. A worker that lost
    its queue lives on without working (celery#10205), and only the second sign shows it.
    """

    class Kind(models.TextChoices):
        WORKER = "worker", _("worker")
        BEAT = "beat", _("beat")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    # Written by the process itself.
    lived_at = models.DateTimeField()
    # A worker: when it last executed a message that it had sent itself. A beat: when some worker
    # last executed one of its messages.
    worked_at = models.DateTimeField(null=True, blank=True)
    # When the message that was executed last had been sent.
    sent_at = models.DateTimeField(null=True, blank=True)
    # Tasks that the worker was executing when it last lived.
    active = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="heartbeat_one_a_process"),
        ]

    def __str__(self) -> str:
        return self.name


class Alarm(models.Model):
    """Something that an operator must look at, from when it was seen until it was over."""

    class Kind(models.TextChoices):
        NO_WORKER = "no_worker", _("No worker runs")
        IDLE_WORKER = "idle_worker", _("A worker lives but does not work")
        JOBS_WAIT = "jobs_wait", _("Jobs wait although a worker is free")
        SILENT_BEAT = "silent_beat", _("No beat rings")
        JOBS_FAILED = "jobs_failed", _("Jobs have failed")
        LEASES_LOST = "leases_lost", _("A job is abandoned again and again")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    # Which worker, kind of job or job; empty where there is only one.
    subject = models.CharField(max_length=240, blank=True)
    # The numbers of the sentence that tells it (`reports.operations.alarms.told`).
    facts = models.JSONField(default=dict)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # One mail an alarm, however many processes see it.
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(ended_at__isnull=True),
                name="alarm_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}".rstrip()
