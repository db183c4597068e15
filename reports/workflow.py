"""Build reports and publish them. Each verb is safe to repeat and to interrupt."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from reports.building import Draft, Step, build
from reports.choices import Release
from reports.figures import Issue, Item
from reports.models import (
    Manuscript,
    Report,
    ReportItem,
    ReportJob,
    ReportPicture,
    ReportSchedule,
    ReportStep,
)
from reports.schedules.telling import refuse_untold


def work(job: ReportJob, *, clock: Callable[[], dt.datetime]) -> Report | Manuscript:
    """Build a claimed job's report from where an attempt before was cut off.

    Publishes it, or lays it before its writers if the schedule wants that. Raises LeaseLost if
    another worker took over, SubjectUntold where readers may not know what it is about.
    """
    refuse_untold(job.schedule)

    def keep(step: Step, total: int) -> None:
        with transaction.atomic():
            job.renew(at=clock(), progress=step.number, total=total)
            ReportStep.objects.create(job=job, **vars(step))

    draft = build(Issue.of(job), kept=_kept(job), keep=keep)
    return _end(job, draft, at=clock())


@transaction.atomic
def _end(job: ReportJob, draft: Draft, *, at: dt.datetime) -> Report | Manuscript:
    """Publish, or lay before writers if the schedule wants that now or did when it was planned.

    What is published cannot be taken back: an editor who asks for review while a report is being
    built gets it.
    """
    schedule = ReportSchedule.objects.select_for_update(no_key=True).get(pk=job.schedule_id)
    refuse_untold(schedule)
    if Release.REVIEWED in (schedule.release, job.planned_for.release):
        return lay_before_writers(job, draft, at=at)
    return publish(job, draft, at=at)


def _kept(job: ReportJob) -> dict[int, Step]:
    columns = ("number", "name", "section", "items", "pictures")
    return {row["number"]: Step(**row) for row in job.steps.values(*columns)}


@transaction.atomic
def publish(job: ReportJob, draft: Draft, *, at: dt.datetime) -> Report:
    """Store the report and end its job together, or neither. Raises LeaseLost.

    The fence is checked first: its row lock keeps any other worker out until commit.
    """
    job.finish(at=at)
    job.steps.all().delete()
    return store(job, draft, at=at, written={})


@transaction.atomic
def lay_before_writers(job: ReportJob, draft: Draft, *, at: dt.datetime) -> Manuscript:
    """Store what was generated for analysts, and end the job. Raises LeaseLost."""
    job.finish(at=at)
    job.steps.all().delete()
    return Manuscript.objects.create(
        job=job,
        title=draft.title,
        content=draft.content,
        items=[vars(item) for item in draft.items],
        pictures=draft.pictures,
        checksum=draft.checksum,
        created_at=at,
        updated_at=at,
    )


def store(job: ReportJob, draft: Draft, *, at: dt.datetime, written: dict[str, Any]) -> Report:
    """The published report with its figures and drawings; the caller holds the transaction."""
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
        written=written,
    )
    ReportItem.objects.bulk_create(
        ReportItem(report=report, key=i.key, figure=i.figure, query=i.query, rows=i.rows)
        for i in draft.items
    )
    ReportPicture.objects.bulk_create(
        ReportPicture(report=report, key=key, svg=svg) for key, svg in draft.pictures.items()
    )
    return report


def drafted(manuscript: Manuscript) -> Draft:
    """What was generated for a manuscript, unchanged."""
    return Draft(
        manuscript.title,
        manuscript.content,
        [Item(**item) for item in manuscript.items],
        manuscript.pictures,
        manuscript.checksum,
    )
