"""Which letters and messages follow from what was published. Planning twice plans once."""

import datetime as dt
import json
import logging
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from core.dates import moment_text
from core.jobs import JobState
from incidents.models import PublishedIncident, RecordHead
from reports.delivery import links
from reports.delivery.subscribing import readers
from reports.models import (
    Dispatch,
    Event,
    Letter,
    LetterKind,
    Report,
    Webhook,
    WebhookMessage,
)

logger = logging.getLogger("vigil.reports.delivery")

# Rows of letters and messages that are done are deleted after this time.
KEPT = dt.timedelta(days=90)


def plan(at: dt.datetime) -> None:
    """Plan for each edition and for each change of the record that has not been told."""
    waiting = Report.objects.filter(dispatch__isnull=True).defer("content", "written")
    for report in waiting.select_related("job__schedule").order_by("published_at", "pk"):
        try:
            dispatch(report, at=at)
        except Exception:
            # The others are not to wait for it; it is planned again in a minute.
            logger.exception("the mails of report %s are not planned", report.public_id)
    for webhook in Webhook.objects.filter(stopped_at__isnull=True).order_by("pk"):
        if Event.RECORD_CHANGED in webhook.events:
            tell_of_record(webhook.pk)


@transaction.atomic
def dispatch(report: Report, *, at: dt.datetime) -> bool:
    """Make every letter and message of an edition, once; False if that is done already."""
    _row, is_new = Dispatch.objects.get_or_create(report=report, defaults={"planned_at": at})
    if not is_new:
        return False
    Letter.objects.bulk_create(
        [
            Letter(
                key=f"edition:{report.public_id}:{subscriber.uid}",
                kind=LetterKind.EDITION,
                subscriber=subscriber,
                report=report,
            )
            for subscriber in readers(report)
        ],
        batch_size=1000,
    )
    _tell_webhooks(report, at)
    return True


def _tell_webhooks(report: Report, at: dt.datetime) -> None:
    told = Webhook.objects.filter(
        stopped_at__isnull=True,
        created_at__lte=report.published_at,
        events__contains=[Event.REPORT_PUBLISHED],
    )
    if not told:
        return
    body = json.dumps(_report(report, at), ensure_ascii=False)
    WebhookMessage.objects.bulk_create(
        WebhookMessage(
            key=f"webhook:{webhook.uid}:report:{report.public_id}",
            webhook=webhook,
            event=Event.REPORT_PUBLISHED,
            report=report,
            body=body,
        )
        for webhook in told
    )


def _report(report: Report, at: dt.datetime) -> dict[str, Any]:
    schedule = report.job.schedule
    return {
        "type": Event.REPORT_PUBLISHED,
        "timestamp": moment_text(at),
        "data": {
            "id": report.public_id,
            "title": report.title,
            "schedule": schedule.slug,
            "language": report.language,
            "edition": report.edition,
            "period_start": report.period_start.isoformat(),
            "period_end": report.period_end.isoformat(),
            "published_at": moment_text(report.published_at),
            "checksum": report.checksum,
            "url": links.absolute(reverse("reports:detail", args=[report.public_id])),
            "api": links.absolute(reverse("api:reports-detail", args=[report.public_id])),
        },
    }


@transaction.atomic
def tell_of_record(pk: int) -> WebhookMessage | None:
    """One message about everything since the last one; None if nothing was published since."""
    webhook = Webhook.objects.select_for_update().get(pk=pk)
    tip = RecordHead.objects.filter(pk=1).first()
    if tip is None or tip.at is None or tip.seq <= webhook.told_seq:
        return None
    since, webhook.told_seq = webhook.told_seq, tip.seq
    webhook.save(update_fields=["told_seq"])
    versions = PublishedIncident.objects.filter(seq__gt=since, seq__lte=tip.seq)
    statuses = versions.order_by().values_list("status").annotate(Count("seq"))
    changes = f"{reverse('api:incident-changes')}?since={since}"
    body = {
        "type": Event.RECORD_CHANGED,
        "timestamp": moment_text(tip.at),
        "data": {
            "since": since,
            "until": tip.seq,
            "versions": dict(sorted(statuses)),
            "changes": links.absolute(changes),
        },
    }
    return WebhookMessage.objects.create(
        key=f"webhook:{webhook.uid}:record:{tip.seq}",
        webhook=webhook,
        event=Event.RECORD_CHANGED,
        body=json.dumps(body, ensure_ascii=False),
    )


def tidy(at: dt.datetime) -> int:
    """Delete rows of what was delivered long ago; `Dispatch` keeps it from being sent again."""
    old = {"state": JobState.DONE, "finished_at__lt": at - KEPT}
    letters, _kinds = Letter.objects.filter(**old).delete()
    messages, _kinds = WebhookMessage.objects.filter(**old).delete()
    return letters + messages
