"""Sessions of editors and above end after half an hour without activity; nothing typed is lost."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.idle import limit
from accounts.models import User
from incidents.models import Incident
from tests import make
from tests.accounts.conftest import PASSWORD, code, sign_in, visitor, with_password
from tests.desk import signed_in
from tests.desk.pages import fields

pytestmark = pytest.mark.django_db
# Of `PASSWORD`, as Vigil stored passwords before.
OLDER = "pbkdf2_sha256$1000$salt1234567890$UNEf4+XsQ16/UbXddwDoNqX1qiQ0xtNNQC49oOOlRb0="
LONG_AGO = limit() + dt.timedelta(seconds=1)


def idle(client: Client, time: dt.timedelta = LONG_AGO) -> None:
    """As if nothing had been asked in this session for so long."""
    rows = UserSession.objects.filter(session_key=client.session.session_key)
    assert rows.update(last_seen_at=timezone.now() - time) == 1


def at_the_desk(person: User) -> Client:
    client = signed_in(visitor(), person)
    assert client.get("/desk/me/").status_code == 200
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/desk/me/").status_code == 200


def test_the_limit_is_half_an_hour():
    assert limit() == dt.timedelta(minutes=30)


@pytest.mark.parametrize("who", [make.ed, make.rita])
def test_an_editors_idle_session_ends(who):
    client = at_the_desk(who())
    idle(client, limit() - dt.timedelta(seconds=5))
    assert is_signed_in(client)

    idle(client)

    assert client.get("/desk/queue/").url.startswith("/desk/sign-in/?next=")
    assert not is_signed_in(client)
    assert not UserSession.objects.exists()


@pytest.mark.parametrize("who", [make.rae, make.ana])
def test_readers_and_contributors_stay_signed_in(who):
    client = at_the_desk(who())
    UserSession.objects.update(last_seen_at=timezone.now() - LONG_AGO)

    assert is_signed_in(client)


def test_whatever_is_asked_at_the_desk_keeps_the_session():
    client = at_the_desk(make.ed())
    for path in ("/desk/me/awake/", "/desk/queue/", "/api/v1/desk/incidents/ZZZZZZZZZZ/"):
        idle(client, limit() - dt.timedelta(minutes=1))
        client.get(path)
        seen = UserSession.objects.get().last_seen_at
        assert timezone.now() - seen < dt.timedelta(minutes=1), path


def test_the_write_api_and_the_administration_end_it_too():
    for path in ("/api/v1/desk/incidents/ZZZZZZZZZZ/", "/admin/"):
        client = at_the_desk(make.person("ada", "administrator", is_staff=True, is_superuser=True))
        idle(client)
        client.get(path)
        assert not is_signed_in(client), path


def test_public_pages_ask_nothing_of_the_session():
    client = at_the_desk(make.ed())
    idle(client)

    answer = client.get("/api/v1/")

    assert "Cookie" not in answer.get("Vary", "")
    assert UserSession.objects.exists()


def enrolled(person: User) -> str:
    """A person with a password and an authenticator app; its secret."""
    with_password(person)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def test_what_was_typed_is_there_after_signing_in_again():
    """Without a script: the form is sent too late, held, seen again and sent."""
    ed, which = make.ed(), make.incident()
    secret = enrolled(ed)
    client = at_the_desk(ed)
    page = reverse("desk:incident", args=[which.public_id])
    typed = fields(client.get(page).content.decode(), "edition") | {"title": "Assault at Kati"}
    idle(client)

    late = client.post(page, typed | {"save": "1"})
    assert late.url == "/desk/sign-in/?next=%2Fdesk%2Fme%2Funsent%2F"
    assert Incident.objects.get().title == which.title
    client.post(late.url, {"login": "ed", "password": PASSWORD, "next": "/desk/me/unsent/"})
    answer = client.post("/desk/me/factors/authenticate/", {"code": code(secret)})
    assert answer.url == "/desk/me/unsent/"
    html = client.get("/desk/me/unsent/").content.decode()
    assert f'action="{page}"' in html
    saved = client.post(page, fields(html, "edition"))

    assert saved.status_code == 302
    assert Incident.objects.get().title == "Assault at Kati"
    assert client.get("/desk/me/unsent/").url == "/desk/"


def late_form(client: Client, which: Incident) -> None:
    idle(client)
    client.post(reverse("desk:incident", args=[which.public_id]), {"title": "Assault at Kati"})


def test_another_person_at_the_same_browser_does_not_see_it():
    client = at_the_desk(make.ed())
    late_form(client, make.incident())

    signed_in(client, make.rita())

    assert client.get("/desk/me/unsent/").url == "/desk/"
    assert "Assault" not in str(dict(client.session.items()))


def test_it_can_be_thrown_away():
    client = at_the_desk(make.ed())
    late_form(client, make.incident())
    signed_in(client, make.ed())
    assert client.get("/desk/me/unsent/").status_code == 200

    client.post("/desk/me/unsent/")

    assert client.get("/desk/me/unsent/").url == "/desk/"


def test_a_form_from_another_site_is_not_held():
    client = Client(enforce_csrf_checks=True)
    signed_in(client, make.ed())
    assert is_signed_in(client)
    idle(client)

    answer = client.post("/desk/incidents/new/", {"title": "Assault at Kati"})

    assert answer.status_code == 403
    assert "Assault" not in str(dict(client.session.items()))


def test_a_form_with_secrets_is_not_held():
    client = at_the_desk(make.ed())
    idle(client)

    client.post("/desk/me/password/", {"oldpassword": PASSWORD})

    assert PASSWORD not in str(dict(client.session.items()))


def test_the_desk_warns_whose_session_can_end_and_nobody_else():
    said = '<idle-watch data-seconds="1800" data-warned="120"'

    assert said in at_the_desk(make.ed()).get("/desk/me/").content.decode()
    assert "idle-watch" not in at_the_desk(make.ana()).get("/desk/me/").content.decode()
    assert "idle-watch" not in visitor().get("/desk/sign-in/").content.decode()


def test_passwords_are_stored_as_argon2_and_older_ones_are_stored_anew():
    ana = with_password(make.ana())
    assert ana.password.startswith("argon2$argon2id$")
    ana.password = OLDER
    ana.save()

    answer = sign_in(visitor(), "ana")

    assert answer.status_code == 302
    ana.refresh_from_db()
    assert identify_hasher(ana.password).algorithm == "argon2"
