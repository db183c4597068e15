"""Workers that end at every place of the work, in every way: one report, with the same checksum.

By default every other place is tried in one way, in turn; RELIABILITY=all tries each in every way,
and RELIABILITY=steps every step of building besides: see `python -m tests.reliability`.
"""

import os
import signal

import pytest
from django.utils import timezone

from core.jobs import JobState
from reports import tasks
from reports.building import build, checksum
from reports.choices import Release
from reports.figures import Issue
from reports.models import Manuscript, Report, ReportJob, ReportSchedule, ReportStep
from reports.sections import SECTIONS
from tests.reports import stops, worker
from tests.reports.conftest import around, mali_in_july, planned

pytestmark = pytest.mark.django_db(transaction=True)

EXTENT = os.environ.get("RELIABILITY", "")
PLACES = stops.places(list(range(1, len(SECTIONS) + 1)) if EXTENT == "steps" else stops.spread(4))
WAYS = list(stops.ENDS)
EVERY = [(place, way) for place in PLACES for way in WAYS]
CASES = EVERY if EXTENT else [(p, WAYS[n % len(WAYS)]) for n, p in enumerate(PLACES[1::2])]


@pytest.fixture
def job():
    worker.broker().flushdb()
    around()
    mali_in_july()
    yield planned()
    stops.disarm()
    worker.broker().flushdb()


@pytest.fixture
def log(tmp_path):
    return tmp_path / "worker.log"


def is_done(job):
    return ReportJob.objects.filter(pk=job.pk, state=JobState.DONE).exists()


def run_out(job):
    """As if a dead worker's lease had run out."""
    past = timezone.now() - timezone.timedelta(seconds=1)
    ReportJob.objects.filter(pk=job.pk, state=JobState.RUNNING).update(leased_until=past)


def rung_until_done(job):
    """What beat does, more often."""
    if is_done(job):
        return True
    tasks.ring_due_jobs()
    return False


def the_report(job):
    report = Report.objects.get()
    assert report.job_id == job.pk
    assert report.checksum == checksum(report.content)
    return report


def stop_there(job, place, process, log):
    """The worker stands at the place; before an acknowledgement its parent stands too."""
    worker.ring(job.pk)
    worker.until(stops.somebody_waits, log=log)
    if place.before_ack:
        os.kill(process.pid, signal.SIGSTOP)


def end(process, place, way):
    stops.ENDS[way](process)
    if place.before_ack and way != "parent and child killed":
        os.kill(process.pid, signal.SIGCONT)


@pytest.mark.parametrize(
    ("place", "way"), CASES, ids=[f"{place.name}: {way}" for place, way in CASES]
)
def test_one_report_comes_out_wherever_and_however_a_worker_ends(job, log, place, way):
    expected = build(Issue.of(job)).checksum

    with worker.working(log, "-n", "first@%h", pool="prefork") as first:
        with stops.held(place):
            stop_there(job, place, first, log)
            if not place.before_ack:
                end(first, place, way)
        # What a killed worker's connection was about to commit, PostgreSQL commits all the same.
        stops.disarm()
        if place.before_ack:
            worker.until(lambda: is_done(job), log=log)
            end(first, place, way)
        lives_on = way == "child killed" and first.poll() is None
        if not lives_on:
            first.wait(worker.PATIENCE)
        run_out(job)
        if lives_on:
            worker.until(lambda: rung_until_done(job), log=log)
    if not is_done(job):
        with worker.working(log, "-n", "second@%h"):
            worker.until(lambda: rung_until_done(job), log=log)

    assert the_report(job).checksum == expected
    assert not ReportStep.objects.exists()
    assert ReportJob.objects.get().attempts <= 2


def test_a_resumed_report_writes_no_step_twice(job, log):
    expected = build(Issue.of(job)).checksum
    middle = len(SECTIONS) // 2 + 1
    (at_step,) = stops.at_steps([middle])
    with stops.held(at_step), worker.working(log) as first:
        worker.ring(job.pk)
        worker.until(stops.somebody_waits, log=log)
        kept = list(ReportStep.objects.values_list("pk", "number"))
        worker.kill(first)
    assert [number for _pk, number in kept] == list(range(1, middle))

    run_out(job)
    (ending,) = [place for place in PLACES if place.name == "ending the job"]
    stops.disarm()
    with worker.working(log):
        with stops.held(ending):
            tasks.ring_due_jobs()
            worker.until(stops.somebody_waits, log=log)
            at_the_end = list(ReportStep.objects.values_list("pk", "number"))
        worker.until(lambda: is_done(job), log=log)

    assert at_the_end[: middle - 1] == kept
    assert [number for _pk, number in at_the_end] == list(range(1, len(SECTIONS) + 1))
    assert the_report(job).checksum == expected


def test_a_reviewed_report_becomes_one_manuscript(job, log):
    ReportSchedule.objects.update(release=Release.REVIEWED)
    expected = build(Issue.of(job)).checksum
    storing = stops.Stop(
        "storing the manuscript",
        "CONSTRAINT TRIGGER held AFTER INSERT ON reports_manuscript "
        f"{stops.AT_COMMIT} FOR EACH ROW",
    )

    with stops.held(storing), worker.working(log, "-n", "first@%h") as first:
        worker.ring(job.pk)
        worker.until(stops.somebody_waits, log=log)
        worker.kill(first)
    stops.disarm()
    run_out(job)
    with worker.working(log, "-n", "second@%h"):
        for _ in range(5):
            worker.ring(job.pk)
        # What the killed one had taken stays unacknowledged for half an hour; the queue empties.
        worker.until(
            lambda: rung_until_done(job) and not worker.broker().llen(worker.QUEUE), log=log
        )

    assert Manuscript.objects.get().checksum == expected
    assert not Report.objects.exists()


def test_a_cancelled_job_leaves_no_result_and_can_be_asked_for_again(job, log):
    expected = build(Issue.of(job)).checksum
    counting = stops.Stop("counting", table="incidents_publishedincident")

    with worker.working(log):
        with stops.held(counting):
            worker.ring(job.pk)
            worker.until(stops.somebody_waits, log=log)
            assert job.cancel(at=timezone.now(), reason="Not needed.")
        worker.until(lambda: "or cancelled" in log.read_text(), log=log)
        assert not Report.objects.exists()
        assert ReportJob.objects.get().state == JobState.CANCELLED

        tasks.ring_due_jobs()
        worker.until(worker.idle, log=log)
        assert ReportJob.objects.get().state == JobState.CANCELLED

        assert job.ask_again()
        worker.until(lambda: rung_until_done(job), log=log)

    assert the_report(job).checksum == expected
