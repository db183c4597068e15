"""Beat once, twice and five times over, clocks that jump, an emptied broker: nothing twice or lost.

RELIABILITY=all tries more of each: see `python -m tests.reliability`.
"""

import datetime as dt
import os
import time
from contextlib import ExitStack
from itertools import pairwise

import pytest
from django.utils import timezone

from core.jobs import JobState
from reports import planning
from reports.models import Heartbeat, Report, ReportJob, ReportSchedule
from reports.periods import Period
from tests.reports import stops, worker
from tests.reports.conftest import around, mali_in_july, planned, schedule

EXTENT = os.environ.get("RELIABILITY", "")
FAST = {"JOB_BELL": "0.5", "HEARTBEAT": "1"}
BEATS = (1, 2, 5) if EXTENT else (5,)
JOBS = 12 if EXTENT else 4
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def quiet(transactional_db):
    worker.broker().flushdb()
    around()
    mali_in_july()
    yield
    stops.disarm()
    worker.broker().flushdb()


@pytest.fixture
def log(tmp_path):
    return tmp_path / "celery.log"


def open_jobs():
    reasons = list(ReportJob.objects.exclude(reason="").values_list("key", "reason"))
    assert reasons == []
    return ReportJob.objects.exclude(state=JobState.DONE).exists()


def each_once(expected):
    """Every job is done, in one attempt, with one report."""
    jobs = list(ReportJob.objects.values_list("state", "attempts"))
    assert jobs == [(JobState.DONE, 1)] * expected
    assert Report.objects.count() == expected


@pytest.mark.parametrize("beats", BEATS)
def test_however_many_beats_ring_three_missed_periods_are_reported_once_each(
    quiet, log, tmp_path, beats, record_property
):
    today = timezone.now().date()
    schedule(cadence="daily", cutoff_days=1, starts_on=today - dt.timedelta(days=40))
    began = time.monotonic()

    with ExitStack() as running, worker.working(log, **FAST):
        for n in range(beats):
            running.enter_context(
                worker.running(worker.beat(tmp_path / f"beat{n}", log=log, **FAST))
            )
        worker.until(
            lambda: ReportJob.objects.count() == planning.CATCH_UP and not open_jobs(), log=log
        )
        record_property("seconds", round(time.monotonic() - began, 1))
        # And then each of them rings on for two rounds of planning.
        heard = timezone.now() + dt.timedelta(seconds=8 * float(FAST["JOB_BELL"]))
        lively = Heartbeat.objects.filter(kind="beat", worked_at__gt=heard)
        worker.until(lambda: lively.count() == beats, log=log)

    each_once(planning.CATCH_UP)


def test_an_emptied_broker_loses_no_job_that_waits_or_runs(quiet, log, tmp_path, record_property):
    months = [Period.parse("2022-07").shifted(-n) for n in range(JOBS)]
    jobs = [planned(period=month) for month in months]
    ReportSchedule.objects.update(is_active=False)
    (at_step,) = stops.at_steps([3])

    with (
        worker.running(worker.beat(tmp_path / "beat", log=log, **FAST)),
        worker.working(log, "-n", "one@%h", **FAST),
        worker.working(log, "-n", "two@%h", **FAST),
    ):
        with stops.held(at_step):
            for job in jobs:
                worker.ring(job.pk)
            worker.until(stops.somebody_waits, log=log)
            # Alone on its broker the long programme empties all of it.
            worker.broker().flushall() if EXTENT else worker.broker().flushdb()
        began = time.monotonic()
        worker.until(lambda: not open_jobs(), log=log)
        record_property("jobs", JOBS)
        record_property("seconds", round(time.monotonic() - began, 1))

    each_once(JOBS)


def readings(first, last, every):
    """What clocks show that go right, an hour ahead, an hour behind, and back and forth."""
    at, n = first, 0
    while at <= last:
        jump = (0, 1, -1, 0, 0, 1, 1, -1)[n % 8]
        yield at + jump * HOUR
        yield at
        at, n = at + every, n + 1


@pytest.mark.parametrize(
    ("zone", "cadence", "first", "last"),
    [
        # Egypt's clocks skip the hour from midnight on 25 April 2025 and repeat one on 30 October.
        ("Africa/Cairo", "daily", "2025-04-20", "2025-05-01"),
        ("Africa/Cairo", "daily", "2025-10-26", "2025-11-06"),
        # Morocco's go back for Ramadan and forward after it.
        ("Africa/Casablanca", "weekly", "2025-02-01", "2025-04-20"),
        ("Africa/Bamako", "fortnightly", "2024-02-01", "2024-04-20"),
        ("UTC", "monthly", "2023-12-01", "2024-04-05"),
    ],
)
def test_clocks_that_jump_and_change_double_no_period_and_leave_none_out(
    mali, zone, cadence, first, last
):
    begin, end = (dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) for day in (first, last))
    starts_on = begin.date()
    which = schedule(cadence=cadence, time_zone=zone, cutoff_days=1, starts_on=starts_on)
    every = dt.timedelta(hours=2 if cadence == "daily" else 12)

    planned_by = [job for at in readings(begin, end, every) for job in planning.plan_due(at)]

    jobs = which.jobs.order_by("period_start")
    periods = [Period.of(cadence, job.period_start) for job in jobs]
    assert len(planned_by) == len(periods) > 3
    assert periods[0] == Period.of(cadence, starts_on)
    assert all(later == earlier.following for earlier, later in pairwise(periods))
    # None before its end, by a clock that is at most an hour ahead; and none is owed any more.
    assert periods[-1].cutoff(1, which.zone) <= end + HOUR
    assert planning.plan_due(end) == []
    assert periods[-1].following.cutoff(1, which.zone) > end


@pytest.mark.parametrize("missed", [1, 2, 3])
def test_periods_that_were_missed_are_made_up_for_once(mali, missed):
    which = schedule(cadence="daily", cutoff_days=1, starts_on=dt.date(2025, 1, 1))
    at = dt.datetime(2025, 1, 2, 1, tzinfo=dt.UTC)
    planning.plan_due(at)

    later = at + dt.timedelta(days=missed)
    for _ in range(5):
        planning.plan_due(later)

    days = list(which.jobs.order_by("period_start").values_list("period_start", flat=True))
    assert days == [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(missed + 1)]
