"""The second factor: set up once, asked for at every sign-in, its secret stored encrypted."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from accounts.models import AuditEntry
from tests import make
from tests.accounts.conftest import PASSWORD, code, sign_in, visitor, with_password

# What follows a commit (the audit entry, the letter to the person) must happen as outside a test.
pytestmark = pytest.mark.django_db(transaction=True)
APP = "/desk/me/factors/totp/activate/"


@pytest.fixture
def ed(client):
    """Ed has signed in and set up an app; its secret."""
    with_password(make.ed())
    sign_in(client, "ed")
    page = client.get(APP).content.decode()
    secret = re.search(r'desk-secret">\s*([A-Z2-7]+)\s*<', page)[1]
    client.post(APP, {"code": code(secret)})
    return secret


def test_an_editor_who_sets_up_an_app_is_let_in_and_gets_recovery_codes(client, ed):
    codes = client.get("/desk/me/factors/recovery-codes/").content.decode()
    again = client.get("/desk/me/factors/recovery-codes/").content.decode()

    assert client.get("/desk/me/").status_code == 200
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert len(re.findall(r"<code>\d{8}</code>", again)) == 0
    assert AuditEntry.objects.filter(verb="add_factor", by="ed").exists()
    assert mail.outbox[0].to == ["ed@example.org"]


def test_the_next_sign_in_asks_for_the_code(ed):
    later = visitor()

    answer = sign_in(later, "ed")
    assert answer.url.endswith("/desk/me/factors/authenticate/")
    assert later.get("/desk/me/").status_code == 302
    assert "Incorrect code" in later.post(answer.url, {"code": "000000"}).content.decode()
    later.post(answer.url, {"code": code(ed, at=time.time() + 30)})

    assert later.get("/desk/me/").status_code == 200


def test_a_code_works_once(ed):
    used, other = code(ed, at=time.time() + 30), visitor()
    first = visitor()
    first.post(sign_in(first, "ed").url, {"code": used})

    again = other.post(sign_in(other, "ed").url, {"code": used})

    assert "Incorrect code" in again.content.decode()


def test_a_recovery_code_opens_the_account_once(client, ed):
    page = client.get("/desk/me/factors/recovery-codes/").content.decode()
    kept = re.search(r"<code>(\d{8})</code>", page)[1]
    first, second = visitor(), visitor()

    first.post(sign_in(first, "ed").url, {"code": kept})
    again = second.post(sign_in(second, "ed").url, {"code": kept})

    assert first.get("/desk/me/").status_code == 200
    assert "Incorrect code" in again.content.decode()


def test_guessing_codes_ends_after_five(ed):
    guesser = visitor()
    address = sign_in(guesser, "ed").url
    answers = [guesser.post(address, {"code": f"{n:06d}"}).content.decode() for n in range(12)]

    assert sum("Incorrect code" in answer for answer in answers) == 5


def test_a_session_from_before_the_second_factor_must_give_it(ed):
    older = visitor()
    older.force_login(make.ed())

    assert older.get("/desk/me/").url == "/desk/me/second-factor/"
    assert "Give a code" in older.get("/desk/me/second-factor/").content.decode()


def test_whoever_removes_the_last_factor_leaves_the_desk(client, ed):
    client.post("/desk/me/factors/totp/deactivate/")

    assert client.get("/desk/me/").url == "/desk/me/second-factor/"
    assert AuditEntry.objects.filter(verb="remove_factor", by="ed").exists()


def test_the_secret_of_an_app_is_stored_encrypted(ed):
    assert ed not in str(Authenticator.objects.get(type="totp").data)


def test_an_app_outlives_a_change_of_the_secret_key(ed, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-sufficient-length-for-anybody-at-all"
    later = visitor()

    later.post(sign_in(later, "ed").url, {"code": code(ed, at=time.time() + 30)})

    assert later.get("/desk/me/").status_code == 200


def test_an_old_session_gives_the_password_again_before_factors_change(client):
    with_password(make.ana())
    sign_in(client, "ana")
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()

    answer = client.get(APP)
    assert answer.url.startswith("/desk/me/confirm/")
    assert "Confirm that it is you" in client.get(answer.url).content.decode()
    client.post(answer.url, {"password": PASSWORD})

    assert client.get(APP).status_code == 200
