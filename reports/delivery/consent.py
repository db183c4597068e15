"""Double opt-in: what an address is said to want counts once its owner has confirmed it.

The same for a series of reports and for a saved search. No answer tells whether an address is
known; the row of a `Subscriber` is locked before the rows of what it wants.
"""

import datetime as dt
import uuid
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from reports.delivery import links
from reports.models import Letter, LetterKind, Subscriber, Subscription, Watch

# So many requests to confirm reach one address in a day, whoever asks for them.
MOST_REQUESTS = 5
DAY = dt.timedelta(days=1)
# A second request for the same thing within this time sends no second letter.
PATIENCE = dt.timedelta(minutes=10)

Wish = TypeVar("Wish", Subscription, Watch)


def known(email: str, *, at: dt.datetime) -> Subscriber:
    """The locked row of an address, made if there is none."""
    address = email.strip().lower()
    Subscriber.objects.bulk_create(
        [Subscriber(email=address, created_at=at)], ignore_conflicts=True
    )
    return Subscriber.objects.select_for_update().get(email=address)


def held(uid: uuid.UUID) -> Subscriber | None:
    """The locked row of an address that is known; nothing else can be planned for it."""
    return Subscriber.objects.select_for_update().filter(uid=uid).first()


def ask(wish: Wish, *, at: dt.datetime, **values: Any) -> None:
    """Ask the address to confirm, with these values; nothing where it has confirmed before.

    One statement, so that a confirmation which comes in between is not written over.
    """
    waiting = type(wish)._default_manager.filter(pk=wish.pk, confirmed_at__isnull=True)
    if waiting.update(asked_at=at, **values):
        _request(wish, at=at)
    wish.refresh_from_db()


def _request(wish: Wish, *, at: dt.datetime) -> None:
    """A letter that asks to confirm, unless the address has been asked often enough."""
    about = {"watch" if isinstance(wish, Watch) else "subscription": wish}
    sent = Letter.objects.filter(subscriber=wish.subscriber, kind=LetterKind.CONFIRM)
    if sent.filter(**about, created_at__gt=at - PATIENCE).exists():
        return
    if sent.filter(created_at__gt=at - DAY).count() < MOST_REQUESTS:
        Letter.objects.create(
            key=f"confirm:{uuid.uuid4()}",
            kind=LetterKind.CONFIRM,
            subscriber=wish.subscriber,
            **about,
        )


def confirm(kind: type[Wish], uid: uuid.UUID, *, at: dt.datetime) -> tuple[Wish, bool]:
    """The address wants it: the locked row, and whether it is confirmed only now.

    Raises LinkExpired if it was ended or forgotten since.
    """
    found = kind._default_manager.select_related("subscriber").filter(uid=uid).first()
    if found is not None and found.subscriber is not None:
        held(found.subscriber.uid)
    wish = kind._default_manager.select_for_update(of=("self",)).filter(uid=uid).first()
    if wish is None:
        raise links.LinkExpired
    is_new = wish.confirmed_at is None
    if is_new:
        wish.confirmed_at = max(at, wish.asked_at)
        wish.save(update_fields=["confirmed_at"])
    return wish, is_new


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
        _delete(subscriber.subscriptions.filter(**late))
        _delete(subscriber.watches.filter(**late))
        gone += forget(subscriber)
    return gone


def _delete(wishes: QuerySet[Any]) -> None:
    """Delete what is so still once its row is locked: somebody may confirm meanwhile."""
    held = [wish.pk for wish in wishes.select_for_update(of=("self",))]
    wishes.filter(pk__in=held).delete()
