"""Signs of life, alarms, the operators' page and its verbs."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry
from core.jobs import LEASE, JobState, LeaseLost
from exchange.models import ImportBatch
from reports.models import Alarm, Heartbeat, ReportJob
from reports.operations import alarms, heartbeats, verbs
from reports.questions import JobsQuestion
from tests import make
from tests.desk import signed_in
from tests.reports import worker
from tests.reports.conftest import JULY, planned

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WORKER, BEAT = Heartbeat.Kind.WORKER, Heartbeat.Kind.BEAT


def alive(at=NOW, **more):
    """A worker and a beat that do what they are for."""
    values = {"started_at": at, "lived_at": at, "worked_at": at, "sent_at": at}
    Heartbeat.objects.create(kind=WORKER, name="celery@one", **values | more)
    Heartbeat.objects.create(kind=BEAT, name="beat@one", **values)


def kinds(at=NOW):
    return {str(alarm.kind.value) for alarm in alarms.seen(at)}


@pytest.fixture
def ada(db):
    return signed_in(Client(), make.person("ada", Role.ADMINISTRATOR))


@pytest.fixture
def job(mali):
    worker.broker().flushdb()
    yield planned()
    worker.broker().flushdb()


def test_a_site_without_worker_and_beat_says_so(db):
    assert kinds() == {"no_worker", "silent_beat"}


def test_all_is_well_while_worker_and_beat_work(db):
    alive()

    assert kinds() == set()
    assert kinds(NOW + 2 * heartbeats.period()) == set()


def test_two_periods_of_silence_are_an_alarm(db):
    alive()

    assert kinds(NOW + 2 * heartbeats.period() + SECOND) == {"no_worker", "silent_beat"}


def test_a_worker_that_lives_but_does_not_execute_its_messages_is_an_alarm(db):
    alive()
    later = NOW + 2 * heartbeats.period() + SECOND
    Heartbeat.objects.update(lived_at=later)

    assert kinds(later) == {"idle_worker"}
    (alarm,) = alarms.seen(later)
    assert "celery@one lives but has not executed for 61 s" in alarms.told(alarm)


def test_a_worker_that_is_busy_with_a_long_job_is_none(db):
    alive(active=1)
    later = NOW + dt.timedelta(minutes=20)
    Heartbeat.objects.update(lived_at=later)

    assert kinds(later) == set()


def test_a_message_that_comes_late_does_not_count_for_a_newer_one(db):
    alive()
    sent = (NOW - heartbeats.period()).isoformat()

    heartbeats.works(WORKER, "celery@one", sent_at=sent, at=NOW + SECOND)

    assert Heartbeat.objects.get(kind=WORKER).worked_at == NOW


def test_a_job_that_waits_beside_a_free_worker_is_an_alarm(job):
    at = job.created_at + alarms.LATE + SECOND
    alive(at)

    assert kinds(at) == {"jobs_wait"}
    Heartbeat.objects.filter(kind=WORKER).update(active=1)
    assert kinds(at) == set()


def test_failed_jobs_and_jobs_abandoned_again_and_again_are_alarms(job):
    at = timezone.now()
    for n in range(alarms.MANY_ATTEMPTS):
        held = ReportJob.claim(job.pk, at=at + n * 2 * LEASE)
    alive(at)
    assert kinds(at) == {"leases_lost"}

    held.fail(at=at, reason="no memory", retry=False)
    assert kinds(at) == {"jobs_failed"}
    assert kinds(at + alarms.RECENT + SECOND) >= {"no_worker"} - {"jobs_failed"}
    held.cancel(at=at, reason="Known.")
    assert kinds(at) == set()


def watch(at):
    alarms.watch(at)
    return len(mail.outbox)


def test_an_alarm_is_mailed_once_when_it_lasts_and_again_when_it_comes_back(db, settings):
    settings.ADMINS = [("Ada", "ada@example.org")]
    period = heartbeats.period()
    alive()
    silent = NOW + 3 * period
    Heartbeat.objects.filter(kind=WORKER).update(lived_at=silent + 90 * period, worked_at=None,
                                                 started_at=silent + 90 * period)  # fmt: skip

    assert watch(silent) == 0  # it may pass
    assert watch(silent + period) == 1
    assert [watch(silent + n * period) for n in (2, 3, 4)] == [1, 1, 1]
    assert mail.outbox[0].to == ["ada@example.org"]
    assert mail.outbox[0].subject == "Vigil: No beat rings"
    assert "Nothing was heard for 90 s." in mail.outbox[0].body

    Heartbeat.objects.filter(kind=BEAT).update(lived_at=silent + 5 * period)
    assert watch(silent + 5 * period) == 1
    assert not Alarm.objects.filter(ended_at=None).exists()
    assert watch(silent + 9 * period) == 1
    assert watch(silent + 10 * period) == 2


@pytest.mark.django_db(transaction=True)
def test_five_that_look_at_once_keep_one_row_and_send_one_mail(settings):
    settings.ADMINS = [("Ada", "ada@example.org")]
    alive()
    gate = threading.Barrier(5)
    later = NOW + 3 * heartbeats.period()

    def look():
        try:
            for n in range(3):
                gate.wait()
                alarms.watch(later + n * heartbeats.period())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Alarm.objects.values_list("kind", flat=True)) == ["no_worker", "silent_beat"]
    assert len(mail.outbox) == 2


def test_health_tells_of_the_work_apart_from_the_pages(db, client):
    answer = client.get("/healthz/work")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "worker": False, "beat": False, "jobs": True}
    assert client.get("/healthz").status_code == 200

    alive(timezone.now())
    assert client.get("/healthz/work").status_code == 200


def test_the_page_shows_jobs_processes_and_alarms(ada, job):
    now = timezone.now()
    alive(now)
    held = ReportJob.claim(job.pk, at=now)
    held.renew(at=now, progress=3, total=9)

    page = ada.get("/desk/jobs/").content.decode()

    for told in (job.key, "3 of 9", "leased until", "celery@one", "beat@one", "works",
                 "None: worker and beat work, no job has failed."):  # fmt: skip
        assert told in page
    assert f"/desk/jobs/reportjob/{job.pk}/" in page


def batches(number):
    return [
        ImportBatch.objects.create(key=f"ucdp:{n}", format="ucdp", file_name="ged.csv",
                                   file_sha256=str(n), started_by=make.ed())
        for n in range(number)
    ]  # fmt: skip


def walk(question, side):
    """Keys page by page as the links lead."""
    found, cursor = [], ""
    while True:
        page = JobsQuestion(question | ({"cursor": cursor} if cursor else {})).page(3)
        found.append([job.key for job in page.rows])
        cursor = getattr(page, side)
        if not cursor:
            return found, page


def test_pages_of_all_kinds_together_show_each_job_once(mali):
    keys = [batch.key for batch in batches(2)]
    keys += [planned(period=JULY.shifted(-n)).key for n in range(3)]
    keys += [ImportBatch.objects.create(key=f"other:{n}", format="ucdp", file_name="x",
                                        file_sha256=f"x{n}", started_by=make.ed()).key
             for n in range(2)]  # fmt: skip

    forth, last = walk({}, "next")
    assert [len(page) for page in forth] == [3, 3, 1]
    assert [key for page in forth for key in page] == keys[::-1]
    back = JobsQuestion({"cursor": last.previous}).page(3)
    assert [job.key for job in back.rows] == forth[1]
    assert len(walk({"kind": "importbatch"}, "next")[0]) == 2
    assert walk({"state": "done"}, "next")[0] == [[]]


@pytest.mark.parametrize("asked", ["state=sleeping", "kind=cake", "cursor=x", "colour=red"])
def test_what_the_page_does_not_understand_is_refused(ada, asked):
    for path in ("/desk/jobs/", "/desk/jobs/now/"):
        assert ada.get(f"{path}?{asked}").status_code == 400


def test_a_failed_job_is_retried_rung_for_and_audited(ada, job, django_capture_on_commit_callbacks):
    now = timezone.now()
    ReportJob.claim(job.pk, at=now).fail(at=now, reason="no disk", retry=False)
    address = f"/desk/jobs/reportjob/{job.pk}/"
    assert "no disk" in ada.get(address).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = ada.post(f"{address}act/", {"verb": "retry"}, follow=True)

    assert "The job waits for a worker." in answer.content.decode()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.reason) == (JobState.QUEUED, 0, "")
    assert worker.broker().llen(worker.QUEUE) == 1
    entry = AuditEntry.objects.get(noun="job")
    assert (entry.verb, entry.by, entry.detail["key"]) == ("retry", "ada", job.key)


def test_a_running_job_is_cancelled_and_its_worker_may_write_no_more(ada, job):
    now = timezone.now()
    held = ReportJob.claim(job.pk, at=now)

    ada.post(f"/desk/jobs/reportjob/{job.pk}/act/", {"verb": "cancel"})

    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.CANCELLED, "Cancelled by ada.")
    assert ReportJob.claim(job.pk, at=now + 9 * LEASE) is None
    with pytest.raises(LeaseLost):
        held.renew(at=now, progress=1)
    with pytest.raises(LeaseLost):
        held.finish(at=now)
    assert AuditEntry.objects.get(noun="job").detail["was"] == "running"


def test_what_does_not_fit_the_state_is_refused_with_the_state(ada, job):
    ReportJob.objects.update(state=JobState.DONE)

    for verb in ("retry", "cancel"):
        answer = ada.post(f"/desk/jobs/reportjob/{job.pk}/act/", {"verb": verb}, follow=True)
        assert "This job is done now: nothing was changed." in answer.content.decode()
    assert ada.post(f"/desk/jobs/reportjob/{job.pk}/act/", {"verb": "x"}).status_code == 400
    assert ada.get("/desk/jobs/reportjob/999999/").status_code == 404
    assert not AuditEntry.objects.filter(noun="job").exists()


def test_an_import_can_be_cancelled_but_is_begun_again_by_its_file(db):
    (batch,) = batches(1)
    ada = make.person("ada", Role.ADMINISTRATOR)

    verbs.cancel(batch, by=ada, at=NOW)
    with pytest.raises(verbs.JobRefused, match="naming its file"):
        verbs.retry(batch, by=ada, at=NOW)


def test_a_page_that_refreshes_itself_keeps_no_session_awake(ada):
    from allauth.usersessions.models import UserSession

    before = timezone.now() - dt.timedelta(minutes=5)
    UserSession.objects.update(last_seen_at=before)

    assert ada.get("/desk/jobs/now/").status_code == 200
    assert UserSession.objects.get().last_seen_at == before
    assert ada.get("/desk/jobs/").status_code == 200
    assert UserSession.objects.get().last_seen_at > before
