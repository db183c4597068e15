"""Celery only rings. A message carries the id of a job row, so that a lost, doubled or late one
does no harm: beat rings again for whatever is due.
"""

import logging
from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from core.jobs import LeaseLost
from reports import workflow
from reports.models import ReportJob

logger = logging.getLogger("vigil.reports")

# A bell that nobody heard in this many seconds is stale: the next round rings for the same row.
BELL_EXPIRES = 60
BELLS_A_ROUND = 50


@shared_task(name="reports.plan_due_reports")
def plan_due_reports() -> None:
    """Plan what schedules owe, and ring for it."""
    for job in workflow.plan_due(timezone.now()):
        transaction.on_commit(partial(build_report.delay, job.pk))


@shared_task(name="reports.ring_due_jobs")
def ring_due_jobs() -> None:
    """Ring for waiting and abandoned jobs, oldest first; end those that are out of attempts."""
    at = timezone.now()
    ReportJob.objects.give_up(at)
    due = ReportJob.objects.due(at).order_by("created_at", "pk").values_list("pk", flat=True)
    for pk in due[:BELLS_A_ROUND]:
        build_report.apply_async((pk,), expires=BELL_EXPIRES)


@shared_task(name=workflow.BUILD)
def build_report(job_id: int) -> None:
    """Take the job, build its report and publish it; nothing if it is done or in other hands."""
    job = ReportJob.claim(job_id, at=timezone.now())
    if job is None:
        return
    try:
        report = workflow.work(job, clock=timezone.now)
    except LeaseLost:
        logger.warning("%s was taken over by another worker", job.key)
    except Exception as error:
        logger.exception("%s failed on attempt %s", job.key, job.attempts)
        reason = f"{type(error).__name__}: {error}"
        job.fail(at=timezone.now(), reason=reason, retry=True)
    else:
        logger.info("%s published as %s", job.key, report.public_id)
