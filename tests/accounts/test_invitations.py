"""Invitations: a link that makes one account, once, in time."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import workflow
from accounts.choices import Role
from accounts.models import AuditEntry, Invitation, User
from tests import make
from tests.accounts.conftest import PASSWORD, sign_in, visitor
from tests.desk import signed_in

pytestmark = pytest.mark.django_db
NEW = {"username": "kofi", "new_password1": PASSWORD, "new_password2": PASSWORD}


def invited(ada, **more):
    values = {"email": "kofi@example.org", "role": Role.EDITOR, "countries": ["MLI", "NER"]}
    _made, secret = workflow.invite(**values | more, by=ada, at=timezone.now())
    return f"/desk/invitation/{secret}/"


def test_an_administrator_invites_and_the_link_makes_the_account(client, ada):
    make.country("MLI")
    page = signed_in(client, ada).post(
        "/desk/people/invite/",
        {"email": "kofi@example.org", "role": "editor", "countries": ["MLI"]},
    )
    link = re.search(r"http://testserver(/desk/invitation/\S+/)<", page.content.decode())[1]
    guest = visitor()

    assert link in mail.outbox[0].body
    assert guest.get(link).status_code == 200
    assert guest.post(link, NEW).url == "/desk/sign-in/"
    kofi = User.objects.get(username="kofi")
    assert (kofi.role, kofi.countries, kofi.is_staff) == ("editor", ["MLI"], False)
    assert EmailAddress.objects.get(user=kofi).verified
    assert sign_in(guest, "kofi").status_code == 302
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "invite", "accept_invitation", "sign_in",
    }  # fmt: skip


def test_only_a_digest_of_the_link_is_stored(ada):
    link = invited(ada)

    stored = str(Invitation.objects.values().get()) + str(AuditEntry.objects.values().get())

    assert link.split("/")[3] not in stored


def test_a_link_works_once(client, ada):
    link = invited(ada)
    client.post(link, NEW)

    again = client.post(link, NEW | {"username": "eve"})

    assert again.status_code == 410
    assert "has been used" in again.content.decode()
    assert not User.objects.filter(username="eve").exists()


@pytest.mark.django_db(transaction=True)
def test_eight_who_race_for_one_link_make_one_account(ada):
    secret = invited(ada).split("/")[3]

    def race(n):
        try:
            workflow.accept(secret, username=f"kofi{n}", password=PASSWORD, at=timezone.now())
        except workflow.PeopleRefused as refused:
            return str(refused)
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(race, range(8)))

    assert told.count("made") == 1
    assert sum("has been used" in one for one in told) == 7
    assert User.objects.filter(email="kofi@example.org").count() == 1


def test_a_name_that_was_taken_meanwhile_is_refused(ada):
    secret = invited(ada).split("/")[3]
    make.person("kofi", Role.READER)

    with pytest.raises(workflow.PeopleRefused, match="is taken"):
        workflow.accept(secret, username="kofi", password=PASSWORD, at=timezone.now())

    assert Invitation.objects.get().accepted_at is None


def test_an_expired_link_makes_no_account(client, ada):
    link = invited(ada, lasts=dt.timedelta(seconds=-1))

    answer = client.post(link, NEW)

    assert answer.status_code == 410
    assert "has expired" in answer.content.decode()
    assert not User.objects.filter(username="kofi").exists()


def test_a_withdrawn_link_makes_no_account(client, ada):
    link = invited(ada)
    signed_in(client, ada).post(f"/desk/people/invitations/{Invitation.objects.get().pk}/revoke/")

    answer = visitor().post(link, NEW)

    assert answer.status_code == 410
    assert "withdrawn" in answer.content.decode()


def test_an_unknown_link_says_that_it_may_be_cut_off(client):
    answer = client.get("/desk/invitation/abc/")

    assert answer.status_code == 410
    assert "cut off" in answer.content.decode()


def test_opening_the_link_does_not_use_it_up(client, ada):
    link = invited(ada)

    for _ in range(3):
        client.get(link)

    assert client.post(link, NEW).status_code == 302


def test_a_weak_password_is_refused_and_leaves_the_link_good(client, ada):
    link = invited(ada)

    weak = client.post(link, NEW | {"new_password1": "password", "new_password2": "password"})

    assert weak.status_code == 400
    assert "at least 12 characters" in weak.content.decode()
    assert client.post(link, NEW).status_code == 302


def test_a_taken_name_is_refused_whatever_its_case(client, ada):
    make.ana()

    answer = client.post(invited(ada), NEW | {"username": "ANA"})

    assert "is taken" in answer.content.decode()


def test_the_form_gives_no_other_role_than_the_invitation(client, ada):
    more = {"role": "administrator", "is_superuser": "1", "countries": "", "email": "x@example.org"}

    client.post(invited(ada), NEW | more)

    kofi = User.objects.get(username="kofi")
    assert (kofi.role, kofi.is_superuser) == ("editor", False)
    assert (kofi.email, kofi.countries) == ("kofi@example.org", ["MLI", "NER"])


def test_a_second_invitation_withdraws_the_first(client, ada):
    first = invited(ada)
    invited(ada)

    assert client.get(first).status_code == 410


def test_somebody_with_an_account_is_not_invited_again(client, ada):
    make.person("kofi", Role.READER, email="Kofi@example.org")

    answer = signed_in(client, ada).post(
        "/desk/people/invite/", {"email": "kofi@example.org", "role": "editor"}
    )

    assert answer.status_code == 400
    assert "has an account already" in answer.content.decode()


def test_the_console_invites_the_first_administrator(client, capsys):
    call_command("invite", "ada@example.org", site="https://vigil.example.org")
    link = capsys.readouterr().out.strip()

    assert link.startswith("https://vigil.example.org/desk/invitation/")
    client.post(link.removeprefix("https://vigil.example.org"), NEW)
    kofi = User.objects.get(username="kofi")
    assert (kofi.role, kofi.is_superuser) == ("administrator", True)


def test_the_console_names_a_wrong_address():
    with pytest.raises(CommandError, match="email is 'ada'; it must be an address"):
        call_command("invite", "ada")


def test_createsuperuser_makes_an_administrator(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    call_command("createsuperuser", "--noinput", username="ada", email="ada@example.org")

    assert User.objects.get(username="ada").role == Role.ADMINISTRATOR
