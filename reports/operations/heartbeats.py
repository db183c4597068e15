"""Signs of life. A process says that it lives; a message that comes back says that it works."""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from reports.models.operations import Heartbeat
from reports.operations import alarms

logger = logging.getLogger("vigil.operations")

WORKER, BEAT = Heartbeat.Kind.WORKER, Heartbeat.Kind.BEAT
# Rows of processes that are gone for so long are removed.
FORGOTTEN = dt.timedelta(days=1)


def period() -> dt.timedelta:
    """How often worker and beat give a sign of life."""
    return dt.timedelta(seconds=settings.HEARTBEAT)


def began(kind: Heartbeat.Kind, name: str, *, at: dt.datetime) -> None:
    """A process of this name has started; what was known of the one before is forgotten."""
    new = {"started_at": at, "lived_at": at, "worked_at": None, "sent_at": None, "active": 0}
    Heartbeat.objects.update_or_create(kind=kind, name=name, defaults=new)


def lives(kind: Heartbeat.Kind, name: str, *, at: dt.datetime, active: int = 0) -> Heartbeat:
    """The process says that it lives; returns what is known of it."""
    row, _is_new = Heartbeat.objects.update_or_create(
        kind=kind,
        name=name,
        defaults={"lived_at": at, "active": active},
        create_defaults={"lived_at": at, "active": active, "started_at": at},
    )
    return row


def works(kind: Heartbeat.Kind, name: str, *, sent_at: str, at: dt.datetime) -> None:
    """A worker executed a message of this process that was sent at `sent_at` (ISO 8601).

    One that comes late changes nothing.
    """
    sent = dt.datetime.fromisoformat(sent_at)
    older = Heartbeat.objects.filter(kind=kind, name=name).exclude(sent_at__gte=sent)
    older.update(worked_at=at, sent_at=sent)


def stopped(kind: Heartbeat.Kind, name: str) -> None:
    """The process ends as it was asked to: its silence is no alarm."""
    Heartbeat.objects.filter(kind=kind, name=name).delete()


def beat_ticks(name: str) -> dict[str, str]:
    """In the process of beat: say that it lives, look for alarms; what its message carries."""
    at = timezone.now()
    close_old_connections()
    try:
        lives(BEAT, name, at=at)
        Heartbeat.objects.filter(lived_at__lt=at - FORGOTTEN).delete()
        alarms.watch(at)
    except Exception:
        # The message goes out all the same: the worker's part does not hang on this one.
        logger.exception("Beat could not write its sign of life")
    return {"name": name, "sent_at": at.isoformat()}


def beat_was_heard(beat: dict[str, Any], *, at: dt.datetime) -> None:
    """A worker executed the message of a beat."""
    works(BEAT, beat["name"], sent_at=beat["sent_at"], at=at)
