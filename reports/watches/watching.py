"""Save a search, confirm it, change it, end it."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reports.delivery import consent, turns
from reports.models import Rhythm, Subscriber, Watch
from reports.watches.changes import tip

# Saved searches of one person or address; enough for work, too few for a nuisance.
MOST = 50
# Daily and weekly alerts are made at this hour (UTC), weekly ones on Mondays.
HOUR = 6


class WatchRefused(Exception):
    """The search cannot be saved; says why."""


def following(rhythm: str, at: dt.datetime) -> dt.datetime | None:
    """When a search of this rhythm is looked at after `at`; None where no mail is wanted."""
    if rhythm == Rhythm.NONE:
        return None
    if rhythm == Rhythm.INSTANT:
        return at
    morning = at.astimezone(dt.UTC).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if morning <= at:
        morning += dt.timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        morning += dt.timedelta(days=-morning.weekday() % 7)
    return morning


@transaction.atomic
def keep(
    query: str, *, owner: User, name: str, rhythm: str, language: str, at: dt.datetime
) -> Watch:
    """Save a search for a person with an account; one that is saved is changed.

    Raises WatchRefused for mail to nobody, and for too many.
    """
    User.objects.select_for_update().get(pk=owner.pk)
    if rhythm == Rhythm.NONE:
        turns.to_leave(owner)
    elif not owner.email:
        raise WatchRefused(_("Your account has no e-mail address: choose “no mail”."))
    watch = owner.watches.filter(query=query).first()
    if watch is None and owner.watches.count() >= MOST:
        raise WatchRefused(_("There are %(n)s saved searches: delete one first.") % {"n": MOST})
    watch = watch or Watch(owner=owner, query=query, asked_at=at, confirmed_at=at)
    watch.name, watch.language = name, language
    return begin(watch, rhythm, at=at)


def begin(watch: Watch, rhythm: str, *, at: dt.datetime) -> Watch:
    """Tell from the present tip of the record on, unless the search tells already."""
    if watch.due_at is None or watch.stopped_at is not None:
        now = tip()
        watch.told_seq, watch.told_at = now.seq, now.at
    watch.rhythm, watch.due_at = rhythm, following(rhythm, at)
    watch.stopped_at, watch.stop_reason = None, ""
    watch.save()
    return watch


@transaction.atomic
def ask(query: str, *, email: str, rhythm: str, language: str, at: dt.datetime) -> Watch:
    """Note that an address wants alerts of a question, and send it a request to confirm.

    Raises WatchRefused for too many. What was confirmed before stays as it is.
    """
    subscriber = consent.known(email, at=at)
    watch = subscriber.watches.filter(query=query).first()
    values = {"rhythm": rhythm, "language": language}
    if watch is None:
        if subscriber.watches.filter(confirmed_at__isnull=False).count() >= MOST:
            raise WatchRefused
        watch = Watch.objects.create(subscriber=subscriber, query=query, asked_at=at, **values)
    consent.ask(watch, at=at, **values)
    return watch


@transaction.atomic
def confirm(uid: uuid.UUID, *, at: dt.datetime) -> Watch:
    """The address wants it; alerts tell what comes from now on. Raises LinkExpired if it ended."""
    watch, is_new = consent.confirm(Watch, uid, at=at)
    return begin(watch, watch.rhythm, at=at) if is_new else watch


@transaction.atomic
def leave(uid: uuid.UUID) -> None:
    """End the mails of a search. A person's own stays saved; an address is forgotten with it."""
    watch = _leaving(uid)
    if watch is None:
        return
    if watch.subscriber is None:
        watch.rhythm, watch.due_at = Rhythm.NONE, None
        watch.save(update_fields=["rhythm", "due_at"])
        return
    subscriber = watch.subscriber
    watch.delete()
    consent.forget(subscriber)


@transaction.atomic
def delete(watch: Watch) -> None:
    """Forget a saved search with its alerts and their letters."""
    found = _leaving(watch.uid)
    if found is not None:
        found.delete()


def _leaving(uid: uuid.UUID) -> Watch | None:
    """The locked row of a search of which nothing is being sent."""
    watch = Watch.objects.select_related("owner", "subscriber").filter(uid=uid).first()
    reader = (watch.owner or watch.subscriber) if watch is not None else None
    if reader is None:
        return None
    turns.to_leave(reader)
    if isinstance(reader, Subscriber):
        consent.held(reader.uid)
    return Watch.objects.select_for_update(of=("self",)).filter(uid=uid).first()
