"""The commands: default schedules, and one report on demand."""

import io

import pytest
from celery import current_app
from django.core.management import CommandError, call_command

from reports.management.commands import build_report
from reports.models import Report, ReportJob, ReportSchedule
from reports.schedules.starting import CONTINENT, DEFAULTS
from tests import make
from tests.reports import worker


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def _places(db):
    for default in DEFAULTS:
        if default.place.isupper():
            make.country(default.place)
        elif default.place != CONTINENT:
            make.body(default.place)
        if default.campaign:
            make.campaign(default.campaign)


@pytest.mark.usefixtures("_places")
def test_the_default_schedules_are_made_once():
    assert f"{len(DEFAULTS)} schedules made" in run("schedules")
    ReportSchedule.objects.update(is_active=False)
    assert "0 schedules made" in run("schedules")
    assert not ReportSchedule.objects.filter(is_active=True).exists()


def test_schedules_need_the_reference_data(db):
    with pytest.raises(CommandError, match="make seed"):
        run("schedules")


@pytest.fixture
def _quiet_broker(transactional_db):
    worker.broker().flushdb()
    yield
    worker.broker().flushdb()


@pytest.mark.usefixtures("_quiet_broker")
def test_asking_twice_plans_one_job(mali_committed):
    for _ in range(2):
        assert "waiting" in run("build_report", "--country", "MLI", "--period", "2022-07")

    assert ReportJob.objects.count() == 1
    assert not ReportSchedule.objects.get().is_active


@pytest.mark.usefixtures("_quiet_broker")
def test_without_a_worker_the_remedy_is_told(mali_committed, monkeypatch):
    monkeypatch.setattr(build_report, "PING_TIMEOUT", 0.2)

    with pytest.raises(CommandError, match="No worker answers"):
        run("build_report", "--country", "MLI", "--period", "2022-07", "--wait")


@pytest.mark.usefixtures("_quiet_broker")
def test_a_worker_that_lives_but_takes_no_job_is_told(mali_committed, monkeypatch, tmp_path):
    monkeypatch.setattr(build_report, "IDLE_TIMEOUT", 1)
    log = tmp_path / "worker.log"

    with worker.working(log, "--queues", "elsewhere"):
        worker.until(lambda: current_app.control.ping(timeout=1), log=log)
        with pytest.raises(CommandError, match="does not take the job"):
            run("build_report", "--country", "MLI", "--period", "2022-07", "--wait")


@pytest.mark.usefixtures("_quiet_broker")
def test_with_a_worker_the_command_waits_until_it_is_published(
    mali_committed, monkeypatch, tmp_path
):
    # A worker that does one thing at a time answers nobody while it builds.
    monkeypatch.setattr(build_report, "PING_TIMEOUT", 30)
    log = tmp_path / "worker.log"

    with worker.working(log):
        told = run("build_report", "--country", "MLI", "--period", "2022-07", "--wait")

    report = Report.objects.get()
    assert f"/reports/{report.public_id}/" in told
    assert report.checksum in told


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("--country", "XXX", "--period", "2022-07"), "neither a country"),
        (("--body", "nobody", "--period", "2022-07"), "neither a country"),
        (("--country", "MLI", "--period", "July"), "write one of 2022-07-21"),
        (("--country", "MLI", "--period", "2099-01"), "not over"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(mali, words, remedy):
    with pytest.raises(CommandError, match=remedy):
        run("build_report", *words)
