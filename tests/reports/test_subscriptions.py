"""Subscribing by mail: only whoever reads the address can begin it, and anyone ends it at once."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from reports.delivery import consent, links, subscribing
from reports.models import Letter, Subscriber, Subscription
from tests import make
from tests.accounts.conftest import visitor
from tests.desk import signed_in
from tests.reports.conftest import schedule
from tests.reports.delivered import edition, link, plan_and_post, posted, subscribed

pytestmark = pytest.mark.django_db
ADDRESS = "rae@example.org"


@pytest.fixture
def reader():
    return visitor()


def ask(client, email=ADDRESS, series="monthly-mli-en"):
    schedule()
    return client.post("/reports/subscriptions/", {"email": email, "series": series})


def test_a_reader_asks_confirms_and_gets_the_next_edition(reader):
    answer = ask(reader, "Rae@Example.org")
    (letter,) = posted()
    path = link(letter, "/confirm/")
    page = reader.get(path)
    done = reader.post(path)
    edition()

    assert answer.url == "/reports/subscriptions/asked/"
    assert letter.to == [ADDRESS]
    assert "Mali, monthly, in English" in letter.body
    assert "Yes, send it to me" in page.content.decode()
    assert "From now on you get by mail" in done.content.decode()
    assert [m.subject for m in plan_and_post()] == ["Mali: situation report, July 2022"]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_program_that_opens_the_links_of_a_mail_confirms_nothing(reader, method):
    ask(reader)
    path = link(posted()[0], "/confirm/")

    getattr(reader, method)(path)

    assert Subscription.objects.get().confirmed_at is None


def test_nothing_is_sent_before_the_address_confirms(reader):
    ask(reader)
    posted()
    edition()

    assert plan_and_post() == []


def test_the_answer_is_the_same_for_every_address(reader):
    subscribed("known@example.org")
    ask(reader, "waiting@example.org")

    told = []
    for email in ("known@example.org", "waiting@example.org", "new@example.org"):
        client = visitor()
        first = ask(client, email)
        shown = client.get(first.url)
        headers = {k: v for k, v in first.headers.items() if k != "Date"}
        told.append(
            (first.status_code, headers, first.content, dict(client.cookies), shown.content)
        )

    assert told[0] == told[1] == told[2]


def test_what_is_confirmed_brings_no_second_letter(reader):
    subscribed()
    posted()

    ask(reader)

    assert posted() == []
    assert Subscription.objects.get().confirmed_at is not None


def test_an_impatient_reader_gets_one_letter():
    for _ in range(5):
        ask(visitor())

    assert len(posted()) == 1


def test_an_address_is_asked_five_times_a_day_at_most_whoever_asks(reader):
    for number in range(9):
        slug = f"weekly-{number}"
        schedule(slug=slug, cadence="weekly", name=f"Series {number}")
        ask(visitor(), series=slug)

    assert len(posted()) == consent.MOST_REQUESTS
    assert ask(visitor()).url == "/reports/subscriptions/asked/"


def test_one_network_is_slowed_down(reader):
    answers = [ask(reader, f"reader{n}@example.org") for n in range(32)]

    assert [answer.status_code for answer in answers] == [302] * 30 + [429] * 2
    assert "Try again in an hour" in answers[-1].content.decode()
    assert ask(visitor()).status_code == 302


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"email": "no address", "series": "monthly-mli-en"}, "valid email"),
        ({"email": ADDRESS, "series": "no-such-series"}, "no-such-series is not one of"),
        ({"email": ADDRESS}, "required"),
    ],
)
def test_what_cannot_be_understood_is_named(reader, sent, words):
    schedule()

    answer = reader.post("/reports/subscriptions/", sent)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_a_link_to_confirm_expires(reader, monkeypatch):
    ask(reader)
    path = link(posted()[0], "/confirm/")
    monkeypatch.setattr(links, "LASTS", dt.timedelta(seconds=-1))

    answer = reader.post(path)

    assert answer.status_code == 410
    assert "expired" in answer.content.decode()
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.parametrize("way", ["confirm", "leave"])
def test_a_link_that_was_made_up_or_cut_off_does_nothing(reader, way):
    ask(reader)
    subscription = Subscription.objects.get()
    path = links.to_confirm(links.SUBSCRIPTION, subscription.uid)
    token = path.rstrip("/").rpartition("/")[2]

    for forged in ("nonsense", token[:-4], token[:-4] + "AAAA", token.partition(":")[0] + "::"):
        answer = reader.post(f"/reports/subscriptions/{way}/{forged}/")
        assert answer.status_code == 410
        assert "cut off" in answer.content.decode()
    assert Subscription.objects.get().confirmed_at is None


def test_a_link_to_confirm_is_no_link_to_leave_and_the_other_way_round(reader):
    subscription = subscribed()
    confirm = links.to_confirm(links.SUBSCRIPTION, subscription.uid)
    leave = links.to_leave(links.SERIES, subscription.subscriber.uid, subscription.schedule_id)

    for path in (confirm.replace("/confirm/", "/leave/"), leave.replace("/leave/", "/confirm/")):
        assert reader.post(path).status_code == 410
    assert Subscription.objects.count() == 1


def test_a_mail_program_ends_it_with_one_click_and_no_cookie():
    subscribed()
    edition()
    (message,) = plan_and_post()
    path = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(links.site())

    program = Client(enforce_csrf_checks=True)
    answer = program.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert not Letter.objects.exists()
    assert program.post(path).status_code == 200


def test_opening_the_link_to_leave_ends_nothing(reader):
    subscribed()
    edition()
    path = link(plan_and_post()[0], "/leave/")

    page = reader.get(path).content.decode()

    assert "End everything and erase my address" in page
    assert Subscription.objects.count() == 1


def test_leaving_one_series_keeps_the_others_and_leaving_all_forgets_the_address(reader):
    other = schedule(slug="weekly-mli-fr", language="fr", cadence="weekly")
    subscribed()
    subscribed(schedule=other)
    edition()
    path = link(plan_and_post()[0], "/leave/")

    reader.post(path, {"what": "this"})
    assert [one.schedule for one in Subscription.objects.all()] == [other]
    reader.post(path, {"what": "all"})
    assert not Subscriber.objects.exists()


def test_a_letter_that_waits_is_not_sent_to_somebody_who_has_left():
    subscription = subscribed()
    subscribed(schedule=schedule(slug="weekly-mli-fr", language="fr", cadence="weekly"))
    report = edition()
    subscribing.leave(subscription.subscriber.uid, report.job.schedule_id)

    assert plan_and_post() == []


def test_what_nobody_confirms_is_forgotten_and_what_is_confirmed_stays():
    long_ago = timezone.now() - links.LASTS - dt.timedelta(hours=1)
    subscribing.ask("never@example.org", schedule=schedule(), at=long_ago)
    subscribing.ask("soon@example.org", schedule=schedule(), at=timezone.now())
    subscribed("always@example.org", at=long_ago)

    assert consent.expire(timezone.now()) == 1
    assert set(Subscriber.objects.values_list("email", flat=True)) == {
        "soon@example.org",
        "always@example.org",
    }


def test_an_editor_adds_a_recipient_who_has_to_confirm_and_sees_no_address(reader):
    editor = signed_in(visitor(), make.ed())
    schedule()
    path = "/desk/reports/schedules/monthly-mli-en/recipients/"

    editor.post(path, {"email": "minister@example.org"})
    page = editor.get(path).content.decode()
    (letter,) = posted()

    assert "m•••@example.org" in page
    assert "waits for confirmation" in page
    assert "minister@" not in page
    assert letter.to == ["minister@example.org"]
    assert "An editor of Vigil suggests" in letter.body
    assert "minister@" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_an_editor_removes_a_recipient(reader):
    editor = signed_in(visitor(), make.ed())
    one = subscribed("minister@example.org")
    path = "/desk/reports/schedules/monthly-mli-en/recipients/"

    editor.post(f"{path}{one.uid}/remove/")

    assert "Nobody gets this series" in editor.get(path).content.decode()
    assert not Subscriber.objects.exists()
    assert AuditEntry.objects.filter(verb="remove_recipient").count() == 1


@pytest.mark.parametrize("path", ["/reports/", "/reports/subscriptions/"])
def test_the_form_stands_on_the_pages_of_reports_and_gives_no_cookie(reader, path):
    edition()

    answer = reader.get(path)

    assert 'action="/reports/subscriptions/"' in answer.content.decode() or path != "/reports/"
    assert "All situation reports in French" in answer.content.decode()
    assert "Mali, monthly, in English" in answer.content.decode()
    assert not answer.cookies


def test_a_series_about_what_readers_may_not_know_of_is_not_offered(reader):
    hidden = make.campaign("secret", name="Secret campaign", is_public=False)
    schedule(slug="monthly-secret-en", topic="campaign", campaign=hidden)

    assert b"Secret campaign" not in reader.get("/reports/subscriptions/").content
    assert b"monthly-secret-en" not in reader.get("/reports/subscriptions/").content
    hidden.is_public = True
    hidden.save()
    assert b"Secret campaign" in reader.get("/reports/subscriptions/").content


def test_a_reports_page_offers_its_own_series(reader):
    report = edition()

    page = reader.get(f"/reports/{report.public_id}/").content.decode()

    assert '<option value="monthly-mli-en" selected>' in page


def test_pages_of_single_readers_are_kept_nowhere(reader):
    one = subscribed()
    paths = (
        links.to_confirm(links.SUBSCRIPTION, one.uid),
        links.to_leave(links.SERIES, one.subscriber.uid, one.schedule_id),
    )

    for path in paths:
        assert "no-store" in reader.get(path)["Cache-Control"]
        assert 'content="noindex"' in reader.get(path).content.decode()
    assert mail.outbox == []
