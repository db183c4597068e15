"""Two things at the same moment: asked, confirmed, sent and ended beside each other."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from reports.delivery import consent, links, planning, subscribing, tasks, turns
from reports.models import Letter, Rhythm, Subscriber, Subscription, Watch
from reports.watches import watching
from tests import make
from tests.accounts.conftest import visitor
from tests.reports import stops, worker
from tests.reports.conftest import schedule
from tests.reports.delivered import edition, posted, subscribed
from tests.reports.threads import in_threads, meanwhile
from tests.reports.watched import QUERY, look, watched

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "rae@example.org"


def somebody_waits():
    """A transaction sees the others as they were when it first looked, unless it forgets that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
    return stops.somebody_waits()


def wish_for_series():
    return subscribing.ask(ADDRESS, schedule=schedule(), at=timezone.now())


def wish_for_alerts():
    return watching.ask(QUERY, email=ADDRESS, rhythm="instant", language="en", at=timezone.now())


WISHES = {
    links.SUBSCRIPTION: (wish_for_series, subscribing.confirm, Subscription),
    links.WATCH: (wish_for_alerts, watching.confirm, Watch),
}


@pytest.mark.parametrize("kind", WISHES)
def test_a_confirmation_that_is_clicked_five_times_at_once_counts_once(kind):
    make.published()
    ask, _confirm, model = WISHES[kind]
    path = links.to_confirm(kind, ask().uid)

    answers = in_threads(5, lambda: visitor().post(path))

    assert [answer.status_code for answer in answers] == [200] * 5
    assert model.objects.get().confirmed_at is not None
    edition()
    planning.plan(timezone.now())
    make.published(place="Segou")
    look()
    wanted = Letter.objects.exclude(kind="confirm").values_list("kind", flat=True)
    assert list(wanted) == (["edition"] if kind == links.SUBSCRIPTION else ["alert"])


@pytest.mark.parametrize("kind", WISHES)
def test_an_address_that_is_given_five_times_at_once_is_asked_once(kind):
    make.country("MLI")
    schedule()
    ask, _confirm, model = WISHES[kind]

    in_threads(5, ask)

    assert Subscriber.objects.count() == model.objects.count() == Letter.objects.count() == 1


@pytest.mark.parametrize("kind", WISHES)
def test_who_asks_again_while_the_address_confirms_takes_nothing_back(kind):
    make.country("MLI")
    ask, confirm, model = WISHES[kind]
    wish = ask()
    Letter.objects.all().delete()

    with transaction.atomic():
        confirmed = confirm(wish.uid, at=timezone.now())
        other = threading.Thread(target=lambda: (ask(), connections.close_all()))
        other.start()
        worker.until(somebody_waits)
    other.join()

    assert model.objects.get().confirmed_at == confirmed.confirmed_at
    assert not Letter.objects.exists()


def test_what_is_confirmed_while_it_expires_stays():
    wish = wish_for_series()
    late = timezone.now() + links.LASTS * 2

    with transaction.atomic():
        subscribing.confirm(wish.uid, at=timezone.now())
        other = threading.Thread(target=lambda: (consent.expire(late), connections.close_all()))
        other.start()
        worker.until(somebody_waits)
    other.join()

    assert Subscription.objects.get().confirmed_at is not None


def letter_of_an_edition():
    subscription = subscribed(ADDRESS)
    subscribed(ADDRESS, schedule=schedule(slug="other", language="fr"))
    Letter.objects.all().delete()
    report = edition()
    planning.plan(timezone.now())
    reader = subscription.subscriber.uid
    return links.to_leave(links.SERIES, reader, report.job.schedule_id)


def letter_of_an_alert():
    watch = watched(email=ADDRESS)
    Letter.objects.all().delete()
    make.published()
    look()
    return links.to_leave(links.WATCH, watch.uid)


def letter_to_a_person():
    make.country("MLI")
    person = make.rae()
    person.email = ADDRESS
    person.save()
    watch = watching.keep(
        QUERY, owner=person, name="", rhythm=Rhythm.INSTANT, language="en", at=timezone.now()
    )
    make.published()
    look()
    return links.to_leave(links.WATCH, watch.uid)


LEAVING = [
    (letter_of_an_edition, "this"), (letter_of_an_edition, "all"),
    (letter_of_an_alert, "all"), (letter_to_a_person, "this"),
]  # fmt: skip


def send():
    tasks.send_letter(Letter.objects.values_list("pk", flat=True).get())


def leave(path, what="this"):
    assert visitor().post(path, {"what": what}).status_code == 200


@pytest.mark.parametrize(("letter", "what"), LEAVING)
def test_who_leaves_while_the_mail_server_is_being_reached_gets_nothing(post_office, letter, what):
    path = letter()

    with post_office.holding("greeting"), meanwhile(send, post_office.release):
        worker.until(post_office.somebody_stands)
        leave(path, what)
        post_office.release()
    posted()

    assert post_office.taken == []


@pytest.mark.parametrize(("letter", "what"), LEAVING)
def test_who_leaves_while_a_mail_is_handed_over_gets_it_before_the_answer_and_nothing_after(
    post_office, letter, what
):
    path = letter()
    taken_at_answer = []

    def leave_and_look():
        leave(path, what)
        taken_at_answer.append(len(post_office.taken))

    with post_office.holding("DATA"), meanwhile(send, post_office.release):
        worker.until(post_office.somebody_stands)
        with meanwhile(leave_and_look) as leaving:
            leaving.join(0.3)
            assert leaving.is_alive()
            post_office.release()
    edition(number=2)
    planning.plan(timezone.now())
    make.published(place="Segou")
    look()
    posted()

    assert taken_at_answer == [1]
    assert post_office.readers == [ADDRESS]


def test_a_mail_server_that_hangs_keeps_nobody_from_leaving(post_office, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    path = letter_of_an_edition()

    with post_office.holding("DATA"), meanwhile(send, post_office.release):
        worker.until(post_office.somebody_stands)
        leave(path, "all")
        assert not Subscriber.objects.exists()
        post_office.release()

    assert not Letter.objects.exists()


def test_an_editor_who_removes_a_recipient_waits_for_the_mail_too(post_office):
    letter_of_an_edition()
    subscription = Subscription.objects.get(schedule__slug="monthly-mli-en")
    ed = make.ed()
    done = []

    def remove():
        subscribing.remove(subscription, by=ed, at=timezone.now())
        done.append(len(post_office.taken))

    with post_office.holding("DATA"), meanwhile(send, post_office.release):
        worker.until(post_office.somebody_stands)
        with meanwhile(remove) as removing:
            removing.join(0.3)
            assert removing.is_alive()
            post_office.release()

    assert done == [1]


def test_nobody_can_tell_by_the_time_of_an_answer_that_an_address_gets_mail(post_office):
    letter_of_an_edition()

    with post_office.holding("DATA"), meanwhile(send, post_office.release):
        worker.until(post_office.somebody_stands)
        with meanwhile(wish_for_series) as asking:
            asking.join(10)
            is_answered = not asking.is_alive()
            post_office.release()

    assert is_answered


def test_two_ends_of_one_address_at_once_forget_it():
    series = letter_of_an_edition()
    alerts = links.to_leave(links.WATCH, watched(email=ADDRESS).uid)
    other = Subscription.objects.get(schedule__slug="other")
    subscribing.leave(other.subscriber.uid, other.schedule_id)
    paths = [series, alerts] * 2

    in_threads(4, lambda: leave(paths.pop()))

    assert not Subscriber.objects.exists()
