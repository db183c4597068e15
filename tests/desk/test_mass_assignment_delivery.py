"""No form and no button about recipients and webhooks reaches a column that it does not show."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from reports.delivery import signatures, subscribing, webhooks
from tests import make
from tests.desk.assigning import try_button, try_everything
from tests.reports.conftest import schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _secrets_without_chance(monkeypatch):
    """Two registrations would differ by their secret and by its encryption."""
    monkeypatch.setattr(signatures, "new_secret", lambda: "whsec_AAAA")
    monkeypatch.setattr(signatures, "encrypted", lambda secret: f"encrypted {secret}")


def webhook():
    made, _secret = webhooks.register(
        "Ministry", "https://hook.example.org/", ["report.published"],
        by=make.person("ada", Role.ADMINISTRATOR), at=timezone.now(),
    )  # fmt: skip
    return made


def test_a_recipient_is_an_address_and_nothing_else(ada):
    page = reverse("delivery-desk:recipients", args=[schedule().slug])

    try_everything(ada, page, "email", email="x@example.org")


def test_removing_a_recipient_removes_that_one_and_nothing_else(ada):
    one = subscribing.ask("x@example.org", schedule=schedule(), at=timezone.now())
    page = reverse("delivery-desk:recipients", args=[one.schedule.slug])

    try_button(
        ada, page, reverse("delivery-desk:remove-recipient", args=[one.schedule.slug, one.uid])
    )


def test_a_webhook_is_what_was_typed_and_nothing_else(ada):
    typed = {"name": "Ministry", "url": "https://hook.example.org/", "events": ["record.changed"]}

    try_everything(ada, reverse("delivery-desk:webhooks"), "url", **typed)


@pytest.mark.parametrize("verb", ["ping", "stop", "resume", "secret", "remove"])
def test_a_button_of_a_webhook_does_its_verb_and_nothing_else(ada, verb, monkeypatch):
    made = webhook()
    if verb == "resume":
        webhooks.stop(made, "Stopped.", at=timezone.now(), by=make.ed())
    monkeypatch.setattr(signatures, "new_secret", lambda: "whsec_BBBB")
    page, to = (reverse(f"delivery-desk:{n}", args=[made.uid]) for n in ("webhook", "webhook-act"))

    try_button(ada, page, to, "verb", verb)
