"""Alarms: what an operator must look at. Each is seen from rows, kept once, and mailed once.

Whoever lives looks: beat at each of its ticks, and each worker from a thread of its own, so that a
worker that stopped working still tells it, and beat's silence is told by the workers.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import mail_admins
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.health import watches
from core.jobs import BELLS, JobQuerySet, JobState
from reports.models.operations import Alarm, Heartbeat
from reports.operations.listing import NAMES, slug

logger = logging.getLogger("vigil.operations")

# A job that has been due for so long is late.
LATE = dt.timedelta(seconds=120)
# So many attempts without an end: the worker dies of the job.
MANY_ATTEMPTS = 3
# Failures older than that are history.
RECENT = dt.timedelta(days=7)
Kind = Alarm.Kind


@dataclass(frozen=True)
class Seen:
    """An alarm as it is seen now."""

    kind: Alarm.Kind
    subject: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def silence() -> dt.timedelta:
    """After two periods without a sign of life a process counts as silent."""
    return dt.timedelta(seconds=2 * settings.HEARTBEAT)


def seen(at: dt.datetime) -> list[Seen]:
    """What is wrong at `at`, read from rows alone."""
    return [*_processes(at), *_jobs(at)]


def _processes(at: dt.datetime) -> Iterator[Seen]:
    alive = Heartbeat.objects.filter(lived_at__gte=at - silence())
    workers = list(alive.filter(kind=Heartbeat.Kind.WORKER))
    if not workers:
        yield Seen(Kind.NO_WORKER, facts=_last(Heartbeat.Kind.WORKER, at))
    for worker in workers:
        if is_idle(worker, at):
            heard = worker.worked_at or worker.started_at
            yield Seen(Kind.IDLE_WORKER, worker.name, {"seconds": _seconds(at - heard)})
    if not alive.filter(kind=Heartbeat.Kind.BEAT).exists():
        yield Seen(Kind.SILENT_BEAT, facts=_last(Heartbeat.Kind.BEAT, at))
    late = late_jobs(at)
    free = [worker for worker in workers if not worker.active and not is_idle(worker, at)]
    if late and free:
        yield Seen(Kind.JOBS_WAIT, facts={"jobs": late})


def is_idle(worker: Heartbeat, at: dt.datetime) -> bool:
    """Whether it executes neither a job nor what it asks itself."""
    heard = worker.worked_at or worker.started_at
    return worker.active == 0 and heard < at - silence()


def _last(kind: Heartbeat.Kind, at: dt.datetime) -> dict[str, Any]:
    last = Heartbeat.objects.filter(kind=kind).order_by("-lived_at").first()
    return {"seconds": _seconds(at - last.lived_at)} if last else {}


def _seconds(span: dt.timedelta) -> int:
    return round(span.total_seconds())


def late_jobs(at: dt.datetime) -> int:
    """How many jobs have been due for longer than LATE."""
    since = at - LATE
    long_due = Q(leased_until__lt=since) | Q(leased_until__isnull=True, created_at__lt=since)
    return sum(JobQuerySet(kind).due(at).filter(long_due).count() for kind in BELLS)


def _jobs(at: dt.datetime) -> Iterator[Seen]:
    for kind in BELLS:
        jobs = JobQuerySet(kind)
        failed = jobs.filter(state=JobState.FAILED, finished_at__gte=at - RECENT).count()
        if failed:
            yield Seen(Kind.JOBS_FAILED, slug(kind), {"jobs": failed})
        open_ = jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
        for job in open_.filter(attempts__gte=MANY_ATTEMPTS).order_by("pk"):
            yield Seen(Kind.LEASES_LOST, job.key, {"attempts": job.attempts})


@watches
def work() -> dict[str, bool]:
    """For `/healthz/work`: whether workers, beat and jobs are without an alarm."""
    now = {alarm.kind for alarm in seen(timezone.now())}
    return {
        "worker": not now & {Kind.NO_WORKER, Kind.IDLE_WORKER, Kind.JOBS_WAIT},
        "beat": Kind.SILENT_BEAT not in now,
        "jobs": not now & {Kind.JOBS_FAILED, Kind.LEASES_LOST},
    }


def told(alarm: Seen | Alarm) -> str:
    """The alarm and its remedy as sentences in the active language."""
    facts = alarm.facts
    seconds, jobs = facts.get("seconds"), facts.get("jobs", 0)
    if alarm.kind == Kind.NO_WORKER:
        heard = _silent(seconds, _("No worker has ever been heard."))
        return f"{heard} " + _("Jobs wait until one is started.")
    if alarm.kind == Kind.SILENT_BEAT:
        heard = _silent(seconds, _("No beat has ever been heard."))
        return f"{heard} " + _("Nothing is planned and no lost bell is rung again until one runs.")
    if alarm.kind == Kind.IDLE_WORKER:
        return _(
            "%(name)s lives but has not executed for %(seconds)s s what it asks itself. "
            "It ends itself so that it is started again; if it stays, restart it."
        ) % {"name": alarm.subject, "seconds": seconds}
    if alarm.kind == Kind.JOBS_WAIT:
        return ngettext(
            "%(jobs)s job has been due for more than two minutes although a worker is free. "
            "Look whether the workers read the queue of the site.",
            "%(jobs)s jobs have been due for more than two minutes although a worker is free. "
            "Look whether the workers read the queue of the site.",
            jobs,
        ) % {"jobs": jobs}
    if alarm.kind == Kind.JOBS_FAILED:
        return ngettext(
            "%(jobs)s job has ended as failed (%(kind)s). Read its reason, then retry or "
            "cancel it.",
            "%(jobs)s jobs have ended as failed (%(kind)s). Read their reasons, then retry or "
            "cancel them.",
            jobs,
        ) % {"jobs": jobs, "kind": NAMES.get(alarm.subject, alarm.subject)}
    return _(
        "%(key)s has begun %(attempts)s times and not ended. Read the worker's log: it may lack "
        "memory or time."
    ) % {"key": alarm.subject, "attempts": facts.get("attempts")}


def _silent(seconds: int | None, never: str) -> str:
    if seconds is None:
        return never
    return _("Nothing was heard for %(seconds)s s.") % {"seconds": seconds}


def watch(at: dt.datetime) -> None:
    """Keep what is seen as rows, end what is over, and mail what is new."""
    now = {(alarm.kind.value, alarm.subject[:240]): alarm for alarm in seen(at)}
    open_ = Alarm.objects.filter(ended_at__isnull=True)
    for row in open_:
        if (row.kind, row.subject) not in now:
            open_.filter(pk=row.pk).update(ended_at=at)
    for (kind, subject), alarm in now.items():
        new = {"facts": alarm.facts, "since": at}
        Alarm.objects.get_or_create(
            kind=kind, subject=subject, ended_at=None, defaults=new
        )  # the constraint decides where two look at once
    if settings.ADMINS:
        # What passes by itself, as a restart does, is no mail.
        lasting = open_.filter(mailed_at__isnull=True, since__lte=at - silence() / 2)
        for pk in lasting.values_list("pk", flat=True):
            _mail(pk, at)


def _mail(pk: int, at: dt.datetime) -> None:
    """One mail for the alarm; it stays unmailed where the mail server takes none."""
    with transaction.atomic():
        unmailed = Alarm.objects.select_for_update(skip_locked=True)
        alarm = unmailed.filter(pk=pk, mailed_at__isnull=True).first()
        if alarm is None:
            return
        with translation.override(settings.LANGUAGE_CODE):
            label = str(Kind(alarm.kind).label)
            text = f"{told(alarm)}\n\n{settings.PUBLIC_URL}/desk/jobs/\n"
        try:
            mail_admins(label, text)
        except (OSError, smtplib.SMTPException):
            logger.exception("The alarm %s could not be mailed", alarm)
            return
        alarm.mailed_at = at
        alarm.save(update_fields=["mailed_at"])
