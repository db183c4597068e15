"""Jobs are rows; Redis only rings. A lease with a fencing token makes every step safe to repeat.

`claim` takes a due job and raises its `fence`; every later write names that fence and touches
nothing once another worker has claimed the job. Safety rests on the fence alone; clocks decide
only how soon an abandoned job is taken up again. See docs/adr/0003.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LEASE = dt.timedelta(seconds=settings.JOB_LEASE)
# Before the second, third, … attempt; once for each attempt that was made.
PAUSE = dt.timedelta(seconds=20)
MAX_ATTEMPTS = 5


AnyJob = TypeVar("AnyJob", bound="Job")


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


# Where a job rests until a person asks for it again, and where a person may stop it.
RETRIED = (JobState.FAILED, JobState.CANCELLED)
STOPPED = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)


class LeaseLost(Exception):
    """Another worker holds the job now, or a person cancelled it; stop without writing."""


class JobQuerySet(models.QuerySet[Any]):
    def due(self, at: dt.datetime) -> Self:
        """Waiting jobs whose pause is over, and abandoned ones, with attempts left."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        waiting = Q(state=JobState.QUEUED) & free
        abandoned = Q(state=JobState.RUNNING, leased_until__lt=at)
        return self.filter(waiting | abandoned, attempts__lt=self.model.most_attempts)

    def exhausted(self, at: dt.datetime) -> Self:
        """Abandoned jobs that have used up their attempts."""
        abandoned = self.filter(state=JobState.RUNNING, leased_until__lt=at)
        return abandoned.filter(attempts__gte=self.model.most_attempts)

    def give_up(self, at: dt.datetime) -> int:
        """End the exhausted jobs as failed, with the reason; return how many."""
        reason = (
            f"Given up after {self.model.most_attempts} attempts: each time the worker stopped "
            "before it had finished. Look into the worker's log, then ask for the job again."
        )
        return self.exhausted(at).update(
            state=JobState.FAILED, finished_at=at, leased_until=None, reason=reason
        )


# Every kind of job and the name of the Celery task that works on it: message = id of the row.
BELLS: dict[type["Job"], str] = {}


def bell(task: str) -> Callable[[type[AnyJob]], type[AnyJob]]:
    """Name the Celery task that is rung for a kind of job: `@bell("reports.build_report")`."""

    def named(kind: type[AnyJob]) -> type[AnyJob]:
        BELLS[kind] = task
        return kind

    return named


class Job(models.Model):
    """A unit of background work. `key` is unique: asking twice is asking once."""

    # Kinds of jobs may have their own, as they may have their own pauses.
    most_attempts: ClassVar[int] = MAX_ATTEMPTS

    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(
        max_length=10, choices=JobState.choices, default=JobState.QUEUED, db_default="queued"
    )
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Nobody may take the job before: the lease of a running job, the pause of a waiting one.
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
    @transaction.atomic
    def claim(cls, pk: int, *, at: dt.datetime) -> Self | None:
        """Lease the job if it is due and return it with its new fence, else None.

        The row lock makes PostgreSQL look again after a rival has committed, so that of many
        workers who claim at once exactly one wins.
        """
        job: Self | None = JobQuerySet(cls).due(at).filter(pk=pk).select_for_update().first()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.fence += 1
        job.attempts += 1
        job.leased_until = at + LEASE
        job.save(update_fields=["state", "fence", "attempts", "leased_until"])
        return job

    def _write(self, **values: Any) -> None:
        mine = JobQuerySet(type(self)).filter(pk=self.pk, fence=self.fence, state=JobState.RUNNING)
        if not mine.update(**values):
            raise LeaseLost(self.key)
        for name, value in values.items():
            setattr(self, name, value)

    def renew(self, *, at: dt.datetime, progress: int, total: int | None = None) -> None:
        """Extend the lease and tell how far the work is. Raises LeaseLost."""
        total = self.total if total is None else total
        self._write(leased_until=at + LEASE, progress=progress, total=total)

    def finish(self, *, at: dt.datetime) -> None:
        """Mark done, inside the transaction that stores the result. Raises LeaseLost."""
        self._write(state=JobState.DONE, finished_at=at, leased_until=None, reason="")

    def fail(self, *, at: dt.datetime, reason: str, retry: bool) -> None:
        """Give back for another attempt after a pause, or end as failed with a reason.

        Raises LeaseLost.
        """
        again = retry and self.attempts < self.most_attempts
        self._write(
            state=JobState.QUEUED if again else JobState.FAILED,
            finished_at=None if again else at,
            leased_until=at + self.pause if again else None,
            reason=reason[:2000],
        )

    @property
    def pause(self) -> dt.timedelta:
        """How long a failed attempt rests before the next; kinds of jobs may have their own."""
        return PAUSE * self.attempts

    def ask_again(self) -> bool:
        """Queue a failed or cancelled job once more with all its attempts; False for any other.

        What its last attempt has kept is taken up again.
        """
        resting = JobQuerySet(type(self)).filter(pk=self.pk, state__in=RETRIED)
        changed = bool(
            resting.update(
                state=JobState.QUEUED, attempts=0, finished_at=None, leased_until=None, reason=""
            )
        )
        self.refresh_from_db()
        return changed

    def cancel(self, *, at: dt.datetime, reason: str) -> bool:
        """Stop a waiting or running job, or set a failed one aside; False for any other.

        A worker that holds it finds its lease gone at its next write and stops without a result.
        """
        open_ = JobQuerySet(type(self)).filter(pk=self.pk, state__in=STOPPED)
        changed = bool(
            open_.update(
                state=JobState.CANCELLED, finished_at=at, leased_until=None, reason=reason[:2000]
            )
        )
        self.refresh_from_db()
        return changed


def kinds() -> list[type[Job]]:
    """Every kind of job there is, rung for or not, in a fixed order."""
    found, open_ = set(), [Job]
    while open_:
        for kind in open_.pop().__subclasses__():
            open_.append(kind)
            if not kind._meta.abstract:
                found.add(kind)
    return sorted(found, key=lambda kind: kind._meta.label_lower)
