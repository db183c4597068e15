"""Webhooks: signed, tried again, and stopped in the end."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import re

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry
from core.jobs import JobState
from reports.delivery import outward, planning, webhooks
from reports.models import Webhook, WebhookAttempt, WebhookMessage
from tests import make
from tests.accounts.conftest import visitor
from tests.desk import signed_in
from tests.reports.delivered import delivered, edition, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make.person("ada", Role.ADMINISTRATOR, email="ada@example.org")


def registered(ada, url, *events):
    return webhooks.register(
        "Ministry", url, events or ["report.published"], by=ada,
        at=timezone.now() - dt.timedelta(minutes=1),
    )  # fmt: skip


def is_signed(secret, headers, body):
    """The receiver's side, as standardwebhooks.com writes it down, without any code of ours."""
    key = base64.b64decode(re.fullmatch(r"whsec_(.+)", secret)[1])
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, told, hashlib.sha256)).decode()
    given = [one.partition(",") for one in headers["webhook-signature"].split()]
    return any(v == "v1" and hmac.compare_digest(s, expected) for v, _, s in given)


def test_the_signature_is_that_of_the_published_example():
    """Secret, id, moment and body from the specification's own test vector."""
    from reports.delivery.signatures import signature

    made = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
        b'{"test": 2432232314}',
    )  # fmt: skip

    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_published_edition_is_delivered_signed(local, listening, ada):
    hook = listening()
    _webhook, secret = registered(ada, hook.url)
    report = edition()

    planning.plan(timezone.now())
    delivered()

    ((path, headers, body),) = hook.requests
    said = json.loads(body)
    assert path == "/hook?key=1"
    assert is_signed(secret, headers, body)
    assert not is_signed(secret, headers, body + b" ")
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert said["type"] == "report.published"
    assert said["data"]["id"] == report.public_id
    assert said["data"]["url"] == f"http://127.0.0.1:8000/reports/{report.public_id}/"
    assert (
        visitor().get(said["data"]["api"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    )


def test_an_edition_is_told_once_however_often_it_is_planned(local, listening, ada):
    hook = listening()
    registered(ada, hook.url)
    edition()

    for _ in range(3):
        planning.plan(timezone.now())
        delivered()

    assert len(hook.requests) == 1


def test_changes_of_the_record_are_told_by_the_interval_that_holds_them(local, listening, ada):
    make.published(place="Old")
    hook = listening()
    registered(ada, hook.url, "record.changed")
    planning.plan(timezone.now())
    make.published(place="Kati")
    make.incident(place="Draft")
    make.published(place="Segou")

    planning.plan(timezone.now())
    planning.plan(timezone.now())
    delivered()

    (told,) = [json.loads(body)["data"] for _path, _headers, body in hook.requests]
    feed = visitor().get(told["changes"].removeprefix("http://127.0.0.1:8000")).json()
    assert told["versions"] == {"published": 2}
    assert [one["seq"] for one in feed["results"]] == [told["since"] + 1, told["until"]]
    assert "Draft" not in str(hook.requests)


def test_a_failed_delivery_is_tried_again_with_the_same_id_and_bytes(local, listening, ada):
    hook = listening((500, {}, b"<b>broken</b>"), (200, {}, b""))
    registered(ada, hook.url)
    edition()
    planning.plan(timezone.now())

    delivered()
    message = WebhookMessage.objects.get()
    assert message.state == JobState.QUEUED
    assert message.leased_until > timezone.now() + dt.timedelta(seconds=50)
    delivered()
    assert len(hook.requests) == 1
    delivered(at=timezone.now() + dt.timedelta(minutes=2))
    WebhookMessage.objects.update(leased_until=timezone.now() - dt.timedelta(seconds=1))
    delivered()

    one, other = hook.requests
    assert one[1]["webhook-id"] == other[1]["webhook-id"]
    assert one[2] == other[2]
    assert WebhookMessage.objects.get().state == JobState.DONE
    assert [(a.status, a.is_success) for a in WebhookAttempt.objects.all()] == [
        (500, False), (200, True),
    ]  # fmt: skip
    assert Webhook.objects.get().failures == 0


def test_a_receiver_that_says_it_is_gone_is_stopped_at_once(local, listening, ada):
    hook = listening((410, {}, b""))
    registered(ada, hook.url)
    edition()
    planning.plan(timezone.now())

    delivered()

    assert "410" in Webhook.objects.get().stop_reason
    assert WebhookMessage.objects.get().state == JobState.FAILED
    edition(number=2)
    planning.plan(timezone.now())
    assert WebhookMessage.objects.count() == 1


def test_after_many_failures_in_a_row_it_is_stopped_and_whoever_registered_it_is_told(
    local, listening, ada, monkeypatch
):
    monkeypatch.setattr(webhooks, "MOST_FAILURES", 2)
    hook = listening((503, {}, b"busy"))
    webhook, _secret = registered(ada, hook.url)
    for number in (1, 2, 3):
        edition(number=number)
    planning.plan(timezone.now())

    delivered()
    (message,) = posted()

    webhook.refresh_from_db()
    assert webhook.stop_reason == "2 attempts in a row failed; the last one: 503: busy"
    assert len(hook.requests) == 2
    assert message.to == ["ada@example.org"]
    assert "The webhook “Ministry” was stopped" in message.subject
    assert f"/desk/webhooks/{webhook.uid}/" in message.body
    assert not WebhookMessage.objects.filter(state=JobState.QUEUED, attempts=0).exists()


def test_a_redirect_is_not_followed(local, listening, ada):
    inner = listening()
    outer = listening((302, {"Location": inner.url}, b""))
    registered(ada, outer.url)
    edition()
    planning.plan(timezone.now())

    delivered()

    assert WebhookAttempt.objects.get().status == 302
    assert inner.connections == 0


@pytest.mark.parametrize(
    ("port", "said"),
    [(lambda hook: 9, "The connection failed (ConnectError"),
     (lambda hook: hook.server_port, "It did not answer in time (ReadTimeout)")],
)  # fmt: skip
def test_an_attempt_that_nobody_answers_says_what_happened(
    local, listening, ada, monkeypatch, port, said
):
    monkeypatch.setattr(outward, "STEP", 0.2)
    hook = listening()
    webhook, _secret = registered(ada, f"http://127.0.0.1:{port(hook)}/")

    with hook.holding():
        webhooks.ping(webhook, by=ada, at=timezone.now())
        delivered()

    assert WebhookAttempt.objects.get().detail.startswith(said)
    assert WebhookMessage.objects.get().reason.startswith(said)
    assert WebhookMessage.objects.get().state == JobState.QUEUED


def test_an_attempt_at_a_private_address_is_logged_and_counts_as_a_failure(ada, listening):
    hook = listening()
    webhook, _secret = registered(ada, "https://hook.example.org/")
    Webhook.objects.update(url=hook.url)
    webhooks.ping(webhook, by=ada, at=timezone.now())

    delivered()

    assert hook.connections == 0
    assert "begins with https" in WebhookAttempt.objects.get().detail
    assert Webhook.objects.get().failures == 1


def test_an_administrator_registers_tries_and_removes_a_webhook(ada, local, listening):
    hook = listening()
    client = signed_in(visitor(), ada)
    asked = {"name": "Ministry", "url": hook.url, "events": ["report.published"]}

    shown = client.post("/desk/webhooks/", asked).content.decode()
    secret = re.search(r"whsec_[\w+/=]+", shown)[0]
    webhook = Webhook.objects.get()
    page = f"/desk/webhooks/{webhook.uid}/"
    client.post(f"{page}act/", {"verb": "ping"})
    delivered()
    told = client.get(page).content.decode()
    listed = client.get("/desk/webhooks/").content.decode()

    assert is_signed(secret, hook.requests[0][1], hook.requests[0][2])
    assert secret not in told + listed + str(list(Webhook.objects.values()))
    assert secret not in str(list(AuditEntry.objects.values()))
    assert ": 200" in told
    client.post(f"{page}act/", {"verb": "remove"})
    assert not Webhook.objects.exists()
    assert not WebhookMessage.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://hook.example.org/",
        "https://127.0.0.1/",
        "https://hook/",
        "https://hook.example.org:8443/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_would_not_be_called_is_not_registered(ada, url):
    client = signed_in(visitor(), ada)

    answer = client.post(
        "/desk/webhooks/", {"name": "x", "url": url, "events": ["report.published"]}
    )

    assert answer.status_code == 400
    assert not Webhook.objects.exists()


def test_a_webhook_that_is_begun_again_is_not_told_of_the_past(ada, local, listening):
    hook = listening()
    client = signed_in(visitor(), ada)
    webhook, _secret = registered(ada, hook.url, "record.changed")
    page = f"/desk/webhooks/{webhook.uid}/act/"
    client.post(page, {"verb": "stop"})
    make.published()
    planning.plan(timezone.now())

    client.post(page, {"verb": "resume"})
    planning.plan(timezone.now())
    delivered()
    make.published(place="Segou")
    planning.plan(timezone.now())
    delivered()

    assert [json.loads(body)["data"]["versions"] for *_, body in hook.requests] == [
        {"published": 1}
    ]


def test_another_secret_signs_from_then_on(ada, local, listening):
    hook = listening()
    client = signed_in(visitor(), ada)
    webhook, before = registered(ada, hook.url)

    shown = client.post(f"/desk/webhooks/{webhook.uid}/act/", {"verb": "secret"}).content.decode()
    webhooks.ping(webhook, by=ada, at=timezone.now())
    delivered()

    secret = re.search(r"whsec_[\w+/=]+", shown)[0]
    ((_path, headers, body),) = hook.requests
    assert is_signed(secret, headers, body)
    assert not is_signed(before, headers, body)


def test_an_unknown_verb_is_refused(ada):
    webhook, _secret = registered(ada, "https://hook.example.org/")

    answer = signed_in(visitor(), ada).post(f"/desk/webhooks/{webhook.uid}/act/", {"verb": "x"})

    assert answer.status_code == 400
