"""Alerts that are due. Looking twice, or five times at once, tells once."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from core.questions import ParametersRefused
from reports.models import Alert, Letter, LetterKind, Rhythm, Subscriber, Watch
from reports.watches.changes import Found, Tip, changes, tip
from reports.watches.watching import following

logger = logging.getLogger("vigil.reports.watches")

A_ROUND = 500


def plan(at: dt.datetime) -> list[Alert]:
    """Look at every search that is due; the alerts that came of it."""
    behind = Q(told_seq__lt=tip().seq) | ~Q(rhythm=Rhythm.INSTANT)
    due = _due(at).filter(behind).order_by("due_at", "pk").values_list("pk", flat=True)
    found = []
    for pk in list(due[:A_ROUND]):
        try:
            found.append(look(pk, at=at))
        except Exception:
            # The others are not to wait for it; it is looked at again in a minute.
            logger.exception("saved search %s failed", pk)
    return [alert for alert in found if alert is not None]


def _due(at: dt.datetime) -> QuerySet[Watch]:
    return Watch.objects.filter(confirmed_at__isnull=False, stopped_at__isnull=True, due_at__lte=at)


@transaction.atomic
def look(pk: int, *, at: dt.datetime) -> Alert | None:
    """What is new to one search, as an alert with its letter; None if nothing is.

    The search moves on to the tip of the record in the same transaction, so that no interval is
    told twice. One that can no longer be asked is stopped, and its reader is told why, once.
    """
    # An address is locked before what it wants: see `reports.delivery.consent`.
    Subscriber.objects.select_for_update(no_key=True, of=("self",)).filter(watches=pk).first()
    watch = _due(at).select_for_update(skip_locked=True).filter(pk=pk).first()
    if watch is None:
        return None
    since, until = Tip(watch.told_seq, watch.told_at), tip()
    watch.due_at = following(watch.rhythm, at)
    alert = None
    if until.seq > since.seq:
        try:
            with translation.override(watch.language):
                found = changes(watch.query, since, until, watch.alerts.all())
        except ParametersRefused as refused:
            stop(watch, refused, at=at)
            return None
        watch.told_seq, watch.told_at = until.seq, until.at
        alert = _made(watch, found, since, until, at) if found else None
    watch.save()
    return alert


def _made(watch: Watch, found: Found, since: Tip, until: Tip, at: dt.datetime) -> Alert:
    last = watch.alerts.order_by("-number").first()
    alert = Alert.objects.create(
        watch=watch,
        number=last.number + 1 if last else 1,
        since_seq=since.seq,
        until_seq=until.seq,
        since_at=since.at,
        until_at=until.at or at,
        entries=found.entries,
        counts=found.counts,
        made_at=at,
    )
    _post(LetterKind.ALERT, watch, f"alert:{watch.uid}:{alert.number}", alert=alert)
    return alert


def stop(watch: Watch, refused: ParametersRefused, *, at: dt.datetime) -> None:
    """End a search that can no longer be asked, and say why."""
    told = (f"{one.parameter}={one.value}: {one.detail}" for one in refused.refusals)
    watch.stopped_at, watch.stop_reason, watch.due_at = at, "; ".join(told), None
    watch.save()
    _post(LetterKind.STOPPED, watch, f"stopped:{watch.uid}:{at.isoformat()}")


def _post(kind: LetterKind, watch: Watch, key: str, alert: Alert | None = None) -> None:
    Letter.objects.create(
        key=key,
        kind=kind,
        subscriber=watch.subscriber,
        person=watch.owner,
        watch=watch,
        alert=alert,
    )
