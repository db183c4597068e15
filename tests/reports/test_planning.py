"""What schedules owe, and when; asking twice is asking once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs import MAX_ATTEMPTS, JobState, LeaseLost
from incidents import workflow as desk
from incidents.models import Incident
from reports import tasks, workflow
from reports.models import Report, ReportJob, ReportSchedule
from reports.periods import Month, finished
from reports.workflow import PlanRefused
from tests import make
from tests.reports.conftest import JULY, NOW, built, planned, schedule


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_a_month_knows_its_days_and_its_neighbours():
    february = Month.parse("2024-02")

    assert (february.first, february.last) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert february.shifted(-2) == Month(2023, 12)
    assert february.shifted(11) == Month(2025, 1)


@pytest.mark.parametrize("text", ["2022-13", "2022-7", "July", "", "２０２２-07", "0001-01"])
def test_what_is_no_month_is_refused_with_the_form(text):
    with pytest.raises(ValueError, match="write it as 2022-07"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("at", "newest"),
    [
        ("2022-08-02T23:59:59", "2022-06"),
        ("2022-08-03T00:00:00", "2022-07"),
        ("2024-03-03T00:00:00", "2024-02"),
        ("2025-01-02T12:00:00", "2024-11"),
        ("2025-01-03T00:00:00", "2024-12"),
    ],
)
def test_a_month_is_due_at_midnight_utc_of_its_cutoff_day(at, newest):
    due = finished(moment(at), 3, since=dt.date(2020, 1, 1), most=3)

    assert [str(month) for month in due][-1] == newest
    assert len(due) == 3


def test_nothing_is_due_from_before_a_schedule_began():
    due = finished(moment("2022-08-10T00:00:00"), 3, since=dt.date(2022, 7, 15), most=3)

    assert due == [JULY]


def test_planning_twice_plans_once(mali):
    schedule()

    first = workflow.plan_due(NOW)
    second = workflow.plan_due(NOW)

    assert [str(Month.of(job.period_start)) for job in first] == ["2026-07", "2026-08", "2026-09"]
    assert second == []
    assert ReportJob.objects.count() == 3


def test_a_long_pause_is_made_up_for_by_the_last_periods_only(mali):
    schedule()
    workflow.plan_due(moment("2025-02-05T00:00:00"))

    late = workflow.plan_due(NOW)

    assert len(late) == workflow.CATCH_UP


def test_a_switched_off_schedule_owes_nothing(mali):
    schedule(is_active=False)

    assert workflow.plan_due(NOW) == []


def test_nothing_is_planned_while_the_record_is_empty(db):
    schedule()

    assert workflow.plan_due(NOW) == []
    with pytest.raises(PlanRefused, match="The record is empty"):
        planned()


def test_a_month_that_is_not_over_is_refused(mali):
    with pytest.raises(PlanRefused, match="ask from 2026-11-01 on"):
        planned(month=Month(2026, 10))


def test_a_further_edition_supersedes_and_tells_what_changed(report):
    kati = Incident.objects.get(title="Attack at Kati")
    desk.correct(kati, by=make.rita(), at=timezone.now(), notice="New source.")

    second = built(planned(again=True))

    assert (report.edition, second.edition) == (1, 2)
    assert [row["id"] for row in second.content["corrections"]["changed"]] == [kati.public_id]
    assert Report.objects.count() == 2


def test_a_further_edition_needs_something_new(report):
    with pytest.raises(PlanRefused, match="Nothing was published since edition 1"):
        planned(again=True)


def test_a_further_edition_waits_for_the_first(mali):
    planned()

    with pytest.raises(PlanRefused, match="not published yet"):
        planned(again=True)


def test_asking_for_a_failed_report_queues_it_again(mali):
    job = planned()
    ReportJob.objects.filter(pk=job.pk).update(state=JobState.FAILED, attempts=MAX_ATTEMPTS)

    again = planned()

    assert (again.pk, again.state, again.attempts) == (job.pk, JobState.QUEUED, 0)


def test_the_database_refuses_a_second_job_for_a_period_and_edition(mali):
    job = planned()
    job.pk, job.key = None, "another-key"

    with pytest.raises(IntegrityError, match="report_job_once_a_period"), transaction.atomic():
        job.save(force_insert=True)


def test_the_database_refuses_a_period_that_ends_before_it_begins(mali):
    job = planned()
    job.period_end = job.period_start - dt.timedelta(days=1)

    with pytest.raises(IntegrityError, match="report_job_period_ordered"), transaction.atomic():
        job.save()


@pytest.mark.parametrize("both", [True, False])
def test_the_database_refuses_a_schedule_of_two_places_or_none(db, both):
    places = {"country": make.country(), "body": make.body()} if both else {}
    made = ReportSchedule(slug="odd", language="en", starts_on=dt.date(2022, 1, 1), **places)

    with pytest.raises(IntegrityError, match="schedule_one_scope"), transaction.atomic():
        made.save()
    with pytest.raises(ValidationError):
        made.full_clean()


def test_the_database_refuses_the_same_figure_twice(report):
    item = report.items.first()
    item.pk = None

    with pytest.raises(IntegrityError, match="report_item_unique_key"), transaction.atomic():
        item.save(force_insert=True)


def test_a_job_out_of_attempts_ends_with_a_reason(mali):
    job = planned()
    past = timezone.now() - dt.timedelta(minutes=5)
    ReportJob.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=MAX_ATTEMPTS, leased_until=past
    )

    ReportJob.objects.give_up(timezone.now())

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "Given up after 5 attempts" in job.reason


def test_a_build_that_fails_says_why_and_comes_back_later(mali, monkeypatch):
    job = planned()

    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(workflow, "build", broken)
    tasks.build_report(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert job.reason == "RuntimeError: the disk is full"
    assert not ReportJob.objects.due(timezone.now()).exists()
    assert ReportJob.objects.due(timezone.now() + dt.timedelta(minutes=1)).exists()


def test_a_worker_that_lost_its_lease_publishes_nothing(mali):
    job = planned()
    slow = ReportJob.claim(job.pk, at=timezone.now())
    late = timezone.now() + dt.timedelta(minutes=10)
    quick = ReportJob.claim(job.pk, at=late)
    workflow.work(quick, clock=lambda: late)

    with pytest.raises(LeaseLost):
        workflow.work(slow, clock=lambda: late)

    assert Report.objects.count() == 1


def test_a_message_for_a_job_that_is_gone_or_done_does_nothing(report):
    tasks.build_report(report.job_id)
    tasks.build_report(10**9)

    assert Report.objects.count() == 1
