"""Guessing is slowed where it comes from; the person whose name is guessed at is not kept out."""

import pytest
from django.test import Client

from tests import make
from tests.accounts.conftest import PASSWORD, new_address, sign_in, visitor, with_password

pytestmark = pytest.mark.django_db
WRONG = "wrong-password-here"
TOO_MANY = "Too many failed login attempts"


def guesses(client, names, password=WRONG):
    """How many of these attempts were evaluated."""
    answers = [sign_in(client, name, password) for name in names]
    refused = [a for a in answers if a.status_code == 429 or TOO_MANY in a.content.decode()]
    return len(answers) - len(refused)


def test_a_stranger_has_five_guesses_at_an_account(client):
    with_password(make.ed())

    assert guesses(client, ["ed"] * 20) == 5
    assert TOO_MANY in sign_in(client, "ed", PASSWORD).content.decode()


def test_the_editor_signs_in_while_strangers_guess(client):
    with_password(make.ed())
    for _ in range(3):
        guesses(visitor(), ["ed"] * 10)

    answer = sign_in(client, "ed")

    assert answer.status_code == 302
    assert answer.url == "/desk/"


def test_spelling_a_name_otherwise_gives_no_more_guesses(client):
    with_password(make.ed())

    assert guesses(client, ["ed", "ED", "Ed", "eD", "ｅｄ", "Ｅｄ", "ed", "ED"]) == 5


def test_one_address_tries_no_more_than_twenty_accounts_in_a_minute(client):
    assert guesses(client, [f"person-{n}" for n in range(40)]) == 20


def test_another_address_of_the_same_network_gives_no_more_guesses():
    with_password(make.ed())
    network = new_address().removesuffix("::1")
    evaluated = 0

    for n in range(10):
        evaluated += guesses(Client(REMOTE_ADDR=f"{network}::{n + 1:x}"), ["ed"])

    assert evaluated == 5


def test_a_forged_forwarding_header_gives_no_more_guesses():
    with_password(make.ed())
    stranger = visitor()

    evaluated = 0
    for _ in range(20):
        stranger.defaults["HTTP_X_FORWARDED_FOR"] = new_address()
        evaluated += guesses(stranger, ["ed"])

    assert evaluated == 5


def test_behind_a_proxy_only_what_the_proxy_wrote_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    with_password(make.ed())
    stranger, real = visitor(), new_address()

    evaluated = 0
    for _ in range(20):
        stranger.defaults["HTTP_X_FORWARDED_FOR"] = f"{new_address()}, {real}"
        evaluated += guesses(stranger, ["ed"])

    assert evaluated == 5


def test_too_many_attempts_get_a_page_that_says_so(client):
    for n in range(31):
        answer = sign_in(client, f"person-{n}")

    assert answer.status_code == 429
    assert "Your account is not locked" in answer.content.decode()
