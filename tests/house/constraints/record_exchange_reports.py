"""The record, imports, reports."""

import datetime as dt
from typing import Any

from django.utils import timezone

from exchange.models import ImportBatch, RejectedRow, Release
from incidents.models import PublishedIncident, RecordHead
from reports.models import Report, ReportItem, ReportJob, ReportSchedule
from tests import make
from tests.house.constraints.registry import EARLY, LATE, case, change, twice


def published_row(**more: Any) -> PublishedIncident:
    row = PublishedIncident.objects.get(public_id=make.published().public_id)
    row.seq += 1000
    row.version += 1
    row.valid_to = row.valid_from + dt.timedelta(days=1)
    for name, value in more.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def batch(**more: Any) -> ImportBatch:
    values = {"key": "ucdp:1", "started_by": make.ed()} | more
    return ImportBatch.objects.create(**values)


def schedule(**more: Any) -> ReportSchedule:
    values = {"slug": "mali", "country": make.country(), "language": "en", "starts_on": EARLY}
    return ReportSchedule.objects.get_or_create(slug="mali", defaults=values | more)[0]


def job(**more: Any) -> ReportJob:
    values = {
        "key": f"monthly:{timezone.now().timestamp()}",
        "schedule": schedule(),
        "period_start": EARLY,
        "period_end": LATE,
        "cutoff_at": timezone.now(),
        "record_at": timezone.now(),
        "record_seq": 0,
    }
    return ReportJob.objects.create(**values | more)


def report() -> Report:
    return Report.objects.create(
        job=job(),
        title="Mali",
        language="en",
        period_start=EARLY,
        period_end=LATE,
        cutoff_at=timezone.now(),
        record_at=timezone.now(),
        record_seq=0,
        published_at=timezone.now(),
        checksum="0",
        content={},
    )


@case("record_head_is_single")
def _() -> None:
    RecordHead.objects.create(pk=2)


@case("record_unique_version")
def _() -> None:
    published_row(version=1)


@case("record_one_current")
def _() -> None:
    published_row(valid_to=None)


@case("record_validity_ordered")
def _() -> None:
    published_row(valid_to=timezone.now() - dt.timedelta(days=9))


@case("record_dates_ordered")
def _() -> None:
    published_row(date_start=LATE, date_end=EARLY)


@case("record_listed_iff_public")
def _() -> None:
    published_row(is_listed=False)


@case("record_tombstone_is_bare")
def _() -> None:
    published_row(is_listed=False, status="withdrawn", reason="safety")


@case("record_killed_ordered")
def _() -> None:
    published_row(killed_low=3, killed_high=1)


@case("record_is_append_only")
def _() -> None:
    change(PublishedIncident.objects.get(public_id=make.published().public_id), title="Other")


@case("import_counts_add_up")
def _() -> None:
    batch(rows_read=3, rows_accepted=1, rows_rejected=1)


@case("rejected_row_once")
def _() -> None:
    one = batch()
    twice(lambda: RejectedRow.objects.create(batch=one, line=2, column="best", reason="x"))


def release(**more: Any) -> Release:
    now = timezone.now()
    values = {
        "slug": "2026-q3",
        "title": "Third quarter of 2026",
        "record_seq": 1,
        "record_at": now,
        "published_at": now,
        "incidents": 1,
        "sha256": "0" * 64,
        "datasets": [],
    }
    return Release.objects.create(**values | more)


@case("release_slug_form")
def _() -> None:
    release(slug="Q3_2026")


@case("release_has_title")
def _() -> None:
    release(title="")


@case("release_not_empty")
def _() -> None:
    release(incidents=0)


@case("release_sha256_form")
def _() -> None:
    release(sha256="0")


@case("release_after_its_record")
def _() -> None:
    release(published_at=timezone.now() - dt.timedelta(days=1))


@case("release_is_append_only")
def _() -> None:
    change(release(), title="Other")


@case("report_job_once_a_period")
def _() -> None:
    twice(job)


@case("report_job_period_ordered")
def _() -> None:
    job(period_start=LATE, period_end=EARLY)


@case("report_is_append_only")
def _() -> None:
    change(report(), title="Other")


def item(**more: Any) -> ReportItem:
    values = {"report": more.pop("report", None) or report(), "key": "killed", "figure": {}}
    return ReportItem.objects.create(**values | more)


@case("report_item_unique_key")
def _() -> None:
    whole = report()
    twice(lambda: item(report=whole))


@case("report_item_is_append_only")
def _() -> None:
    change(item(), key="wounded")
