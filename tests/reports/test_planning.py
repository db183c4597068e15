"""What schedules owe, and when; asking twice is asking once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs import MAX_ATTEMPTS, JobState, LeaseLost
from incidents import workflow as desk
from incidents.models import Incident
from reports import planning, tasks, workflow
from reports.choices import Cadence
from reports.models import Report, ReportJob, ReportSchedule
from reports.periods import Period
from reports.planning import PlanRefused
from tests import make
from tests.reports.conftest import NOW, built, planned, schedule


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_planning_twice_plans_once(mali):
    schedule()

    first = planning.plan_due(NOW)
    second = planning.plan_due(NOW)

    assert [job.key for job in first] == [
        f"monthly-mli-en:{month}:1" for month in ("2026-07", "2026-08", "2026-09")
    ]
    assert second == []
    assert ReportJob.objects.count() == 3


def test_a_long_pause_is_made_up_for_by_the_last_periods_only(mali):
    schedule()
    planning.plan_due(moment("2025-02-05T00:00:00"))

    late = planning.plan_due(NOW)

    assert len(late) == planning.CATCH_UP


@pytest.mark.parametrize(
    ("cadence", "periods"),
    [
        ("daily", ["2026-10-07", "2026-10-08", "2026-10-09"]),
        ("weekly", ["2026-W38", "2026-W39", "2026-W40"]),
        ("fortnightly", ["2026-08-H2", "2026-09-H1", "2026-09-H2"]),
        ("monthly", ["2026-07", "2026-08", "2026-09"]),
        ("quarterly", ["2026-Q1", "2026-Q2", "2026-Q3"]),
        ("yearly", ["2023", "2024", "2025"]),
    ],
)
def test_three_missed_periods_are_planned_once_each(mali, cadence, periods):
    schedule(cadence=cadence, cutoff_days=1)

    for _beat in range(5):
        planning.plan_due(NOW)

    jobs = ReportJob.objects.order_by("period_start")
    assert [job.key.split(":")[1] for job in jobs] == periods
    assert [(job.period_start, job.period_end) for job in jobs] == [
        (Period.parse(text).first, Period.parse(text).last) for text in periods
    ]


def test_a_period_is_due_when_it_is_over_where_the_schedule_lives(mali):
    schedule(cadence=Cadence.DAILY, cutoff_days=1, time_zone="Africa/Cairo")
    due = moment("2024-04-26T21:00:00")  # Cairo is three hours ahead by then

    before = planning.plan_due(due - dt.timedelta(seconds=1))
    at = planning.plan_due(due)

    assert [job.period_end for job in before][-1] == dt.date(2024, 4, 25)
    assert [job.period_end for job in at] == [dt.date(2024, 4, 26)]
    assert at[0].cutoff_at == due


def test_a_period_of_another_cadence_is_refused(mali):
    with pytest.raises(PlanRefused, match="reports monthly: 2022-W29 is another period"):
        planned(period=Period.parse("2022-W29"))


def test_a_switched_off_schedule_owes_nothing(mali):
    schedule(is_active=False)

    assert planning.plan_due(NOW) == []


def test_nothing_is_planned_while_the_record_is_empty(db):
    schedule()

    assert planning.plan_due(NOW) == []
    with pytest.raises(PlanRefused, match="The record is empty"):
        planned()


def test_a_month_that_is_not_over_is_refused(mali):
    with pytest.raises(PlanRefused, match="ask from 2026-11-01 on"):
        planned(period=Period.parse("2026-10"))


def test_a_further_edition_supersedes_the_first(report):
    kati = Incident.objects.get(title="Attack at Kati")
    desk.correct(kati, by=make.rita(), at=timezone.now(), notice="New source.")

    second = built(planned(again=True))

    assert (report.edition, second.edition) == (1, 2)
    assert second.record_seq > report.record_seq == second.job.previous_seq
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


@pytest.mark.parametrize("second", ["area", "region", "body"])
def test_the_database_refuses_a_schedule_of_two_places(db, second):
    country = make.country()
    places = {"area": make.area(), "region": "western", "body": make.body()}
    made = ReportSchedule(
        slug="odd", language="en", starts_on=dt.date(2022, 1, 1), country=country,
        **{second: places[second]},
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="schedule_one_place"), transaction.atomic():
        made.save()
    with pytest.raises(ValidationError):
        made.full_clean()


@pytest.mark.parametrize("topic", ["general", "actor", "campaign", "kidnapping", "supply_lines"])
@pytest.mark.parametrize("named", ["nothing", "actor", "campaign", "both"])
def test_a_schedule_names_what_its_topic_is_about_and_nothing_else(db, topic, named):
    subjects = {"actor": make.actor(), "campaign": make.campaign()}
    given = {name: one for name, one in subjects.items() if named in (name, "both")}
    made = ReportSchedule(
        slug="odd", language="en", starts_on=dt.date(2022, 1, 1), topic=topic, **given
    )
    is_right = named == (topic if topic in subjects else "nothing")

    if is_right:
        made.save()
        assert bool(made.subject) == (topic != "general")
        return
    with pytest.raises(IntegrityError, match="schedule_topic_names_it"), transaction.atomic():
        made.save()


def test_a_schedule_without_a_place_reports_the_continent(db):
    made = ReportSchedule(slug="africa", language="en", starts_on=dt.date(2022, 1, 1))

    assert (made.place, made.place_name) == ({}, "Africa")


def test_a_time_zone_that_is_unknown_is_refused(db):
    made = schedule(time_zone="Africa/Bamako")
    made.full_clean()

    made.time_zone = "Africa/Kati"
    with pytest.raises(ValidationError, match="is not a time zone"):
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
