"""No form and no button about people reaches a column that it does not show; none is left out."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts import workflow as people
from accounts.choices import Role
from accounts.models import Invitation
from reports.models import ReportJob
from tests import make
from tests.desk import signed_in
from tests.desk.assigning import try_button, try_everything
from tests.desk.policy import ADDRESSES
from tests.reports.conftest import JULY, schedule

pytestmark = pytest.mark.django_db
PASSWORD = "nine blue herons at dusk"
NOUNS = ("actors", "bodies", "missions", "campaigns", "sources", "documents")


def test_a_role_brings_no_other_power(ada):
    page, to = (reverse(f"people:{name}", args=["ed"]) for name in ("person", "change-role"))
    try_everything(ada, page, "role", action=to, role="reviewer", countries=["SOM"])


@pytest.mark.parametrize("verb", ["deactivate", "reactivate", "reset_factors", "end_sessions"])
def test_a_button_of_a_persons_page_does_its_verb_and_nothing_else(ada, verb):
    ed = make.ed()
    Authenticator.objects.create(user=ed, type="totp", data={"secret": "x"})
    UserSession.objects.create(user=ed, session_key="x", ip="203.0.113.7")
    if verb == "reactivate":
        people.deactivate(ed, by=make.person("ada", Role.ADMINISTRATOR), at=timezone.now())
    page, to = (reverse(f"people:{name}", args=["ed"]) for name in ("person", "act"))

    try_button(ada, page, to, "verb", verb)


@pytest.mark.parametrize("whose", ["ada", "ed"])
def test_revoking_a_token_ends_that_token_and_nothing_else(ada, whose):
    person = make.person(whose, Role.EDITOR)
    now = timezone.now()
    until = now + people.INVITATION_LASTS
    token, _text = tokens.issue(person, name="script", expires_at=until, by=person, at=now)
    if whose == "ada":
        page, to = reverse("people:tokens"), reverse("people:revoke-token", args=[token.key])
    else:
        page = reverse("people:person", args=[whose])
        to = reverse("people:revoke-token-of", args=[whose, token.key])

    try_button(ada, page, to)


def test_withdrawing_an_invitation_ends_that_invitation_and_nothing_else(ada):
    invited("x@example.org")
    to = reverse("people:revoke-invitation", args=[Invitation.objects.get().pk])

    try_button(ada, reverse("people:list"), to)


def test_signing_out_elsewhere_ends_sessions_and_nothing_else(ada):
    person = make.person("ada", Role.ADMINISTRATOR)
    signed_in(Client(), person)
    assert UserSession.objects.filter(user=person).count() == 2

    page = reverse("usersessions_list")
    try_button(ada, page, page)


def test_an_export_of_the_audit_trail_is_noted_and_nothing_else(ada):
    people.end_sessions(make.ed(), by=make.person("ada", Role.ADMINISTRATOR), at=timezone.now())
    to = f"{reverse('people:audit-export')}?format=csv"

    try_button(ada, reverse("people:audit"), to)


def test_a_changed_password_is_all_that_changes(ada):
    person = make.person("ada", Role.ADMINISTRATOR)
    person.set_password("eleven grey cranes at dawn")
    person.save()
    ada = signed_in(Client(), person)
    typed = {"oldpassword": "eleven grey cranes at dawn", "password1": PASSWORD,
             "password2": PASSWORD}  # fmt: skip

    try_everything(ada, reverse("account_change_password"), "oldpassword", **typed)


def test_a_token_reaches_as_far_as_was_chosen(ada):
    try_everything(ada, reverse("people:tokens"), "days", name="script", role="contributor")


def test_an_invitation_holds_what_was_typed(ada):
    try_everything(ada, reverse("people:invite"), "email", email="x@example.org", role="editor")


def invited(email: str) -> str:
    """The secret of an open invitation."""
    _row, secret = people.invite(
        email=email, role=Role.EDITOR, countries=[], at=timezone.now(),
        by=make.person("ada", Role.ADMINISTRATOR),
    )  # fmt: skip
    return secret


def test_whoever_accepts_an_invitation_gets_the_role_that_it_names(ada):
    page = reverse("people:accept", args=[invited("x@example.org")])
    typed = {"username": "noor", "new_password1": PASSWORD, "new_password2": PASSWORD}

    try_everything(Client(), page, "username", **typed)


@pytest.mark.parametrize("verb", ["retry", "cancel"])
def test_a_button_of_a_jobs_page_does_its_verb_and_nothing_else(ada, verb):
    which = schedule()
    july = {"period_start": JULY.first, "period_end": JULY.last, "cutoff_at": timezone.now()}
    record = {"record_seq": 1, "record_at": timezone.now()}
    job = ReportJob.objects.create(schedule=which, key="july", state="failed", **july, **record)
    page, to = (reverse(f"jobs:{name}", args=["reportjob", job.pk]) for name in ("job", "act"))

    try_button(ada, page, to, "verb", verb)


# Addresses that a test of the `test_mass_assignment…` files posts to.
TRIED = {
    "desk:deed", "desk:join", "desk:compare", "desk:apart", "desk:notice-read", "desk:entry",
    "desk:incident", "desk:autosave", "people:act", "people:change-role", "people:tokens",
    "people:revoke-token", "people:revoke-token-of", "people:invite", "people:revoke-invitation",
    "people:accept", "people:audit-export", "usersessions_list", "account_change_password",
    "jobs:act",
    "delivery-desk:recipients", "delivery-desk:remove-recipient", "delivery-desk:webhooks",
    "delivery-desk:webhook-act",
    "report-desk:ask", "report-desk:autosave", "report-desk:compare", "report-desk:deed",
    "report-desk:schedule", "report-desk:schedule-new", "report-desk:schedule-switch",
    "report-desk:write",
    *(f"reference:{path}-{page}" for path in NOUNS for page in ("new", "edit")),
}  # fmt: skip
# Addresses that take a form and store nothing: they answer what is typed.
# What was typed too late is held in the session alone.
ANSWERING = {
    "people:unsent",
    "desk:when",
    "desk:duplicates-watch",
    "report-desk:schedule-preview",
    "report-desk:schedule-new-preview",
    *(f"reference:{path}-{page}" for path in NOUNS for page in ("preview", "new-preview")),
}
# The same verb as another address of TRIED, without or with an incident of its own.
SAME = {"desk:autosave-new"}
# Allauth's own forms, which write a factor or a password of whoever is signed in.
ALLAUTH = ("account_", "mfa_")


def test_every_address_of_the_desk_that_takes_a_form_is_tried(db):
    person = make.person("ada", Role.ADMINISTRATOR)
    taking = {
        name
        for name, path in ADDRESSES
        if signed_in(Client(), person).post(path).status_code != 405
    }
    ours = {name for name in taking if not name.startswith(ALLAUTH)} | {"account_change_password"}

    assert ours - TRIED - ANSWERING - SAME == set()
    assert taking >= TRIED | ANSWERING | SAME
