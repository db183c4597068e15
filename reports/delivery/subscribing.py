"""Who gets which reports by mail: ask, confirm, leave."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.models import User
from reports.delivery import consent, turns
from reports.models import Report, ReportSchedule, Subscriber, Subscription


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
    subscriber = consent.known(email, at=at)
    subscription, is_new = Subscription.objects.get_or_create(
        subscriber=subscriber,
        schedule=schedule,
        language="" if schedule else language,
        defaults={"asked_at": at, "added_by": by},
    )
    if by is not None and is_new:
        told = {"schedule": getattr(schedule, "slug", ""), "address": subscriber.masked}
        audit.record("add_recipient", "subscription", subscription.uid, by=by, at=at, **told)
    consent.ask(subscription, at=at)
    return subscription


@transaction.atomic
def confirm(uid: uuid.UUID, *, at: dt.datetime) -> Subscription:
    """The address wants it. Twice does no harm. Raises LinkExpired if it was ended since."""
    return consent.confirm(Subscription, uid, at=at)[0]


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
    found = _leaving(subscriber)
    if found is None:
        return
    ended = Q(schedule=schedule)
    series = ReportSchedule.objects.filter(pk=schedule).first()
    if series is not None:
        ended |= Q(schedule__isnull=True, language=series.language)
    found.subscriptions.filter(ended).delete()
    consent.forget(found)


@transaction.atomic
def erase(subscriber: uuid.UUID) -> None:
    """End everything that an address gets, and forget it."""
    found = _leaving(subscriber)
    if found is not None:
        found.delete()


@transaction.atomic
def remove(subscription: Subscription, *, by: User, at: dt.datetime) -> None:
    """An editor takes a recipient off a series."""
    subscriber = _leaving(subscription.subscriber.uid)
    if subscriber is None:
        return
    told = {"schedule": getattr(subscription.schedule, "slug", ""), "address": subscriber.masked}
    audit.record("remove_recipient", "subscription", subscription.uid, by=by, at=at, **told)
    subscription.delete()
    consent.forget(subscriber)


def _leaving(uid: uuid.UUID) -> Subscriber | None:
    """The locked row of an address to which nothing is being sent."""
    found = Subscriber.objects.filter(uid=uid).first()
    if found is not None:
        turns.to_leave(found)
        found = consent.held(uid)
    return found
