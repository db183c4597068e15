"""Plan reports, build them, publish them. Each verb is safe to repeat and to interrupt."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from incidents.models import RecordHead
from reports.building import Draft, build
from reports.figures import Issue
from reports.models import Report, ReportItem, ReportJob, ReportSchedule
from reports.periods import Month, finished

# After a pause of any length, at most so many past periods of a schedule are made up for.
CATCH_UP = 3
# The name of the Celery task that builds; its message carries the job's id.
BUILD = "reports.build_report"


class PlanRefused(Exception):
    """The report cannot be asked for; says why and what to do."""


def plan_due(at: dt.datetime) -> list[ReportJob]:
    """Plan whatever active schedules owe at `at`; return the new jobs.

    Planning twice, or five times at once, plans once: the database holds one job for a schedule,
    period and edition.
    """
    planned = []
    for schedule in ReportSchedule.objects.filter(is_active=True).order_by("pk"):
        months = finished(at, schedule.cutoff_days, since=schedule.starts_on, most=CATCH_UP)
        known = set(schedule.jobs.values_list("period_start", flat=True))
        for month in months:
            if month.first not in known:
                job, is_new = _plan(schedule, month, edition=1)
                planned += [job] if job and is_new else []
    return planned


def plan(
    schedule: ReportSchedule, month: Month, *, at: dt.datetime, again: bool = False
) -> ReportJob:
    """Ask for the report of a month: its job, old or new. A failed job is queued once more.

    `again` asks for a further edition from today's record, which supersedes the last one. Raises
    PlanRefused for a month that is not over, an empty record, or nothing new for another edition.
    """
    if month.last >= at.date():
        raise PlanRefused(f"{month} is not over: ask from {month.shifted(1).first} on.")
    last = schedule.jobs.filter(period_start=month.first).order_by("-edition").first()
    if again and last is not None:
        _something_new(last)
    edition = 1 if last is None else last.edition + 1 if again else last.edition
    job, _is_new = _plan(schedule, month, edition=edition)
    if job is None:
        raise PlanRefused("The record is empty: load data first, with `make seed` or an import.")
    job.ask_again()
    return job


def _something_new(last: ReportJob) -> None:
    tip = RecordHead.objects.get(pk=1)
    if not Report.objects.filter(job=last).exists():
        raise PlanRefused(f"Edition {last.edition} is not published yet: wait for it.")
    if tip.seq == last.record_seq:
        raise PlanRefused(
            f"Nothing was published since edition {last.edition}: another would say the same."
        )


@transaction.atomic
def _plan(schedule: ReportSchedule, month: Month, *, edition: int) -> tuple[ReportJob | None, bool]:
    """One job, pinned to the tip of the record; None while the record is empty."""
    tip = RecordHead.objects.filter(pk=1).first()
    if tip is None or tip.at is None:
        return None, False
    earlier = schedule.jobs.filter(period_start__lt=month.first) | schedule.jobs.filter(
        period_start=month.first, edition__lt=edition
    )
    return ReportJob.objects.get_or_create(
        key=f"{schedule.slug}:{month}:{edition}",
        defaults={
            "schedule": schedule,
            "period_start": month.first,
            "period_end": month.last,
            "edition": edition,
            "cutoff_at": month.cutoff(schedule.cutoff_days),
            "record_seq": tip.seq,
            "record_at": tip.at,
            "previous_seq": earlier.aggregate(tip=Max("record_seq"))["tip"],
        },
    )


def work(job: ReportJob, *, clock: Callable[[], dt.datetime]) -> Report:
    """Build and publish a claimed job's report. Raises LeaseLost if another worker took over."""

    def tell(done: int, total: int) -> None:
        job.renew(at=clock(), progress=done, total=total)

    draft = build(Issue.of(job), after_section=tell)
    return publish(job, draft, at=clock())


@transaction.atomic
def publish(job: ReportJob, draft: Draft, *, at: dt.datetime) -> Report:
    """Store the report and end its job together, or neither. Raises LeaseLost.

    The fence is checked first: its row lock keeps any other worker out until commit.
    """
    job.finish(at=at)
    report = Report.objects.create(
        job=job,
        edition=job.edition,
        title=draft.title,
        language=job.schedule.language,
        period_start=job.period_start,
        period_end=job.period_end,
        cutoff_at=job.cutoff_at,
        record_seq=job.record_seq,
        record_at=job.record_at,
        published_at=at,
        checksum=draft.checksum,
        content=draft.content,
    )
    ReportItem.objects.bulk_create(
        ReportItem(report=report, key=i.key, figure=i.figure, query=i.query, rows=i.rows)
        for i in draft.items
    )
    return report
