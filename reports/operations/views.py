"""The operators' page: every job, who works, what is wrong, and the verbs."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Role
from accounts.permissions import DeskRequest, require
from core.jobs import Job, JobQuerySet, JobState
from core.pages import explains_refusals
from reports.models.operations import Alarm, Heartbeat
from reports.operations import alarms, listing, verbs
from reports.operations.queue import depth
from reports.questions import JobsQuestion

operators = require(Role.ADMINISTRATOR)
VERBS = {"retry": verbs.retry, "cancel": verbs.cancel}


@dataclass(frozen=True)
class Line:
    """A job as the list shows it."""

    job: Job
    slug: str
    kind: str
    lease: str
    may_retry: bool
    may_cancel: bool


@require_safe
@operators
@explains_refusals
def page(request: DeskRequest) -> HttpResponse:
    """Alarms, workers and beats, the queue, and every job; it refreshes itself."""
    return render(request, "desk/jobs/list.html", _context(request))


@require_safe
@operators
@explains_refusals
def now(request: DeskRequest) -> HttpResponse:
    """The part of the page that changes by itself."""
    return render(request, "desk/jobs/_now.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    at = timezone.now()
    question = JobsQuestion(request.GET)
    found = question.page()
    return {
        "question": question,
        "query": question.as_query(cursor=question.asked.get("cursor")),
        "lines": [_line(job) for job in found.rows],
        "links": question.links(found),
        "kinds": [(slug, listing.name(kind)) for slug, kind in listing.by_slug().items()],
        "states": [(state, JobState(state).label, n) for state, n in listing.counts()],
        "alarms": _alarms(at),
        "processes": [_process(row, at) for row in Heartbeat.objects.all()],
        "depth": depth(),
        "at": at,
    }


def _line(job: Job) -> Line:
    kind = type(job)
    waits = job.state == JobState.QUEUED and job.leased_until is not None
    lease = _("waits until") if waits else _("leased until") if job.leased_until else ""
    return Line(
        job, listing.slug(kind), listing.name(kind), lease,
        listing.may_retry(job), listing.may_cancel(job),
    )  # fmt: skip


def _alarms(at: Any) -> list[dict[str, Any]]:
    """What is wrong now, read anew: no worker and no beat is needed for it to be seen."""
    since = {
        (alarm.kind, alarm.subject): alarm.since
        for alarm in Alarm.objects.filter(ended_at__isnull=True)
    }
    return [
        {
            "label": alarm.kind.label,
            "text": alarms.told(alarm),
            "since": since.get((alarm.kind.value, alarm.subject[:240])),
        }
        for alarm in alarms.seen(at)
    ]


def _process(row: Heartbeat, at: Any) -> dict[str, Any]:
    lives = row.lived_at >= at - alarms.silence()
    is_idle = row.kind == Heartbeat.Kind.WORKER and alarms.is_idle(row, at)
    delay = row.worked_at - row.sent_at if row.worked_at and row.sent_at else None
    return {
        "row": row,
        "state": "silent" if not lives else "idle" if is_idle else "works",
        "delay": f"{delay.total_seconds():.1f}" if delay is not None else "",
    }


@require_safe
@operators
def job_page(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """One job in full, with what can be done to it; a verb is confirmed here."""
    job = _job(kind, pk)
    steps = list(job.steps.values_list("name", flat=True)) if hasattr(job, "steps") else []
    return render(request, "desk/jobs/job.html", {"line": _line(job), "job": job, "steps": steps})


@require_POST
@operators
def act(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    """Retry or cancel, as the button says."""
    job = _job(kind, pk)
    verb = VERBS.get(asked := request.POST.get("verb", ""))
    if verb is None:
        raise BadRequest(f"verb is {asked[:40]!r}; it must be one of {', '.join(VERBS)}.")
    try:
        verb(job, by=request.user, at=timezone.now())
    except verbs.JobRefused as refused:
        messages.warning(request, str(refused))
    else:
        told = _("The job waits for a worker.") if asked == "retry" else _("The job is cancelled.")
        messages.success(request, told)
    return redirect("jobs:job", kind=kind, pk=pk)


def _job(kind: str, pk: int) -> Job:
    model = listing.by_slug().get(kind)
    job: Job | None = JobQuerySet(model).filter(pk=pk).first() if model else None
    if job is None:
        raise Http404(_("There is no such job."))
    return job
