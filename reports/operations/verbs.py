"""What an operator does to a job. Each verb names its author and its moment."""

import datetime as dt
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from core.jobs import BELLS, Job
from reports.operations import listing


class JobRefused(Exception):
    """The verb does not fit the job's state; says what the state is."""


@transaction.atomic
def retry(job: Job, *, by: User, at: dt.datetime) -> None:
    """Queue a failed or cancelled job once more, with all its attempts. Raises JobRefused."""
    if type(job) not in BELLS:
        raise JobRefused(_("An import is begun again by naming its file to the command."))
    if not job.ask_again():
        raise _refused(job)
    _note("retry", job, by, at)
    ring = partial(current_app.send_task, BELLS[type(job)], (job.pk,))
    # Without a broker the bell is lost; beat rings again.
    transaction.on_commit(ring, robust=True)


@transaction.atomic
def cancel(job: Job, *, by: User, at: dt.datetime) -> None:
    """Stop a waiting or running job, or set a failed one aside. Raises JobRefused."""
    before = job.state
    if not job.cancel(at=at, reason=_reason(job, by)):
        raise _refused(job)
    _note("cancel", job, by, at, was=before)


def _reason(job: Job, by: User) -> str:
    said = f"Cancelled by {by.username}."
    return f"{said} Before: {job.reason}" if job.reason else said


def _refused(job: Job) -> JobRefused:
    state = job.get_state_display()
    return JobRefused(_("This job is %(state)s now: nothing was changed.") % {"state": state})


def _note(verb: str, job: Job, by: User, at: dt.datetime, **detail: str) -> None:
    kind = listing.slug(type(job))
    audit.record(verb, "job", f"{kind}/{job.pk}", by=by, at=at, key=job.key, **detail)
