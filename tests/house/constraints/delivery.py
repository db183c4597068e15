"""Subscriptions, letters, saved searches, webhooks."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from reports.models import (
    Alert,
    Letter,
    Subscriber,
    Subscription,
    Watch,
    Webhook,
    WebhookMessage,
)
from tests import make
from tests.house.constraints.record_exchange_reports import schedule
from tests.house.constraints.registry import case, change, twice
from tests.reports.delivered import edition

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BEFORE = NOW - dt.timedelta(days=1)
_number = itertools.count(1)


def subscriber(**more: Any) -> Subscriber:
    values = {"email": "rae@example.org", "created_at": NOW} | more
    return Subscriber.objects.get_or_create(email=values["email"], defaults=values)[0]


def subscription(**more: Any) -> Subscription:
    values = {"subscriber": subscriber(), "language": "en", "asked_at": NOW} | more
    return Subscription.objects.create(**values)


def watch(**more: Any) -> Watch:
    values = {
        "subscriber": subscriber(), "query": "country=MLI", "language": "en", "rhythm": "daily",
        "asked_at": NOW,
    } | more  # fmt: skip
    return Watch.objects.create(**values)


def alert(of: Watch, **more: Any) -> Alert:
    values = {
        "number": next(_number), "since_seq": next(_number), "until_seq": 10**6, "until_at": NOW,
        "entries": {}, "counts": {}, "made_at": NOW,
    } | more  # fmt: skip
    return Alert.objects.create(watch=of, **values)


def letter(**more: Any) -> Letter:
    values = {"key": f"letter:{next(_number)}", "kind": "confirm", "subscriber": subscriber()}
    return Letter.objects.create(**values | more)


def webhook() -> Webhook:
    return Webhook.objects.create(
        name="Ministry", url="https://example.org/", secret="x", events=["report.published"],
        created_at=timezone.now(), created_by=make.ed(),
    )  # fmt: skip


@case("subscriber_address_in_lower_case")
def _() -> None:
    subscriber(email="Rae@example.org")


@case("subscription_once")
def _() -> None:
    twice(subscription)


@case("subscription_series_or_language")
def _() -> None:
    subscription(schedule=schedule(), language="en")


@case("subscription_confirmed_after_asked")
def _() -> None:
    subscription(confirmed_at=BEFORE)


@case("watch_one_reader")
def _() -> None:
    watch(owner=make.rae())


@case("watch_once")
def _() -> None:
    twice(watch)


@case("watch_confirmed_after_asked")
def _() -> None:
    watch(confirmed_at=BEFORE)


@case("watch_stopped_says_why")
def _() -> None:
    watch(stopped_at=NOW)


@case("alert_unique_number")
def _() -> None:
    of = watch()
    twice(lambda: alert(of, number=1))


@case("alert_begins_once")
def _() -> None:
    of = watch()
    twice(lambda: alert(of, since_seq=1))


@case("alert_runs_forward")
def _() -> None:
    alert(watch(), since_seq=5, until_seq=5)


@case("letter_one_reader")
def _() -> None:
    letter(subscription=subscription(), person=make.rae())


@case("letter_is_about_something")
def _() -> None:
    letter()


@case("letter_once_an_edition")
def _() -> None:
    report = edition()
    twice(lambda: letter(kind="edition", report=report))


@case("letter_once_an_alert")
def _() -> None:
    told = alert(watch())
    twice(lambda: letter(kind="alert", alert=told))


@case("webhook_stopped_says_why")
def _() -> None:
    change(webhook(), stopped_at=NOW)


@case("webhook_message_once_a_report")
def _() -> None:
    report, to = edition(), webhook()
    twice(
        lambda: WebhookMessage.objects.create(
            key=f"m{next(_number)}", webhook=to, event="report.published", report=report, body="{}"
        )
    )
