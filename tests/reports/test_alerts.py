"""Alerts: each change of the record is told once, in the words of what happened."""

import datetime as dt
import re
import threading
from itertools import pairwise

import pytest
from django.db import connections
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import Campaign, PublishedIncident
from reports.models import Alert, Letter, Rhythm, Watch
from reports.watches import planning, watching
from tests import make
from tests.accounts.conftest import visitor
from tests.reports.delivered import posted
from tests.reports.watched import kinds, look, rita, watched

pytestmark = pytest.mark.django_db


def test_new_corrected_and_withdrawn_incidents_are_told_apart_and_once():
    make.published(place="Old")
    watched()
    assert look() == []

    kati, elsewhere = make.published(place="Kati"), make.published(iso3="KEN", place="Nairobi")
    (first,) = look()
    desk.correct(kati, **rita(), notice="Another source was read.")
    segou = make.published(place="Segou")
    (second,) = look()
    desk.withdraw(kati, **rita(), reason="not_confirmed")
    (third,) = look()

    assert kinds(first) == {"new": [kati.public_id]}
    assert kinds(second) == {"corrected": [kati.public_id], "new": [segou.public_id]}
    assert kinds(third) == {"withdrawn": [kati.public_id]}
    assert elsewhere.public_id not in str([first.entries, second.entries, third.entries])
    assert look() == []
    assert [alert.number for alert in (first, second, third)] == [1, 2, 3]


def test_the_intervals_of_alerts_follow_on_each_other_without_a_gap():
    watched()
    for place in ("Kati", "Segou", "Mopti"):
        make.published(place=place)
        make.published(iso3="KEN", place="Nairobi")
        look()

    alerts = list(Alert.objects.order_by("number"))
    told = [entry for alert in alerts for entry in alert.entries["new"]]

    assert [alert.number for alert in alerts] == [1, 2, 3]
    assert all(one.until_seq <= other.since_seq for one, other in pairwise(alerts))
    assert len(told) == len({tuple(entry) for entry in told}) == 3
    assert Watch.objects.get().told_seq == PublishedIncident.objects.latest("seq").seq


def test_what_a_correction_brings_into_a_question_or_takes_out_of_it_is_said():
    enters, leaves = make.published(killed_low=1, killed_best=1, killed_high=1), None
    leaves = make.published(place="Segou", killed_low=20, killed_best=20, killed_high=20)
    watched("killed_min=10")
    for which, number in ((enters, 30), (leaves, 2)):
        which.refresh_from_db()
        which.killed_low = which.killed_best = which.killed_high = number
        which.save()
        desk.correct(which, **rita(), notice="The toll was revised.")

    (alert,) = look()

    assert kinds(alert) == {"entered": [enters.public_id], "left": [leaves.public_id]}


def test_what_appears_and_goes_between_two_alerts_is_not_told():
    watched()
    gone = make.published()
    desk.withdraw(gone, **rita(), reason="duplicate")

    assert look() == []
    assert not Letter.objects.filter(kind="alert").exists()


def test_an_incident_that_is_emptied_to_protect_people_leaves_its_number_only():
    watched()
    kati = make.published(place="Kati")
    (first,) = look()
    desk.withdraw(kati, **rita(), reason="safety")
    (second,) = look()

    sent = [m for m in posted() if "/alerts/" in m.body]
    pages = [visitor().get(f"/alerts/{alert.key}/").content.decode() for alert in (first, second)]

    assert kinds(second) == {"withdrawn": [kati.public_id]}
    assert "withdrawn to protect people" in sent[1].body
    for said in (sent[0].body, sent[1].body, sent[0].alternatives[0][0], *pages):
        assert kati.public_id in said
        assert "Attack at" not in said
        assert "Koulikoro" not in said


def test_who_was_never_told_of_an_incident_is_not_told_that_it_was_emptied():
    kati = make.published(place="Kati")
    watched()
    desk.withdraw(kati, **rita(), reason="safety")

    assert look() == []


def test_a_mail_says_the_question_names_each_change_and_links_to_the_one_before():
    watched()
    kati = make.published(place="Kati")
    look()
    desk.correct(kati, **rita(), notice="Another source was read.")
    look()

    first, second = (m for m in posted() if "/alerts/" in m.body)
    one, other = Alert.objects.order_by("number")

    assert first.subject == "Alert 1: Incidents in Mali"
    assert "1 new incident" in first.body
    assert f"/incidents/{kati.public_id}/" in first.body
    assert "Another source was read." in second.body
    assert f"/alerts/{one.key}/" in second.body
    assert f"/alerts/{other.key}/" in second.body
    assert second.extra_headers["In-Reply-To"] == first.extra_headers["Message-ID"]
    page = visitor().get(f"/alerts/{other.key}/").content.decode()
    assert re.search(rf'href="/alerts/{re.escape(one.key)}/"\s+rel="prev"', page)
    assert "Another source was read." in page
    assert "rae@example.org" not in page


def test_an_alert_is_mailed_and_shown_in_the_language_of_its_reader():
    watched(language="fr")
    make.published()
    (alert,) = look()

    (message,) = (m for m in posted() if "/alerts/" in m.body)
    page = visitor().get(f"/alerts/{alert.key}/", headers={"accept-language": "en"})

    assert message.extra_headers["Content-Language"] == "fr"
    assert '<html lang="fr"' in page.content.decode()


def test_the_page_of_an_alert_leads_to_the_answer_as_it_stood_then():
    watched()
    make.published(place="Kati")
    (alert,) = look()
    make.published(place="Segou")

    page = visitor().get(f"/alerts/{alert.key}/").content.decode()
    then = re.search(r'href="(/incidents/\?[^"]*as_of=[^"]*)"', page)[1].replace("&amp;", "&")
    answer = visitor().get(then).content.decode()

    assert "Attack at Kati" in answer
    assert "Attack at Segou" not in answer


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.DAILY, "2026-11-21T05:59", "2026-11-21T06:00"),
        (Rhythm.DAILY, "2026-11-21T06:00", "2026-11-22T06:00"),
        (Rhythm.WEEKLY, "2026-11-21T12:00", "2026-11-23T06:00"),
        (Rhythm.WEEKLY, "2026-11-23T05:00", "2026-11-23T06:00"),
        (Rhythm.WEEKLY, "2026-11-23T06:00", "2026-11-30T06:00"),
        (Rhythm.INSTANT, "2026-11-21T12:00", "2026-11-21T12:00"),
    ],
)
def test_daily_and_weekly_alerts_have_their_hour(rhythm, now, due):
    at, expected = (dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (now, due))

    assert watching.following(rhythm, at) == expected


def test_a_daily_alert_waits_for_its_hour_and_then_tells_everything_at_once():
    watch = watched(rhythm=Rhythm.DAILY)
    make.published(place="Kati")
    make.published(place="Segou")

    assert look() == []
    (alert,) = look(watch.due_at)
    assert alert.counts["new"] == 2
    assert look(watch.due_at + dt.timedelta(hours=1)) == []


def test_a_day_without_news_sends_nothing_and_the_next_hour_is_a_day_later():
    watch = watched(rhythm=Rhythm.DAILY)
    due = watch.due_at

    assert look(due) == []
    watch.refresh_from_db()
    assert watch.due_at == due + dt.timedelta(days=1)


def test_nothing_unpublished_is_ever_told():
    watched("")
    make.incident(place="Draft")
    published = make.published(place="Kati")
    under_embargo = make.incident(place="Embargo")
    desk.extend_embargo(under_embargo, timezone.now().replace(year=2099), **rita())

    (alert,) = look()

    assert kinds(alert) == {"new": [published.public_id]}
    assert "Draft" not in "".join(m.body for m in posted())


def test_a_search_that_cannot_be_asked_any_more_is_stopped_and_its_reader_told_why_once():
    tie = make.tie(make.published(), make.campaign("wave", note=""))
    make.citation(tie.campaign)
    watched("campaign=wave")
    Campaign.objects.update(is_public=False)
    make.published(place="Segou")

    assert look() == []
    assert look() == []
    watch = Watch.objects.get()
    (message,) = (m for m in posted() if "can no longer be asked" in m.body)

    assert watch.stopped_at is not None
    assert "campaign=wave" in watch.stop_reason
    assert watch.stop_reason in message.body
    assert posted() == []


@pytest.mark.django_db(transaction=True)
def test_five_looks_at_once_tell_once():
    watched()
    make.published()
    gate = threading.Barrier(5)

    def one():
        try:
            gate.wait()
            planning.plan(timezone.now())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Alert.objects.count() == 1
    assert Letter.objects.filter(kind="alert").count() == 1
