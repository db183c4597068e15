"""A real worker builds reports; whatever is killed, lost or doubled, each is published once."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from core.jobs import JobState
from reports import planning
from reports.building import checksum
from reports.figures import Issue
from reports.models import Report, ReportJob
from tests.reports import worker
from tests.reports.conftest import around, mali_in_july, planned

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job(tmp_path):
    worker.broker().flushdb()
    around()
    mali_in_july()
    yield planned()
    worker.broker().flushdb()


@pytest.fixture
def log(tmp_path):
    return tmp_path / "worker.log"


def undisturbed(job):
    """The checksum of the report as it comes out when nothing happens."""
    from reports.building import build

    return build(Issue.of(job)).checksum


def done(job):
    return ReportJob.objects.filter(pk=job.pk, state=JobState.DONE).exists()


def the_report(job):
    """The one report there is, with the checksum of its content."""
    report = Report.objects.get()
    assert report.job_id == job.pk
    assert report.checksum == checksum(report.content)
    return report


def test_a_worker_builds_the_report_and_publishes_it_once(job, log):
    expected = undisturbed(job)

    with worker.working(log):
        for _ in range(5):
            worker.ring(job.pk)
        worker.until(lambda: done(job), log=log)
        worker.until(worker.idle, log=log)

    report = the_report(job)
    assert report.checksum == expected
    assert report.title == "Mali: situation report, July 2022"
    assert ReportJob.objects.get().attempts == 1
    assert report.items.count() > 20


def test_two_workers_that_hear_the_same_bell_ten_times_publish_one_report(job, log):
    for _ in range(10):
        worker.ring(job.pk)

    with worker.working(log, "-n", "one@%h"), worker.working(log, "-n", "two@%h"):
        worker.until(lambda: done(job) and worker.idle(), log=log)

    the_report(job)
    assert ReportJob.objects.get().fence == 1


def test_of_five_claims_at_once_one_wins(job):
    gate = threading.Barrier(5)
    won = []

    def claim():
        try:
            gate.wait()
            won.append(ReportJob.claim(job.pk, at=timezone.now()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=claim) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found is not None for found in won) == [False] * 4 + [True]


def test_five_planners_at_once_plan_each_report_once(job):
    ReportJob.objects.all().delete()
    gate = threading.Barrier(5)
    at = timezone.now()

    def plan():
        try:
            gate.wait()
            planning.plan_due(at)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=plan) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ReportJob.objects.count() == planning.CATCH_UP


def test_beat_rings_for_a_job_whose_message_the_broker_lost(job, log, tmp_path):
    expected = undisturbed(job)
    worker.ring(job.pk)
    worker.broker().flushdb()
    schedule = str(tmp_path / "beat")

    with worker.working(log, "--beat", "--schedule", schedule, JOB_BELL="1"):
        worker.until(lambda: done(job), log=log)

    assert Report.objects.get(job=job).checksum == expected
