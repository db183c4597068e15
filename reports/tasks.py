"""Celery only rings. A message carries the id of a job row, so that a lost, doubled or late one
does no harm: beat rings again for whatever is due.
"""

import logging
from contextlib import suppress
from functools import partial

from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs import BELLS, JobQuerySet, LeaseLost
from reports import planning, workflow
from reports.models.jobs import BUILD, ReportJob
from reports.operations import heartbeats
from reports.schedules.telling import SubjectUntold

logger = logging.getLogger("vigil.reports")

# A bell that nobody heard in this many seconds is stale: the next round rings for the same row.
BELL_EXPIRES = 60
BELLS_A_ROUND = 50


@shared_task(name="reports.plan_due_reports")
def plan_due_reports() -> None:
    """Plan what schedules owe, and ring for it."""
    for job in planning.plan_due(timezone.now()):
        transaction.on_commit(partial(build_report.delay, job.pk))


@shared_task(name="reports.ring_due_jobs")
def ring_due_jobs() -> None:
    """Ring for waiting and abandoned jobs, oldest first; end those that are out of attempts."""
    at = timezone.now()
    for kind, task in BELLS.items():
        jobs = JobQuerySet(kind)
        jobs.give_up(at)
        due = jobs.due(at).order_by("created_at", "pk").values_list("pk", flat=True)
        for pk in due[:BELLS_A_ROUND]:
            current_app.send_task(task, (pk,), expires=BELL_EXPIRES)


@shared_task(name="reports.beat_lives")
def beat_lives(beat: dict[str, str]) -> None:
    """A worker has heard a beat: `beat` names it and says when it rang (`vigil.beat`)."""
    heartbeats.beat_was_heard(beat, at=timezone.now())


@shared_task(name="reports.worker_lives")
def worker_lives(name: str, sent_at: str) -> None:
    """A worker has executed what it asked itself (`vigil.pulse`)."""
    heartbeats.works(heartbeats.WORKER, name, sent_at=sent_at, at=timezone.now())


def _remedy() -> str:
    return _("Then retry this job; if no report is wanted, cancel it and switch its schedule off.")


@shared_task(name=BUILD)
def build_report(job_id: int) -> None:
    """Take the job, build its report and publish it; nothing if it is done or in other hands."""
    job = ReportJob.claim(job_id, at=timezone.now())
    if job is None:
        return
    try:
        made = workflow.work(job, clock=timezone.now)
    except LeaseLost:
        logger.warning("%s was taken over by another worker, or cancelled", job.key)
    except SubjectUntold as untold:
        logger.warning("%s ends: %s", job.key, untold)
        # Another attempt would end alike until people have changed it.
        with suppress(LeaseLost):
            job.fail(at=timezone.now(), reason=f"{untold} {_remedy()}", retry=False)
    except Exception as error:
        logger.exception("%s failed on attempt %s", job.key, job.attempts)
        reason = f"{type(error).__name__}: {error}"
        with suppress(LeaseLost):
            job.fail(at=timezone.now(), reason=reason, retry=True)
    else:
        logger.info("%s built: %s", job.key, made)
