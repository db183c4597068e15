"""Signing in: a password, for editors a second factor, and no open registration."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from tests import make
from tests.accounts.conftest import PASSWORD, sign_in, visitor, with_password
from tests.desk import signed_in

pytestmark = pytest.mark.django_db


def test_the_desk_sends_strangers_to_the_sign_in_page_and_back(client):
    with_password(make.ana())

    answer = client.get("/desk/me/tokens/")
    assert answer.url == "/desk/sign-in/?next=/desk/me/tokens/"
    answer = client.post(answer.url, {"login": "ana", "password": PASSWORD, "next": "/desk/me/"})

    assert answer.url == "/desk/me/"


def test_an_address_signs_in_as_well_as_a_name(client):
    with_password(make.ana())

    assert sign_in(client, "ana@example.org").status_code == 302


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, name):
    with_password(make.ana())

    page = sign_in(client, name, "wrong-password-here").content.decode()

    assert "The username and/or password you specified are not correct." in page


def test_an_editor_comes_no_further_than_the_second_factor(client):
    with_password(make.ed())
    sign_in(client, "ed")

    answer = client.get("/desk/", follow=False)

    assert answer.url == "/desk/me/second-factor/"
    assert "A second factor is needed" in client.get(answer.url).content.decode()


def test_nobody_registers(client):
    page = client.get("/desk/sign-up/")
    client.post("/desk/sign-up/", {
        "username": "eve", "email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD,
    })  # fmt: skip

    assert "by invitation" in page.content.decode()
    assert not User.objects.filter(username="eve").exists()


@pytest.mark.parametrize("password", ["short-pass1", "password1234", "123456789012", "ana-ana-ana"])
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, user=make.ana())


def test_a_deactivated_person_is_told_so(client):
    person = with_password(make.ana())
    person.is_active = False
    person.save()

    answer = sign_in(client, "ana")

    assert answer.url == "/desk/inactive/"
    assert "This account is closed" in client.get(answer.url).content.decode()


def test_other_browsers_can_be_signed_out(client):
    with_password(make.ana())
    lost = visitor()
    sign_in(lost, "ana")
    sign_in(client, "ana")

    client.post("/desk/me/sessions/")

    assert client.get("/desk/me/").status_code == 200
    assert lost.get("/desk/me/").status_code == 302


def test_pages_of_the_desk_are_stored_nowhere(client):
    answer = signed_in(client, make.ed()).get("/desk/me/")

    assert "no-store" in answer["Cache-Control"]


def test_the_admin_has_no_sign_in_of_its_own(client, ada):
    client.force_login(ada)

    assert client.get("/admin/").status_code == 302
    assert visitor().get("/admin/login/").url.startswith("/desk/sign-in/")
    assert signed_in(client, ada).get("/admin/").status_code == 200
