"""Workers that end while letters and messages go out: each reader gets one, each receiver the same.

One moment cannot be closed: between the other side's acceptance and our commit. Who is killed
there has it sent again, and the repeat carries the same Message-ID or webhook-id. By default some
places are tried in one way each; RELIABILITY=all tries each in every way.
"""

import os
from collections import Counter

import pytest
from celery import current_app
from django.utils import timezone

from accounts.choices import Role
from core.jobs import JobState
from incidents.models import RecordHead
from reports.delivery import planning, tasks, webhooks
from reports.models import Alert, Dispatch, Letter, Watch, WebhookAttempt, WebhookMessage
from tests import make
from tests.reports import stops, worker
from tests.reports.delivered import edition, subscribed
from tests.reports.killing import Place, at_commit, before, cases, ended, named, ring_for_jobs
from tests.reports.watched import watched

pytestmark = pytest.mark.django_db(transaction=True)

EXTENT = os.environ.get("RELIABILITY", "")
READERS = [f"reader{n}@example.org" for n in range(3)]
# The second of three: one is done before it, one waits after it.
SECOND = "NEW.id = {pk}"
CLAIMED = f"{SECOND} AND NEW.state = 'running' AND OLD.state <> 'running'"
DONE = f"{SECOND} AND NEW.state = 'done'"
HANDED = f"{SECOND} AND NEW.handed_at IS NOT NULL AND OLD.handed_at IS NULL"
LETTER, MESSAGE, TRY = "reports_letter", "reports_webhookmessage", "reports_webhookattempt"

MAIL = [
    before("between two readers, the next not claimed", "UPDATE", LETTER, CLAIMED),
    at_commit("committing the claim", "UPDATE", LETTER, CLAIMED),
    Place("connecting to the mail server", stage="greeting"),
    before("connected, nothing handed over", "UPDATE", LETTER, HANDED),
    at_commit("committing that it is handed over", "UPDATE", LETTER, HANDED),
    Place("before MAIL", stage="MAIL"),
    Place("before RCPT", stage="RCPT"),
    Place("before the text of the letter", stage="DATA"),
    Place("within the text of the letter", stage="body"),
    Place("taken, not answered", stage="end", twice=True),
    before("answered, ending the job", "UPDATE", LETTER, DONE, twice=True),
    at_commit("committing the end", "UPDATE", LETTER, DONE),
    at_commit("committing the end, which is lost", "UPDATE", LETTER, DONE, twice=True,
              is_lost=True),
    at_commit("committed, not acknowledged", "UPDATE", LETTER, DONE, before_ack=True),
    Place("done, parting from the mail server", stage="QUIT"),
]  # fmt: skip
HOOK = [
    before("message taken, not claimed", "UPDATE", MESSAGE, CLAIMED),
    at_commit("committing the claim", "UPDATE", MESSAGE, CLAIMED),
    Place("within the request", stage="request", twice=True),
    before("answered, noting the attempt", "INSERT", TRY, "NEW.message_id = {pk}", twice=True),
    before("answered, ending the job", "UPDATE", MESSAGE, DONE, twice=True),
    at_commit("committing the end", "UPDATE", MESSAGE, DONE),
    at_commit("committing the end, which is lost", "UPDATE", MESSAGE, DONE, twice=True,
              is_lost=True),
    at_commit("committed, not acknowledged", "UPDATE", MESSAGE, DONE, before_ack=True),
]  # fmt: skip
PLAN = [
    before("noting the edition", "INSERT", "reports_dispatch", "true"),
    before("making the letters of an edition", "INSERT", LETTER, "NEW.kind = 'edition'"),
    at_commit("committing the letters of an edition", "INSERT", LETTER, "NEW.kind = 'edition'"),
    before("making an alert", "INSERT", "reports_alert", "true"),
    before("making the letter of an alert", "INSERT", LETTER, "NEW.kind = 'alert'"),
    before("moving the search on", "UPDATE", "reports_watch", "NEW.told_seq <> OLD.told_seq"),
    at_commit("committing an alert", "INSERT", "reports_alert", "true"),
    at_commit("committed, not acknowledged", "INSERT", "reports_alert", "true", before_ack=True),
]
CHILD, BOTH = "child killed", "parent and child killed"
OF_MAIL = cases(MAIL, EXTENT, {
    ("between two readers, the next not claimed", CHILD), ("before the text of the letter", BOTH),
    ("answered, ending the job", BOTH),
})  # fmt: skip
OF_HOOKS = cases(HOOK, EXTENT, {("within the request", BOTH)})
OF_PLANS = cases(PLAN, EXTENT, {("committing an alert", BOTH)})


@pytest.fixture(autouse=True)
def log(tmp_path):
    worker.broker().flushdb()
    yield tmp_path / "worker.log"
    stops.disarm()
    worker.broker().flushdb()


def second_of(kind):
    """The second row in the order of the work."""
    return kind.objects.order_by("created_at", "pk")[1]


def all_done(kind):
    return not kind.objects.exclude(state=JobState.DONE).exists()


@pytest.mark.parametrize(("place", "way"), OF_MAIL, ids=named(OF_MAIL))
def test_every_reader_gets_one_mail_wherever_and_however_a_worker_ends(
    log, post_office, place, way
):
    for address in READERS:
        subscribed(address)
    Letter.objects.all().delete()
    # More than a connection takes in at once, so that its end is still to be sent.
    edition(written={"lead": "words " * 600_000 if place.stage == "body" else ""})
    planning.plan(timezone.now())
    second = second_of(Letter)

    ended(
        place.of(second.pk), way, post_office, log, kind=Letter, is_done=lambda: all_done(Letter),
        ring=ring_for_jobs, EMAIL_URL=post_office.url,
        is_committed=lambda: Letter.objects.get(pk=second.pk).state == JobState.DONE,
    )  # fmt: skip

    copies = Counter(post_office.readers)
    assert copies.pop(second.address) == place.copies(way)
    assert copies == {address: 1 for address in READERS if address != second.address}
    ids = {(mail["To"], mail["Message-ID"]) for mail in post_office.mails}
    assert ids == {
        (one.address, f"<{one.uid}@127.0.0.1>") for one in Letter.objects.select_related()
    }
    assert max(Letter.objects.values_list("attempts", flat=True)) <= 2


@pytest.mark.parametrize(("place", "way"), OF_HOOKS, ids=named(OF_HOOKS))
def test_every_receiver_is_told_with_one_id_wherever_and_however_a_worker_ends(
    log, local, listening, place, way
):
    ada = make.person("ada", Role.ADMINISTRATOR)
    hook = listening()
    past = timezone.now() - timezone.timedelta(minutes=1)
    for name in ("first", "second", "third"):
        webhooks.register(name, hook.url, ["report.published"], by=ada, at=past)
    edition()
    planning.plan(timezone.now())
    second = second_of(WebhookMessage)

    ended(
        place.of(second.pk), way, hook, log, kind=WebhookMessage,
        is_done=lambda: all_done(WebhookMessage), ring=ring_for_jobs, WEBHOOK_LOCAL="1",
        is_committed=lambda: WebhookMessage.objects.get(pk=second.pk).state == JobState.DONE,
    )  # fmt: skip

    told = Counter((headers["webhook-id"], body) for _path, headers, body in hook.requests)
    expected = {
        (f"msg_{one.uid.hex}", one.body.encode()): 1 for one in WebhookMessage.objects.all()
    }
    expected[f"msg_{second.uid.hex}", second.body.encode()] = place.copies(way)
    assert told == expected
    assert WebhookAttempt.objects.count() == 3
    assert {one.webhook.failures for one in WebhookMessage.objects.all()} == {0}


@pytest.mark.parametrize(("place", "way"), OF_PLANS, ids=named(OF_PLANS))
def test_an_edition_and_an_alert_are_planned_once_wherever_and_however_a_worker_ends(
    log, place, way
):
    for address in READERS:
        subscribed(address)
    for number in range(2):
        watched(email=f"alerts{number}@example.org")
    Letter.objects.all().delete()
    edition()
    make.published()

    def planned():
        return Dispatch.objects.exists() and Alert.objects.count() == 2

    ended(
        place, way, None, log, kind=None, is_done=planned, is_committed=Alert.objects.exists,
        ring=lambda: current_app.send_task("reports.plan_delivery"),
    )  # fmt: skip
    tasks.plan_delivery()
    tasks.plan_delivery()

    kinds = Counter(Letter.objects.values_list("kind", flat=True))
    assert kinds == {"edition": len(READERS), "alert": 2}
    assert Alert.objects.count() == 2
    assert Dispatch.objects.count() == 1
    assert set(Watch.objects.values_list("told_seq", flat=True)) == {RecordHead.objects.get().seq}
