"""Jobs are rows; Redis only rings. A lease with a fencing token makes every step safe to repeat.

`claim` takes a due job and raises its `fence`; every later write names that fence and touches
nothing once another worker has claimed the job. See docs/adr/0003.
"""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

LEASE = dt.timedelta(minutes=2)
MAX_ATTEMPTS = 5


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class LeaseLost(Exception):
    """Another worker holds the job now; stop without writing."""


class JobQuerySet(models.QuerySet[Any]):
    def due(self, at: dt.datetime) -> Self:
        """Waiting jobs, and running ones whose lease has run out, with attempts left."""
        waiting = Q(state=JobState.QUEUED)
        abandoned = Q(state=JobState.RUNNING, leased_until__lt=at)
        return self.filter(waiting | abandoned, attempts__lt=MAX_ATTEMPTS)

    def exhausted(self, at: dt.datetime) -> Self:
        """Abandoned jobs that have used up their attempts."""
        return self.filter(
            state=JobState.RUNNING, leased_until__lt=at, attempts__gte=MAX_ATTEMPTS
        )


class Job(models.Model):
    """A unit of background work. `key` is unique: asking twice is asking once."""

    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(
        max_length=10, choices=JobState.choices, default=JobState.QUEUED, db_default="queued"
    )
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"

    @classmethod
    def claim(cls, pk: int, *, at: dt.datetime) -> Self | None:
        """Lease the job if it is due and return it with its new fence, else None."""
        won = cls._default_manager.filter(pk=pk)
        won = won.filter(pk__in=JobQuerySet(cls).due(at).values("pk"))
        changed = won.update(
            state=JobState.RUNNING,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            leased_until=at + LEASE,
        )
        return cls._default_manager.get(pk=pk) if changed else None

    def _write(self, **values: Any) -> None:
        mine = type(self)._default_manager.filter(pk=self.pk, fence=self.fence, state="running")
        if not mine.update(**values):
            raise LeaseLost(self.key)
        for name, value in values.items():
            setattr(self, name, value)

    def renew(self, *, at: dt.datetime, progress: int, total: int | None = None) -> None:
        """Extend the lease and tell how far the work is. Raises LeaseLost."""
        self._write(leased_until=at + LEASE, progress=progress, total=total or self.total)

    def finish(self, *, at: dt.datetime) -> None:
        """Mark done, inside the transaction that stores the result. Raises LeaseLost."""
        self._write(state=JobState.DONE, finished_at=at, leased_until=None, reason="")

    def fail(self, *, at: dt.datetime, reason: str, retry: bool) -> None:
        """Give back for another attempt, or end as failed with a reason in plain words."""
        again = retry and self.attempts < MAX_ATTEMPTS
        state = JobState.QUEUED if again else JobState.FAILED
        self._write(
            state=state, finished_at=None if again else at, leased_until=None, reason=reason[:2000]
        )
