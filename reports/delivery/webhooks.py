"""Register webhooks and deliver to them: signed, logged, tried again, in the end stopped."""

import datetime as dt
import json
import time
import uuid
from collections.abc import Callable, Sequence

import httpcore
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from core.dates import moment_text
from core.jobs import JobState
from incidents.models import RecordHead
from reports.delivery import outward, signatures
from reports.models import Event, Letter, LetterKind, Webhook, WebhookAttempt, WebhookMessage

# Failed attempts in a row after which a webhook is stopped.
MOST_FAILURES = 20
AGENT = "Vigil-Webhooks/1"
GONE = 410


@transaction.atomic
def register(
    name: str, url: str, events: Sequence[str], *, by: User, at: dt.datetime
) -> tuple[Webhook, str]:
    """A webhook and its secret. Raises AddressRefused."""
    outward.checked(url)
    secret = signatures.new_secret()
    head = RecordHead.objects.filter(pk=1).first()
    made = Webhook.objects.create(
        name=name, url=url, events=sorted(events), secret=signatures.encrypted(secret),
        created_at=at, created_by=by, told_seq=head.seq if head else 0,
    )  # fmt: skip
    audit.record("register", "webhook", made.uid, by=by, at=at, url=url, events=made.events)
    return made, secret


@transaction.atomic
def new_secret(webhook: Webhook, *, by: User, at: dt.datetime) -> str:
    """Another secret; the one before signs nothing any more."""
    secret = signatures.new_secret()
    webhook.secret = signatures.encrypted(secret)
    webhook.save(update_fields=["secret"])
    audit.record("change_secret", "webhook", webhook.uid, by=by, at=at)
    return secret


@transaction.atomic
def stop(webhook: Webhook, reason: str, *, at: dt.datetime, by: User | None = None) -> None:
    """Deliver nothing more; what waits is set aside. Whoever registered it is told, if not by him.

    The row is locked: of several failures at once one stops it.
    """
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if webhook.stopped_at is not None:
        return
    webhook.stopped_at, webhook.stop_reason = at, reason
    webhook.save(update_fields=["stopped_at", "stop_reason"])
    for message in webhook.messages.filter(state=JobState.QUEUED):
        message.cancel(at=at, reason="The webhook was stopped.")
    if by is not None:
        audit.record("stop", "webhook", webhook.uid, by=by, at=at)
    elif webhook.created_by.email:
        Letter.objects.create(
            key=f"webhook:{webhook.uid}:{at.isoformat()}",
            kind=LetterKind.WEBHOOK,
            person=webhook.created_by,
            webhook=webhook,
        )


@transaction.atomic
def resume(webhook: Webhook, *, by: User, at: dt.datetime) -> None:
    """Deliver again, from now on: what was missed is in the archive and the change feed."""
    head = RecordHead.objects.filter(pk=1).first()
    webhook.stopped_at, webhook.stop_reason, webhook.failures = None, "", 0
    webhook.told_seq = head.seq if head else 0
    webhook.save(update_fields=["stopped_at", "stop_reason", "failures", "told_seq"])
    audit.record("resume", "webhook", webhook.uid, by=by, at=at)


@transaction.atomic
def remove(webhook: Webhook, *, by: User, at: dt.datetime) -> None:
    """Forget a webhook with its messages; waits for an attempt that is being noted."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    audit.record("remove", "webhook", webhook.uid, by=by, at=at, url=webhook.url)
    webhook.delete()


@transaction.atomic
def ping(webhook: Webhook, *, by: User, at: dt.datetime) -> WebhookMessage:
    """A message that says nothing, to try the webhook."""
    body = {"type": Event.PING, "timestamp": moment_text(at), "data": {"webhook": webhook.name}}
    audit.record("ping", "webhook", webhook.uid, by=by, at=at)
    return WebhookMessage.objects.create(
        key=f"webhook:{webhook.uid}:ping:{uuid.uuid4()}",
        webhook=webhook,
        event=Event.PING,
        body=json.dumps(body, ensure_ascii=False),
    )


def deliver(message: WebhookMessage, *, clock: Callable[[], dt.datetime]) -> None:
    """Try a claimed message once, log the attempt, end or give back its job. Raises LeaseLost."""
    webhook = message.webhook
    if webhook.stopped_at is not None:
        message.fail(at=clock(), reason="The webhook was stopped.", retry=False)
        return
    began, status, detail = time.monotonic(), None, ""
    try:
        status, detail = _send(message, clock())
    except outward.AddressRefused as refused:
        detail = str(refused)
    except InvalidToken:
        detail = "SECRET_KEY has changed: give the webhook a new secret."
    except httpcore.TimeoutException as error:
        detail = f"It did not answer in time ({type(error).__name__})."
    except (OSError, httpcore.NetworkError, httpcore.ProtocolError) as error:
        detail = f"The connection failed ({type(error).__name__}: {error})."
    took = round((time.monotonic() - began) * 1000)
    _conclude(message, status, detail, took, at=clock())


def _send(message: WebhookMessage, at: dt.datetime) -> tuple[int, str]:
    webhook, body = message.webhook, message.body.encode()
    signed = signatures.headers(
        signatures.decrypted(webhook.secret), f"msg_{message.uid.hex}", int(at.timestamp()), body
    )
    more = {"Content-Type": "application/json", "User-Agent": AGENT}
    answer = outward.post(webhook.url, body, more | signed)
    return answer.status, "" if 200 <= answer.status < 300 else " ".join(answer.body.split())[:200]


@transaction.atomic
def _conclude(
    message: WebhookMessage, status: int | None, detail: str, took: int, *, at: dt.datetime
) -> None:
    webhook = Webhook.objects.select_for_update().get(pk=message.webhook_id)
    tried = WebhookAttempt.objects.create(
        message=message, number=message.tries.count() + 1, tried_at=at,
        status=status, milliseconds=took, detail=detail[:300],
    )  # fmt: skip
    if tried.is_success:
        message.finish(at=at)
        webhook.failures = 0
        webhook.save(update_fields=["failures"])
        return
    webhook.failures += 1
    webhook.save(update_fields=["failures"])
    reason = f"{status}: {detail}" if status else detail
    message.fail(at=at, reason=reason, retry=status != GONE)
    if status == GONE:
        stop(webhook, _("It answered that it is gone (410)."), at=at)
    elif webhook.failures >= MOST_FAILURES:
        told = _("%(n)s attempts in a row failed; the last one: %(reason)s")
        stop(webhook, told % {"n": webhook.failures, "reason": reason}, at=at)
