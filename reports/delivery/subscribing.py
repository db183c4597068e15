"""Who gets what by mail: ask, confirm, leave. No answer tells whether an address is known."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import User
from reports.delivery import links
from reports.models import (
    Letter,
    LetterKind,
    Report,
    ReportSchedule,
    Subscriber,
    Subscription,
    Watch,
)

# So many requests to confirm reach one address in a day, whoever asks for them.
MOST_REQUESTS = 5
DAY = dt.timedelta(days=1)
# A second request for the same thing within this time sends no second letter.
PATIENCE = dt.timedelta(minutes=10)


@transaction.atomic
def ask(
    email: str,
    *,
    schedule: ReportSchedule | None = None,
    language: str = "",
    at: dt.datetime,
    by: User | None = None,
) -> Subscription:
    """Note that an address wants a series, or all reports in a language, and send it a request.

    What it confirmed before stays as it is, and nothing is sent.
    """
    subscriber = known(email, at=at)
    subscription, is_new = Subscription.objects.get_or_create(
        subscriber=subscriber,
        schedule=schedule,
        language="" if schedule else language,
        defaults={"asked_at": at, "added_by": by},
    )
    if by is not None and is_new:
        told = {"schedule": getattr(schedule, "slug", ""), "address": subscriber.masked}
        audit.record("add_recipient", "subscription", subscription.uid, by=by, at=at, **told)
    if subscription.confirmed_at is None:
        subscription.asked_at = at
        subscription.save(update_fields=["asked_at"])
        request(subscriber, at=at, subscription=subscription)
    return subscription


def known(email: str, *, at: dt.datetime) -> Subscriber:
    """The locked row of an address, made if there is none."""
    address = email.strip().lower()
    Subscriber.objects.bulk_create(
        [Subscriber(email=address, created_at=at)], ignore_conflicts=True
    )
    return Subscriber.objects.select_for_update().get(email=address)


def request(
    subscriber: Subscriber,
    *,
    at: dt.datetime,
    subscription: Subscription | None = None,
    watch: Watch | None = None,
) -> Letter | None:
    """Ask an address to confirm; None where it has been asked often enough."""
    sent = Letter.objects.filter(subscriber=subscriber, kind=LetterKind.CONFIRM)
    same = sent.filter(subscription=subscription, watch=watch)
    if same.filter(created_at__gt=at - PATIENCE).exists():
        return None
    if sent.filter(created_at__gt=at - DAY).count() >= MOST_REQUESTS:
        return None
    return Letter.objects.create(
        key=f"confirm:{uuid.uuid4()}",
        kind=LetterKind.CONFIRM,
        subscriber=subscriber,
        subscription=subscription,
        watch=watch,
    )


@transaction.atomic
def confirm(uid: uuid.UUID, *, at: dt.datetime) -> Subscription:
    """The address wants it. Twice does no harm. Raises LinkExpired if it was ended since."""
    subscription = Subscription.objects.select_for_update().filter(uid=uid).first()
    if subscription is None:
        raise links.LinkExpired
    if subscription.confirmed_at is None:
        subscription.confirmed_at = max(at, subscription.asked_at)
        subscription.save(update_fields=["confirmed_at"])
    return subscription


def covering(report: Report) -> Q:
    """Conditions on a subscription that brings this report."""
    schedule = report.job.schedule
    return Q(schedule=schedule) | Q(schedule__isnull=True, language=report.language)


def readers(report: Report) -> QuerySet[Subscriber]:
    """Those who had confirmed that they want it when it was published, each once."""
    wanted = Subscription.objects.filter(
        covering(report), confirmed_at__lte=report.published_at
    ).values("subscriber")
    return Subscriber.objects.filter(pk__in=wanted).order_by("pk")


@transaction.atomic
def leave(subscriber: uuid.UUID, schedule: int) -> None:
    """End what brings the reports of a schedule; forget the address if nothing is left."""
    found = Subscriber.objects.select_for_update().filter(uid=subscriber).first()
    series = ReportSchedule.objects.filter(pk=schedule).first()
    if found is None:
        return
    ended = Q(schedule=schedule)
    if series is not None:
        ended |= Q(schedule__isnull=True, language=series.language)
    found.subscriptions.filter(ended).delete()
    forget(found)


@transaction.atomic
def erase(subscriber: uuid.UUID) -> None:
    """End everything that an address gets, and forget it."""
    Subscriber.objects.filter(uid=subscriber).delete()


@transaction.atomic
def remove(subscription: Subscription, *, by: User, at: dt.datetime) -> None:
    """An editor takes a recipient off a series."""
    subscriber, schedule = subscription.subscriber, subscription.schedule
    told = {"schedule": getattr(schedule, "slug", ""), "address": subscriber.masked}
    audit.record("remove_recipient", "subscription", subscription.uid, by=by, at=at, **told)
    subscription.delete()
    forget(subscriber)


def forget(subscriber: Subscriber) -> bool:
    """Delete an address for which nothing is asked any more; whether it is gone."""
    if subscriber.subscriptions.exists() or subscriber.watches.exists():
        return False
    subscriber.delete()
    return True


@transaction.atomic
def expire(at: dt.datetime) -> int:
    """Delete what was not confirmed in time, and the addresses that asked; return how many."""
    late = {"confirmed_at__isnull": True, "asked_at__lt": at - links.LASTS}
    waiting = Subscription.objects.filter(**late).values("subscriber")
    watched = Watch.objects.filter(subscriber__isnull=False, **late).values("subscriber")
    several = Subscriber.objects.filter(Q(pk__in=waiting) | Q(pk__in=watched))
    gone = 0
    for subscriber in several.select_for_update(of=("self",)).order_by("pk"):
        subscriber.subscriptions.filter(**late).delete()
        subscriber.watches.filter(**late).delete()
        gone += forget(subscriber)
    return gone
