"""Editors keep the schedules: what is counted, in words, when; and ask for single reports."""

import datetime as dt

import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry
from incidents.models import RecordHead
from reports.models import ReportJob, ReportSchedule
from reports.schedules import words
from tests import make
from tests.desk import signed_in
from tests.desk.pages import fields
from tests.reports.manuscripts import job, manuscript, released, series

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
NEW = "/desk/reports/schedules/new/"


def typed(**more):
    values = {
        "country": "Mali [MLI]", "topic": "general", "dataset": "vigil", "cadence": "fortnightly",
        "starts_on": "2026-09-01", "cutoff_days": "3", "time_zone": "Africa/Bamako",
        "is_active": "on", "language": "fr", "release": "reviewed",
    }  # fmt: skip
    return values | more


def at_desk(who=make.ed):
    make.country("MLI")
    return signed_in(Client(), who())


def sent(client, page, **changes):
    """The form of the page as it stands with some values changed."""
    kept = fields(client.get(page).content.decode(), "edition")
    return client.post(page, kept | changes)


def test_an_editor_makes_a_schedule_and_it_is_audited():
    client = at_desk()

    answer = client.post(NEW, typed())

    made = ReportSchedule.objects.get()
    assert answer.url == f"/desk/reports/schedules/{made.slug}/"
    assert made.slug == "fortnightly-mali-fr"
    assert (made.country.iso3, made.time_zone, made.release) == ("MLI", "Africa/Bamako", "reviewed")
    entry = AuditEntry.objects.get(noun="schedule")
    assert (entry.verb, entry.by, entry.object_id) == ("create", "ed", "fortnightly-mali-fr")
    assert entry.detail["changed"]["cadence"] == {"from": None, "to": "fortnightly"}


def test_it_is_said_in_one_sentence_when_it_is_next_due_and_what_would_be_caught_up():
    made = series(
        cadence="fortnightly", language="fr", time_zone="Africa/Bamako", slug="x",
        starts_on=dt.date(2026, 1, 1),
    )  # fmt: skip

    said = words.said(made, AT)

    assert said == (
        "Fortnightly report on Mali in French, counted from Vigil. Next due 3 December 2026, "
        "00:00 in Africa/Bamako, for 16–30 November 2026. Three past periods would be caught up. "
        "A second person releases each report."
    )


@pytest.mark.parametrize(
    ("cadence", "zone", "cutoff", "due"),
    [
        ("daily", "UTC", 1, "22 November 2026, 00:00"),
        ("weekly", "UTC", 1, "23 November 2026, 00:00"),
        ("monthly", "Pacific/Kiritimati", 0, "30 November 2026, 00:00"),
        ("monthly", "UTC", 60, "29 November 2026, 00:00"),
        ("quarterly", "Africa/Cairo", 3, "3 January 2027, 00:00"),
        ("yearly", "UTC", 3, "3 January 2027, 00:00"),
    ],
)
def test_the_next_due_moment_is_that_of_the_zone_and_the_cut_off(cadence, zone, cutoff, due):
    made = series(cadence=cadence, time_zone=zone, cutoff_days=cutoff)

    assert f"Next due {due} in {zone}" in words.said(made, AT)


def test_a_schedule_that_begins_later_is_due_after_its_first_period():
    made = series(starts_on=dt.date(2027, 3, 1), time_zone="Africa/Bamako")

    assert "Next due 3 April 2027, 00:00 in Africa/Bamako" in words.said(made, AT)
    assert "No past period" in words.said(made, AT)


def test_the_preview_is_the_same_sentence_before_it_is_saved():
    client = at_desk()

    alone = client.post(f"{NEW}preview/", typed()).content.decode()
    whole = client.post(NEW, typed(preview="1")).content.decode()

    assert "Fortnightly report on Mali in French" in alone
    assert "Fortnightly report on Mali in French" in whole
    assert not ReportSchedule.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"time_zone": "Africa/Timbuktoo"}, "time_zone", "Africa/Timbuktoo is not a time zone"),
        ({"cutoff_days": "99"}, "cutoff_days", "99 days are too many"),
        ({"starts_on": "first of May"}, "starts_on", "“first of May” is not a day"),
        ({"starts_on": "9999-12-31"}, "starts_on", "9999-12-31 is out of reach"),
        ({"country": "Atlantis"}, "country", "“Atlantis” is not known"),
        ({"cadence": "hourly"}, "cadence", "hourly"),
        ({"region": "western"}, "country", "Name one place at most"),
        ({"topic": "actor"}, "topic", "names the group"),
        ({"language": ""}, "language", "required"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(change, field, said):
    answer = at_desk().post(NEW, typed(**change))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="id_{field}_error"' in page
    assert not ReportSchedule.objects.exists()


def test_two_editors_of_one_schedule_lose_nothing():
    made, client = series(), at_desk()
    page = f"/desk/reports/schedules/{made.slug}/"
    mine = fields(client.get(page).content.decode(), "edition")
    client.post(page, mine | {"cutoff_days": "5"})

    late = client.post(page, mine | {"cutoff_days": "7"})

    made.refresh_from_db()
    assert late.status_code == 409
    assert "Somebody changed this while you were editing" in late.content.decode()
    assert 'value="7"' in late.content.decode()
    assert made.cutoff_days == 5


def test_what_has_reports_counts_the_same_for_ever_and_offers_a_copy():
    make.country("SOM")  # "Mali" is a part of its name
    made, client = job().schedule, at_desk()
    page = f"/desk/reports/schedules/{made.slug}/"

    shown = client.get(page).content.decode()
    refused = sent(client, page, cadence="weekly", cutoff_days="9")
    kept = sent(client, page, cutoff_days="9")
    copy = fields(client.get(f"{NEW}?copy={made.slug}").content.decode(), "edition")

    assert "This schedule has reports" in shown
    assert f"{NEW}?copy={made.slug}" in shown
    assert refused.status_code == 422
    assert "cannot become “weekly”" in refused.content.decode()
    assert kept.status_code == 302
    made.refresh_from_db()
    assert (made.cadence, made.cutoff_days) == ("monthly", 9)
    assert copy["country"] == ["Mali [MLI]"]
    assert copy["slug"] == [""]


@pytest.mark.parametrize(
    ("column", "value"),
    [("cadence", "weekly"), ("language", "fr"), ("dataset", "ucdp"), ("country", None),
     ("topic", "kidnapping")],
)  # fmt: skip
def test_the_database_keeps_what_a_schedule_with_reports_counts(column, value):
    made = job().schedule

    with pytest.raises(InternalError, match="schedule_counts_the_same"), transaction.atomic():
        ReportSchedule.objects.filter(pk=made.pk).update(**{column: value})


def test_a_schedule_is_switched_off_and_on_from_the_list():
    made, client = series(), at_desk()
    address = f"/desk/reports/schedules/{made.slug}/switch/"

    states = []
    for to in ("off", "off", "on", "sideways"):
        client.post(address, {"to": to})
        made.refresh_from_db()
        states.append(made.is_active)

    assert states == [False, False, True, True]
    changes = [e.detail["changed"]["is_active"] for e in AuditEntry.objects.order_by("pk")]
    assert changes == [{"from": True, "to": False}, {"from": False, "to": True}]


def test_the_list_says_every_schedule_in_words_in_either_language():
    series(cadence="quarterly")
    client = at_desk()

    english = client.get("/desk/reports/schedules/").content.decode()
    french = client.get(
        "/desk/reports/schedules/", headers={"accept-language": "fr"}
    ).content.decode()

    assert "Quarterly report on Mali in English" in english
    assert "monthly-mli-en" in french


def test_an_editor_asks_for_a_past_period_and_then_for_a_further_edition(mali):
    made, client = series(), at_desk()
    address = f"/desk/reports/schedules/{made.slug}/ask/"

    asked = client.post(address, {"period": "2022-07"})
    again = client.post(address, {"period": "2022-07", "again": "on"})

    assert asked.status_code == 302
    assert ReportJob.objects.get().key == "monthly-mli-en:2022-07:1"
    assert again.status_code == 422
    assert "Edition 1 is not published yet" in again.content.decode()
    entry = AuditEntry.objects.get(noun="schedule", verb="ask")
    assert entry.detail == {"period": "2022-07", "edition": 1}


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2022-13", "“2022-13” is not a period"),
        ("2022-W29", "2022-W29 is another period"),
        ("2099-01", "2099-01 is not over: ask from 2099-02-01 on."),
        ("", "Write the period"),
    ],
)
def test_a_period_that_cannot_be_reported_is_refused_with_the_reason(mali, period, said):
    client = at_desk()

    answer = client.post(f"/desk/reports/schedules/{series().slug}/ask/", {"period": period})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ReportJob.objects.exists()


def test_a_further_edition_waits_for_writers_and_for_something_new(mali):
    client = at_desk()
    waiting = manuscript()
    address = f"/desk/reports/schedules/{waiting.job.schedule.slug}/ask/"
    again = {"period": "2022-07", "again": "on"}

    waits = client.post(address, again).content.decode()
    with transaction.atomic():
        type(waiting).objects.filter(pk=waiting.pk).update(
            state="dropped", updated_at=timezone.now()
        )
    further = client.post(address, again)

    assert "Edition 1 waits for its writers" in waits
    assert further.status_code == 302
    assert ReportJob.objects.filter(edition=2).exists()


def test_a_further_edition_of_the_same_record_is_refused(mali):
    client = at_desk()
    found = released()
    tip = RecordHead.objects.get(pk=1)
    ReportJob.objects.filter(pk=found.job.pk).update(record_seq=tip.seq)

    answer = client.post(
        f"/desk/reports/schedules/{found.job.schedule.slug}/ask/",
        {"period": "2022-07", "again": "on"},
    )

    assert "Nothing was published since edition 1" in answer.content.decode()


def test_a_schedule_of_another_country_is_not_theirs_to_change():
    made = series()
    nadia = make.person("nadia", Role.EDITOR, countries=["NER"])
    client = at_desk(lambda: nadia)

    edited = sent(client, f"/desk/reports/schedules/{made.slug}/", cutoff_days="9")
    asked = client.post(f"/desk/reports/schedules/{made.slug}/ask/", {"period": "2022-07"})
    client.post(f"/desk/reports/schedules/{made.slug}/switch/", {"to": "off"})

    made.refresh_from_db()
    assert "Your desk covers NER" in edited.content.decode()
    assert "edits NER only" in asked.content.decode()
    assert (made.cutoff_days, made.is_active) == (3, True)


def test_the_administration_keeps_what_a_schedule_with_reports_counts():
    made = job().schedule
    boss = signed_in(Client(), make.person("ada", Role.ADMINISTRATOR, is_staff=True,
                                               is_superuser=True))  # fmt: skip

    html = boss.get(f"/admin/reports/reportschedule/{made.pk}/change/").content.decode()

    assert 'name="cutoff_days"' in html
    assert 'name="cadence"' not in html
