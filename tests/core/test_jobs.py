"""Jobs as rows: claimed by one, fenced, given back, given up."""

import datetime as dt

import pytest

from core.jobs import LEASE, MAX_ATTEMPTS, PAUSE, JobState, LeaseLost
from exchange.models import ImportBatch
from tests import make

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LATER = AT + LEASE + dt.timedelta(seconds=1)


@pytest.fixture
def job(db):
    return ImportBatch.objects.create(
        key="ucdp:abc", format="ucdp", file_name="ged.csv", file_sha256="abc",
        started_by=make.ed(),
    )  # fmt: skip


def claim(job, at=AT):
    return ImportBatch.claim(job.pk, at=at)


def test_a_claimed_job_is_leased_and_fenced(job):
    held = claim(job)

    assert (held.state, held.fence, held.attempts) == (JobState.RUNNING, 1, 1)
    assert held.leased_until == AT + LEASE
    assert claim(job) is None


def test_an_abandoned_job_can_be_claimed_when_its_lease_is_over(job):
    claim(job)

    assert claim(job, AT + LEASE) is None
    assert claim(job, LATER).fence == 2


def test_the_former_holder_can_write_nothing(job):
    former, _holder = claim(job), claim(job, LATER)

    for write in (
        lambda: former.renew(at=LATER, progress=1),
        lambda: former.finish(at=LATER),
        lambda: former.fail(at=LATER, reason="late", retry=True),
    ):
        with pytest.raises(LeaseLost):
            write()
    job.refresh_from_db()
    assert (job.state, job.fence, job.progress) == (JobState.RUNNING, 2, 0)


def test_renewing_extends_the_lease_and_tells_the_progress(job):
    held = claim(job)
    held.renew(at=LATER, progress=3, total=9)
    held.renew(at=LATER, progress=4)

    job.refresh_from_db()
    assert (job.progress, job.total, job.leased_until) == (4, 9, LATER + LEASE)


def test_a_finished_job_is_never_claimed_again(job):
    claim(job).finish(at=AT)

    assert claim(job, LATER) is None
    job.refresh_from_db()
    assert (job.state, job.finished_at) == (JobState.DONE, AT)


def test_a_failed_attempt_waits_before_the_next(job):
    claim(job).fail(at=AT, reason="no disk", retry=True)

    assert claim(job, AT + PAUSE) is None
    assert claim(job, AT + PAUSE * 2).attempts == 2


def test_the_last_failure_ends_the_job_with_its_reason(job):
    at = AT
    for _ in range(MAX_ATTEMPTS):
        claim(job, at).fail(at=at, reason="no disk", retry=True)
        at += dt.timedelta(hours=1)

    job.refresh_from_db()
    assert (job.state, job.reason) == (JobState.FAILED, "no disk")
    assert claim(job, at) is None


def test_a_failure_that_cannot_heal_ends_at_once(job):
    claim(job).fail(at=AT, reason="not a CSV file", retry=False)

    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_jobs_abandoned_too_often_are_given_up(job):
    at = AT
    for _ in range(MAX_ATTEMPTS):
        claim(job, at)
        assert ImportBatch.objects.give_up(at) == 0
        at += LEASE * 2

    assert claim(job, at) is None
    assert ImportBatch.objects.give_up(at) == 1
    job.refresh_from_db()
    assert "Given up after 5 attempts" in job.reason


def test_a_failed_job_can_be_asked_for_again(job):
    assert not job.ask_again()
    claim(job).fail(at=AT, reason="no disk", retry=False)

    assert job.ask_again()
    assert claim(job).attempts == 1
