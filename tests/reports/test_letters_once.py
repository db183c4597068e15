"""A letter is sent once, whatever is doubled or killed."""

import email
import threading

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone

from reports import tasks as bells
from reports.delivery import planning, tasks
from reports.models import Dispatch, Letter
from tests.reports import stops, worker
from tests.reports.delivered import edition, subscribed

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(number, work):
    """The same work so many times at once; what each returned."""
    gate, done = threading.Barrier(number), []

    def one():
        try:
            gate.wait()
            done.append(work())
        finally:
            connections.close_all()

    several = [threading.Thread(target=one) for _ in range(number)]
    for thread in several:
        thread.start()
    for thread in several:
        thread.join()
    return done


def test_five_planners_and_five_senders_at_once_send_one_mail_each():
    for number in range(3):
        subscribed(f"reader{number}@example.org")
    report = edition()
    before = len(mail.outbox)

    in_threads(5, lambda: planning.dispatch(report, at=timezone.now()))
    letters = list(Letter.objects.filter(kind="edition").values_list("pk", flat=True))
    in_threads(5, lambda: [tasks.send_letter(pk) for pk in letters])

    assert Dispatch.objects.count() == 1
    sent = sorted(m.to[0] for m in mail.outbox[before:])
    assert sent == [f"reader{number}@example.org" for number in range(3)]
    assert set(Letter.objects.filter(kind="edition").values_list("fence", flat=True)) == {1}


def statement_is_lost():
    """The server would finish what a dead worker had asked it: the machine goes down with it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )


KILLED = {
    "before it claims": ("NEW.state = 'running' AND OLD.state <> 'running'", 1),
    "before the mail server is called": ("NEW.handed_at IS NOT NULL AND OLD.handed_at IS NULL", 1),
    # No transaction spans the mail server and the database: the one moment that can repeat a mail.
    "after the server took it, before the commit": ("NEW.state = 'done'", 2),
}


@pytest.mark.parametrize("moment", KILLED)
def test_a_mail_is_sent_though_its_worker_is_killed(tmp_path, settings, moment):
    condition, copies = KILLED[moment]
    worker.broker().flushdb()
    subscribed()
    Letter.objects.all().delete()
    edition()
    planning.plan(timezone.now())
    letter = Letter.objects.get()
    box, log = tmp_path / "box", tmp_path / "worker.log"
    box.mkdir()
    place = stops.Stop(
        moment, f"TRIGGER held BEFORE UPDATE ON reports_letter FOR EACH ROW WHEN ({condition})"
    )

    with stops.held(place), worker.working(log, EMAIL_URL=f"filemail:///{box}") as first:
        bells.ring_due_jobs()
        worker.until(stops.somebody_waits, log=log)
        worker.kill(first)
        statement_is_lost()
    stops.disarm()
    Letter.objects.filter(state="running").update(leased_until=timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(box)
    tasks.send_letter(letter.pk)
    tasks.send_letter(letter.pk)

    # Opening a connection makes a file, even where nothing is sent through it.
    taken = [text for path in box.iterdir() if (text := path.read_bytes())]
    sent = [email.message_from_bytes(text) for text in taken]
    worker.broker().flushdb()
    letter.refresh_from_db()
    assert letter.state == "done"
    assert len(sent) == copies
    assert {m["Message-ID"] for m in sent} == {f"<{letter.uid}@127.0.0.1>"}
