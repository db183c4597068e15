"""Mails over the wire: Django's SMTP backend and a real mail server, in all its moods."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from core.jobs import JobState
from reports.delivery import posting
from reports.models import Letter, Subscriber
from reports.models.letters import HANDED
from tests import make
from tests.accounts.conftest import visitor
from tests.desk import signed_in
from tests.reports.conftest import schedule
from tests.reports.delivered import edition, plan_and_post, posted, subscribed
from tests.reports.watched import look, watched

pytestmark = pytest.mark.django_db
READERS = [f"reader{n}@example.org" for n in range(3)]
SITE = "http://127.0.0.1:8000"


def an_edition_for(*addresses, **more):
    """Published, planned and tried once."""
    for address in addresses or READERS:
        subscribed(address)
    Letter.objects.all().delete()
    report = edition(**more)
    plan_and_post()
    return report


def later(**more):
    """The pause is over: all that waits is tried again."""
    for letter in Letter.objects.filter(state=JobState.QUEUED):
        assert letter.leased_until > timezone.now()
    Letter.objects.filter(state=JobState.QUEUED, **more).update(leased_until=None)
    posted()


def what_operators_see(letter):
    """The page of a job, as its text."""
    ada = signed_in(Client(), make.person("ada", Role.ADMINISTRATOR))
    page = ada.get(f"/desk/jobs/letter/{letter.pk}/").content.decode()
    listed = ada.get("/desk/jobs/?state=all").content.decode()
    return re.sub(r"\s+", " ", page), listed


def test_a_digest_arrives_as_text_and_html_with_the_headers_that_programs_read(post_office):
    report = an_edition_for("rae@example.org")

    (mail,) = post_office.mails
    letter = Letter.objects.get()

    assert post_office.readers == ["rae@example.org"]
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["Subject"] == report.title
    assert mail["Message-ID"] == f"<{letter.uid}@127.0.0.1>"
    assert mail["Content-Language"] == "en"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<monthly-mli-en.127.0.0.1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith(f"<{SITE}/reports/subscriptions/leave/")
    for name in ("Message-ID", "Date", "From", "To", "Subject", "List-Unsubscribe"):
        assert len(mail.get_all(name)) == 1, name


def test_the_address_to_leave_survives_the_wire_and_ends_it(post_office):
    an_edition_for("rae@example.org")
    address = post_office.mails[0]["List-Unsubscribe"].strip(" <>")

    answer = visitor().post(address.removeprefix(SITE), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def test_french_accents_survive_the_wire_in_subject_text_and_html(post_office):
    french = schedule(slug="monthly-mli-fr", language="fr")
    subscribed("lea@example.org", schedule=french)
    Letter.objects.all().delete()
    lead = "L’armée a été attaquée à Kolokani, près de là où …"
    title = "Mali : bulletin de situation, juillet 2022 – déjà paru"
    edition(french, title=title, written={"lead": lead})
    plan_and_post()

    (mail,) = post_office.mails
    text, html = (part.get_content() for part in mail.iter_parts())

    assert mail["Subject"].strip() == title
    assert mail["Content-Language"] == "fr"
    for said in (lead, "Rédigé"):
        assert said in text, said
        assert said in html, said
    assert '<html lang="fr">' in html
    # Servers that know of no 8-bit letters get none.
    assert all(line.isascii() and len(line) < 999 for line in post_office.taken[0][1].splitlines())


def test_a_request_to_confirm_and_an_alert_go_the_same_way(post_office):
    watched(email="rae@example.org")
    make.published()
    look()
    posted()
    make.published(place="Segou")
    look()
    posted()

    first, second = (mail for mail in post_office.mails if "Alert" in mail["Subject"])
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert all(mail["Auto-Submitted"] == "auto-generated" for mail in post_office.mails)


@pytest.mark.parametrize(
    ("stage", "answer", "said"),
    [
        ("MAIL", "451 4.3.0 try again later", "451 4.3.0 try again later"),
        ("RCPT", "450 4.2.0 greylisted", "does not take mail for the address at present (450"),
        ("RCPT", "552 5.2.2 mailbox full", "552 5.2.2 mailbox full"),
        ("DATA", "452 4.3.1 disk is full", "does not take the letter at present (452"),
        ("end", "451 4.7.1 scanner is busy", "451 4.7.1 scanner is busy"),
    ],
)
def test_a_letter_that_is_refused_for_now_is_tried_again_and_its_row_says_why(
    post_office, stage, answer, said
):
    post_office.answers(stage, answer)
    an_edition_for("rae@example.org")

    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (JobState.QUEUED, 1)
    assert said in letter.reason
    assert said in what_operators_see(letter)[0]
    assert post_office.taken == []
    post_office.obeys()
    later()
    later()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.reason) == (JobState.DONE, 2, "")
    assert post_office.readers == ["rae@example.org"]


@pytest.mark.parametrize(
    ("stage", "answer", "said"),
    [
        ("RCPT", "550 5.1.1 <Reader1@Example.org> unknown: no READER1 here",
         "refuses the address for good (550 5.1.1 <•••> unknown: no ••• here)"),
        ("end", "554 5.7.1 looks like spam", "refuses the letter for good (554 5.7.1"),
    ],
)  # fmt: skip
def test_one_reader_who_is_refused_for_good_costs_the_others_nothing(
    post_office, stage, answer, said
):
    post_office.answers(stage, answer, to=READERS[1])
    an_edition_for()

    assert post_office.readers == [READERS[0], READERS[2]]
    letter = Letter.objects.get(subscriber__email=READERS[1])
    assert (letter.state, letter.attempts) == (JobState.FAILED, 1)
    assert said in letter.reason
    page, listed = what_operators_see(letter)
    assert said.replace("<", "&lt;").replace(">", "&gt;") in page
    assert "reader1" not in (page + listed).lower()
    later()
    assert post_office.readers == [READERS[0], READERS[2]]


def test_a_letter_that_failed_for_good_can_be_asked_for_again(post_office):
    post_office.answers("RCPT", "550 no such user", times=1)
    an_edition_for("rae@example.org")
    letter = Letter.objects.get()

    assert letter.ask_again()
    posted()

    assert post_office.readers == ["rae@example.org"]
    assert Letter.objects.get().state == JobState.DONE


@pytest.mark.parametrize("stage", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "body"])
def test_a_server_that_drops_the_connection_gets_the_letter_again_and_once(post_office, stage):
    post_office.answers(stage, "", to="", times=1)
    an_edition_for("rae@example.org")

    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (JobState.QUEUED, 1)
    assert "connection" in letter.reason
    assert post_office.taken == []
    later()

    assert post_office.readers == ["rae@example.org"]
    assert Letter.objects.get().state == JobState.DONE


def test_a_server_that_takes_a_letter_and_says_nothing_gets_the_same_one_again(post_office):
    """Nobody can tell this from a letter that was lost: the Message-ID is for the reader's side."""
    post_office.answers("end", "", times=1)
    an_edition_for("rae@example.org")
    later()

    one, other = post_office.taken
    assert len({mail["Message-ID"] for mail in post_office.mails}) == 1
    assert one[0] == other[0]


@pytest.mark.parametrize("answer", ["", "421 going away", f"221 {'x' * 9000}", "554 no"])
def test_however_a_server_parts_what_it_took_is_not_sent_again(post_office, answer):
    post_office.answers("QUIT", answer)
    an_edition_for()

    assert set(Letter.objects.values_list("state", "attempts", "reason")) == {("done", 1, "")}
    assert Letter.objects.count() == 3
    later()
    assert post_office.readers == READERS


def test_a_server_that_is_not_there_costs_one_attempt_of_one_letter_a_minute(post_office):
    post_office.stop()
    an_edition_for()

    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    tried = Letter.objects.get(attempts=1)
    assert "cannot be reached (ConnectionRefusedError" in tried.reason
    assert "Check EMAIL_URL" in what_operators_see(tried)[0]
    assert Letter.objects.filter(
        leased_until__gt=timezone.now() + dt.timedelta(seconds=50)
    ).count() == 3  # fmt: skip
    post_office.start()
    later()

    assert sorted(post_office.readers) == READERS
    assert set(Letter.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_a_mail_server_may_be_away_for_a_long_weekend(post_office):
    post_office.stop()
    an_edition_for("rae@example.org")
    letter = Letter.objects.get()
    away = letter.pause
    while away < dt.timedelta(days=3):
        Letter.objects.update(leased_until=None)
        posted()
        letter.refresh_from_db()
        assert letter.state == JobState.QUEUED, away
        away += letter.pause
    post_office.start()
    later()

    assert post_office.readers == ["rae@example.org"]


# The library warns of passwords in the clear; this one stays on the loopback address.
@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_server_that_does_not_let_us_in_is_tried_again_and_says_which_setting(
    strict_office, settings
):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "vigil", "wrong"
    an_edition_for("rae@example.org")

    letter = Letter.objects.get()
    assert letter.state == JobState.QUEUED
    assert "does not accept user and password (535" in letter.reason
    assert "wrong" not in letter.reason
    settings.EMAIL_HOST_PASSWORD = "right"
    later()
    assert strict_office.readers == ["rae@example.org"]


def test_a_server_that_thinks_for_longer_than_connecting_may_take_is_waited_for(
    post_office, settings
):
    settings.EMAIL_TIMEOUT = 0.3
    post_office.slow["end"] = 0.6
    an_edition_for("rae@example.org")

    assert post_office.readers == ["rae@example.org"]
    assert Letter.objects.get().state == JobState.DONE


def test_a_server_that_hangs_is_left_and_its_letter_tried_again(post_office, monkeypatch):
    monkeypatch.setattr(posting, "ANSWERS", 0.3)
    with post_office.holding("MAIL"):
        an_edition_for("rae@example.org")
    assert Letter.objects.get().state == JobState.QUEUED

    later()

    assert post_office.readers == ["rae@example.org"]


def test_the_time_for_all_answers_is_shorter_than_the_lease_of_a_letter():
    steps = ("EHLO", "MAIL", "RCPT", "DATA", "the letter", "its end", "RSET")

    assert HANDED.total_seconds() > len(steps) * posting.ANSWERS
