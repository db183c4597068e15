"""A real worker that lives but does not work: seen, told, and ended by itself."""

import time

import pytest
from celery import current_app

from reports.models import Alarm, Heartbeat
from tests.reports import worker
from vigil.pulse import MOST_UNHEARD

pytestmark = pytest.mark.django_db(transaction=True)
PERIOD = 0.5
FAST = {"HEARTBEAT": str(PERIOD)}


@pytest.fixture
def log(tmp_path):
    worker.broker().flushdb()
    yield tmp_path / "worker.log"
    worker.broker().flushdb()


def heard(kind):
    return Heartbeat.objects.filter(kind=kind, worked_at__isnull=False).exists()


def test_worker_and_beat_give_their_signs_of_life_and_take_leave(log, tmp_path):
    with (
        worker.working(log, "-n", "lively@%h", **FAST) as process,
        worker.running(worker.beat(tmp_path / "beat", log=log, **FAST)),
    ):
        worker.until(lambda: heard("worker") and heard("beat"), log=log)
        row = Heartbeat.objects.get(kind="worker")
        assert row.name.startswith("lively@")
        assert row.sent_at <= row.worked_at
        process.terminate()
        process.wait(worker.PATIENCE)

    assert not Heartbeat.objects.filter(kind="worker").exists()


@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_a_worker_that_takes_no_more_messages_is_told_and_ends_itself(log, pool, record_property):
    with worker.working(log, "-n", "deaf@%h", pool=pool, **FAST) as process:
        worker.until(lambda: heard("worker"), log=log)
        name = Heartbeat.objects.get().name
        # As after celery#10205: the process lives, its consumer reads no queue.
        for queue in (worker.QUEUE, f"{name}.dq2"):
            current_app.control.cancel_consumer(queue, destination=[name])
        began = time.monotonic()
        code = process.wait(worker.PATIENCE)
        record_property("seconds", round(time.monotonic() - began, 1))

    assert code != 0
    assert "takes no more messages although the broker answers" in log.read_text()
    assert Alarm.objects.filter(kind="idle_worker", subject=name).exists()
    assert time.monotonic() - began < (MOST_UNHEARD + 3) * PERIOD + 15
