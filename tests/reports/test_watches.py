"""Saved searches: by mail for everybody, kept at one place with an account."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from reports.delivery import links
from reports.models import Alert, Letter, Rhythm, Subscriber, Watch
from reports.watches import watching
from tests import make
from tests.accounts.conftest import visitor
from tests.desk import signed_in
from tests.reports.delivered import link, posted
from tests.reports.watched import QUERY, look, watched

pytestmark = pytest.mark.django_db


def test_a_reader_saves_a_question_from_the_explorer_without_an_account():
    make.published()
    reader = visitor()

    explorer = reader.get("/incidents/?country=MLI&view=list").content.decode()
    path = re.search(r'href="(/searches/new/[^"]*)"', explorer)[1].replace("&amp;", "&")
    page = reader.get(path).content.decode()
    answer = reader.post(path, {"email": "rae@example.org", "rhythm": "daily"})
    (letter,) = posted()
    confirm = link(letter, "/confirm/")
    reader.get(confirm)
    assert Watch.objects.get().confirmed_at is None
    done = reader.post(confirm).content.decode()

    assert "Incidents in Mali" in page
    assert answer.url == "/reports/subscriptions/asked/"
    assert "Incidents in Mali" in letter.body
    assert "From now on you get by mail" in done
    watch = Watch.objects.get()
    assert (watch.query, watch.rhythm) == ("country=MLI", "daily")
    assert not reader.cookies


def test_asking_again_changes_nothing_that_was_confirmed():
    watched(rhythm=Rhythm.WEEKLY)

    watching.ask(QUERY, email="rae@example.org", rhythm="instant", language="fr", at=timezone.now())

    watch = Watch.objects.get()
    assert (watch.rhythm, watch.language) == (Rhythm.WEEKLY, "en")
    assert not Letter.objects.filter(state="queued", watch__confirmed_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("colour=red", "colour"), ("country=XXX", "country"), ("as_of=2026-01-01", "as_of"),
     (f"target={'military,' * 89}military&weapon={'firearms,' * 89}firearms", "query")],
)  # fmt: skip
def test_a_question_that_cannot_be_kept_is_refused_by_name(query, parameter):
    path = f"/searches/new/?{query}"
    for answer in (visitor().get(path), visitor().post(path, {"email": "a@example.org"})):
        assert answer.status_code == 400
        assert f"<code>{parameter}</code>" in answer.content.decode() or parameter in str(
            answer.content
        )
    assert not Watch.objects.exists()


def test_the_link_of_an_alert_ends_it_with_one_click_and_forgets_the_address():
    watched()
    make.published()
    look()
    (message,) = (m for m in posted() if "/alerts/" in m.body)
    path = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(links.site())

    assert visitor().get(path).status_code == 200
    assert Watch.objects.count() == 1
    visitor().post(path, {"List-Unsubscribe": "One-Click"})
    assert not Subscriber.objects.exists()
    assert not Alert.objects.exists()


def rae():
    make.country("MLI")
    person = make.rae()
    person.email = "rae@example.org"
    person.save()
    return person


def test_a_person_with_an_account_keeps_renames_and_deletes_searches():
    make.published()
    client = signed_in(visitor(), rae())

    client.post("/searches/keep/", {"query": QUERY, "name": "My Mali", "rhythm": "instant"})
    page = client.get("/searches/").content.decode()
    watch = Watch.objects.get()
    prefix = watch.uid.hex
    client.post(f"/searches/{watch.uid}/", {f"{prefix}-name": "Mali", f"{prefix}-rhythm": "none"})
    renamed = client.get("/searches/").content.decode()
    client.post(f"/searches/{watch.uid}/delete/")

    assert "My Mali" in page
    assert "Incidents in Mali" in page
    assert "My Mali" not in renamed
    assert not Watch.objects.exists()


def test_a_kept_search_mails_its_owner_and_its_link_stops_the_mails_only():
    client = signed_in(visitor(), rae())
    client.post("/searches/keep/", {"query": QUERY, "name": "My Mali", "rhythm": "instant"})
    make.published()
    look()

    (message,) = posted()
    visitor().post(link(message, "/leave/"))

    assert message.to == ["rae@example.org"]
    assert message.subject == "Alert 1: My Mali"
    assert Watch.objects.get().rhythm == Rhythm.NONE
    make.published(place="Segou")
    assert look() == []


def test_nobody_reads_or_changes_the_searches_of_another():
    signed_in(visitor(), rae()).post(
        "/searches/keep/", {"query": QUERY, "name": "Private", "rhythm": "none"}
    )
    watch = Watch.objects.get()
    other = signed_in(visitor(), make.ana())

    assert "Private" not in other.get("/searches/").content.decode()
    assert other.post(f"/searches/{watch.uid}/").status_code == 404
    assert other.post(f"/searches/{watch.uid}/delete/").status_code == 404
    assert visitor().get("/searches/").url.startswith("/desk/sign-in/")
    assert Watch.objects.count() == 1


def test_a_person_without_an_address_is_told_so():
    make.country("MLI")
    client = signed_in(visitor(), make.ana())

    answer = client.post("/searches/keep/", {"query": QUERY, "name": "", "rhythm": "daily"})

    assert answer.status_code == 400
    assert "has no e-mail address" in answer.content.decode()


def test_a_stopped_search_tells_again_from_now_on_once_it_is_saved_anew():
    make.published()
    owner = rae()
    watch = watching.keep(
        QUERY, owner=owner, name="", rhythm="instant", language="en", at=timezone.now()
    )
    Watch.objects.update(stopped_at=timezone.now(), stop_reason="gone", told_seq=0)
    make.published(place="Segou")

    watching.keep(QUERY, owner=owner, name="", rhythm="instant", language="en", at=timezone.now())

    watch.refresh_from_db()
    assert watch.stopped_at is None
    assert look() == []


def test_an_unknown_alert_is_not_found():
    assert visitor().get("/alerts/nothing/").status_code == 404
    assert mail.outbox == []
