"""Mails of editions: one an edition and reader, whatever is doubled, killed or down."""

import datetime as dt
import re

import pytest
from django.core.mail.backends import locmem
from django.test import Client
from django.utils import timezone

from core.jobs import BELLS, JobState
from reports.delivery import planning, tasks
from reports.models import Letter, LetterKind, Manuscript, ReportSchedule, Subscriber
from tests import make
from tests.reports.conftest import planned, schedule
from tests.reports.delivered import edition, plan_and_post, posted, subscribed
from tests.reports.watched import watched
from vigil.celery import app

BOX = {
    "label": "Incidents",
    "cell": {"text": "10", "key": "totals", "query": "/api/v1/incidents/?country=MLI"},
}
WRITTEN = {
    "lead": "Attacks moved west.",
    "takeaways": [
        {"judgement": "The blockade will hold.", "evidence": "Twelve convoys were attacked.",
         "likelihood": "likely", "confidence": "moderate", "figures": []}
    ],
}  # fmt: skip


@pytest.mark.django_db
def test_one_mail_reaches_a_reader_of_the_series_and_of_all_reports():
    subscribed()
    subscribed(language="en")
    subscribed("fr@example.org", language="fr")
    edition()

    sent = plan_and_post()

    assert [m.to for m in sent] == [["rae@example.org"]]
    assert plan_and_post() == []


@pytest.mark.django_db
def test_every_reader_gets_every_edition_once():
    readers = [f"reader{n}@example.org" for n in range(5)]
    for address in readers:
        subscribed(address)
    edition()
    edition(number=2)

    sent = [*plan_and_post(), *plan_and_post()]

    assert sorted(m.to[0] for m in sent) == sorted(readers * 2)
    assert len({m.extra_headers["Message-ID"] for m in sent}) == 10


@pytest.mark.django_db
def test_who_confirms_after_publication_waits_for_the_next_edition():
    now = timezone.now()
    edition(at=now - dt.timedelta(minutes=5))
    subscribed(at=now)

    assert plan_and_post() == []
    edition(number=2, at=now + dt.timedelta(seconds=1))
    assert len(plan_and_post()) == 1


@pytest.mark.django_db
def test_a_mail_tells_headline_figures_judgements_and_where_the_rest_is():
    subscribed()
    first = edition()
    report = edition(number=2, boxes=[BOX], written=WRITTEN)
    planning.plan(timezone.now())

    message = _of(report)

    text, html = message.body, message.alternatives[0][0]
    page = f"http://127.0.0.1:8000/reports/{report.public_id}"
    assert message.subject == "Mali: situation report, July 2022 (edition 2)"
    for said in ("There were ten attacks", "Attacks moved west.", "The blockade will hold.",
                 "Twelve convoys were attacked.", "Likelihood: likely", f"{page}.pdf", f"{page}/",
                 f"/reports/{first.public_id}/", "This edition replaces edition 1",
                 "Written by analysts"):  # fmt: skip
        assert said in text, said
        if said != "There were ten attacks":
            assert said in html, said
    assert "* Incidents: 10\n  http://127.0.0.1:8000/incidents/?country=MLI" in text
    assert '<a href="http://127.0.0.1:8000/incidents/?country=MLI">10</a>' in html
    assert "attacks &lt;b&gt;in&lt;/b&gt; Mali" in html


def _of(report):
    """The mail of one report among those that are sent now."""
    sent = posted()
    return next(m for m in sent if report.public_id in m.body.splitlines()[2])


@pytest.mark.django_db
def test_a_mail_is_written_in_the_language_of_its_series():
    french = schedule(slug="monthly-mli-fr", language="fr")
    subscribed(schedule=french)
    edition(french, boxes=[BOX])

    (message,) = plan_and_post()

    assert message.extra_headers["Content-Language"] == "fr"
    assert '<html lang="fr">' in message.alternatives[0][0]


@pytest.mark.django_db
def test_no_mail_tells_us_that_it_was_opened():
    subscribed()
    edition(boxes=[BOX], written=WRITTEN)

    (message,) = plan_and_post()
    html = message.alternatives[0][0]

    assert not re.search(r"<(img|script|link|style|iframe|object|video)|style=|url\(", html)
    outside = [u for u in re.findall(r"https?://[^\s\"'<>]+", html + message.body)
               if not u.startswith("http://127.0.0.1:8000")]  # fmt: skip
    assert outside == []
    headers = message.message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Id"] == "<monthly-mli-en.127.0.0.1>"
    assert len(headers.get_all("Message-ID")) == 1


@pytest.mark.django_db
def test_a_report_that_waits_for_people_is_mailed_to_nobody(mali):
    subscribed()
    job = planned()
    Manuscript.objects.create(
        job=job, title="Draft", content={}, items=[], pictures={}, checksum="0" * 64,
        created_at=job.cutoff_at, updated_at=job.cutoff_at,
    )  # fmt: skip

    assert plan_and_post() == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["console", "dummy", "locmem", "filebased"])
def test_in_production_no_letter_counts_as_sent_that_went_nowhere(settings, name):
    subscribed()
    edition()
    settings.LOCAL = False
    settings.PUBLIC_URL = "https://vigil.example.org"
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{name}.EmailBackend"

    plan_and_post()

    letter = Letter.objects.get(kind=LetterKind.EDITION)
    assert letter.state == JobState.QUEUED
    assert "EMAIL_URL is not set" in letter.reason


@pytest.mark.django_db
def test_without_an_address_of_the_site_no_letter_is_sent(settings):
    subscribed()
    edition()
    settings.LOCAL = False
    settings.EMAIL_BACKEND = f"{__name__}.Taking"

    plan_and_post()

    assert "PUBLIC_URL is not set" in Letter.objects.get(kind=LetterKind.EDITION).reason


class Taking(locmem.EmailBackend):
    """A mail server that takes everything."""


@pytest.mark.django_db
def test_rows_of_letters_are_forgotten_and_still_nothing_is_sent_twice():
    subscribed()
    edition()
    assert len(plan_and_post()) == 1

    later = timezone.now() + planning.KEPT + dt.timedelta(days=1)
    planning.tidy(later)

    assert not Letter.objects.exists()
    assert plan_and_post(later) == []


@pytest.mark.django_db
def test_a_series_that_is_deleted_takes_its_subscriptions_along():
    subscribed(schedule=schedule(slug="unused"))

    ReportSchedule.objects.get(slug="unused").delete()

    assert Client().get("/reports/subscriptions/").status_code == 200
    assert Subscriber.objects.get().subscriptions.count() == 0


@pytest.mark.django_db
def test_one_ring_plans_editions_and_alerts_and_tidying_loses_nothing():
    subscribed()
    watched("country=MLI", email="alerts@example.org")
    edition()
    make.published()

    for _ in range(2):
        tasks.plan_delivery()
        tasks.tidy_delivery()

    waiting = Letter.objects.exclude(kind=LetterKind.CONFIRM).order_by("kind")
    assert list(waiting.values_list("kind", flat=True)) == ["alert", "edition"]
    assert sorted(m.to[0] for m in posted()) == ["alerts@example.org", "rae@example.org"]


def test_every_bell_and_every_beat_rings_for_a_task_that_workers_know(settings):
    app.loader.import_default_modules()
    rung = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert (set(BELLS.values()) | rung) - set(app.tasks) == set()
